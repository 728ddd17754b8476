"""The answer path: understand → retrieve → decide → write → verify."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.answer import Answer, Event
from assistant.calibration import load_calibration
from assistant.decide import decide
from assistant.errors import QuestionError
from assistant.evidence import Decision
from assistant.retrieve import Found, retrieve
from assistant.understand import Question, understand
from assistant.verify import verify
from assistant.write import notices_for, render, write
from prompts import say
from vectorstore.embeddings import model_name
from vectorstore.library import Library
from vectorstore.script import to_traditional

STEPS = ("理解", "检索", "作答", "核对")
Request = str | Mapping[str, Any]


class Shelf(Protocol):
    """Where the chain takes the library in service from."""

    def library(self) -> Library:
        """The library in service."""
        ...


class AnswerPath:
    """From a request to its events; `chain` makes a LangChain runnable of it."""

    def __init__(self, shelf: Shelf, embeddings: Embeddings) -> None:
        self._shelf = shelf
        self._embeddings = embeddings
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

        yield Event("step", STEPS[0])
        question = understand(asked, library.regulations, history, cities)
        yield Event("step", STEPS[1])
        found = retrieve(question, library, self.embed(question.topic))
        yield Event("step", STEPS[2])
        decision = decide(question, found, library, self._calibration)
        blocks = write(question, decision)
        yield Event("step", STEPS[3])
        blocks = verify(blocks, library)

        answer, pieces = compose(question, found, decision, blocks)
        for piece in pieces:
            yield Event("text", piece)
        seconds = round(time.perf_counter() - began, 4)
        yield Event("answer", answer=replace(answer, seconds=seconds))

    def embed(self, topic: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """The query vector of a topic, (dimension,), unit length."""
        vector = np.asarray(self._embeddings.embed_query(topic), dtype=np.float32)
        return vector / (float(np.linalg.norm(vector)) or 1.0)


def compose(question: Question, found: Found, decision: Decision, blocks: Any) -> tuple[Answer, list[str]]:
    """The answer and the pieces of its text, from blocks that have been verified."""
    citations = tuple(c for b in blocks for c in b.citations)
    id_ = hashlib.sha256(question.original.encode()).hexdigest()[:12]
    standalone = question.text if question.rewritten else ""
    if decision.statement:
        text = to_traditional(decision.statement) if question.traditional else decision.statement
        return Answer(id_, question.original, text, standalone=standalone), [text]
    if not decision.reason and not citations:
        labels = "、".join(h.label for h in found.hits[:3])
        decision = Decision(reason="no_evidence", refusal=say("refusal.nothing_verified", labels=labels))
    if decision.reason:
        text = to_traditional(decision.refusal) if question.traditional else decision.refusal
        related = decision.related
        answer = Answer(id_, question.original, text, True, decision.reason, related=related, hits=found.hits,
                        notices=decision.notices, standalone=standalone)  # fmt: skip
        return answer, [text]
    notices = notices_for(decision, citations)
    pieces = render(blocks, notices, traditional=question.traditional)
    pieces[-1] = pieces[-1].rstrip()
    answer = Answer(id_, question.original, "".join(pieces), citations=citations, related=decision.related,
                    hits=found.hits, notices=notices, standalone=standalone, blocks=tuple(blocks))  # fmt: skip
    return answer, pieces


def _unpack(request: Request) -> tuple[str, Any, Any]:
    if isinstance(request, str):
        return request, None, None
    if not isinstance(request, Mapping) or "question" not in request:
        raise QuestionError("问题应是文字，或含 question、history、cities 的字典。")
    return request["question"], request.get("history"), request.get("cities")
