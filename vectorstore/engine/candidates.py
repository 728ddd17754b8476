"""Which articles are scored exactly where no regulation is named: those found by a scan, or by Chroma's own index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Places, Scores, Vectors, highest
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION
from vectorstore.engine.layout import VolumeLayout

#: Candidates of each kind by Chroma, and by the words.
NEAREST, BY_WORDS = 400, 400
#: Ids of the chunks of a kind nearest to each of some vectors: `nearest(volume, kind, vectors, count)`.
Nearest = Callable[[str, str, Vectors, int], list[list[str]]]


@dataclass(frozen=True, slots=True)
class ByIndex:
    """Asks Chroma, one collection a kind and volume: unfiltered, and for ids alone."""

    layout: VolumeLayout
    ask: Nearest
    likely_questions: bool

    def candidates(self, query: Vectors, near: Vectors, said: Sequence[Scores]) -> Places:
        """The nearest of each kind and the best by each of the scores by words, live ones alone."""
        found = [best(scores, BY_WORDS) for scores in said]
        for kind, vector in ((ARTICLE, near), (PARAGRAPH, near), (QUESTION, query)):
            found += self.nearest(kind, vector, NEAREST)
        places = distinct(np.concatenate(found))
        return places[self.layout.live[places]]

    def nearest(self, kind: str, vector: Vectors, count: int) -> list[Places]:
        """Where the articles of the chunks of a kind stand that are nearest, of each volume."""
        found: list[Places] = []
        for volume, offset in zip(self.layout.volumes, self.layout.offsets.tolist(), strict=False):
            most = min(count, volume.about.kinds.get(kind, 0))
            if not most or (kind == QUESTION and not self.likely_questions):
                continue
            (ids,) = self.ask(volume.about.name, kind, vector[None], most)
            places = volume.find(list(dict.fromkeys(i.rpartition("#")[0] for i in ids)))
            places = places[places >= 0] + offset
            found.append(places[self.layout.live[places]])
        return found


def best(scores: Scores, count: int) -> Places:
    """Places of the best that are above nothing."""
    if count >= len(scores):
        return np.flatnonzero(scores > 0)
    found = highest(scores, count)
    return found[scores[found] > 0]


def distinct(places: Places) -> Places:
    """Each once, ascending. numpy's own way imports its masked arrays at the first call."""
    ordered = np.sort(places)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def every(places: Places, count: int) -> Places:
    """So many of them, evenly."""
    return places if len(places) <= count else places[np.linspace(0, len(places) - 1, count).astype(np.intp)]


def mask_of(size: int, places: Places) -> npt.NDArray[np.bool_]:
    """(size,) true at some places."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[places] = True
    return mask
