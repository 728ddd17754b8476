"""What the cosines of an article's rows come to: the signals that rank it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Places, Scores, Vectors
from vectorstore.engine.rows import ASKED, PARAGRAPH, PART, ArticleRows, starts_of

Cosines = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The signals of some articles that rank them, NaN where one lacks a signal: its parts, its 款, the best two and
    all of its likely questions."""

    article: Scores
    paragraph: Scores
    pair: Scores
    mean: Scores

    @classmethod
    def of(cls, counts: Places, cosines: Sequence[Cosines]) -> "Likeness":
        """Of articles with so many rows of each kind (articles, 3), `cosines` being one array a kind."""
        article, paragraph = (best_of(counts[:, kind], cosines[kind]) for kind in (PART, PARAGRAPH))
        pair, mean = _asked(counts[:, ASKED], cosines[ASKED])
        return cls(article, paragraph, pair, mean)

    def all(self) -> tuple[Scores, Scores, Scores, Scores]:
        """In the order in which `Sum` takes them."""
        return self.article, self.paragraph, self.pair, self.mean


@dataclass(frozen=True, slots=True)
class Signals:
    """Exactly, of some articles: what ranks them, and the best cosine of a row of each kind with the question."""

    ranks: Likeness
    article: Scores
    paragraph: Scores
    question: Scores

    @classmethod
    def of(cls, block: ArticleRows, query: Vectors, near: Vectors) -> "Signals":
        """`near` is the mapped question, which parts and 款 are ranked by."""
        plain = np.vecdot(block.vectors, query)
        moved = plain if near is query else np.vecdot(block.vectors, near)
        own, mapped = ([cosines[rows] for rows in block.rows] for cosines in (plain, moved))
        ranks = Likeness.of(block.counts, (mapped[PART], mapped[PARAGRAPH], own[ASKED]))
        best = (best_of(block.counts[:, kind], own[kind]) for kind in (PART, PARAGRAPH, ASKED))
        return cls(ranks, *best)


def best_of(counts: Places, cosines: Cosines) -> Scores:
    """(articles,) the best of the rows of each; NaN where it has none."""
    if len(cosines) == len(counts) and counts.all():
        return cosines.astype(np.float64)
    best = np.full(len(counts), np.nan)
    having = np.flatnonzero(counts)
    if len(having):
        best[having] = np.maximum.reduceat(cosines, starts_of(counts[having]))
    return best


def _asked(counts: Places, cosines: Cosines) -> tuple[Scores, Scores]:
    """(articles,) the mean of the best two rows of each, and of all."""
    pair, mean = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    having = np.flatnonzero(counts)
    if not len(having):
        return pair, mean
    many = counts[having]
    starts = starts_of(many)
    ranked = cosines[np.lexsort((-cosines, np.repeat(having, many)))]
    pair[having] = (ranked[starts] + ranked[np.minimum(starts + 1, starts + many - 1)]) / 2
    mean[having] = np.add.reduceat(cosines, starts) / many
    return pair, mean
