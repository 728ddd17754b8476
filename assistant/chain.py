"""The answer path as a LangChain runnable, for chains and tracing."""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

from langchain_core.callbacks import BaseCallbackManager, CallbackManagerForChainRun
from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer
from assistant.path import AnswerPath
from assistant.request import Asked


class AnswerChain(Runnable[Asked, Answer]):
    """Takes a question, or {"question", "history", "cities"}; gives an `Answer`; streams `Event`s.

    A callback handler sees the steps as runs of their own: understand, retrieve (a retriever with its documents),
    decide, write, verify, and a chat model with its tokens where one writes.
    """

    def __init__(self, path: AnswerPath) -> None:
        self._path = path

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Raises QuestionError, CityNotHeld, StoreError, EmbeddingError."""
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Any]:
        """Events: `step`, `text`, `replace`, and at the end `answer`."""
        yield from self._transform_stream_with_config(iter([input]), self._events, config)

    async def astream(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> AsyncIterator[Any]:
        """As `stream`, without blocking the loop."""
        async for event in in_threads(self.stream(input, config)):
            yield event

    def _answer(self, asked: Asked, run_manager: CallbackManagerForChainRun) -> Answer:
        return self._path.answer(asked, _child_of(run_manager))

    def _events(self, asked: Iterator[Asked], run_manager: CallbackManagerForChainRun) -> Iterator[Any]:
        for one in asked:
            yield from self._path.events(one, _child_of(run_manager))


def _child_of(run_manager: CallbackManagerForChainRun) -> BaseCallbackManager | None:
    """The callbacks for the steps; None where nobody listens, so that nothing is gathered for them."""
    child = run_manager.get_child()
    return child if child.handlers else None


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
