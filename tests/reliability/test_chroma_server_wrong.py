"""What answers at the address of the Chroma server is none, or is one no longer."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vectorstore.chroma import ChromaStore
from vectorstore.errors import StoreUnavailable

AFTER = {
    "a web page": b"<html>login</html>",
    "nothing": b"",
    "a number": b"7",
    "a list": b"[]",
    "another object": json.dumps({"hello": [1]}).encode(),
    "deeply nested": b"[" * 100_000,
}


@contextmanager
def _server(after: bytes, heartbeat: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = heartbeat if self.path.endswith("heartbeat") else after
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


TRICKLES = {"its head": b"HTTP/1.1 200 OK\r\nX-Long: ", "its body": b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"}


@contextmanager
def _trickling(begins: bytes, *, also_knock: bool) -> Iterator[str]:
    """A server that sends a byte every so often, for ever; its heartbeat comes at once, where that does not trickle."""
    ended = threading.Event()

    def served(link: socket.socket) -> None:
        with link, suppress(OSError):
            asked = link.recv(65_536)
            if b"heartbeat" in asked and not also_knock:
                link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                return
            link.sendall(begins)
            while not ended.wait(0.1):
                link.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.1)

        def accepting() -> None:
            while not ended.is_set():
                with suppress(TimeoutError):
                    threading.Thread(target=served, args=(door.accept()[0],), daemon=True).start()

        thread = threading.Thread(target=accepting, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(5)


@pytest.mark.parametrize("also_knock", [False, True])
@pytest.mark.parametrize("what", TRICKLES)
def test_a_server_that_trickles_is_given_up_as_a_whole(
    what: str, also_knock: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.chroma.connection._REQUEST", 1.0)
    monkeypatch.setattr("vectorstore.chroma.connection._CONNECT", 1.0)
    with _trickling(TRICKLES[what], also_knock=also_knock) as url:
        store = ChromaStore(url=url)
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="Chroma 服务"):
            store.manifest()
        assert time.monotonic() - began < 8  # of which Chroma's import is some
        store.close()


@pytest.mark.parametrize("heartbeat", [b'{"nanosecond heartbeat": 1}', b"<html></html>"])
@pytest.mark.parametrize("what", AFTER)
def test_what_is_no_chroma_server_is_named(what: str, heartbeat: bytes) -> None:
    with _server(AFTER[what], heartbeat) as url:
        store = ChromaStore(url=url)
        with pytest.raises(StoreUnavailable, match="Chroma 服务"):
            store.manifest()
        store.close()
