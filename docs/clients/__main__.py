"""`python docs/clients [NAME…]`: other people's programs talk to the door, each in an environment of its own.

The door is opened on loopback behind a key, on the index of the settings. Each client is pinned and installed when it
is first run (`pip`, `npm`), in a folder beside the user's caches; what it got is printed. The exit code counts those
that failed.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "fatiao" / "clients"
INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"


@dataclass(frozen=True, slots=True)
class ForeignClient:
    """A client: what pip installs for it, and the program that talks to the door (two bring their own)."""

    name: str
    needs: tuple[str, ...]
    program: str = ""


CLIENTS = (
    ForeignClient("openai", ("openai==3.57.0",), "openai_sdk.py"),
    ForeignClient("langchain-openai", ("langchain-openai==1.7.3",), "chat_openai.py"),
    ForeignClient("mcp", ("mcp==2.3.0",), "mcp_sdk.py"),
    ForeignClient("langchain-mcp-adapters", ("langchain-mcp-adapters==0.3.2", "mcp<2"), "mcp_adapters.py"),
    ForeignClient("llm", ("llm==0.36",)),
    ForeignClient("inspector", ()),
)


def main(names: Sequence[str]) -> int:
    """Run the named clients, all where none is named."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder, door(Path(folder)) as (address, key):
        for client in CLIENTS:
            if names and client.name not in names:
                continue
            print(f"== {client.name}", flush=True)
            try:
                run(client, address, key, Path(folder))
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
                failed += 1
                print(f"!! {client.name}: {error}", flush=True)
    return failed


def run(client: ForeignClient, address: str, key: str, folder: Path) -> None:
    """One client, its output on ours."""
    if client.name == "inspector":
        inspect(address, key)
    elif client.name == "llm":
        ask_llm(installed(client) / "llm", address, key, folder)
    else:
        call(
            [installed(client) / "python", HERE / client.program, address], FATIAO_KEY=key, FATIAO_PYTHON=sys.executable
        )


def ask_llm(llm: Path, address: str, key: str, folder: Path) -> None:
    """`llm`: the model is one of its extra OpenAI-compatible ones; a second question goes on from the first."""
    (folder / "extra-openai-models.yaml").write_text(
        f"- model_id: fatiao\n  model_name: fatiao\n  api_base: {address}/v1\n  api_key_name: fatiao\n", "utf-8"
    )
    for more in (["武汉的企业买科技保险有补助吗？"], ["--no-stream", "-c", "换成洛阳呢？"]):
        call([llm, "-m", "fatiao", "--key", key, *more], LLM_USER_PATH=str(folder), LLM_LOAD_PLUGINS="")


def inspect(address: str, key: str) -> None:
    """The inspector's command line; a word on its standard error is a failure."""
    folder = KEPT / INSPECTOR.rpartition("/")[2]
    program = folder / "node_modules" / ".bin" / "mcp-inspector"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        call(
            [
                shutil.which("npm") or "npm",
                "install",
                "--no-fund",
                "--no-audit",
                "--silent",
                "--prefix",
                folder,
                INSPECTOR,
            ]
        )
    for method in (
        ["tools/list"],
        ["resources/list"],
        ["resources/templates/list"],
        ["prompts/list"],
        ["tools/call", "--tool-name", "article", "--tool-arg", "name=武汉第58条"],
    ):
        command = [program, "--cli", f"{address}/mcp", "--transport", "http", "--method", *method]
        done = subprocess.run(
            [*command, "--header", f"Authorization: Bearer {key}"], capture_output=True, text=True, timeout=120
        )
        print(f"-- {' '.join(method)}: {len(done.stdout)} characters; warnings: {done.stderr.strip() or 'none'}")
        if done.returncode or done.stderr.strip():
            raise subprocess.CalledProcessError(done.returncode or 1, method, done.stdout, done.stderr)


def installed(client: ForeignClient) -> Path:
    """The folder of programs of a client's own environment, made when there is none."""
    folder = KEPT / client.name
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    ready = folder / "ready"
    wanted = "\n".join(client.needs)
    if not ready.exists() or ready.read_text("utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        call([sys.executable, "-m", "venv", folder])
        call([programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *client.needs])
        ready.write_text(wanted, "utf-8")
    return programs


def call(command: Sequence[str | Path], **environment: str) -> None:
    """Run a program to its end; nothing of this environment's own packages reaches it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OPENAI_", "FATIAO_"))}
    subprocess.run(
        [*map(str, command)], check=True, timeout=600, env={**kept, "PYTHONIOENCODING": "utf-8", **environment}
    )


@contextmanager
def door(folder: Path) -> Iterator[tuple[str, str]]:
    """The address and a key of a door on loopback, for the time of a `with`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FATIAO_DATABASE_URL": f"sqlite:///{folder / 'keys.sqlite'}"}
    command = [sys.executable, "-m", "fatiao.cli"]
    added = subprocess.run(
        [*command, "key", "add", "clients"], check=True, capture_output=True, text=True, env=environment
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*command, "serve", "--port", str(port), "--rate", "0"], env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}", added.stdout.split()[0]
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the door is ready; the first start builds the index."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit("the door did not open")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
