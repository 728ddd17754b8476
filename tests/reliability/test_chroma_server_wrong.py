"""What answers at the address of the Chroma server is none, or is one no longer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


@pytest.mark.parametrize("heartbeat", [b'{"nanosecond heartbeat": 1}', b"<html></html>"])
@pytest.mark.parametrize("what", AFTER)
def test_what_is_no_chroma_server_is_named(what: str, heartbeat: bytes) -> None:
    with _server(AFTER[what], heartbeat) as url:
        store = ChromaStore(url=url)
        with pytest.raises(StoreUnavailable, match="Chroma 服务"):
            store.manifest()
        store.close()
