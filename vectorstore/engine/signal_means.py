"""What is usual of a signal: its mean and deviation over all articles that have it, for any question, without a scan.

Of articles with one row of a kind both follow exactly from the sum of these rows and of their products, kept when a
volume is written. The best of several rows does not; it is taken from a sample of such articles, corrected by what a
scan saw of all of them, or where nothing was scanned by what the same sums say of all their rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Numbers, Places, Vectors
from vectorstore.engine.rows import ASKED, PARAGRAPH, PART, ArticleRows, rows_at, starts_of
from vectorstore.engine.signals import Likeness, best_of
from vectorstore.ranking.ranker import Sum

FILE = "moments.npz"
#: Kinds whose sums are kept, each for articles with one row and for those with several.
SUMMED = (PART, PARAGRAPH)
_BLOCK = 4096
#: A mean that ranks nothing (it stands for the articles that were not scored, and so tells how far a question is of
#: this law) is told by one in so many of a sample, by at least so many.
_FEWER, _LEAST = 6, 1000


@dataclass(frozen=True, slots=True)
class Moments:
    """(2 kinds, one or several): how many rows, their sum, and the sum of their products (dimension, dimension)."""

    many: npt.NDArray[np.float64]
    sums: Vectors
    products: Vectors

    @classmethod
    def joined(cls, parts: "Sequence[Moments]") -> "Moments":
        """Of several volumes."""
        return cls(sum(p.many for p in parts), sum(p.sums for p in parts), sum(p.products for p in parts))  # type: ignore[arg-type]

    def of(self, kind: int, several: bool, vector: Vectors) -> tuple[float, float, float]:
        """Of the cosines of these rows with a vector: how many, mean, variance."""
        at = (SUMMED.index(kind), int(several))
        many = float(self.many[at])
        if not many:
            return 0.0, 0.0, 0.0
        mean = float(np.vecdot(self.sums[at], vector)) / many
        square = float(np.vecdot(np.vecdot(self.products[at], vector), vector)) / many
        return many, mean, max(square - mean * mean, 0.0)


@dataclass(frozen=True, slots=True)
class Usual:
    """Mean and deviation of each signal, as `Likeness.all` orders them; 0 and 1 where no article has it."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]

    @classmethod
    def of(cls, likeness: Likeness) -> "Usual":
        """Of these articles alone."""
        pairs = [_mean_and_deviation(s) for s in likeness.all()]
        return cls(tuple(m for m, _ in pairs), tuple(d or 1.0 for _, d in pairs))

    def total(self, sum_: Sum, likeness: Likeness, said: Sequence[Numbers]) -> Numbers:
        """What the signals of articles come to; `said` are those of the words, standardised."""
        rows = zip(likeness.all(), self.means, self.deviations, sum_.weights, strict=False)
        return sum_.of(*(_by(s, mean, spread) if np.any(weight) else s for s, mean, spread, weight in rows), *said)


@dataclass(frozen=True, slots=True)
class Several:
    """Articles with several rows of one kind: where all of them stand, and of a sample its places, and its rows of this
    kind, article by article from each of `starts`."""

    everyone: Places
    places: Places
    vectors: Vectors
    starts: Places

    @classmethod
    def of(cls, everyone: Places, places: Places, block: ArticleRows, kind: int) -> "Several":
        """`block` holds the rows of the articles at `places`."""
        return cls(everyone, places, block.vectors[block.rows[kind]], starts_of(block.counts[:, kind]))

    def fewer(self) -> "Several":
        """With the first of the sample's articles alone of every _FEWER, where it has so many."""
        step = max(1, min(_FEWER, len(self.places) // _LEAST))
        counts = np.diff(np.append(self.starts, len(self.vectors)))[::step]
        rows = rows_at(self.starts[::step], counts)
        return Several(self.everyone, self.places[::step], self.vectors[rows], starts_of(counts))

    def best(self, cosines: Numbers, seen: Numbers) -> tuple[float, float]:
        """Mean and variance of the best of an article, from the cosines of the sample's rows; `seen` is nearly the best
        of every article, by its place."""
        best, nearly, there = np.maximum.reduceat(cosines, self.starts), seen[self.everyone], seen[self.places]
        spread = float(there.var())
        slope = float(((best - best.mean()) * (there - there.mean())).mean()) / (spread or 1.0)
        mean = float(best.mean()) + slope * float(nearly.mean() - there.mean())
        return mean, max(float(best.var()) + slope * slope * (float(nearly.var()) - spread), 0.0)


class Statistics:
    """Tells what is usual for a question. `several` are articles with several rows of each kind of SUMMED, `asked` the
    rows of a sample of articles with likely questions."""

    def __init__(self, moments: Moments, several: Sequence[Several], asked: ArticleRows) -> None:
        self._moments, self._several, self._asked = moments, several, asked
        self._fewer = [some.fewer() for some in several]

    def usual(
        self, query: Vectors, near: Vectors, rough: Likeness | None = None
    ) -> tuple[Usual, tuple[float, float, float, float]]:
        """Of the signals that rank: parts and 款 by `near`, likely questions by the question. `rough` is what a scan
        saw.

        And the mean of the best cosine of an article's parts, its 款 and its likely questions with the question, and of
        its parts with `near`.
        """
        moved, own = self.best(near, rough), self.best(query, fewer=True)
        *ranks, plain = map(_mean_and_deviation, self._questions(query))
        pairs = [*moved, *ranks]
        usual = Usual(tuple(m for m, _ in pairs), tuple(d or 1.0 for _, d in pairs))
        return usual, (own[0][0], own[1][0], plain[0], usual.means[0])

    def best(self, vector: Vectors, rough: Likeness | None = None, *, fewer: bool = False) -> list[tuple[float, float]]:
        """Mean and deviation of the best cosine of an article's parts with a vector, and of its 款. `rough` is what a
        scan saw with it; `fewer` reads a sixth of the sample."""
        several = self._fewer if fewer else self._several
        seen = (rough.article, rough.paragraph) if rough else (None, None)
        cosines = [np.vecdot(some.vectors, vector) for some in several]
        return [self._of(*one) for one in zip(SUMMED, several, cosines, repeat(vector), seen, strict=False)]

    def _questions(self, query: Vectors) -> tuple[Numbers, Numbers, Numbers]:
        cosines = np.vecdot(self._asked.vectors[self._asked.rows[ASKED]], query).astype(np.float64)
        none = np.zeros(0)
        likeness = Likeness.of(self._asked.counts * np.array([0, 0, 1]), (none, none, cosines))
        return likeness.pair, likeness.mean, best_of(self._asked.counts[:, ASKED], cosines)

    def _of(
        self, kind: int, some: Several, cosines: Numbers, vector: Vectors, seen: Numbers | None
    ) -> tuple[float, float]:
        many, mean, variance = self._moments.of(kind, False, vector)
        rows, of_rows, spread = self._moments.of(kind, True, vector)
        share = len(some.everyone)
        if not rows or not share:
            return mean, variance**0.5
        if seen is not None:
            other, varied = some.best(cosines, seen)
        else:
            best = np.maximum.reduceat(cosines, some.starts)
            other = float(best.mean()) + of_rows - float(cosines.mean())
            varied = float(best.var()) * spread / (float(cosines.var()) or 1.0)
        middle = (many * mean + share * other) / (many + share)
        whole = many * (variance + (mean - middle) ** 2) + share * (varied + (other - middle) ** 2)
        return middle, float((whole / (many + share)) ** 0.5)


def read_moments(folder: Path) -> Moments:
    """Raises OSError, ValueError, KeyError."""
    with np.load(folder / FILE) as held:
        return Moments(held["many"], held["sums"], held["products"])


def write_moments(
    folder: Path, dimension: int, counts: Places, rows_of: Callable[[int], Places], read: Callable[[Places], Vectors]
) -> None:
    """Of a volume; as `sketch.write_sketch`. Raises OSError."""
    many = np.zeros((len(SUMMED), 2))
    sums, products = np.zeros((len(SUMMED), 2, dimension)), np.zeros((len(SUMMED), 2, dimension, dimension))
    for n, kind in enumerate(SUMMED):
        several = np.repeat(counts[:, kind] > 1, counts[:, kind])
        rows = rows_of(kind)
        for which in (0, 1):
            mine = rows[several == which]
            many[n, which] = len(mine)
            for at in range(0, len(mine), _BLOCK):
                part = read(mine[at : at + _BLOCK])
                sums[n, which] += part.sum(0)
                products[n, which] += part.T @ part
    np.savez(folder / FILE, many=many, sums=sums.astype(np.float32), products=products.astype(np.float32))


def standard(scores: Numbers, dead: Places) -> Numbers:
    """Scores by their mean and deviation, those at some places left out of account."""
    left = scores[dead]
    many = len(scores) - len(left)
    mean = (float(scores.sum()) - float(left.sum())) / (many or 1)
    variance = (float((scores * scores).sum()) - float((left * left).sum())) / (many or 1) - mean * mean
    return _by(scores, mean, max(variance, 0.0) ** 0.5 or 1.0)


def _by(scores: Numbers, mean: float, deviation: float) -> Numbers:
    result: Numbers = scores - mean
    result /= deviation
    return result


def _mean_and_deviation(scores: Numbers) -> tuple[float, float]:
    have = scores[~np.isnan(scores)]
    return (float(have.mean()), float(have.std())) if len(have) else (0.0, 0.0)
