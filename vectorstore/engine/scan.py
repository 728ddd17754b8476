"""One question against every row of all volumes, approximately: which articles are worth scoring exactly."""

from collections.abc import Sequence

import numpy as np

from vectorstore.arrays import Numbers, Places, Vectors
from vectorstore.engine.rows import ASKED, KINDS, PARAGRAPH, PART, rows_at
from vectorstore.engine.signals import Likeness, RowsOfArticles
from vectorstore.engine.volume import Volume


class Scan:
    """Cosines of all rows, as the sketches of the volumes tell them; a volume without a sketch is small and is read."""

    def __init__(
        self, volumes: Sequence[Volume], rows: Sequence[RowsOfArticles], query: Vectors, near: Vectors
    ) -> None:
        """`rows` are those of each kind that count; `near` is what parts and 款 are compared with."""
        self._volumes, self._rows = volumes, rows
        self._asked_for = {PART: near, PARAGRAPH: near, ASKED: query}
        self._kinds = [kind for kind in KINDS if len(rows[kind].having)]
        self._cosines: dict[int, list[Numbers]] = {
            kind: [volume.cosines(kind, self._asked_for[kind]) for volume in volumes] for kind in self._kinds
        }

    def likeness(self) -> Likeness:
        """Of every article, from the few axes of which all rows are looked at."""
        none = np.zeros(0, dtype=np.float32)
        return Likeness.grouped(self._rows, [_joined(self._cosines.get(kind, [none])) for kind in KINDS])

    def finer(self, places: Sequence[Places]) -> Likeness:
        """Of some articles, from more axes; `places` are those within each volume, ascending."""
        found: list[Numbers] = []
        grouped: list[RowsOfArticles] = []
        for kind in KINDS:
            if kind not in self._kinds:
                found.append(np.zeros(0, dtype=np.float32))
                grouped.append(RowsOfArticles.of(np.zeros(sum(map(len, places)), dtype=np.intp)))
                continue
            parts: list[Numbers] = []
            many = [volume.counts[some, kind] for volume, some in zip(self._volumes, places, strict=True)]
            for volume, some, its, cosines in zip(self._volumes, places, many, self._cosines[kind], strict=True):
                rows = rows_at(volume.first_of(kind)[some], its)
                more = volume.finer(kind, self._asked_for[kind], rows)
                parts.append(cosines[rows] if more is None else cosines[rows] + more)
            found.append(_joined(parts))
            grouped.append(RowsOfArticles.of(np.concatenate(many)))
        return Likeness.grouped(grouped, found)


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
