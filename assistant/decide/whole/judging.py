"""How likely each asked thing is stated at all: in its own best article, or in what answers the message."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.decide.decision import Decision
from assistant.decide.stated.head import Statedness
from assistant.decide.stated.wanted import wants_of
from assistant.decide.whole.combine import Answered, silent_on_count
from assistant.retrieve import Found
from assistant.understand.parts import Part
from assistant.understand.question import Question
from prompts import say
from vectorstore.library import Library

#: Below this chance the one thing that a message asks is stated nowhere: a stricter measure than beside an answer.
_ALONE = 0.02
#: What is not stated is told in at most so many characters.
_PHRASE, _ENDS = 30, "，,。；;！!:： ?？"


def own_words_of(part: Part) -> str:
    """An asked thing in its own words."""
    return part.own or part.question.topic


def judged(
    parts: Sequence[Answered], whole: Decision, library: Library, statedness: Statedness | None
) -> list[Answered]:
    """The asked things, each with its chance; as they are where no head was fitted for the model."""
    if statedness is None:
        return list(parts)
    return [replace(p, chance=_chance(p, tuple(_candidates(p, whole, parts)), library, statedness)) for p in parts]


def silent_on_it(
    question: Question, found: Found, decision: Decision, library: Library, statedness: Statedness | None
) -> Decision:
    """The decision on a message that asks one thing; its silence where surely no article states that, or
    not as many as it asks for."""
    if found.lookups:
        return decision
    decision = silent_on_count(question, decision)
    told = not decision.evidence or decision.listing or decision.statement or decision.unstated
    leans = question.compares or question.near or question.rewritten or question.besides
    if statedness is None or told or leans or not wants_of(question.topic):
        return decision
    ids = dict.fromkeys((*(e.article.id for e in decision.evidence), *(h.id for h in found.hits[:1])))
    chances = (statedness.chance(question.topic, found.vector, found, library, i) for i in ids)
    if max(chances) >= _ALONE:
        return decision
    what = f"「{question.topic.strip(_ENDS)[:_PHRASE]}」"
    return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])


def _chance(one: Answered, ids: Sequence[str], library: Library, statedness: Statedness) -> float | None:
    if one.found.lookups:
        return None
    asked = own_words_of(one.part)
    return max((statedness.chance(asked, one.vector, one.found, library, i) for i in ids), default=None)


def _candidates(one: Answered, whole: Decision, parts: Sequence[Answered]) -> Iterator[str]:
    """Ids of the articles that may state it."""
    ids = [h.id for h in one.found.hits[:1]]
    ids += [e.article.id for d in (one.decision, whole, *(p.decision for p in parts)) for e in d.evidence]
    yield from dict.fromkeys(i for i in ids if i.partition("/")[0] in one.part.question.regulation_ids)
