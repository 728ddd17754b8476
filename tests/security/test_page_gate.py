"""Another site's page neither talks to ours nor frames it, and asking costs nobody else's time."""

import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.servers.serving import serving_page

ROOT = Path(__file__).resolve().parents[2]
#: Looks up and opens sockets only on this machine; anything else is written down and refused.
WATCHED = """
import socket, sys
log = open({log!r}, "a", buffering=1)
def watch(event, args):
    if event == "socket.getaddrinfo" and args[0] not in (None, "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"):
        log.write(f"{{event}} {{args[0]}}\\n"); raise OSError("outside")
    if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        if args[1][0] not in ("localhost", "127.0.0.1", "::1"):
            log.write(f"{{event}} {{args[1]}}\\n"); raise OSError("outside")
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """`fatiao ui` in a process that notes every call to the outside; its port and that log."""
    folder = tmp_path_factory.mktemp("page")
    log = folder / "outside.log"
    (folder / "sitecustomize.py").write_text(WATCHED.format(log=str(log)), "utf-8")
    imports = f"{ROOT}{os.pathsep}{folder}"
    with serving_page(folder, PYTHONPATH=imports, HOME=str(folder)) as page:
        yield int(page.url.rpartition(":")[2]), log


def _shake(port: int, origin: str) -> int:
    with socket.create_connection(("localhost", port), 30) as link:
        head = f"Host: localhost:{port}\r\n" + (f"Origin: {origin}\r\n" if origin else "")
        link.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\n{head}Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        return int(link.recv(64).split()[1])


FOREIGN = (
    "http://evil.example", "https://localhost.evil.example", "null", "http://", "file://", "http://[::1", "http://10.0.0.1",
    "http://localhost@evil.example", "http://127.0.0.1.evil.example", "garbage",
)  # fmt: skip


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_is_refused_at_once(origin: str, page: tuple[int, Path]) -> None:
    port, _ = page
    began = time.monotonic()
    assert _shake(port, origin) == 403
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("origin", ["", "http://localhost:{port}", "http://127.0.0.1:{port}"])
def test_the_page_itself_is_let_in(origin: str, page: tuple[int, Path]) -> None:
    port, _ = page
    assert _shake(port, origin.format(port=port)) == 101


def test_the_page_may_not_be_framed(page: tuple[int, Path]) -> None:
    with urllib.request.urlopen(f"http://localhost:{page[0]}/", timeout=10) as answer:
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_nothing_outside_was_asked(page: tuple[int, Path]) -> None:
    port, log = page
    _shake(port, "http://evil.example")
    assert not log.exists() or log.read_text("utf-8") == ""


def test_no_module_of_the_page_hides_a_room() -> None:
    """Streamlit puts `ui/` first on the path: `ui/law_text.py` would be imported for `law`."""
    rooms = {p.parent.name for p in ROOT.glob("*/__init__.py")}
    assert "law" in rooms
    assert not {p.stem for p in (ROOT / "ui").glob("**/*.py")} & rooms


@pytest.mark.slow
async def test_a_session_of_the_served_page_ends_without_an_error(page: tuple[int, Path]) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.asyncio.client import connect

    port, _ = page
    kinds: list[str] = []
    url, origin = f"ws://localhost:{port}/_stcore/stream", f"http://localhost:{port}"
    async with connect(url, origin=origin, subprotocols=["streamlit"], max_size=None) as link:
        run = BackMsg()
        run.rerun_script.query_string = ""
        await link.send(run.SerializeToString())
        while not kinds or kinds[-1] != "script_finished":
            said = ForwardMsg()
            said.ParseFromString(await link.recv())
            kinds.append(str(said.WhichOneof("type")))
            assert not said.delta.new_element.HasField("exception")
    assert len(kinds) > 5
