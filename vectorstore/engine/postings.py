"""BM25 over character bigrams of a volume, on disk: a question reads the lists of its own words and no others.

As bm25s scores (Lucene's variant), with the rarity of a word taken over all volumes when it is asked: what
bm25s keeps is fixed to the texts it was made of, and a small volume beside a large one would count words anew.
"""

import hashlib
import os
import weakref
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from law.text.grams import bigrams
from vectorstore.arrays import Places, Scores

K1, B = 1.2, 0.75
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
        norm = K1 * (1 - B + B * lengths / (float(lengths.mean()) if lengths.any() else 1.0))
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
                (times / (times + norm[entries["place"]])).astype("<f4").tofile(weights)
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
        for file in self._files:
            weakref.finalize(self, os.close, file)

    def span(self, gram: str) -> tuple[int, int]:
        """Where the list of a gram begins and ends; (0, 0) where there is none."""
        key = np.uint64(key_of(gram))
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return 0, 0
        return int(self._starts[at]), int(self._starts[at + 1])

    def places(self, span: tuple[int, int]) -> Packed:
        """The places of a list, ascending."""
        return np.frombuffer(os.pread(self._files[0], 4 * (span[1] - span[0]), 4 * span[0]), dtype="<u4")

    def weights(self, span: tuple[int, int]) -> npt.NDArray[np.float32]:
        """What the gram weighs at each of these places, its rarity aside."""
        return np.frombuffer(os.pread(self._files[1], 4 * (span[1] - span[0]), 4 * span[0]), dtype="<f4")


class WordsOnDisk:
    """The words of several volumes, one after the other; the same questions as `ranking.words.WordIndex`
    answers."""

    def __init__(self, volumes: Sequence[Postings], sizes: Sequence[int]) -> None:
        self._volumes = volumes
        self._offsets = [sum(sizes[:n]) for n in range(len(sizes))]
        self._sizes, self._size = sizes, sum(sizes)

    def score(self, text: str) -> Scores:
        """(places,) what each scores for the words of a text."""
        return self._sum(list(dict.fromkeys(bigrams(text))))[0]

    def score_any(self, groups: Sequence[Sequence[str]]) -> Scores:
        """The sum over groups of words of the best word's score, each word's being the mean of its bigrams'."""
        total, best = np.zeros(self._size), np.zeros(self._size)
        for words in groups:
            best.fill(0)
            for word in words:
                grams = bigrams(word)
                if len(grams) == 1:  # most are: their list is all there is to it
                    for places, weights in self._lists(grams[0]):
                        best[places] = np.maximum(best.take(places), weights)
                    continue
                mine, known = self._sum(grams)
                if known:
                    np.maximum(best, mine / known, out=best)
            total += best
        return total

    def sharing(self, words: str) -> npt.NDArray[np.intp]:
        """Places, ascending, of the texts that have every bigram of some words."""
        grams = set(bigrams(words))
        found = [self._sharing(v, grams) + at for v, at in zip(self._volumes, self._offsets, strict=True)]
        return np.concatenate(found) if grams and found else np.zeros(0, dtype=np.intp)

    def _sharing(self, volume: Postings, grams: set[str]) -> npt.NDArray[np.intp]:
        spans = sorted((volume.span(g) for g in grams), key=lambda s: s[1] - s[0])
        if not spans or spans[0] == (0, 0):
            return np.zeros(0, dtype=np.intp)
        held = volume.places(spans[0])
        for span in spans[1:]:
            if not len(held):
                break
            more = volume.places(span)
            held = held[more[np.searchsorted(more[:-1], held)] == held]
        return held.astype(np.intp)

    def _sum(self, grams: Sequence[str]) -> tuple[Scores, int]:
        """(places,) the sum of what some grams score; how many of them are known at all."""
        lists = [self._lists(gram) for gram in grams]
        pairs = [pair for some in lists for pair in some]
        if not pairs:
            return np.zeros(self._size), 0
        places, weights = map(np.concatenate, zip(*pairs, strict=True))
        return np.bincount(places, weights, self._size).astype(np.float64, copy=False), sum(map(bool, lists))

    def _lists(self, gram: str) -> list[tuple[Places, npt.NDArray[np.float32]]]:
        """Of every volume that has a gram: the places, and what it scores at each."""
        spans = [v.span(gram) for v in self._volumes]
        frequency = sum(end - begin for begin, end in spans)
        rarity = np.float32(np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)))
        return [
            (volume.places(span).astype(np.intp) + at, volume.weights(span) * rarity)
            for volume, at, span in zip(self._volumes, self._offsets, spans, strict=True)
            if span[1] > span[0]
        ]
