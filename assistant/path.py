"""The answer path: understand → retrieve → decide → write → verify."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.answer import Answer, Event
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.decide.relevance import relevance
from assistant.errors import QuestionError
from assistant.model.second_look import DOUBTFUL, Reading, leans, other_search, stand_alone
from assistant.model.writer import Turn, as_drafted, begin, write_prose
from assistant.retrieve import retrieve
from assistant.understand.question import Question, understand
from assistant.verify import verify
from assistant.write.blocks import write
from assistant.write.draft import compose
from vectorstore.embeddings import model_name
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant.model.client import ChatModel

STEPS = ("理解", "检索", "作答", "核对")
#: The step in which a model writes, each sentence checked as it comes.
WRITING = "撰写"
Request = str | Mapping[str, Any]


class Shelf(Protocol):
    """Where the chain takes the library in service from."""

    def library(self) -> Library:
        """The library in service."""
        ...


class AnswerPath:
    """From a request to its events; `chain` makes a LangChain runnable of it."""

    def __init__(
        self, shelf: Shelf, embeddings: Embeddings, model: "ChatModel | None" = None, model_timeout: float = 60.0
    ) -> None:
        self._shelf = shelf
        self._embeddings = embeddings
        self.model, self._seconds = model, model_timeout
        self._calibration = load_calibration(model_name(embeddings))

    def answer(self, request: Request) -> Answer:
        """The last event's answer. Raises QuestionError, CityNotHeld, StoreError, EmbeddingError."""
        *_, last = self.events(request)
        assert last.answer is not None
        return last.answer

    def events(self, request: Request) -> Iterator[Event]:
        """Events: `step`, `text`, `replace`, and at the end `answer`."""
        began = time.perf_counter()
        asked, history, cities = _unpack(request)
        library = self._shelf.library()
        turn = begin(self.model, self._seconds)

        yield Event("step", STEPS[0])
        question = understand(asked, library.regulations, history, cities)
        yield Event("step", STEPS[1])
        found = retrieve(question, library, self.embed(question.topic))
        yield Event("step", STEPS[2])
        reading = Reading(question, found, decide(question, found, library, self._calibration))
        if turn and reading.decision.evidence and not reading.decision.listing:
            reading = self._looked_at(turn, reading, history, cities, library)
        blocks = write(reading.question, reading.decision)
        yield Event("step", STEPS[3])
        draft = compose(reading.question, reading.found, reading.decision, verify(blocks, library))
        if turn and draft.answer.citations and not reading.decision.listing:  # a list is quoted whole
            yield Event("step", WRITING)
            events = write_prose(turn, draft, reading.found, library)
        else:
            events = as_drafted(draft)
        for event in events:
            if event.answer is not None:
                seconds = round(time.perf_counter() - began, 4)
                tokens = turn.usage.tokens if turn else 0
                event = Event("answer", answer=replace(event.answer, seconds=seconds, tokens=tokens))
            yield event

    def _looked_at(self, turn: Turn, reading: Reading, history: Any, cities: Any, library: Library) -> Reading:
        """The reading after the model has seen it, where it is in doubt; as it was where that brings no evidence."""
        other: Question | None = None
        if leans(reading.question, history, library):
            other = stand_alone(turn, reading.question, history, cities, library)
        elif not reading.found.lookups and relevance(reading.question, reading.found, self._calibration) < DOUBTFUL:
            other = other_search(turn, reading, library)
        if other is None:
            return reading
        found = retrieve(other, library, self.embed(other.topic))
        decision = decide(other, found, library, self._calibration)
        return reading if decision.reason else Reading(other, found, decision)

    def embed(self, topic: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """The query vector of a topic, (dimension,), unit length."""
        vector = np.asarray(self._embeddings.embed_query(topic), dtype=np.float32)
        return vector / (float(np.linalg.norm(vector)) or 1.0)


def _unpack(request: Request) -> tuple[str, Any, Any]:
    if isinstance(request, str):
        return request, None, None
    if not isinstance(request, Mapping) or "question" not in request:
        raise QuestionError("问题应是文字，或含 question、history、cities 的字典。")
    return request["question"], request.get("history"), request.get("cities")
