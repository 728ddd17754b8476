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


def rows_at(starts: Places, counts: Places) -> Places:
    """Some rows from each of some starts, one after the other."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)


def starts_of(counts: Places) -> Places:
    """Where the rows of each begin, when they stand one after the other."""
    starts = np.zeros(len(counts), dtype=np.intp)
    np.cumsum(counts[:-1], out=starts[1:])
    return starts
