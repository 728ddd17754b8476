"""The clause of an article that a clause of a sentence tells again."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.clauses import Clause
from assistant.verify.coverage import bigrams, cut, is_filler, own_word
from assistant.verify.source import Neighbours, Source

#: Clauses this like the best are as good; of those not so far off, who acts may be said.
NEAR, NOT_FAR = 0.88, 0.7
#: What two adjacent characters weigh that no source has, and those that stand before 应当 or 可以.
UNKNOWN, LEAD = 0.3, 0.3
#: What the same figure in both adds to their likeness.
FIGURE = 0.4
#: What two characters weigh that stand in a condition of the clause, not in the clause itself.
CONDITION = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A clause of the article and how much of what is said it holds, 0 to 1, rare words weighing more."""

    clause: Clause
    score: float
    told: float  # the share of the article's clause that is said
    in_body: bool  # whether it holds any of what is said after the mark


def in_own_words(text: str, source_text: str) -> str:
    """The text with each word that the article lacks put as the article puts it."""
    return "".join(w if is_filler(w) else own_word(w, source_text) or w for w in cut(text))


def matches(
    said: str,
    sources: Sequence[Source],
    near: Neighbours,
    *,
    figures_said: frozenset[object] = frozenset(),
    lead: str = "",
    ruled: bool = False,
) -> list[Match]:
    """The clauses most like a stretch, best first, none that is much worse than the best.

    With `ruled`, only clauses that rule something, no conditions and exceptions.
    """
    after_mark = bigrams(said)
    known = frozenset().union(*(s.all_pairs for s in sources))
    wanted = {p: w if p in known else w * UNKNOWN for p, w in _weights(said, near).items()}
    for pair, weight in _weights(lead, near).items():
        if pair in known:
            wanted.setdefault(pair, weight * LEAD)
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
                told = min(1.0, shared / own)
                shared += CONDITION * sum(
                    w for p, w in wanted.items() if p not in pairs and p in source.around[id(clause)]
                )
                same = any((f.kind, f.value) in figures_said for f in clause.figures)
                found.append(
                    Match(clause, 0.8 * shared / total + 0.2 * told + FIGURE * same, told, bool(after_mark & pairs))
                )
    found.sort(key=lambda m: -m.score)
    return near_best(found, NOT_FAR)


def near_best(found: Sequence[Match], share: float) -> list[Match]:
    """Those of ranked matches that reach a share of the best score."""
    return [m for m in found if m.score >= share * found[0].score]


def share_of(condition: str, said: frozenset[str], near: Neighbours) -> float:
    """How much of a stretch of the law a sentence's bigrams hold."""
    return near.share(bigrams(condition), said)


def _weights(text: str, near: Neighbours) -> dict[str, float]:
    return {p: near.weight(p) for p in bigrams(text)}
