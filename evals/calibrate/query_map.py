"""Fit the map from a question's vector and its words to where its answers stand: softmax over articles, Adam."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from vectorstore.ranking.query_map import QueryMap, WordMoves, words_in

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
#: Of the softmax; the pull towards the identity; steps, their size, and questions in each.
TEMPERATURE, PULL, STEPS, RATE, AT_ONCE = 0.05, 0.01, 120, 2e-3, 600
#: A word leads somewhere that so many questions have; how far a step goes for it; so much of a question's words is not
#: seen in a step, so that none relies on the others.
OFTEN, WORD_RATE, UNSEEN = 8, 3e-3, 0.5
#: So many fits, each on draws of its own: their mean ranks better than any of them.
TIMES = 2
_SEED = 20241107


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and their answers: `questions` (n, d), their `texts`, of each the places of its articles, and what each
    counts."""

    questions: Floats
    texts: tuple[str, ...]
    answers: tuple[Places, ...]
    weights: Floats

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Pairs":
        """Those that are marked."""
        kept = np.flatnonzero(chosen).tolist()
        return Pairs(
            self.questions[chosen],
            tuple(self.texts[n] for n in kept),
            tuple(self.answers[n] for n in kept),
            self.weights[chosen],
        )

    def within(self, kept: npt.NDArray[np.bool_]) -> "Pairs":
        """Over the marked articles alone, numbered anew; a question that none of them answers is left out."""
        at = np.cumsum(kept) - 1
        answers = tuple(at[a[kept[a]]] for a in self.answers)
        whole = Pairs(self.questions, self.texts, answers, self.weights)
        return whole.only(np.array([len(a) > 0 for a in answers], dtype=np.bool_))


def joined(parts: Sequence[Pairs]) -> Pairs:
    """All of them, each part weighing the same."""
    weights = [p.weights / p.weights.sum() for p in parts]
    texts, answers = tuple(t for p in parts for t in p.texts), tuple(a for p in parts for a in p.answers)
    return Pairs(np.concatenate([p.questions for p in parts]), texts, answers, np.concatenate(weights))


def fit_map(pairs: Pairs, articles: Floats, share: float, steps: int = STEPS, times: int = TIMES) -> QueryMap:
    """The map for these questions over these articles (m, d), the mean of some fits: the same for the same data."""
    mean = np.asarray(pairs.questions.mean(0), dtype=np.float32)
    questions, targets = _unit(pairs.questions - mean), _unit(articles - articles.mean(0))
    chance, random = pairs.weights / pairs.weights.sum(), np.random.default_rng(_SEED)
    known, had = _words_of(pairs.texts)
    fits: list[tuple[Floats, Floats]] = []
    for _ in range(times):
        size = articles.shape[1]
        made = _Adam((np.eye(size, dtype=np.float32), np.zeros((len(known), size), dtype=np.float32)))
        for _ in range(steps):
            drawn = random.choice(len(questions), size=min(AT_ONCE, len(questions)), p=chance)
            words = had[drawn]
            words.data *= (random.random(len(words.data)) >= UNSEEN).astype(np.float32) / np.float32(1 - UNSEEN)
            made.step(_slopes(made.fitted, questions[drawn], words, targets, [pairs.answers[i] for i in drawn]))
        fits.append(made.fitted)
    matrix, moves = (np.asarray(sum(each) / times, dtype=np.float32) for each in zip(*fits, strict=True))
    return QueryMap(matrix, mean, share, WordMoves.of(known, moves) if known else None)


def _words_of(texts: Sequence[str]) -> tuple[list[str], csr_matrix]:
    """The words that enough texts have, and (texts, words) which text has which: each counts one over the root of how
    many a text has."""
    each = [words_in(t) for t in texts]
    many = Counter(w for words in each for w in words)
    known = [w for w, n in many.items() if n >= OFTEN]
    at = {w: n for n, w in enumerate(known)}
    rows = [[at[w] for w in words if w in at] for words in each]
    ends = np.cumsum([0, *map(len, rows)])
    counts = np.array([len(r) ** -0.5 for r in rows for _ in r], dtype=np.float32)
    columns = np.array([n for r in rows for n in r], dtype=np.intp)
    return known, csr_matrix((counts, columns, ends), shape=(len(texts), len(known)))


def _slopes(
    fitted: tuple[Floats, Floats], questions: Floats, words: csr_matrix, targets: Floats, answers: Sequence[Places]
) -> tuple[Floats, Floats]:
    """The loss's gradients: minus the log share of the right articles, and the matrix's distance from the identity."""
    matrix, moves = fitted
    rows = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
    columns = np.concatenate(answers)
    shares = np.concatenate([np.full(len(a), 1 / len(a), np.float32) for a in answers])
    likely = (questions @ matrix + words @ moves) @ targets.T / TEMPERATURE
    likely -= likely.max(1, keepdims=True)
    np.exp(likely, out=likely)
    likely /= likely.sum(1, keepdims=True)
    likely[rows, columns] -= shares
    led = (likely @ targets) / (TEMPERATURE * len(questions))
    away = matrix - np.eye(len(matrix), dtype=np.float32)
    return questions.T @ led + 2 * PULL * away, np.asarray(words.T @ led, dtype=np.float32)


class _Adam:
    """Kingma and Ba's method, with their constants, of the matrix and of the moves of words."""

    def __init__(self, fitted: tuple[Floats, Floats]) -> None:
        self.fitted = fitted
        self._first, self._second = ([np.zeros_like(f) for f in fitted] for _ in range(2))
        self._taken = 0

    def step(self, slopes: tuple[Floats, Floats]) -> None:
        self._taken += 1
        for n, (fitted, slope, rate) in enumerate(zip(self.fitted, slopes, (RATE, WORD_RATE), strict=True)):
            self._first[n] = 0.9 * self._first[n] + 0.1 * slope
            self._second[n] = 0.999 * self._second[n] + 0.001 * slope * slope
            first, second = self._first[n] / (1 - 0.9**self._taken), self._second[n] / (1 - 0.999**self._taken)
            fitted -= rate * first / (np.sqrt(second) + 1e-8)


def _unit(rows: Floats) -> Floats:
    result: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return result
