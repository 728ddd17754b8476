"""Is a question so like another that finding the one is finding the other?

Likeness is Jaccard's over character bigrams, the names of the cities and regulations left out: they tell
nothing of the matter, and likely questions are written without them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.questions.case import Case
from law.regulation import Regulation
from law.text.grams import bigrams
from law.text.places import short_name
from law.text.script import to_simplified

#: From here on two questions count as the same.
NEAR = 0.8
#: Kinds whose questions are alike of necessity: 武汉第58条, 换成洛阳呢？
FORMULAIC = ("lookup", "followup", "missing_article", "status")


@dataclass(frozen=True, slots=True)
class Pair:
    """A case and the question most like it."""

    case: Case
    other: str
    likeness: float


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's: what both have of what either has; 0 of nothing."""
    return len(one & other) / len(one | other) if one | other else 0.0


def near_likely_questions(cases: Iterable[Case], regulations: Sequence[Regulation]) -> list[Pair]:
    """Cases that nearly stand in the index already as a likely question."""
    return nearest(cases, [q.text for r in regulations for q in r.questions], _without_names(regulations))


def near_cases(cases: Iterable[Case], others: Iterable[Case], regulations: Sequence[Regulation]) -> list[Pair]:
    """Cases of one set that nearly stand in another."""
    return nearest(cases, [c.question for c in others if c.kind not in FORMULAIC], _without_names(regulations))


def nearest(cases: Iterable[Case], texts: Sequence[str], bare: Callable[[str], str]) -> list[Pair]:
    """Each case that is NEAR one of the texts, with that text; formulaic kinds are left out."""
    held = [(text, frozenset(bigrams(bare(text)))) for text in texts]
    found: list[Pair] = []
    for case in cases:
        if case.kind in FORMULAIC or not held:
            continue
        mine = frozenset(bigrams(bare(case.question)))
        text, grams = max(held, key=lambda h: likeness(mine, h[1]))
        if (like := likeness(mine, grams)) >= NEAR:
            found.append(Pair(case, text, like))
    return found


def _without_names(regulations: Sequence[Regulation]) -> Callable[[str], str]:
    names = {n for r in regulations for n in (r.title, r.place, short_name(r.place), *r.short_names)}
    ordered = sorted((to_simplified(n) for n in names if n), key=len, reverse=True)

    def bare(text: str) -> str:
        text = to_simplified(text)
        for name in ordered:
            text = text.replace(name, "")
        return text

    return bare
