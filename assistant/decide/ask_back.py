"""A short question back: where what was said has two meanings that lead to different law, the reader chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answer import Hit
from assistant.decide.decision import Decision, once
from assistant.retrieve import Found
from assistant.understand.question import Question
from assistant.understand.thread.either import Either
from prompts import say

#: Readings that are offered at most.
_MOST = 3
#: A reading is as likely as another where its best score is so large a share of it.
_AS_LIKELY = 0.5
#: The same of articles that one search has ranked.
_EVEN = 0.9


@dataclass(frozen=True, slots=True)
class Tried:
    """One reading of a question, looked up and decided."""

    question: Question
    found: Found
    decision: Decision

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that would answer."""
        return tuple(e.article.id for e in self.decision.evidence)


def asked_back(either: Either, tried: Sequence[Tried], decision: Decision) -> Decision:
    """The question back, where two readings are answered by different articles and neither is much likelier; else the
    decision as it was."""
    answered = [t for t in tried if t.decision.evidence and not t.decision.reason]
    best = max((_score(t) for t in answered), default=0.0)
    likely = [t for t in answered if t.decision.listing or _score(t) >= best * _AS_LIKELY][:_MOST]
    if len(likely) < 2 or not all(_apart(one, other) for one, other in combinations(likely, 2)):
        return decision
    readings = tuple(t.question.original for t in likely)
    words = "；".join(f"（{n}）{reading}" for n, reading in enumerate(readings, 1))
    refusal = say("refusal.either", word=either.word, readings=words)
    related = once(h for t in likely for h in t.found.hits if h.id == t.articles[0])
    return Decision(reason="unconfirmed", refusal=refusal, related=related, readings=readings)


def readings_of(decision: Decision) -> tuple[str, ...]:
    """The questions to choose from: those of a question back or, where nothing was sure and two or three articles are
    about as near, one for each of these; () where one is nearer or all are."""
    if decision.readings or decision.reason != "unconfirmed" or decision.confidence is None:
        return decision.readings
    near = sorted(decision.related, key=lambda h: -h.score)
    even = [h for h in near if h.score > 0 and h.score >= near[0].score * _EVEN]
    return tuple(map(_asks, even)) if 1 < len(even) <= _MOST else ()


def _asks(one: Hit) -> str:
    heading = f"【{one.heading}】" if one.heading else ""
    return say("refusal.reading", title=one.regulation, place=f"{one.label}{heading}")


def _apart(one: Tried, other: Tried) -> bool:
    """Whether of all that would answer less than half answers both; of no lists, whether nothing does."""
    mine, others = set(one.articles), set(other.articles)
    lists = one.decision.listing and other.decision.listing
    return len(mine & others) * 2 < len(mine | others) if lists else mine.isdisjoint(others)


def _score(tried: Tried) -> float:
    return next((h.score for h in tried.found.hits if h.id == tried.articles[0]), 0.0)
