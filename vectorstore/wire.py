"""HTTP to a server, as far as it may be trusted: no redirect is followed, no answer is endless.

A redirect would send the question and the articles to a host that nobody has named; an answer of a few hundred
kilobytes may unpack to hundreds of megabytes.
"""

import time
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

#: Bytes of one answer, unpacked. The longest answer in single tokens takes about two million.
MAX_BYTES = 8_000_000
_UNPACKS = ("gzip", "x-gzip", "deflate")


#: When the request that this thread is making must be over, in `time.monotonic()`.
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


class AnswerTooLarge(Exception):
    """The server answered more than MAX_BYTES, or in a form that cannot be bounded."""


class _Bounded:
    """Counts and unpacks what comes, piece by piece."""

    def __init__(self, packed: bool, most: int) -> None:
        self._unpack = zlib.decompressobj(47) if packed else None  # 47: gzip or zlib, told by the head
        self._left = most

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """What a chunk unpacks to. Raises AnswerTooLarge."""
        while chunk:
            piece = chunk
            if self._unpack is not None:
                try:
                    piece = self._unpack.decompress(chunk, self._left + 1)
                except zlib.error as error:
                    raise AnswerTooLarge("unpacking failed") from error
            chunk = self._unpack.unconsumed_tail if self._unpack is not None else b""
            self._left -= len(piece)
            if self._left < 0:
                raise AnswerTooLarge(f"more than {MAX_BYTES} bytes")
            yield piece


def client(*, most: int = MAX_BYTES, **options: Any) -> Any:
    """A client for openai's synchronous API (`httpx2.Client`)."""
    import httpx2
    from openai import DefaultHttpxClient

    class Stream(httpx2.SyncByteStream):
        def __init__(self, inner: Any, bounded: _Bounded) -> None:
            self._inner, self._bounded = inner, bounded

        def __iter__(self) -> Iterator[bytes]:
            for chunk in self._inner:
                yield from self._bounded.pieces(chunk)

        def close(self) -> None:
            self._inner.close()

    class Client(DefaultHttpxClient):
        def __del__(self) -> None:
            with suppress(Exception):  # who holds it is gone: its connections go with it, as openai's own client's do
                self.close()

        def send(self, request: Any, *, stream: bool = False, **more: Any) -> Any:
            request.headers["Accept-Encoding"] = "identity"
            response = super().send(request, stream=True, **more)
            try:
                response.stream = Stream(response.stream, _bounded(response, most))
                if not stream:
                    response.read()
            except BaseException:
                response.close()
                raise
            return response

    return Client(follow_redirects=False, **options)


def async_client(*, most: int = MAX_BYTES, **options: Any) -> Any:
    """A client for openai's asynchronous API (`httpx2.AsyncClient`)."""
    import httpx2
    from openai import DefaultAsyncHttpxClient

    class Stream(httpx2.AsyncByteStream):
        def __init__(self, inner: Any, bounded: _Bounded) -> None:
            self._inner, self._bounded = inner, bounded

        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for chunk in self._inner:
                for piece in self._bounded.pieces(chunk):
                    yield piece

        async def aclose(self) -> None:
            await self._inner.aclose()

    class Client(DefaultAsyncHttpxClient):
        async def send(self, request: Any, *, stream: bool = False, **more: Any) -> Any:
            request.headers["Accept-Encoding"] = "identity"
            response = await super().send(request, stream=True, **more)
            try:
                response.stream = Stream(response.stream, _bounded(response, most))
                if not stream:
                    await response.aread()
            except BaseException:
                await response.aclose()
                raise
            return response

    return Client(follow_redirects=False, **options)


def _bounded(response: Any, most: int) -> _Bounded:
    """Unpacks here what would be unpacked without a bound later. Raises AnswerTooLarge for what it cannot unpack."""
    packed = response.headers.pop("content-encoding", "").strip().lower()
    if packed not in ("", "identity", *_UNPACKS):
        raise AnswerTooLarge(f"packed as {packed[:20]}")
    if packed in _UNPACKS:
        response.headers.pop("content-length", None)
    return _Bounded(packed in _UNPACKS, most)


def patient(seconds: float, connect: float) -> Any:
    """A transport (`httpx.BaseTransport`) that gives up a request as a whole after so many seconds.

    httpx bounds each read alone: a server that sends a byte now and then would be waited for without end.
    """
    import httpcore
    import httpx

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            left = _deadline.get() - time.monotonic()
            if left <= 0:
                raise httpcore.ReadTimeout(f"no whole answer within {seconds:g} seconds")
            return self._inner.read(max_bytes, min(timeout or left, left))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            left = _deadline.get() - time.monotonic()
            if left <= 0:
                raise httpcore.WriteTimeout(f"not taken within {seconds:g} seconds")
            self._inner.write(buffer, min(timeout or left, left))

        def close(self) -> None:
            self._inner.close()

        def start_tls(self, *arguments: Any, **more: Any) -> httpcore.NetworkStream:
            return Stream(self._inner.start_tls(*arguments, **more))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self._inner = httpcore.SyncBackend()

        def connect_tcp(
            self, host: str, port: int, timeout: float | None = None, *arguments: Any, **more: Any
        ) -> httpcore.NetworkStream:
            return Stream(self._inner.connect_tcp(host, port, min(timeout or connect, connect), *arguments, **more))

    class Patient(httpx.HTTPTransport):
        def __init__(self) -> None:
            super().__init__()
            self._pool.close()
            self._pool = httpcore.ConnectionPool(network_backend=Backend())

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            _deadline.set(time.monotonic() + seconds)
            return super().handle_request(request)

    return Patient()
