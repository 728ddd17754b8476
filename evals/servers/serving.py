"""A program that serves on loopback for the time of a `with`, ended by its own process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where a page says that it is ready.
PAGE_READY = "/_stcore/health"


def free_port(port: int = 0) -> int:
    """A port that nobody listens at; `port` itself where it is given."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("localhost", port))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class ServedPage:
    """Where a page is served, and its process id."""

    url: str
    pid: int


@contextmanager
def serving(
    command: Sequence[str],
    ready: str,
    *,
    folder: Path = ROOT,
    log: Path | None = None,
    seconds: float = 120,
    environment: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """A command in a folder, from when the address `ready` answers; gives its process id.

    Its environment is this one's, with this checkout to import from. What it prints goes to `log`. Raises RuntimeError
    with that where it ends by itself before it answers.
    """
    about = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    with (log or Path(os.devnull)).open("w", encoding="utf-8") as out:
        program = subprocess.Popen(command, cwd=folder, env=about, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(program, ready, seconds, log)
            yield program.pid
        finally:
            program.terminate()
            program.wait(30)


@contextmanager
def serving_page(folder: Path = ROOT, *, port: int = 0, **environment: str) -> Iterator[ServedPage]:
    """`fatiao ui` on a free port, or a given one."""
    url = f"http://localhost:{(at := free_port(port))}"
    command = (sys.executable, "-m", "fatiao.cli", "ui", "--headless", "--port", str(at))
    with serving(command, url + PAGE_READY, folder=folder, environment=environment) as pid:
        yield ServedPage(url, pid)


def _wait(program: "subprocess.Popen[bytes]", ready: str, seconds: float, log: Path | None) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(ready, timeout=1).close()
            return
        except OSError:
            if program.poll() is not None:
                raise RuntimeError(log.read_text("utf-8") if log else f"{program.args!r} ended by itself") from None
            time.sleep(0.1)
