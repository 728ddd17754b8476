"""The vectors of one kind of chunk, sorted by article, and their likeness to a question."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Places, Vectors

#: Above so many rows a projection to fewer dimensions is looked through first, and about so many of its best exactly;
#: where these begin is read from every 16th row.
LARGE, NEAR, SPARSE, DIMENSIONS, SAMPLE = 50_000, 4_000, 16, 64, 10_000


@dataclass(frozen=True)
class Rows:
    """`starts` are the first rows of the articles that have any, `owners` the places of these articles, ascending;
    `numbers` (款) and `tags` are one a row. `vectors` is (n, dimension), of unit length."""

    vectors: Vectors
    starts: Places
    owners: Places
    numbers: list[int]
    tags: list[str] = field(default_factory=list)

    def span(self, place: int) -> tuple[int, int]:
        """The rows of one article: first, and one past the last; (0, 0) where it has none."""
        at = int(np.searchsorted(self.owners, place))
        if at == len(self.owners) or self.owners[at] != place:
            return 0, 0
        return int(self.starts[at]), int(self.starts[at + 1]) if at + 1 < len(self.starts) else len(self.numbers)

    @cached_property
    def counts(self) -> Places:
        """How many rows each article has."""
        return np.diff(np.append(self.starts, len(self.numbers)))

    @cached_property
    def _articles(self) -> Places:
        return np.repeat(np.arange(len(self.starts)), self.counts)

    def first_of(self, scores: npt.NDArray[np.float32], best: npt.NDArray[np.float32]) -> Places:
        """Of each article the first row that has its best score."""
        at = np.flatnonzero(scores == best[self._articles])
        return at[np.unique(self._articles[at], return_index=True)[1]]

    def cosines(self, query: Vectors) -> npt.NDArray[np.float32]:
        """Of every row with a query of unit length (dimension,).

        One thread: waking others takes longer than a small index. Of a large one only the best rows are exact; the
        others are what the projection says, which is enough to know that they are not among the best.
        """
        result: npt.NDArray[np.float32]
        if len(self.vectors) <= LARGE:
            result = np.vecdot(self.vectors, query)
            return result
        mean, axes, projected = self._projection
        result = projected @ (axes.T @ query) + np.float32(mean @ query)
        some = result[::SPARSE]
        best = np.flatnonzero(result >= np.partition(some, -NEAR // SPARSE)[-NEAR // SPARSE])
        result[best] = np.vecdot(self.vectors[best], query)
        return result

    @cached_property
    def _projection(self) -> tuple[Vectors, Vectors, Vectors]:
        """The mean (d,), the main axes of a sample (d, k), and every row along them (n, k)."""
        step = max(1, len(self.vectors) // SAMPLE)
        sample = self.vectors[::step]
        mean = sample.mean(0)
        _, axes = np.linalg.eigh(np.cov(sample - mean, rowvar=False))
        kept = np.ascontiguousarray(axes[:, -DIMENSIONS:], dtype=np.float32)
        return mean, kept, np.ascontiguousarray((self.vectors - mean) @ kept)
