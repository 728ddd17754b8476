"""BM25 over the words of many texts, as character bigrams."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from law.text.grams import bigrams
from vectorstore.arrays import Scores


class WordIndex:
    """BM25 (bm25s) over character bigrams, and whole Latin words and numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._size = len(texts)
        self._model = bm25s.BM25(k1=1.2, b=0.75)
        grams = [bigrams(t) for t in texts]
        self._known = frozenset(g for words in grams for g in words)
        if self._known:
            self._model.index(grams, show_progress=False)

    def sharing(self, words: str) -> npt.NDArray[np.integer]:
        """Places, ascending, of the texts that have every bigram of some words."""
        grams = set(bigrams(words))
        if not grams or not grams <= self._known:
            return np.zeros(0, dtype=np.intp)
        begins, places, tokens = self._model.scores["indptr"], self._model.scores["indices"], self._model.vocab_dict
        lists = sorted((places[begins[t] : begins[t + 1]] for t in map(tokens.__getitem__, grams)), key=len)
        held: npt.NDArray[np.integer] = lists[0]
        for more in lists[1:]:  # the places of a gram are in order
            held = held[more[np.searchsorted(more[:-1], held)] == held]
        return held

    def score(self, text: str) -> Scores:
        """(texts,) what each scores for the words of a text."""
        known = [g for g in dict.fromkeys(bigrams(text)) if g in self._known]
        if not known:
            return np.zeros(self._size)
        return self._sum(known)

    def score_any(self, groups: Sequence[Sequence[str]]) -> Scores:
        """The sum over groups of words of the best word's score, each word's being the mean of its bigrams'."""
        total = np.zeros(self._size)
        for words in groups:
            best = np.zeros(self._size)
            for word in words:
                known = [g for g in bigrams(word) if g in self._known]
                if known:
                    best = np.maximum(best, self._sum(known) / len(known))
            total += best
        return total

    def _sum(self, grams: Sequence[str]) -> Scores:
        """What bm25s adds up for these tokens, without its way in, which takes longer than the adding."""
        begins, places, scores = (self._model.scores[k] for k in ("indptr", "indices", "data"))
        total = np.zeros(self._size)
        for token in map(self._model.vocab_dict.__getitem__, grams):
            one = slice(begins[token], begins[token + 1])
            total[places[one]] += scores[one]
        return total
