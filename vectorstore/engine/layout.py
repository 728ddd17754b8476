"""Where the articles of an index stand: the volumes one after the other, each regulation's articles in a row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from law.regulation import Article
from vectorstore.arrays import Places, Vectors
from vectorstore.engine.lazy import Kept
from vectorstore.engine.rows import ArticleRows, RowsRead
from vectorstore.engine.volume import Volume

#: Regulations of which the places of the articles are kept by id.
_KEPT = 300
#: Of what is scored at most so many rows are kept for what comes right after.
_KEPT_ROWS = 20_000


class VolumeLayout:
    """Places of articles, over all volumes; those of regulations that a later volume replaces are not live."""

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self.volumes = volumes
        self.offsets = np.cumsum([0, *(v.about.articles for v in volumes)])
        self.size = int(self.offsets[-1])
        self.spans = _spans_of(volumes, self.offsets.tolist())
        self.names = list(self.spans)
        self._code_of = {id_: n for n, id_ in enumerate(self.names)}
        # What is not in service has the last code.
        self.codes = np.full(self.size, len(self.spans), dtype=np.intp)
        for code, (at, count) in enumerate(self.spans.values()):
            self.codes[at : at + count] = code
        self.live: npt.NDArray[np.bool_] = self.codes < len(self.spans)
        self.dead = np.flatnonzero(~self.live)
        self.all_live = not len(self.dead)
        self._belonging: Kept[tuple[str, ...], npt.NDArray[np.bool_]] = Kept(8)
        self._places_in: Kept[str, dict[str, int]] = Kept(_KEPT)
        self._lately: RowsRead | None = None

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all articles, in the order of their places."""
        return _Ids(self.volumes, self.offsets)

    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""
        if len(self.volumes) == 1:
            return [i.decode() for i in self.volumes[0].ids[places].tolist()]
        which = np.searchsorted(self.offsets, places, side="right") - 1
        pairs = zip(which.tolist(), (places - self.offsets[which]).tolist(), strict=True)
        return [bytes(self.volumes[n].ids[at]).decode() for n, at in pairs]

    def index_of(self, article_id: str) -> int:
        """Raises KeyError."""
        id_ = article_id.partition("/")[0]
        return self._places_in.get(id_, lambda: self._within(id_))[article_id]

    def places_of(self, ids: Collection[str]) -> Places:
        """Of articles whose regulation is held, ascending. Raises KeyError where it lacks the article."""
        return np.array(sorted(self.index_of(i) for i in ids if i.partition("/")[0] in self.spans), dtype=np.intp)

    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""
        if len(regulation_ids) >= len(self.spans):
            return self.live
        ids = tuple(regulation_ids)
        return self._belonging.get(ids, lambda: self._of(ids))

    def _of(self, regulation_ids: Sequence[str]) -> npt.NDArray[np.bool_]:
        named = np.zeros(len(self.names) + 1, dtype=np.bool_)
        named[[self._code_of[i] for i in regulation_ids if i in self._code_of]] = True
        mine: npt.NDArray[np.bool_] = named[self.codes]
        mine.flags.writeable = False  # it is shared
        return mine

    def regulations_of(self, places: Places) -> Places:
        """All places of the regulations that have an article at one of these."""
        spans = [self.spans[self.names[c]] for c in dict.fromkeys(self.codes[places].tolist())]
        return np.concatenate([np.zeros(0, np.intp), *(np.arange(at, at + count) for at, count in spans)])

    def split(self, places: Places) -> list[Places]:
        """Places, ascending, as those within each volume."""
        parts = np.split(places, np.searchsorted(places, self.offsets[1:-1]))
        return [part - at for part, at in zip(parts, self.offsets.tolist(), strict=False)]

    def volume_at(self, place: int) -> tuple[Volume, int]:
        """The volume of a place, and the place within it."""
        n = min(int(np.searchsorted(self.offsets, place, side="right")) - 1, len(self.volumes) - 1)
        return self.volumes[n], place - int(self.offsets[n])

    def block(self, places: Places) -> ArticleRows:
        """The rows of the articles at some places, ascending, of whichever volume."""
        lately = self._lately  # another thread may put another one there
        return (lately and lately.block_of(places)) or self._read(places)

    def block_kept(self, places: Places) -> ArticleRows:
        """Read anew and kept until the next call, as what is scored is soon looked at again; nothing where there are
        more than _KEPT_ROWS rows."""
        block = self._read(places)
        self._lately = RowsRead.of(places, block) if len(block.vectors) <= _KEPT_ROWS else None
        return block

    def _read(self, places: Places) -> ArticleRows:
        parts = [v.block(some) for v, some in zip(self.volumes, self.split(places), strict=True)]
        if len(parts) == 1:
            return parts[0]
        return ArticleRows.of(np.concatenate([p.vectors for p in parts]), np.concatenate([p.counts for p in parts]))

    def wholes(self, places: Places) -> Vectors:
        """(articles, dimension) of each of the articles at some places, ascending, its first row: the article as a
        whole, or its beginning."""
        lately = self._lately
        if lately and (held := lately.firsts_of(places)) is not None:
            return held
        parts = [v.wholes(some) for v, some in zip(self.volumes, self.split(places), strict=True)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def heads(self, places: Places) -> dict[str, Article]:
        """The articles at some places without their text, by id."""
        found: list[Article] = []
        for volume, some in zip(self.volumes, self.split(np.sort(places)), strict=True):
            found += volume.texts.heads(some.tolist()) if len(some) else []
        return {a.id: a for a in found}

    def _within(self, regulation_id: str) -> dict[str, int]:
        at, count = self.spans[regulation_id]
        volume, own = self.volume_at(at)
        return {id_.decode(): at + n for n, id_ in enumerate(volume.ids[own : own + count].tolist())}


class Spans(Mapping[str, Places]):
    """Places by regulation, counted out as they are looked at."""

    def __init__(self, spans: Mapping[str, tuple[int, int]]) -> None:
        self._spans = spans

    def __getitem__(self, id_: str) -> Places:
        at, count = self._spans[id_]
        return np.arange(at, at + count)

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


class _Ids(Sequence[str]):
    """The ids of all articles, decoded as they are looked at."""

    def __init__(self, volumes: Sequence[Volume], offsets: npt.NDArray[np.intp]) -> None:
        self._volumes, self._offsets = volumes, offsets

    def __len__(self) -> int:
        return int(self._offsets[-1])

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        n = int(np.searchsorted(self._offsets, at, side="right")) - 1
        return bytes(self._volumes[n].ids[at - int(self._offsets[n])]).decode()


def _spans_of(volumes: Sequence[Volume], offsets: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Of every regulation in service its first place and how many articles it has, by id."""
    gone = {id_ for v in volumes for id_ in v.about.gone}
    found = {
        entry.id: (offset + entry.first, entry.count)
        for n, (volume, offset) in enumerate(zip(volumes, offsets, strict=False))
        for entry in volume.texts.entries()
        if n or entry.id not in gone
    }
    return dict(sorted(found.items()))
