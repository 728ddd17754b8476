"""The answer path: understand → retrieve → decide → write → verify."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer, Event
from assistant.decide.decision import Decision, Evidence
from assistant.deciding import Asking, DecidedQuestion, Deciding
from assistant.request import Asked, request_of
from assistant.steps import MODEL, READ, UNDERSTAND, VERIFY, WRITE, WRITING, Steps
from assistant.trace_values import understood, written
from assistant.understand.besides import asked_besides, without_besides
from assistant.understand.question import Question, understand
from assistant.verify import verify
from assistant.write.blocks import write
from assistant.write.compose import DraftAnswer, compose
from assistant.write.first_line import first_line
from prompts import say
from vectorstore.embeddings import Embedder
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackManager

    from assistant.model.client import ChatModel
    from assistant.model.context import Context
    from assistant.model.reading_tools import Shelves
    from assistant.model.writer import ModelTurn

#: What a reader is told of the steps while they run.
STEPS = tuple(say(f"step.{name}") for name in ("understand", "retrieve", "answer", "verify"))


class LibrarySource(Protocol):
    """Where the chain takes the library in service from."""

    def library(self) -> Library:
        """The library in service."""
        ...


class AnswerPath:
    """From a request to its events; `chain` makes a LangChain runnable of it."""

    def __init__(
        self,
        shelf: LibrarySource,
        embeddings: Embedder,
        model: "ChatModel | None" = None,
        model_timeout: float = 60.0,
        judge: "ChatModel | None" = None,
    ) -> None:
        self._shelf = shelf
        self.model, self.judge, self._seconds = model, judge, model_timeout
        self.deciding = Deciding(embeddings)

    def answer(self, asked: Asked, callbacks: "BaseCallbackManager | None" = None) -> Answer:
        """The last event's answer. Raises QuestionError, CityNotHeld, StoreError, EmbeddingError."""
        *_, last = self.events(asked, callbacks)
        assert last.answer is not None
        return last.answer

    def events(self, asked: Asked, callbacks: "BaseCallbackManager | None" = None) -> Iterator[Event]:
        """Events: `step`, `text`, `replace`, and at the end `answer`. Each step is told to the callbacks of a chain."""
        began = time.perf_counter()
        request = request_of(asked)
        steps = Steps(callbacks, explain=request.explain)
        library = self._shelf.library()
        asking = Asking(request, library, steps)
        turn = self._turn(callbacks)

        yield Event("step", STEPS[0])
        with steps.step(UNDERSTAND, str(request.question)) as seen:
            question = understand(request.question, library.regulations, request.history, request.cities)
            besides = asked_besides(question, library.regulations)
            question = without_besides(question, besides)
            seen.tell(understood(question) if steps.wanted else {})
        yield Event("step", STEPS[1])
        looked = self.deciding.look(question, asking)
        yield Event("step", STEPS[2])
        reading, parts = self.deciding.decide(looked, besides, asking)
        if turn and reading.decision.evidence and not reading.decision.listing:
            reading = self._looked_at(turn, reading, asking)
        with steps.step(WRITE, reading.question.text) as seen:
            blocks = write(reading.question, reading.decision)
            seen.tell(written(blocks) if steps.wanted else {})
        yield Event("step", STEPS[3])
        with steps.step(VERIFY, reading.question.text) as seen:
            verified = verify(blocks, library)
            seen.tell(written(verified) if steps.wanted else {})
        chance = self.deciding.chance(reading, library)
        things = parts if reading.question.text == looked.question.text else ()  # a model may have put it otherwise
        verdict = first_line(reading.question, reading.decision, verified, library, chance, things)
        draft = compose(reading.question, reading.found, reading.decision, verified, verdict=verdict)
        events = self._in_prose(turn, reading, draft, library, several=bool(parts)) if turn else draft.events()
        for event in events:
            if event.answer is not None:
                if turn and turn.read:
                    steps.note(READ, {"calls": list(turn.read)})
                if turn and event.answer.writing:
                    steps.note(MODEL, event.answer.writing.as_dict(), seconds=time.perf_counter() - began)
                seconds = round(time.perf_counter() - began, 4)
                tokens = turn.usage.tokens if turn else 0
                event = Event(
                    "answer", answer=replace(event.answer, seconds=seconds, tokens=tokens, trace=steps.trace())
                )
            yield event

    def _turn(self, callbacks: "BaseCallbackManager | None") -> "ModelTurn | None":
        """The model at work on one question; None without a model, and then nothing of it is loaded."""
        if self.model is None:
            return None
        from assistant.model.writer import begin

        return begin(self.model, self._seconds, callbacks, self.judge)

    def _in_prose(
        self, turn: "ModelTurn", reading: DecidedQuestion, draft: DraftAnswer, library: Library, *, several: bool
    ) -> Iterator[Event]:
        """Events of the answer as a model writes it; as it is drafted where there is nothing to write."""
        from assistant.model.agent import wants_reading
        from assistant.model.writer import write_prose

        looking = self.deciding.looking(reading.question.topic, library)
        if draft.answer.citations and not reading.decision.listing:  # a list is quoted whole
            yield Event("step", WRITING, found=draft.answer)  # what was found is read while the model writes
            reads = wants_reading(reading.question, several_asked=several)
            shelves = self._shelves(library) if reads else None
            yield from write_prose(turn, draft, reading.found, library, shelves, looking=looking)
        elif reading.decision.left_open:  # the model may know which of them it is
            yield Event("step", WRITING)
            candidates = self._of_candidates(reading, library)
            yield from write_prose(turn, candidates, reading.found, library, otherwise=draft, looking=looking)
        else:
            yield from draft.events()

    def _of_candidates(self, reading: DecidedQuestion, library: Library) -> DraftAnswer:
        """The answer that quotes every article that may be what is asked for: what a model's prose is drawn from."""
        held = [library.by_id[h.id] for h in reading.decision.related]
        evidence = tuple(Evidence(r, a, a.paragraphs) for r, a in held)
        decision = Decision(evidence, notices=(say("notice.by_model"),), chances=reading.decision.chances)
        blocks = verify(write(reading.question, decision), library)
        return compose(reading.question, reading.found, decision, blocks)

    def _shelves(self, library: Library) -> "Callable[[Context], Shelves]":
        from assistant.model.reading_tools import Shelves

        return lambda context: Shelves(library, self.deciding.embed, list(context.entries))

    def _looked_at(self, turn: "ModelTurn", reading: DecidedQuestion, asking: Asking) -> DecidedQuestion:
        """The reading after the model has seen it, where it is in doubt; as it was where that brings no evidence."""
        from assistant.model.help_to_understand import leans, other_search, stand_alone

        other: Question | None = None
        request, library = asking.request, asking.library
        if leans(reading.question, request.history, library):
            other = stand_alone(turn, reading.question, request.history or (), request.cities, library)
        elif not reading.found.lookups and self.deciding.doubts(reading):
            other = other_search(turn, reading, library)
        if other is None:
            return reading
        found = self.deciding.retrieved(other, asking)
        decision = self.deciding.decided(other, found, asking)
        return reading if decision.reason else DecidedQuestion(other, found, decision)
