"""A scripted OpenAI-compatible chat server on loopback: a real HTTP server whose answers are written beforehand.

It answers `POST …/chat/completions`, streaming or whole. What it says is decided by a function of the
request; how it says it, well or badly, by the `Reply`. `asked` keeps every request.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request: its messages and what came with them."""

    system: str
    user: str
    body: dict[str, Any]
    key: str

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the tools that it offers."""
        return tuple(t["function"]["name"] for t in self.body.get("tools", ()))

    @property
    def read(self) -> tuple[str, ...]:
        """What the tools have answered so far."""
        return tuple(m["content"] for m in self.body["messages"] if m["role"] == "tool")

    @property
    def marks(self) -> dict[str, str]:
        """The articles of the prompt: the words of each under its mark."""
        parts = self.user.split('<article mark="')[1:]
        return {p.partition('"')[0]: p.partition(">")[2].partition("</article>")[0].strip() for p in parts}


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a tool: its arguments as the model writes them, JSON or not."""

    name: str
    arguments: str = "{}"


@dataclass(frozen=True, slots=True)
class Reply:
    """How one request is answered.

    `calls` are made of the tools that the request offers, after the text.
    `text` goes out in pieces of `size` characters, the first after `wait` seconds, each further one after
    `pause`. `cut` ends the connection after so many pieces, `raw` is sent as it is instead of all that;
    `endless` repeats the text for ever; without `usage` no tokens are told.
    """

    text: str = ""
    calls: tuple["ToolCall", ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pause: float = 0.0
    size: int = 7
    cut: int = -1
    raw: str = ""
    endless: bool = False
    usage: bool = True
    finish: str = "stop"


Script = Callable[[ModelRequest], Reply]


class ModelServer:
    """A server for the time of a `with`; `url` is its base address, `script` may be changed between requests."""

    def __init__(self, script: Script | Reply | str | Sequence[Reply | str] = "") -> None:
        self.asked: list[ModelRequest] = []
        self.script = scripted(script)
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """What `OPENAI_BASE_URL` is set to."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                told = {m["role"]: m["content"] or "" for m in body["messages"]}
                key = self.headers.get("Authorization", "").removeprefix("Bearer ")
                asked = ModelRequest(told.get("system", ""), told.get("user", ""), body, key)
                server.asked.append(asked)
                try:
                    server._answer(self, asked, server.script(asked))
                except OSError:
                    self.close_connection = True  # the client has left

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def _answer(self, to: BaseHTTPRequestHandler, asked: ModelRequest, reply: Reply) -> None:
        if self._ended.wait(reply.wait):
            return
        if reply.status != 200:
            _send(to, reply.status, json.dumps({"error": {"message": reply.text}}), reply.headers)
        elif reply.raw:
            kind = "text/event-stream" if asked.body.get("stream") else "application/json"
            _send(to, 200, reply.raw, {"Content-Type": kind, **reply.headers})
        elif asked.body.get("stream"):
            self._stream(to, asked, reply)
        else:
            _send(to, 200, json.dumps(_whole(asked, reply)), {"Content-Type": "application/json"})

    def _stream(self, to: BaseHTTPRequestHandler, asked: ModelRequest, reply: Reply) -> None:
        to.send_response(200)
        to.send_header("Content-Type", "text/event-stream")
        to.send_header("Connection", "close")
        to.end_headers()
        to.close_connection = True
        for sent, event in enumerate(_events(asked, reply)):
            if sent == reply.cut or (sent and self._ended.wait(reply.pause)):
                return
            to.wfile.write(f"data: {event}\n\n".encode())
            to.wfile.flush()


def scripted(script: Script | Reply | str | Sequence[Reply | str]) -> Script:
    """One reply for every request, one for each in turn (the last stays), or a function."""
    if callable(script):
        return script
    replies = [script] if isinstance(script, Reply | str) else list(script)
    queue = [r if isinstance(r, Reply) else Reply(r) for r in replies]
    return lambda asked: queue.pop(0) if len(queue) > 1 else queue[0]


def _events(asked: ModelRequest, reply: Reply) -> Iterator[str]:
    base = {"id": "scripted", "object": "chat.completion.chunk", "created": int(time.time()), "model": "scripted"}

    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        return json.dumps({**base, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    yield event({"role": "assistant", "content": ""})
    while True:
        yield from (event({"content": reply.text[i : i + reply.size]}) for i in range(0, len(reply.text), reply.size))
        if not reply.endless:
            break
    for n, call in enumerate(reply.calls):
        function = {"name": call.name, "arguments": call.arguments}
        yield event({"tool_calls": [{"index": n, "id": f"call-{n}", "type": "function", "function": function}]})
    yield event({}, "tool_calls" if reply.calls else reply.finish)
    if reply.usage and asked.body.get("stream_options", {}).get("include_usage"):
        yield json.dumps({**base, "choices": [], "usage": _usage(reply)})
    yield "[DONE]"


def _whole(asked: ModelRequest, reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    return {
        "id": "scripted",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
        "usage": _usage(reply),
    }


def _usage(reply: Reply) -> dict[str, int]:
    return {"prompt_tokens": 1000, "completion_tokens": len(reply.text), "total_tokens": 1000 + len(reply.text)}


def _send(to: BaseHTTPRequestHandler, status: int, text: str, headers: dict[str, str]) -> None:
    body = text.encode()
    to.send_response(status)
    for name, value in {"Content-Type": "application/json", **headers, "Content-Length": str(len(body))}.items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)
