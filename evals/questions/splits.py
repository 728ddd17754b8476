"""Splits that know nothing of articles, and which articles they hold all the same."""

from collections.abc import Iterable, Sequence

from evals.questions.case import Case, Gold
from evals.scores.ranking import same
from law.regulation import Regulation

#: The share of an article's characters that must have been found.
HALF = 0.5


class Plain:
    """A regulation as one text, as a first recipe reads it; `holds` says which articles a part of it holds."""

    def __init__(self, regulation: Regulation) -> None:
        city = regulation.place.removesuffix("市")
        parts = [(Gold(city, a.number, a.heading), f"{a.label} {a.heading} {a.text}\n") for a in regulation.articles]
        self.text = "".join(text for _, text in parts)
        self._spans: list[tuple[Gold, int, int]] = []
        at = 0
        for gold, text in parts:
            self._spans.append((gold, at, at + len(text)))
            at += len(text)

    def holds(self, start: int, end: int) -> dict[Gold, float]:
        """Articles and the share of each between two places."""
        within = ((g, (min(b, end) - max(a, start)) / (b - a)) for g, a, b in self._spans)
        return {g: share for g, share in within if share > 0}


def covered(case: Case, found: Iterable[dict[Gold, float]]) -> float:
    """The share of a case's gold articles of which these splits hold half between them."""
    parts = list(found)
    shares: Sequence[float] = [
        sum(share for part in parts for got, share in part.items() if same(gold, got)) for gold in case.gold
    ]
    return sum(s >= HALF for s in shares) / len(shares)
