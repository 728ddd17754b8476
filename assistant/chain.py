"""The answer path as a LangChain runnable, for chains and tracing."""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer
from assistant.path import AnswerPath, Request


class AnswerChain(Runnable[Request, Answer]):
    """Takes a question, or {"question", "history", "cities"}; gives an `Answer`; streams `Event`s."""

    def __init__(self, path: AnswerPath) -> None:
        self._path = path

    def invoke(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Raises QuestionError, CityNotHeld, StoreError, EmbeddingError."""
        return self._call_with_config(self._path.answer, input, config)

    def stream(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Any]:
        """Events: `step`, `text`, `replace`, and at the end `answer`."""
        yield from self._path.events(input)

    async def astream(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> AsyncIterator[Any]:
        """As `stream`, without blocking the loop."""
        async for event in in_threads(self._path.events(input)):
            yield event


async def in_threads(events: Iterator[Any]) -> AsyncIterator[Any]:
    """Draw from a blocking iterator without blocking the loop; who leaves ends what it waits for."""
    end = object()
    drawing: asyncio.Future[Any] | None = None
    try:
        while True:
            drawing = asyncio.ensure_future(asyncio.to_thread(next, events, end))
            if (event := await asyncio.shield(drawing)) is end:
                return
            yield event
    finally:
        if drawing is not None:
            drawing.add_done_callback(lambda drawn: _close(events, drawn))


def _close(events: Iterator[Any], drawn: "asyncio.Future[Any]") -> None:
    if not drawn.cancelled():
        drawn.exception()  # it was raised already, or nobody waits for it any more
    if isinstance(events, Generator):
        events.close()
