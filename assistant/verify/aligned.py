"""The clause of an article that a clause of a sentence tells again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.verify.clauses import Clause
from assistant.verify.coverage import bigrams, cut, told
from assistant.verify.source import Neighbours, Source

#: Clauses of an article whose likeness is this close to the best are as good.
NEAR = 0.88


@dataclass(frozen=True, slots=True)
class Match:
    """A clause of the article and how much of what is said it holds, 0 to 1, rare words weighing more."""

    clause: Clause
    score: float


def in_own_words(text: str, source_text: str) -> str:
    """The text with each word that the article lacks put as the article puts it."""
    return "".join(own for _, _, own in told(cut(text), source_text))


def matches(said: str, sources: Sequence[Source], near: Neighbours, *, lead: str = "", ruled: bool = False) -> list[Match]:
    """The clauses most like a stretch, best first, none that is much worse than the best.

    With `ruled`, only clauses that rule something, no conditions and exceptions.
    """
    wanted = _weights(said, near)
    for pair, weight in _weights(lead, near).items():
        wanted.setdefault(pair, weight * 0.4)
    total = sum(wanted.values())
    if not total:
        return []
    found: list[Match] = []
    for source in sources:
        for clause, pairs in zip(source.clauses, source.pairs, strict=True):
            if ruled and clause.role:
                continue
            shared = sum(w for p, w in wanted.items() if p in pairs)
            if shared:
                own = sum(near.weight(p) for p in pairs) or 1.0
                found.append(Match(clause, 0.8 * shared / total + 0.2 * min(1.0, shared / own)))
    found.sort(key=lambda m: -m.score)
    return [m for m in found if m.score >= NEAR * found[0].score]


def share_of(condition: str, said: frozenset[str], near: Neighbours) -> float:
    """How much of a stretch of the law a sentence's bigrams hold."""
    return near.share(bigrams(condition), said)


def _weights(text: str, near: Neighbours) -> Mapping[str, float] | dict[str, float]:
    return {p: near.weight(p) for p in bigrams(text)}
