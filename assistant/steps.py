"""The steps of the path as they are seen: by a trace that an answer carries, and by LangChain's callback handlers."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from law.text.rules import listening
from prompts import say

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackManager
    from langchain_core.documents import Document

UNDERSTAND, RETRIEVE, DECIDE, WRITE, VERIFY, MODEL = "understand", "retrieve", "decide", "write", "verify", "model"
#: What a model has read with tools before it wrote.
READ = "read"
#: What readers are told while sentences hold their place.
CHECKING = say("step.check")
#: The step in which a model writes, each sentence checked as it comes.
WRITING = say("step.write")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it happened: what it saw or decided (plain values), the ids of the rules that spoke, its seconds."""

    name: str
    saw: dict[str, Any]
    rules: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of one answer, in order."""

    steps: tuple[Step, ...]


@dataclass(slots=True)
class Seen:
    """What a step tells of itself; `documents` only for the one that retrieves."""

    saw: dict[str, Any] = field(default_factory=dict)
    documents: "Sequence[Document]" = ()

    def tell(self, values: Mapping[str, Any]) -> None:
        """Add what was seen or decided."""
        self.saw |= values


class Steps:
    """Keeps the steps of one question for its trace, and tells each to the callbacks of a chain."""

    def __init__(self, callbacks: "BaseCallbackManager | None" = None, *, explain: bool = False) -> None:
        self.callbacks = callbacks
        self.explain = explain
        self._done: list[Step] = []

    @property
    def wanted(self) -> bool:
        """Whether anybody looks at what a step tells: else it need not be gathered."""
        return self.explain or self.callbacks is not None

    def trace(self) -> Trace | None:
        """What happened so far; None where no trace was asked for."""
        return Trace(tuple(self._done)) if self.explain else None

    @contextmanager
    def step(self, name: str, asked: str) -> Iterator[Seen]:
        """One step. Its error is told to the callbacks and goes on. The body must not yield to a caller."""
        seen = Seen()
        run = self._begin(name, asked)
        began = time.perf_counter()
        try:
            with listening() if self.explain else nullcontext(dict[str, None]()) as heard:
                yield seen
        except Exception as error:
            if run is not None:
                (run.on_retriever_error if name == RETRIEVE else run.on_chain_error)(error)
            raise
        self.note(name, seen.saw, tuple(heard), time.perf_counter() - began)
        if run is not None and name == RETRIEVE:
            run.on_retriever_end(list(seen.documents))
        elif run is not None:
            run.on_chain_end(seen.saw)

    def note(self, name: str, saw: Mapping[str, Any], rules: tuple[str, ...] = (), seconds: float = 0.0) -> None:
        """Keep a step that was told from elsewhere."""
        if self.explain:
            self._done.append(Step(name, dict(saw), rules, round(seconds, 4)))

    def _begin(self, name: str, asked: str) -> Any:
        if self.callbacks is None:
            return None
        manager: Any = self.callbacks
        if name == RETRIEVE:
            return manager.on_retriever_start({}, asked, name=name)
        return manager.on_chain_start({}, {"question": asked}, name=name)
