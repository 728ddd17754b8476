"""A model's server that means harm: nothing but what it may say comes in, nothing goes where nobody has sent it."""

import gzip
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import Assistant, Settings
from assistant.model.client import ChatModel, Usage
from assistant.model.failures import ModelFailure
from prompts import Message
from vectorstore.embeddings import EndpointEmbeddings
from vectorstore.errors import EmbeddingError

SSE = b'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\n\n'  # noqa: E501


class Server:
    """Answers every request with the same bytes; remembers how often it was asked."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.asked: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(0, len(body), 65_536):
                    try:
                        self.wfile.write(body[at : at + 65_536])
                    except OSError:
                        return

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator["Server"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(10)


def _asked(url: str) -> str:
    model = ChatModel("m", f"{url}/v1", SecretStr("sk-test"))
    messages = [Message("user", "问题")]
    return model.text(messages, deadline=time.monotonic() + 30, max_tokens=100, usage=Usage())


def _bomb() -> bytes:
    """200 MB of text in 200 KB."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [pack.compress(b'data: {"x": "')]
    parts += [pack.compress(b"0" * 1_000_000) for _ in range(200)]
    return b"".join([*parts, pack.flush()])


STREAM = {"Content-Type": "text/event-stream"}
ENDLESS = {
    "a gzip bomb": ({**STREAM, "Content-Encoding": "gzip"}, _bomb),
    "a gzip bomb within gzip": ({**STREAM, "Content-Encoding": "gzip, gzip"}, lambda: gzip.compress(_bomb())),
    "one line of 100 MB": (STREAM, lambda: b"data: " + b"0" * 100_000_000),
    "no stream, but 100 MB": ({"Content-Type": "application/json"}, lambda: b'{"x": "' + b"0" * 100_000_000 + b'"}'),
    "brotli, which cannot be bounded here": ({**STREAM, "Content-Encoding": "br"}, lambda: b"\x8b\x02\x80abc\x03"),
    "no gzip, though it says so": ({**STREAM, "Content-Encoding": "gzip"}, lambda: b"data: [DONE]\n\n"),
}


@pytest.mark.parametrize("how", ENDLESS)
def test_an_answer_without_end_is_cut_off_and_named(how: str) -> None:
    headers, make = ENDLESS[how]
    body = make()
    with Server(200, headers, body).running() as server:
        tracemalloc.start()
        try:
            with pytest.raises(ModelFailure):
                _asked(server.url)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 60_000_000


def test_a_packed_answer_of_an_honest_server_is_read() -> None:
    said = (
        SSE % ('{"role":"assistant","content":"好"}'.encode(), b"null") + SSE % (b"{}", b'"stop"') + b"data: [DONE]\n\n"
    )
    for packed in ("gzip", "deflate"):
        body = gzip.compress(said) if packed == "gzip" else zlib.compress(said)
        with Server(200, {**STREAM, "Content-Encoding": packed}, body).running() as server:
            assert _asked(server.url) == "好"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_model_servers_redirect_is_not_followed(status: int) -> None:
    with (
        Server(200, STREAM, b"data: [DONE]\n\n").running() as other,
        Server(status, {"Location": f"{other.url}/v1/chat/completions"}, b"").running() as first,
    ):
        with pytest.raises(ModelFailure):
            _asked(first.url)
        with pytest.raises(EmbeddingError):
            EndpointEmbeddings("m", f"{first.url}/v1", "sk-test").embed_query("问题")
    assert first.asked
    assert other.asked == []


def test_an_embedding_servers_bomb_is_named() -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    with Server(200, headers, _bomb()).running() as server, pytest.raises(EmbeddingError):
        EndpointEmbeddings("m", f"{server.url}/v1", "sk-test").embed_query("问题")


TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING")


@pytest.mark.parametrize("name", TRACING)
def test_a_tracing_service_in_the_environment_gets_nothing(
    name: str, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langsmith.utils import get_env_var, tracing_is_enabled

    with Server(200, {}, b"{}").running() as server:
        for one in TRACING:
            monkeypatch.setenv(one, "true" if one == name else "")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", server.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2-test")
        get_env_var.cache_clear()
        with Assistant(Settings(_env_file=None, data_dir=index)) as helper:
            assert not tracing_is_enabled()
            helper.chain.invoke("武汉第五十八条")
        time.sleep(0.3)
    get_env_var.cache_clear()
    assert server.asked == []


def test_tracing_is_on_where_a_setting_of_our_own_says_so(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import get_env_var, tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    get_env_var.cache_clear()
    Assistant(Settings(_env_file=None, data_dir=index, tracing=True)).close()
    assert tracing_is_enabled()
    get_env_var.cache_clear()
