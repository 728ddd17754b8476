"""BM25 over the words of many texts: character bigrams, and whole Latin words and numbers.

Lists of places and weights lie in memory (`ListsInMemory`) or on disk (`engine.postings`); `Words` adds them up. It is
Lucene's variant, with the rarity of a word taken over all lists when it is asked; a test holds both to bm25s.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from law.text.grams import bigrams
from vectorstore.arrays import Places, Scores

K1, B = 1.2, 0.75
Weights = npt.NDArray[np.float32]
Span = tuple[int, int]
Frequencies = npt.NDArray[np.intp]
#: At how many places each of some grams stands, the places of one after the other, and what it scores there.
Found = tuple[Frequencies, Places, Weights]
#: So many scores of single words are held in one table.
_CELLS = 200_000
#: A word stands at few places where its lists are so many times shorter than all places: what takes less time.
_FEW = 12
#: What is held of one gram in each list that has it: its places among all, and what it scores there.
Held = Sequence[tuple[Places, Weights]]
#: Places are looked up one by one in a list that is so many times longer: what takes less time.
_LOOKED_UP = 30


def dampers(lengths: Weights) -> Weights:
    """(texts,) what a word's count is measured against in a text of so many words: the longer, the more."""
    return K1 * (1 - B + B * lengths / np.float32(float(lengths.mean()) if lengths.any() else 1.0))


class Lists(Protocol):
    """Of each gram the places of the texts that have it, and what it weighs there."""

    def span(self, gram: str) -> Span:
        """Where the list of a gram begins and ends; (0, 0) where there is none."""
        ...

    def places(self, span: Span) -> npt.NDArray[np.unsignedinteger]:
        """The places of a list, ascending."""
        ...

    def weights(self, span: Span) -> Weights:
        """What the gram weighs at each of these places, its rarity aside."""
        ...

    def gathered(self, spans: Sequence[Span]) -> tuple[npt.NDArray[np.unsignedinteger], Weights]:
        """The places and weights of some lists, at least one, one list after the other."""
        ...


class ListsInMemory:
    """The lists of some texts, in their order."""

    def __init__(self, texts: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        counted = [Counter(bigrams(t)) for t in texts]
        grams = np.array([numbers.setdefault(g, len(numbers)) for words in counted for g in words], dtype=np.int64)
        times = np.array([n for words in counted for n in words.values()], dtype=np.float32)
        places = np.repeat(np.arange(len(counted), dtype=np.uint32), [len(words) for words in counted])
        damped = dampers(np.array([words.total() for words in counted], dtype=np.float32))
        order = np.argsort(grams, kind="stable")
        self._places = places[order]
        self._weights = (times / (times + damped[places]))[order] if len(times) else times
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(grams, minlength=len(numbers)))]).tolist()
        self._numbers = numbers

    def span(self, gram: str) -> Span:
        """See `Lists`."""
        number = self._numbers.get(gram)
        return (0, 0) if number is None else (self._starts[number], self._starts[number + 1])

    def places(self, span: Span) -> npt.NDArray[np.uint32]:
        """See `Lists`."""
        return self._places[span[0] : span[1]]

    def weights(self, span: Span) -> Weights:
        """See `Lists`."""
        return self._weights[span[0] : span[1]]

    def gathered(self, spans: Sequence[Span]) -> tuple[npt.NDArray[np.uint32], Weights]:
        """See `Lists`."""
        edges = np.array(spans)
        counts = edges[:, 1] - edges[:, 0]
        at = np.repeat(edges[:, 1] - np.cumsum(counts), counts) + np.arange(counts.sum())
        return self._places[at], self._weights[at]


class Words:
    """What the words of a question score in the texts of several lists, one after the other, of so many texts each."""

    def __init__(self, lists: Sequence[Lists], sizes: Sequence[int]) -> None:
        self._every = lists
        self._offsets = [sum(sizes[:n]) for n in range(len(sizes))]
        self._size = sum(sizes)

    def score(self, text: str) -> Scores:
        """(places,) what each scores for the words of a text."""
        found, _ = self._lists(list(dict.fromkeys(bigrams(text))))
        return _summed([(places, weights) for _, places, weights in found], self._size)

    def score_both(self, text: str, groups: Sequence[Sequence[str]]) -> tuple[Scores, Scores]:
        """`score` of a text, and the sum over groups of words of the best word's score, each word's being the mean of
        its bigrams'; the lists are read once for both unless the words are too many."""
        apart = [[bigrams(word) for word in words] for words in groups if words]
        if sum(map(len, apart)) * self._size > _CELLS:
            return self.score(text), np.asarray(sum(map(self._best_of_many, apart)), dtype=np.float64)
        if not apart:
            return self.score(text), np.zeros(self._size)
        own = [*dict.fromkeys(bigrams(text))]
        found, frequency = self._lists([*own, *(gram for words in apart for grams in words for gram in grams)])
        of_text: list[tuple[Places, Weights]] = []
        of_words: list[Found] = []
        for many, places, weights in found:
            end = int(many[: len(own)].sum())
            of_text.append((places[:end], weights[:end]))
            of_words.append((many[len(own) :], places[end:], weights[end:]))
        return _summed(of_text, self._size), self._best(apart, of_words, frequency[len(own) :])

    def _best(
        self, groups: Sequence[Sequence[Sequence[str]]], found: Sequence[Found], frequency: Frequencies
    ) -> Scores:
        """The sum of the best of each group of words, taken apart, all in one table (words, places); `found` is what
        the lists hold of their grams."""
        words = [grams for group in groups for grams in group]
        of_word = np.repeat(np.arange(len(words)), [len(grams) for grams in words])
        known = np.bincount(of_word[frequency > 0], minlength=len(words))
        cells = [(np.repeat(of_word * self._size, many) + places, weights) for many, places, weights in found]
        table = _summed(cells, len(words) * self._size).reshape(len(words), self._size)
        table /= np.maximum(known, 1)[:, np.newaxis]
        best = np.maximum.reduceat(table, np.cumsum([0, *map(len, groups[:-1])]))
        return np.asarray(np.add.reduce(best), dtype=np.float64)

    def _best_of_many(self, words: Sequence[Sequence[str]]) -> Weights:
        """The best score of some words, taken apart, at each of very many places, in four bytes: a gram of several
        words is read once, and of a word that stands at few places no place is touched but those."""
        best, mean = np.zeros(self._size, dtype=np.float32), np.zeros(self._size, dtype=np.float32)
        held: dict[str, Held] = {}
        for grams in words:
            lists = [held[g] if g in held else held.setdefault(g, self._held(g)) for g in grams]
            known = np.float32(1 / max(1, sum(map(bool, lists))))
            pairs = [pair for some in lists for pair in some]
            for places, weights in pairs:
                np.add.at(mean, places, weights)
            if sum(len(places) for places, _ in pairs) * _FEW > self._size:
                mean *= known
                np.maximum(best, mean, out=best)
                mean.fill(0.0)
                continue
            for places, _ in pairs:
                best[places] = np.maximum(best.take(places), mean.take(places) * known)
            for places, _ in pairs:
                mean[places] = 0.0
        return best

    def _held(self, gram: str) -> Held:
        """Like `_lists` of one gram, which takes twice the time."""
        spans = [lists.span(gram) for lists in self._every]
        rarity = self._rarity(sum(end - begin for begin, end in spans))
        held: list[tuple[Places, Weights]] = []
        for lists, at, span in zip(self._every, self._offsets, spans, strict=True):
            if span[0] < span[1]:
                places = lists.places(span).astype(np.intp)
                if at:
                    places += at
                held.append((places, lists.weights(span) * rarity))
        return held

    def sharing(self, words: str) -> npt.NDArray[np.intp]:
        """Places, ascending, of the texts that have every bigram of some words."""
        grams = set(bigrams(words))
        found = [self._sharing(one, grams) + at for one, at in zip(self._every, self._offsets, strict=True)]
        return np.concatenate(found) if grams and found else np.zeros(0, dtype=np.intp)

    def _sharing(self, lists: Lists, grams: set[str]) -> npt.NDArray[np.intp]:
        spans = sorted((lists.span(g) for g in grams), key=lambda s: s[1] - s[0])
        if not spans or spans[0] == (0, 0):
            return np.zeros(0, dtype=np.intp)
        held = lists.places(spans[0])
        for span in spans[1:]:
            if not len(held):
                break
            held = _both(held, lists.places(span))
        return held.astype(np.intp)

    def _lists(self, grams: Sequence[str]) -> tuple[list[Found], Frequencies]:
        """What each list holds of some grams, and in how many texts each of them stands."""
        spans = [[lists.span(g) for g in grams] for lists in self._every]
        counts = np.array([[end - begin for begin, end in some] for some in spans], dtype=np.intp)
        frequency = counts.sum(axis=0)
        rarity = self._rarity(frequency)
        found: list[Found] = []
        for lists, at, some, many in zip(self._every, self._offsets, spans, counts, strict=True):
            if many.any():
                places, weights = lists.gathered(some)
                moved = places.astype(np.intp)
                moved += at
                found.append((many, moved, weights * np.repeat(rarity, many)))
        return found, frequency

    def _rarity(self, frequency: Any) -> Any:
        """How much grams tell that stand in so many texts each, in four bytes."""
        return np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)


def _both(some: Any, more: Any) -> Any:
    """The places of `some` that are among `more`, both ascending; of few each is looked up, of many all are marked."""
    if len(some) * _LOOKED_UP < len(more):
        return some[more[np.searchsorted(more[:-1], some)] == some]
    marked = np.zeros(max(int(some[-1]), int(more[-1])) + 1, dtype=np.bool_)
    marked[more] = True
    return some[marked[some]]


def _summed(cells: Sequence[tuple[Places, Weights]], count: int) -> Scores:
    """(count,) the weights at each place added up."""
    if not cells:
        return np.zeros(count)
    places, weights = cells[0] if len(cells) == 1 else map(np.concatenate, zip(*cells, strict=True))
    return np.bincount(places, weights, count).astype(np.float64, copy=False)
