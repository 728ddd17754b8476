"""BM25 over character bigrams of a volume, on disk: a question reads the lists of its own words and no others.

`ranking.words` adds the lists up, with the rarity of a word taken over all volumes: one that is fixed to the texts it
was counted in would make a small volume beside a large one count words anew.
"""

import hashlib
import os
import weakref
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache, reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt

from law.text.grams import bigrams
from vectorstore.ranking.words import Span, Weights, dampers

Packed = npt.NDArray[np.uint32]
_ENTRY = np.dtype([("key", "<u8"), ("place", "<u4"), ("times", "<u2")])
#: Parts that the entries are sorted in, each by itself in memory, and entries held back before they are written.
_PARTS, _HELD = 16, 2_000_000
_MIX, _BITS = 0x9E3779B97F4A7C15, (1 << 64) - 1


@lru_cache(maxsize=300_000)
def key_of(gram: str) -> int:
    """64 bits that are a gram's own: two characters are numbered, longer words digested; spread evenly."""
    if len(gram) <= 2:
        number = ord(gram[0]) << 21 | ord(gram[-1]) << 1 | (len(gram) - 1)
    else:
        number = int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big") | 1 << 63
    return number * _MIX & _BITS


class PostingsWriter:
    """Takes texts in the order of their places; `finish` sorts them, a part of the words at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lengths: list[int] = []
        self._keys: list[int] = []
        self._times: list[int] = []
        self._places: list[int] = []

    def add(self, text: str) -> None:
        """The text of the next place."""
        grams = bigrams(text)
        counted = Counter(grams)
        self._keys += map(key_of, counted)
        self._times += (min(n, 65_535) for n in counted.values())
        self._places += [len(self._lengths)] * len(counted)
        self._lengths.append(len(grams))
        if len(self._keys) >= _HELD:
            self._spill()

    def finish(self) -> None:
        """Write the lists. Raises OSError."""
        self._spill()
        lengths = np.array(self._lengths, dtype=np.float32)
        damped = dampers(lengths)
        keys: list[npt.NDArray[np.uint64]] = []
        counts: list[npt.NDArray[np.int64]] = []
        with (self._folder / "places.u4").open("wb") as places, (self._folder / "weights.f4").open("wb") as weights:
            for part in range(_PARTS):
                file = self._part(part)
                if not file.exists():
                    continue
                entries = np.fromfile(file, dtype=_ENTRY)
                entries = entries[np.argsort(entries["key"], kind="stable")]
                own, many = np.unique(entries["key"], return_counts=True)
                keys.append(own)
                counts.append(many)
                entries["place"].tofile(places)
                times = entries["times"].astype(np.float32)
                (times / (times + damped[entries["place"]])).astype("<f4").tofile(weights)
                file.unlink()
        np.save(self._folder / "keys.npy", np.concatenate(keys) if keys else np.zeros(0, np.uint64))
        starts = np.cumsum([0, *np.concatenate(counts)]) if counts else np.zeros(1)
        np.save(self._folder / "starts.npy", np.asarray(starts, dtype=np.int64))

    def _part(self, part: int) -> Path:
        return self._folder / f"part{part}.bin"

    def _spill(self) -> None:
        entries = np.empty(len(self._keys), dtype=_ENTRY)
        entries["key"], entries["place"], entries["times"] = self._keys, self._places, self._times
        part = (entries["key"] >> np.uint64(60)).astype(np.intp)
        for n in range(_PARTS):
            mine = entries[part == n]
            if len(mine):
                with self._part(n).open("ab") as out:
                    mine.tofile(out)
        self._keys, self._times, self._places = [], [], []


class Postings:
    """The lists of one volume. Only keys and where their lists begin are held in memory."""

    def __init__(self, folder: Path) -> None:
        self._keys = np.load(folder / "keys.npy")
        self._starts = np.load(folder / "starts.npy")
        self._files = [os.open(folder / name, os.O_RDONLY) for name in ("places.u4", "weights.f4")]
        self._lately: tuple[list[str], list[list[Packed]]] = ([], [])
        for file in self._files:
            weakref.finalize(self, os.close, file)

    def span(self, gram: str) -> Span:
        """See `ranking.words.Lists`."""
        key = np.uint64(key_of(gram))
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return 0, 0
        return int(self._starts[at]), int(self._starts[at + 1])

    def places(self, span: Span) -> Packed:
        """See `ranking.words.Lists`."""
        return np.frombuffer(os.pread(self._files[0], 4 * (span[1] - span[0]), 4 * span[0]), dtype="<u4")

    def weights(self, span: Span) -> Weights:
        """See `ranking.words.Lists`."""
        return np.frombuffer(os.pread(self._files[1], 4 * (span[1] - span[0]), 4 * span[0]), dtype="<f4")

    def have(self, words: Sequence[str], first: int, count: int) -> bool:
        """Whether one of some texts in a row has every bigram of one of some words. The lists are kept for what is
        asked next: the same words of other texts."""
        asked, lists = self._lately  # another thread may put others there
        if asked != words:
            spans = [[self.span(gram) for gram in bigrams(word)] for word in words]
            lists = [[self.places(s) for s in some] for some in spans if some and (0, 0) not in some]
            self._lately = (list(words), lists)
        return any(_share_one(some, first, first + count) for some in lists)

    def gathered(self, spans: Sequence[Span]) -> tuple[Packed, Weights]:
        """See `ranking.words.Lists`."""
        held = [s for s in spans if s[1] > s[0]]
        return np.concatenate([self.places(s) for s in held]), np.concatenate([self.weights(s) for s in held])


def _share_one(lists: Sequence[Packed], first: int, end: int) -> bool:
    """Whether some lists, at least one, share a place that is `first` or one of those before `end`."""
    parts = [places[slice(*np.searchsorted(places, np.array((first, end), dtype=places.dtype)))] for places in lists]
    return len(reduce(np.intersect1d, parts)) > 0
