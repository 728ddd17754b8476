"""What the cosines of an article's rows come to: the signals that rank it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.arrays import Numbers, Places, Vectors
from vectorstore.engine.rows import ASKED, KINDS, PARAGRAPH, PART, ArticleRows, rows_at, starts_of

#: Articles with more rows than this are gone through one after the other.
_FEW_ROWS = 8


@dataclass(frozen=True, slots=True)
class RowsOfArticles:
    """Which rows of a kind are whose, of so many articles (`size`): the places of those that have some, how many each
    of these has, and where they begin; `later` are those of these that have a second row, a third, and so on, with
    where these rows stand; `long` those that have more."""

    size: int
    having: Places
    many: Places
    starts: Places
    later: tuple[tuple[Places, Places], ...]
    long: Places

    @classmethod
    def of(cls, counts: Places) -> "RowsOfArticles":
        """`counts` (articles,) are how many rows each has; they stand one after the other."""
        having = np.flatnonzero(counts)
        many = counts[having]
        most = min(int(many.max(initial=0)), _FEW_ROWS)
        starts = starts_of(many)
        some = [np.flatnonzero(many > nth) for nth in range(1, most)]
        later = tuple((these, starts[these] + nth) for nth, these in enumerate(some, 1))
        return cls(len(counts), having, many, starts, later, np.flatnonzero(many > _FEW_ROWS))

    def best(self, cosines: Numbers) -> Numbers:
        """(articles,) the best of the rows of each, of as many bytes; NaN where it has none."""
        if len(cosines) == len(self.having) == self.size:
            return cosines.copy()
        best = cosines.take(self.starts)
        # Most have a row or two: all second ones at once take half the time of one article after the other.
        for some, rows in self.later:
            best[some] = np.maximum(best.take(some), cosines.take(rows))
        if len(self.long):
            many = self.many[self.long]
            own = cosines[rows_at(self.starts[self.long], many)]
            best[self.long] = np.maximum.reduceat(own, starts_of(many))
        if len(best) == self.size:
            return best
        spread = np.full(self.size, np.nan, dtype=cosines.dtype)
        spread[self.having] = best
        return spread


@dataclass(frozen=True, slots=True)
class Likeness:
    """The signals of some articles that rank them, NaN where one lacks a signal: its parts, its 款, the best two and
    all of its likely questions."""

    article: Numbers
    paragraph: Numbers
    pair: Numbers
    mean: Numbers

    @classmethod
    def of(cls, counts: Places, cosines: Sequence[Numbers]) -> "Likeness":
        """Of articles with so many rows of each kind (articles, 3), `cosines` being one array a kind."""
        return cls.grouped([RowsOfArticles.of(counts[:, kind]) for kind in KINDS], cosines)

    @classmethod
    def grouped(cls, rows: "Sequence[RowsOfArticles]", cosines: Sequence[Numbers]) -> "Likeness":
        """As `of`, where which rows are whose is known already."""
        article, paragraph = (rows[kind].best(cosines[kind]) for kind in (PART, PARAGRAPH))
        pair, mean = _asked(rows[ASKED], cosines[ASKED])
        return cls(article, paragraph, pair, mean)

    def all(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """In the order in which `Sum` takes them."""
        return self.article, self.paragraph, self.pair, self.mean


@dataclass(frozen=True, slots=True)
class Signals:
    """Exactly, of some articles: what ranks them, and the best cosine of a row of each kind with the question."""

    ranks: Likeness
    article: Numbers
    paragraph: Numbers
    question: Numbers

    @classmethod
    def of(cls, block: ArticleRows, query: Vectors, near: Vectors) -> "Signals":
        """`near` is the mapped question, which parts and 款 are ranked by."""
        plain = np.vecdot(block.vectors, query).astype(np.float64)
        moved = plain if near is query else np.vecdot(block.vectors, near).astype(np.float64)
        own, mapped = ([cosines[rows] for rows in block.rows] for cosines in (plain, moved))
        ranks = Likeness.of(block.counts, (mapped[PART], mapped[PARAGRAPH], own[ASKED]))
        best = (best_of(block.counts[:, kind], own[kind]) for kind in (PART, PARAGRAPH, ASKED))
        return cls(ranks, *best)


def best_of(counts: Places, cosines: Numbers) -> Numbers:
    """(articles,) the best of the rows of each; NaN where it has none."""
    return RowsOfArticles.of(counts).best(cosines)


def _asked(rows: RowsOfArticles, cosines: Numbers) -> tuple[Numbers, Numbers]:
    """(articles,) the mean of the best two rows of each, and of all."""
    having, many, starts = rows.having, rows.many, rows.starts
    if not len(having):
        none: Numbers = np.broadcast_to(np.float32(np.nan), rows.size)
        return none, none
    pair, mean = np.full(rows.size, np.nan), np.full(rows.size, np.nan)
    ranked = cosines[np.lexsort((-cosines, np.repeat(having, many)))]
    pair[having] = (ranked[starts] + ranked[np.minimum(starts + 1, starts + many - 1)]) / 2
    mean[having] = np.add.reduceat(cosines, starts) / many
    return pair, mean
