"""The rows of articles, kind by kind: where they stand, and some of them read."""

from dataclasses import dataclass

import numpy as np

from vectorstore.arrays import Places, Vectors

#: Kinds of rows of an article, in the order in which they stand: its parts, its 款, its likely questions.
PART, PARAGRAPH, ASKED = KINDS = range(3)


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """Rows of some articles: `vectors` (rows, dimension), how many each has of each kind (articles, 3), and which rows
    are of each kind."""

    vectors: Vectors
    counts: Places
    rows: tuple[Places, Places, Places]

    @classmethod
    def of(cls, vectors: Vectors, counts: Places) -> "ArticleRows":
        """Rows that stand article by article."""
        kinds = np.repeat(np.tile(np.arange(len(KINDS), dtype=np.int8), len(counts)), counts.ravel())
        parts, paragraphs, asked = (np.flatnonzero(kinds == kind) for kind in KINDS)
        return cls(vectors, counts, (parts, paragraphs, asked))

    def without_questions(self) -> "ArticleRows":
        """The same without the rows of likely questions."""
        none = np.zeros(0, dtype=np.intp)
        return ArticleRows(
            self.vectors, self.counts * np.array([1, 1, 0]), (self.rows[PART], self.rows[PARAGRAPH], none)
        )


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The rows of articles that have been read: those at `places`, ascending, which begin at `starts`."""

    places: Places
    block: ArticleRows
    starts: Places

    @classmethod
    def of(cls, places: Places, block: ArticleRows) -> "RowsRead":
        """`block` are all rows of the articles at `places`, ascending."""
        return cls(places, block, starts_of(block.counts.sum(1)))

    def block_of(self, places: Places) -> ArticleRows | None:
        """The rows of some articles, in this order; None where one has not been read."""
        if (at := self._at(places)) is None:
            return None
        counts = self.block.counts[at]
        return ArticleRows.of(self.block.vectors[rows_at(self.starts[at], counts.sum(1))], counts)

    def firsts_of(self, places: Places) -> Vectors | None:
        """(articles, dimension) the first row of each of some articles; None where one has not been read."""
        return None if (at := self._at(places)) is None else self.block.vectors[self.starts[at]]

    def _at(self, places: Places) -> Places | None:
        at = np.searchsorted(self.places, places)
        inside = len(self.places) and (self.places[np.minimum(at, len(self.places) - 1)] == places).all()
        return at if inside else None


def rows_at(starts: Places, counts: Places) -> Places:
    """Some rows from each of some starts, one after the other."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)


def starts_of(counts: Places) -> Places:
    """Where the rows of each begin, when they stand one after the other."""
    starts = np.zeros(len(counts), dtype=np.intp)
    np.cumsum(counts[:-1], out=starts[1:])
    return starts
