"""Keys and limits before every request, and the access log after it, which holds no question."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fatiao.door.failures import TooLarge, failure, failure_of
from fatiao.door.metrics import Metrics
from law.errors import FatiaoError

log = logging.getLogger("fatiao")

#: Bytes that a request may have.
MAX_BODY = 1_000_000
#: Paths that need no key, since whatever watches over the service has none.
OPEN = ("/healthz", "/readyz")
KNOWN = ("/v1/chat/completions", "/v1/models", "/mcp", "/healthz", "/readyz", "/metrics")


class Locks(Protocol):
    """What tells a key's name."""

    def name_of(self, key: str) -> str:
        """The name of a key, "" for none of ours."""
        ...


class Rate:
    """So many requests a minute for each caller, a few at once. Safe to share between threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, most: int = 10_000) -> None:
        self._per_second, self._burst = per_minute / 60, max(1.0, per_minute / 4)
        self._clock, self._most = clock, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """0 where the caller may go on, else the seconds until it may. 0 requests a minute are no limit."""
        if not self._per_second:
            return 0.0
        with self._lock:
            now = self._clock()
            left, then = self._left.pop(caller, (self._burst, now))
            left = min(self._burst, left + (now - then) * self._per_second)
            allowed = left >= 1
            self._left[caller] = (left - 1 if allowed else left, now)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._per_second


class Guard:
    """An ASGI application behind keys (None: open, on loopback alone), a rate and a size."""

    def __init__(self, app: ASGIApp, *, locks: Locks | None, rate: Rate, metrics: Metrics) -> None:
        self._app, self._locks, self._rate, self._metrics = app, locks, rate, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 401, 413, 429; whatever fails behind is answered without its words."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        path = scope["path"] if scope["path"] in KNOWN else "other"

        async def noted(message: Message) -> None:
            nonlocal status
            status = message["status"] if message["type"] == "http.response.start" else status
            await send(message)

        caller = ""
        try:
            refusal, caller = await self._admitted(scope)
            if refusal is not None:
                await refusal(scope, receive, noted)
                return
            await self._app(scope, _bounded(receive), noted)
        except Exception as error:
            if not isinstance(error, FatiaoError):
                log.exception("服务出错：%s %s", scope["method"], path)
            if not status:
                await failure_of(error)(scope, receive, noted)
        finally:
            self._metrics.requested(path, status)
            log.info(
                "%s %s %s %d %.0fms", caller or "-", scope["method"], path, status, (time.perf_counter() - began) * 1000
            )

    async def _admitted(self, scope: Scope) -> "tuple[ASGIApp | None, str]":
        from starlette.concurrency import run_in_threadpool

        if scope["path"] in OPEN:
            return None, ""
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        caller = (scope.get("client") or ("-",))[0]
        if self._locks is not None:
            kind, _, key = headers.get("authorization", "").partition(" ")
            name = await run_in_threadpool(self._locks.name_of, key.strip()) if kind.lower() == "bearer" else ""
            if not name:
                said = "需要有效的钥匙：Authorization: Bearer …（fatiao key add 名称）。"
                return failure(401, said, "invalid_api_key", {"WWW-Authenticate": "Bearer"}), ""
            caller = name
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > MAX_BODY:
            raise TooLarge(f"请求太大，最多 {MAX_BODY} 字节。")
        if wait := self._rate.wait(caller):
            said = f"请求太频繁，请 {wait:.0f} 秒后再试。"
            return failure(429, said, "rate_limit_error", {"Retry-After": str(max(1, round(wait)))}), caller
        return None, caller


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise TooLarge(f"请求太大，最多 {MAX_BODY} 字节。")
        return message

    return bounded
