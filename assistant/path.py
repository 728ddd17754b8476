"""The answer path: understand → retrieve → decide → write → verify."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.answer import Answer, Event
from assistant.decide.ask_back import Tried, asked_back
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.decide.decision import Decision, Evidence
from assistant.decide.relevance import relevance
from assistant.decide.stated.head import load_statedness
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.beside import with_what_is_beside
from assistant.decide.whole.combine import combine
from assistant.decide.whole.granting import granted
from assistant.decide.whole.parts_stated import judged, own_words_of, silent_on_it
from assistant.decide.whole.plural import as_a_whole, as_one_set, load_head, widened
from assistant.decide.whole.vectors import vectors_of
from assistant.model.agent import wants_reading
from assistant.model.context import Context
from assistant.model.help_to_understand import DOUBTFUL, DecidedQuestion, leans, other_search, stand_alone
from assistant.model.reading_tools import Shelves
from assistant.model.writer import ModelTurn, as_drafted, begin, write_prose
from assistant.request import Asked, Request, request_of
from assistant.retrieve import Found, Vector, retrieve
from assistant.steps import DECIDE, MODEL, READ, RETRIEVE, UNDERSTAND, VERIFY, WRITE, WRITING, Steps
from assistant.trace_values import decided, documents, ranked, understood, written
from assistant.understand.besides import asked_besides, without_besides
from assistant.understand.breadth import FACT
from assistant.understand.parts import Part, asks_no_kind, take_apart
from assistant.understand.question import Question, understand
from assistant.understand.thread.either import either
from assistant.understand.thread.wider import wider
from assistant.verify import verify
from assistant.write.blocks import write
from assistant.write.compose import DraftAnswer, compose
from assistant.write.first_line import first_line
from assistant.write.quote_carries import Chance
from prompts import say
from vectorstore.embeddings import embed_queries, model_name
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackManager

    from assistant.model.client import ChatModel

#: Of a topic longer than this so many characters are embedded, half of them its first, half its last.
_EMBEDDED = 256
#: What a reader is told of the steps while they run.
STEPS = tuple(say(f"step.{name}") for name in ("understand", "retrieve", "answer", "verify"))
#: Reasons that a question leaning on the one before it may have.
SILENT = ("off_topic", "not_stated", "no_evidence")
#: Reasons for which a turn of a talk is read once more, with what was quoted before it; words that another city alone
#: has are outweighed only by so sure an article (of four that should stay unanswered the surest had 0.96).
_UNFOUND, _SURE = ("off_topic", "no_evidence", "unconfirmed"), 0.98
#: Reasons for which a question may after all have been about a regulation as a whole.
_UNANSWERED = (*SILENT, "unconfirmed")
#: An article that answers less surely than this is one for a question about the whole too.
_SURE_OF_ONE = 0.9


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
        embeddings: Embeddings,
        model: "ChatModel | None" = None,
        model_timeout: float = 60.0,
        judge: "ChatModel | None" = None,
    ) -> None:
        self._shelf = shelf
        self._embeddings = embeddings
        self.model, self.judge, self._seconds = model, judge, model_timeout
        self._calibration = load_calibration(model_name(embeddings))
        self._head = load_head(model_name(embeddings))
        self._stated = load_statedness(model_name(embeddings))

    def cite_always(self) -> None:
        """From now on cite the best article however doubtful: what leaving open saves is measured against this."""
        self._calibration = replace(self._calibration, confirmed=0.0, confirmed_without_questions=0.0)

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
        turn = begin(self.model, self._seconds, callbacks, self.judge)

        yield Event("step", STEPS[0])
        with steps.step(UNDERSTAND, str(request.question)) as seen:
            question = understand(request.question, library.regulations, request.history, request.cities)
            besides = asked_besides(question, library.regulations)
            question = without_besides(question, besides)
            seen.tell(understood(question) if steps.wanted else {})
        yield Event("step", STEPS[1])
        parts = take_apart(replace(question, blend=None), library.regulations)
        ahead = self._embedded(question, parts)
        found = self._retrieved(question, library, steps, [ahead[t] for t in question.topics])
        yield Event("step", STEPS[2])
        if self._head and (whole := as_a_whole(question, found.vector, self._head)) is not question:
            question, parts = whole, take_apart(replace(whole, blend=None), library.regulations)
        one_set = as_one_set(question, found, library, self._head) if parts and self._head else None
        if one_set:
            parts = ()  # 怎么花、怎么管: all on one matter, asked in two breaths
            found = self._retrieved(question, library, steps)  # by its own vector, not put together from halves
        if parts:
            question = replace(question, breadth=FACT)  # each thing for itself, no list of all that touches any
        question, decision = self._of_all(question, found, library, steps, alone=not parts, one_set=one_set)
        if not parts and decision.reason in _UNFOUND and (read := self._wider(question, decision, library, steps)):
            question, found, decision = read.question, read.found, read.decision
        if not parts and decision.reason == "not_stated":
            parts = take_apart(replace(question, blend=None), library.regulations, heard=True)
        if parts:
            decision = self._of_parts(question, found, decision, parts, ahead, library, steps)
        else:
            decision = silent_on_it(question, found, decision, library, self._stated)
        if besides and found.lookups:
            decision = with_what_is_beside(decision, self._answered(besides, library, steps, {}), library)
        decision = self._asked_back(request, decision, library, steps)
        reading = DecidedQuestion(question, found, decision)
        if turn and reading.decision.evidence and not reading.decision.listing:
            reading = self._looked_at(turn, reading, request, library, steps)
        with steps.step(WRITE, reading.question.text) as seen:
            blocks = write(reading.question, reading.decision)
            seen.tell(written(blocks) if steps.wanted else {})
        yield Event("step", STEPS[3])
        with steps.step(VERIFY, reading.question.text) as seen:
            verified = verify(blocks, library)
            seen.tell(written(verified) if steps.wanted else {})
        verdict = first_line(reading.question, reading.decision, verified, library, self._chance(reading, library))
        draft = compose(reading.question, reading.found, reading.decision, verified, verdict=verdict)
        if turn and draft.answer.citations and not reading.decision.listing:  # a list is quoted whole
            yield Event("step", WRITING, found=draft.answer)  # what was found is read while the model writes
            reads = wants_reading(reading.question, several_asked=bool(parts))
            events = write_prose(turn, draft, reading.found, library, self._shelves(library) if reads else None)
        elif turn and reading.decision.left_open:  # the model may know which of them it is
            yield Event("step", WRITING)
            events = write_prose(turn, self._of_candidates(reading, library), reading.found, library, otherwise=draft)
        else:
            events = as_drafted(draft)
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

    def _of_candidates(self, reading: DecidedQuestion, library: Library) -> DraftAnswer:
        """The answer that quotes every article that may be what is asked for: what a model's prose is drawn from."""
        held = [library.by_id[h.id] for h in reading.decision.related]
        evidence = tuple(Evidence(r, a, a.paragraphs) for r, a in held)
        decision = Decision(evidence, notices=(say("notice.by_model"),), confidence=reading.decision.confidence)
        blocks = verify(write(reading.question, decision), library)
        return compose(reading.question, reading.found, decision, blocks)

    def _shelves(self, library: Library) -> Callable[[Context], Shelves]:
        return lambda context: Shelves(library, self.embed, list(context.entries))

    def _retrieved(
        self, question: Question, library: Library, steps: Steps, vector: Vector | Sequence[Vector] | None = None
    ) -> Found:
        with steps.step(RETRIEVE, question.topic) as seen:
            found = retrieve(question, library, self.embed_all(question.topics) if vector is None else vector)
            if steps.wanted:
                seen.tell(ranked(found, library))
            if steps.callbacks is not None:
                seen.documents = documents(found, library)
        return found

    def _decided(self, question: Question, found: Found, library: Library, steps: Steps) -> Decision:
        with steps.step(DECIDE, question.text) as seen:
            decision = decide(question, found, library, self._calibration)
            seen.tell(decided(decision) if steps.wanted else {})
        return decision

    def _of_all(
        self,
        question: Question,
        found: Found,
        library: Library,
        steps: Steps,
        *,
        alone: bool,
        one_set: Question | None = None,
    ) -> tuple[Question, Decision]:
        """The message as a whole, its breadth settled by the heads; `alone` where it asks one thing, `one_set` what it
        is known to be already."""
        known = library.asked_about(*question.regulation_ids)  # the head was fitted on such alone
        stands_alone = question.named and not (question.rewritten or question.besides or question.near)
        sure = stands_alone or relevance(question, found, self._calibration) >= DOUBTFUL
        if alone and self._head and known and sure and found.by_regulation:
            question = one_set or widened(question, found, library, self._head)
        decision = self._decided(question, found, library, steps)
        doubtful = decision.confidence is not None and decision.confidence < _SURE_OF_ONE and known
        if alone and (decision.reason in _UNANSWERED or doubtful) and self._head:
            whole = as_a_whole(question, found.vector, self._head, unanswered=True)
            if whole.breadth.kind != question.breadth.kind:
                return whole, self._decided(whole, found, library, steps)
        return question, decision

    def _wider(self, question: Question, decision: Decision, library: Library, steps: Steps) -> DecidedQuestion | None:
        """A turn of a talk that has found nothing, read with what was quoted before it; None where that finds nothing
        either."""
        if (other := wider(question, library)) is None:
            return None
        found = self._retrieved(other, library, steps)
        read = self._decided(other, found, library, steps)
        unsure = decision.reason == "no_evidence" and (read.confidence or 0.0) < _SURE
        return None if read.reason or unsure else DecidedQuestion(other, found, read)

    def _asked_back(self, request: Request, decision: Decision, library: Library, steps: Steps) -> Decision:
        """A question back, where a word of the last turn may stand for one of two; else the decision as it is."""
        if (word := either(str(request.question), request.history, library)) is None:
            return decision
        read = [understand(text, library.regulations, None, request.cities) for text in word.readings]
        vectors = iter(self.embed_all([t for q in read for t in q.topics]))
        tried: list[Tried] = []
        for question in read:
            found = self._retrieved(question, library, steps, [next(vectors) for _ in question.topics])
            question, made = self._of_all(question, found, library, steps, alone=True)
            tried.append(Tried(question, found, made))
        return asked_back(word, tried, decision)

    def _of_parts(
        self,
        question: Question,
        found: Found,
        decision: Decision,
        parts: Sequence[Part],
        ahead: Mapping[str, Vector],
        library: Library,
        steps: Steps,
    ) -> Decision:
        """The things that a message asks, each for itself; the kind of fact that one asks for binds no other."""
        answered = self._answered(parts, library, steps, ahead)
        if decision.reason and (other := asks_no_kind(question, parts)):
            bare = self._decided(other, found, library, steps)
            decision = decision if bare.reason else bare
        combined = combine(decision, judged(answered, decision, library, self._stated, in_talk=bool(question.blend)))
        return granted(question, found, combined, answered, library, self._calibration)

    def _answered(
        self, parts: Sequence[Part], library: Library, steps: Steps, ahead: Mapping[str, Vector]
    ) -> list[Answered]:
        """The things that a message asks, each found and decided for itself."""
        texts = {t for p in parts for t in (p.question.topic, own_words_of(p))}
        vectors = ahead if texts <= ahead.keys() else self._embedded(parts[0].question, parts)
        return [self._part(p, vectors[p.question.topic], vectors[own_words_of(p)], library, steps) for p in parts]

    def _chance(self, reading: DecidedQuestion, library: Library) -> Chance:
        """How likely an article states what is asked; surely where no head was fitted for the model."""
        asked, found, stated = reading.question.topic, reading.found, self._stated
        return cache(lambda id_: stated.judge(asked, found.vector, found, library, id_).chance if stated else 1.0)

    def _embedded(self, question: Question, parts: Sequence[Part]) -> dict[str, Vector]:
        """The vectors of a message and of the things that it asks, in one call."""
        return vectors_of(question, parts, self.embed_all)

    def _part(self, part: Part, vector: Vector, own: Vector, library: Library, steps: Steps) -> Answered:
        """One of several things that a message asks, found by its vector and decided for itself."""
        found = self._retrieved(part.question, library, steps, vector)
        return Answered(part, found, self._decided(part.question, found, library, steps), own)

    def _looked_at(
        self, turn: ModelTurn, reading: DecidedQuestion, request: Request, library: Library, steps: Steps
    ) -> DecidedQuestion:
        """The reading after the model has seen it, where it is in doubt; as it was where that brings no evidence."""
        other: Question | None = None
        if leans(reading.question, request.history, library):
            other = stand_alone(turn, reading.question, request.history or (), request.cities, library)
        elif not reading.found.lookups and relevance(reading.question, reading.found, self._calibration) < DOUBTFUL:
            other = other_search(turn, reading, library)
        if other is None:
            return reading
        found = self._retrieved(other, library, steps)
        decision = self._decided(other, found, library, steps)
        return reading if decision.reason else DecidedQuestion(other, found, decision)

    def embed(self, topic: str) -> Vector:
        """The query vector of a topic, (dimension,), unit length."""
        return self.embed_all([topic])[0]

    def embed_all(self, topics: Sequence[str]) -> list[Vector]:
        """The query vectors of several topics, in one call where the model can."""
        half = _EMBEDDED // 2
        short = [t if len(t) <= _EMBEDDED else t[:half] + t[-half:] for t in topics]
        rows = np.asarray(embed_queries(self._embeddings, short), dtype=np.float32)
        return [row / (float(np.linalg.norm(row)) or 1.0) for row in rows]
