"""No look-up and no socket but loopback: asking, ingesting, checking, the door. (The page: `test_page_gate`.)"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from evals.servers.serving import free_port

#: A process of its own for each command.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
#: Writes down every look-up and every socket that leads outside, and every one that listens there; refuses them.
WATCHED = """
import sys
log = open({log!r}, "a", buffering=1)
HERE = (None, "", "localhost", "127.0.0.1", "::1")
def watch(event, args):
    if event == "socket.getaddrinfo":
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
    elif event in ("socket.connect", "socket.sendto", "socket.bind") and isinstance(args[1], tuple):
        host = args[1][0]
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
    else:
        return
    if host not in HERE:
        log.write(f"{{event}} {{host}}\\n")
        raise OSError("outside")
sys.addaudithook(watch)
"""
DOCUMENT = "甲山市观景台管理规定\n第一条　为了加强观景台管理，制定本规定。\n第二条　观景台由市文旅部门管理。\n"


@pytest.fixture
def watched(tmp_path: Path, index: Path) -> dict[str, str]:
    """An environment in which every process notes what leads outside, with an index of its own."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(WATCHED.format(log=str(tmp_path / "outside.log")), "utf-8")
    shutil.copytree(index, tmp_path / "data")
    (tmp_path / "a.txt").write_text(DOCUMENT, "utf-8")
    (tmp_path / "draft.md").write_text("《武汉市推进科技创新中心建设条例》第五十八条规定了科技保险。\n", "utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "question": "武汉第58条"}), "utf-8")
    path = os.pathsep.join([str(tmp_path / "hook"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "HOME": str(tmp_path), "FATIAO_DATA_DIR": str(tmp_path / "data")}


def _outside(folder: Path) -> str:
    log = folder / "outside.log"
    return log.read_text("utf-8") if log.exists() else ""


COMMANDS = {
    "ask": ("ask", "武汉的企业买科技保险有补助吗"),
    "ingest": ("ingest", "a.txt"),
    "inspect": ("inspect", "a.txt"),
    "batch": ("batch", "in.jsonl", "out.jsonl"),
    "check": ("check", "draft.md"),
    "list": ("list", "--city", "武汉", "--json"),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_opens_no_socket_outside(what: str, watched: dict[str, str], tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "fatiao.cli", *COMMANDS[what]], cwd=tmp_path, env=watched, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    assert _outside(tmp_path) == ""


def test_the_hook_notices_what_leads_outside(watched: dict[str, str], tmp_path: Path) -> None:
    script = "import socket\ntry: socket.create_connection(('outside.example', 80))\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=watched, timeout=60, check=True)
    assert "outside.example" in _outside(tmp_path)


def test_the_door_opens_no_socket_outside(watched: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "fatiao.cli", "serve", "--port", str(port)], cwd=tmp_path, env=watched,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        asked = json.dumps({"messages": [{"role": "user", "content": "武汉第58条"}]}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/chat/completions", asked, {"Content-Type": "application/json"}
        )
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    said = json.load(answer)
                break
            except OSError:
                assert time.monotonic() < end
                assert server.poll() is None
                time.sleep(0.3)
        assert said["fatiao"]["citations"]
    finally:
        server.terminate()
        server.wait(20)
    assert _outside(tmp_path) == ""
