"""Fit the map from a question's vector to where its answers stand: softmax over articles, Adam, numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.ranking.query_map import QueryMap

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
#: Of the softmax; the pull towards the identity; steps, their size, and questions in each.
TEMPERATURE, PULL, STEPS, RATE, AT_ONCE = 0.05, 0.01, 60, 2e-3, 600
#: So many fits, each on draws of its own: their mean ranks better than any of them.
TIMES = 3
_SEED = 20241107


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and their answers: `questions` (n, d), of each the places of its articles, and what each counts."""

    questions: Floats
    answers: tuple[Places, ...]
    weights: Floats

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Pairs":
        """Those that are marked."""
        kept = tuple(a for a, keep in zip(self.answers, chosen, strict=True) if keep)
        return Pairs(self.questions[chosen], kept, self.weights[chosen])

    def within(self, kept: npt.NDArray[np.bool_]) -> "Pairs":
        """Over the marked articles alone, numbered anew; a question that none of them answers is left out."""
        at = np.cumsum(kept) - 1
        answers = [at[a[kept[a]]] for a in self.answers]
        having = np.array([len(a) > 0 for a in answers])
        return Pairs(self.questions[having], tuple(a for a in answers if len(a)), self.weights[having])


def joined(parts: Sequence[Pairs]) -> Pairs:
    """All of them, each part weighing the same."""
    weights = [p.weights / p.weights.sum() for p in parts]
    answers = tuple(a for p in parts for a in p.answers)
    return Pairs(np.concatenate([p.questions for p in parts]), answers, np.concatenate(weights))


def fit_map(pairs: Pairs, articles: Floats, share: float, steps: int = STEPS, times: int = TIMES) -> QueryMap:
    """The map for these questions over these articles (m, d), the mean of some fits: the same for the same data."""
    mean = pairs.questions.mean(0)
    questions, targets = _unit(pairs.questions - mean), _unit(articles - articles.mean(0))
    chance, random = pairs.weights / pairs.weights.sum(), np.random.default_rng(_SEED)
    fits = []
    for _ in range(times):
        made = _Adam(np.eye(articles.shape[1], dtype=np.float32))
        for _ in range(steps):
            drawn = random.choice(len(questions), size=min(AT_ONCE, len(questions)), p=chance)
            made.step(_slope(made.matrix, questions[drawn], targets, [pairs.answers[i] for i in drawn]))
        fits.append(made.matrix)
    return QueryMap(np.mean(fits, axis=0, dtype=np.float32), mean, share)


def _slope(matrix: Floats, questions: Floats, targets: Floats, answers: Sequence[Places]) -> Floats:
    """The loss's gradient: minus the log share of the right articles, and the distance from the identity."""
    rows = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
    columns = np.concatenate(answers)
    shares = np.concatenate([np.full(len(a), 1 / len(a), np.float32) for a in answers])
    likely = (questions @ matrix) @ targets.T / TEMPERATURE
    likely -= likely.max(1, keepdims=True)
    np.exp(likely, out=likely)
    likely /= likely.sum(1, keepdims=True)
    likely[rows, columns] -= shares
    slope = questions.T @ (likely @ targets) / (TEMPERATURE * len(questions))
    result: Floats = slope + 2 * PULL * (matrix - np.eye(len(matrix), dtype=np.float32))
    return result


class _Adam:
    """Kingma and Ba's method, with their constants."""

    def __init__(self, matrix: Floats) -> None:
        self.matrix = matrix
        self._first, self._second, self._taken = np.zeros_like(matrix), np.zeros_like(matrix), 0

    def step(self, slope: Floats) -> None:
        self._taken += 1
        self._first = 0.9 * self._first + 0.1 * slope
        self._second = 0.999 * self._second + 0.001 * slope * slope
        first, second = self._first / (1 - 0.9**self._taken), self._second / (1 - 0.999**self._taken)
        self.matrix = self.matrix - RATE * first / (np.sqrt(second) + 1e-8)


def _unit(rows: Floats) -> Floats:
    result: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return result
