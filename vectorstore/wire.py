"""HTTP to a model's server, as far as it may be trusted: no redirect is followed, no answer is endless.

A redirect would send the question and the articles to a host that nobody has named; an answer of a few hundred
kilobytes may unpack to hundreds of megabytes.
"""

import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

#: Bytes of one answer, unpacked. The longest answer in single tokens takes about two million.
MAX_BYTES = 8_000_000
_UNPACKS = ("gzip", "x-gzip", "deflate")


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
