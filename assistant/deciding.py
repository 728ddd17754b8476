"""From a question as understood to what is decided of it: found, taken apart, decided, and asked back where need be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assistant.decide.ask_back import Tried, asked_back
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.decide.decision import Decision
from assistant.decide.of_the_law.relevance import relevance
from assistant.decide.of_the_law.treated import only_what_treats
from assistant.decide.stated.absent import Looking, absence_weights
from assistant.decide.stated.head import load_statedness
from assistant.decide.stated.of_a_turn import unsaid
from assistant.decide.stated.of_cities import silent_cities
from assistant.decide.stated.signals import Floats
from assistant.decide.unmentioned import told_elsewhere, where_else
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.beside import with_counterparts, with_what_is_beside
from assistant.decide.whole.combine import combine
from assistant.decide.whole.granting import granted
from assistant.decide.whole.parts_stated import Alone, judged, own_words_of, silence_on, silent_on_it
from assistant.decide.whole.plural import as_a_whole, as_one_set, load_head, widened
from assistant.decide.whole.vectors import vectors_of
from assistant.request import Request
from assistant.retrieve import Found, Vector, retrieve
from assistant.steps import DECIDE, RETRIEVE, Steps
from assistant.trace_values import decided, documents, ranked
from assistant.understand.besides import laid_beside, without_comparison
from assistant.understand.breadth import FACT
from assistant.understand.parts import Part, asks_no_kind, by_sentences, of_a_turn, take_apart
from assistant.understand.question import Question, understand
from assistant.understand.thread.either import either
from assistant.understand.thread.turns import without_asides
from assistant.understand.thread.wider import wider
from assistant.write.quote_carries import Chance
from vectorstore.embeddings import Embedder, embed_queries, model_name
from vectorstore.library import Library

#: Of a topic longer than this so many characters are embedded, half of them its first, half its last.
_EMBEDDED = 256
#: Reasons that a question leaning on the one before it may have.
_SILENT = ("off_topic", "not_stated", "no_evidence")
#: Reasons for which a turn of a talk is read once more, with what was quoted before it; words that another city alone
#: has are outweighed only by so sure an article (of four that should stay unanswered the surest had 0.96).
_UNFOUND, _SURE = ("off_topic", "no_evidence", "unconfirmed"), 0.98
#: Reasons for which a question may after all have been about a regulation as a whole.
_UNANSWERED = (*_SILENT, "unconfirmed")
#: An article that answers less surely than this is one for a question about the whole too.
_SURE_OF_ONE = 0.9
#: Below this likelihood of being about the corpus the evidence is looked at by the model as well.
DOUBTFUL = 0.97


@dataclass(frozen=True, slots=True)
class DecidedQuestion:
    """A question with what was found for it, and what was decided."""

    question: Question
    found: Found
    decision: Decision


@dataclass(frozen=True, slots=True)
class Asking:
    """What one question is answered within: the request, the library in service, and who is told of the steps."""

    request: Request
    library: Library
    steps: Steps


@dataclass(frozen=True, slots=True)
class Looked:
    """A question with what was found for it; `parts` are the things that it asks, `ahead` their vectors by text."""

    question: Question
    found: Found
    parts: tuple[Part, ...]
    ahead: Mapping[str, Vector]


class Deciding:
    """Finds and decides, with the calibration and the heads of one embedding model."""

    def __init__(self, embeddings: Embedder) -> None:
        name = model_name(embeddings)
        self._embeddings = embeddings
        self.calibration = load_calibration(name)
        self._head = load_head(name)
        self._stated = load_statedness(name)
        alone = load_statedness(name, "alone")
        self._alone = Alone(alone, self.calibration.stated) if alone else None
        self._absence = absence_weights(name)

    def cite_always(self) -> None:
        """From now on cite the best article however doubtful: what leaving open saves is measured against this."""
        self.calibration = replace(self.calibration, confirmed=0.0, confirmed_without_questions=0.0)
        self._alone = None

    def look(self, question: Question, asking: Asking) -> Looked:
        """What is found for a question, and the things that it asks, all embedded in one call."""
        parts = take_apart(replace(question, blend=None), asking.library.regulations)
        ahead = vectors_of(question, parts, self.embed_all)
        return Looked(question, self.retrieved(question, asking, [ahead[t] for t in question.topics]), parts, ahead)

    def decide(
        self, looked: Looked, besides: Sequence[Part], asking: Asking
    ) -> tuple[DecidedQuestion, tuple[Part, ...]]:
        """What is decided, and the things that are asked where these are several; `besides` are what a look-up is asked
        beside."""
        question, found, parts, library = looked.question, looked.found, looked.parts, asking.library
        if self._head and (whole := as_a_whole(question, found.vector, self._head)) is not question:
            question, parts = whole, take_apart(replace(whole, blend=None), library.regulations)
        one_breath = self._head and parts and not by_sentences(question.text, parts)
        one_set = as_one_set(question, found, library, self._head) if one_breath and self._head else None
        if one_set:
            parts = ()  # 怎么花、怎么管: all on one matter, asked in two breaths
            found = self.retrieved(question, asking)  # by its own vector, not put together from halves
        if parts:
            question = replace(question, breadth=FACT)  # each thing for itself, no list of all that touches any
        heard = question.breadth.kind
        question, decision = self._of_all(question, found, asking, alone=not parts, one_set=one_set)
        if not parts and heard != question.breadth.kind == "fact":  # no list after all: it may ask several things
            parts = take_apart(replace(question, blend=None), library.regulations)
        read_on = not parts and not decision.aside
        if read_on and decision.reason in _UNFOUND and (read := self._wider(question, found, decision, asking)):
            question, found, decision = read.question, read.found, read.decision
        if read_on and decision.reason == "not_stated":
            parts = of_a_turn(question, library.regulations) or take_apart(
                replace(question, blend=None), library.regulations, heard=True
            )
        if parts:
            decision = self._of_parts(Looked(question, found, parts, looked.ahead), decision, asking)
        else:
            decision = silent_on_it(question, found, decision, library, self._stated, self._alone)
            decision = only_what_treats(question, found, decision, library)
            if read_on and decision.reason in _SILENT and (read := self._elsewhere(question, asking)):
                question, found, decision = read.question, read.found, read.decision
        if besides and found.lookups:
            decision = with_what_is_beside(decision, self._answered(besides, {}, asking), library)
        if found.lookups and (elsewhere := laid_beside(question, library.regulations)):
            decision = with_counterparts(decision, elsewhere, library, self.embed_all)
            question = without_comparison(question)
        return DecidedQuestion(question, found, self._asked_back(decision, asking)), parts

    def retrieved(self, question: Question, asking: Asking, vector: Vector | Sequence[Vector] | None = None) -> Found:
        """What is found for a question, by its own vectors where none are given."""
        with asking.steps.step(RETRIEVE, question.topic) as seen:
            found = retrieve(question, asking.library, self.embed_all(question.topics) if vector is None else vector)
            if asking.steps.wanted:
                seen.tell(ranked(found, asking.library))
            if asking.steps.callbacks is not None:
                seen.documents = documents(found, asking.library)
        return found

    def decided(self, question: Question, found: Found, asking: Asking) -> Decision:
        """What is decided of a question that asks one thing."""
        with asking.steps.step(DECIDE, question.text) as seen:
            decision = decide(question, found, asking.library, self.calibration)
            seen.tell(decided(decision) if asking.steps.wanted else {})
        return decision

    def _of_all(
        self, question: Question, found: Found, asking: Asking, *, alone: bool, one_set: Question | None = None
    ) -> tuple[Question, Decision]:
        """The message as a whole, its breadth settled by the heads; `alone` where it asks one thing, `one_set` what it
        is known to be already."""
        known = asking.library.asked_about(*question.regulation_ids)  # the head was fitted on such alone
        stands_alone = question.named and not (question.rewritten or question.besides or question.near)
        sure = stands_alone or relevance(question, found, self.calibration) >= DOUBTFUL
        if alone and self._head and known and sure and found.by_regulation:
            question = one_set or widened(question, found, asking.library, self._head)
        decision = self.decided(question, found, asking)
        doubtful = decision.confidence is not None and decision.confidence < _SURE_OF_ONE and known
        if alone and (decision.reason in _UNANSWERED or doubtful) and self._head and not decision.aside:
            whole = as_a_whole(question, found.vector, self._head, unanswered=True)
            if whole.breadth.kind != question.breadth.kind:
                return whole, self.decided(whole, found, asking)
        return question, decision

    def _wider(self, question: Question, first: Found, decision: Decision, asking: Asking) -> DecidedQuestion | None:
        """A turn of a talk that has found nothing, read with what was quoted before it; None where that finds nothing
        either. What was quoted may not state what the turn asks of it."""
        if (other := wider(question, asking.library)) is None:
            return None
        found = self.retrieved(other, asking)
        read = self.decided(other, found, asking)
        if read.reason or (decision.reason == "no_evidence" and (read.confidence or 0.0) < _SURE):
            return None
        turn = question.blend
        if self._stated and turn:
            of_it = replace(found, own=self.embed(turn.alone) if first.own is None else first.own)
            cited = [e.article.id for e in read.evidence]
            if unsaid(replace(other, blend=turn), of_it, cited, asking.library, self._stated) == "surely":
                read = silence_on(question.asking, found)
        return DecidedQuestion(other, found, read)

    def _elsewhere(self, question: Question, asking: Asking) -> DecidedQuestion | None:
        """A turn that has its city from the talk, asked of the one regulation that has what it names; None where there
        is none, or it does not answer either."""
        library = asking.library
        if (matter := told_elsewhere(question, library)) is None:
            return None
        other = replace(question, regulation_ids=(matter.article_ids[0].partition("/")[0],))
        found = self.retrieved(other, asking)
        read = self.decided(other, found, asking)
        there = tuple(e.article.id for e in read.evidence if e.article.id in matter.article_ids)
        if read.reason or not there:
            return None
        titles = (library.regulation(i).title for i in question.regulation_ids)
        notice = where_else(titles, replace(matter, article_ids=there), library)
        return DecidedQuestion(other, found, replace(read, notices=(notice, *read.notices)))

    def _asked_back(self, decision: Decision, asking: Asking) -> Decision:
        """A question back, where a word of the last turn may stand for one of two; else the decision as it is."""
        request = asking.request
        if (word := either(str(request.question), without_asides(request.history or ()), asking.library)) is None:
            return decision
        read = [understand(text, asking.library.regulations, None, request.cities) for text in word.readings]
        vectors = iter(self.embed_all([t for q in read for t in q.topics]))
        tried: list[Tried] = []
        for question in read:
            found = self.retrieved(question, asking, [next(vectors) for _ in question.topics])
            question, made = self._of_all(question, found, asking, alone=True)
            tried.append(Tried(question, found, made))
        return asked_back(word, tried, decision)

    def _of_parts(self, looked: Looked, decision: Decision, asking: Asking) -> Decision:
        """The things that a message asks, each for itself; the kind of fact that one asks for binds no other."""
        question, found, library = looked.question, looked.found, asking.library
        answered = self._answered(looked.parts, looked.ahead, asking)
        if decision.reason and (other := asks_no_kind(question, looked.parts)):
            bare = self.decided(other, found, asking)
            decision = decision if bare.reason else bare
        combined = combine(decision, judged(answered, decision, library, self._stated))
        if self._stated and not combined.unstated:
            silent = silent_cities(question, found, combined, library, self._stated, looked.parts)
            combined = replace(combined, unstated=silent)
        return granted(question, found, combined, answered, library, self.calibration)

    def _answered(self, parts: Sequence[Part], ahead: Mapping[str, Vector], asking: Asking) -> list[Answered]:
        """The things that a message asks, each found by its vector and decided for itself."""
        texts = {t for p in parts for t in (p.question.topic, own_words_of(p))}
        vectors = ahead if texts <= ahead.keys() else vectors_of(parts[0].question, parts, self.embed_all)
        answered: list[Answered] = []
        for part in parts:
            found = self.retrieved(part.question, asking, vectors[part.question.topic])
            decision = self.decided(part.question, found, asking)
            answered.append(Answered(part, found, decision, vectors[own_words_of(part)]))
        return answered

    def doubts(self, reading: DecidedQuestion) -> bool:
        """Whether what was found may be of another subject."""
        return relevance(reading.question, reading.found, self.calibration) < DOUBTFUL

    def chance(self, reading: DecidedQuestion, library: Library) -> Chance:
        """How likely an article states what is asked; surely where no head was fitted for the model."""
        asked, found, stated = reading.question.topic, reading.found, self._stated
        return cache(lambda id_: stated.judge(asked, found.vector, found, library, id_).chance if stated else 1.0)

    def looking(self, topic: str, library: Library, weights: Floats | None = None) -> Looking | None:
        """Looks for what a sentence calls unstated, `topic` being asked; None where nothing was fitted for the model.

        `weights` stand in for those that were fitted.
        """
        weights = self._absence if weights is None else weights
        if self._stated is None or weights is None:
            return None
        return Looking(library, self.embed, self._stated, weights, topic)

    def embed(self, topic: str) -> Vector:
        """The query vector of a topic, (dimension,), unit length."""
        return self.embed_all([topic])[0]

    def embed_all(self, topics: Sequence[str]) -> list[Vector]:
        """The query vectors of several topics, in one call where the model can."""
        half = _EMBEDDED // 2
        short = [t if len(t) <= _EMBEDDED else t[:half] + t[-half:] for t in topics]
        rows = np.asarray(embed_queries(self._embeddings, short), dtype=np.float32)
        return [row / (float(np.linalg.norm(row)) or 1.0) for row in rows]
