"""95 % intervals: Wilson for proportions, a bootstrap with a fixed seed for everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np

Z = 1.959964
_SEED, _ROUNDS = 20240601, 2000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its number of scored cases (or of things counted) and its 95 % interval."""

    value: float
    n: int
    low: float
    high: float


def wilson(hits: int, n: int) -> Estimate:
    """A proportion `hits` of `n`. Raises ValueError where there is nothing.

    >>> e = wilson(10, 10); (e.value, round(e.low, 2), e.high)
    (1.0, 0.72, 1.0)
    """
    if not 0 <= hits <= n or not n:
        raise ValueError(f"{hits} of {n} is no proportion")
    p, zz = hits / n, Z * Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
    low, high = middle - half, middle + half
    return Estimate(p, n, 0.0 if hits == 0 else max(low, 0.0), 1.0 if hits == n else min(high, 1.0))


def bootstrap(values: Sequence[float], *, median: bool = False) -> Estimate:
    """Mean (or median) with the percentile interval of resampled cases; the same every time."""
    if not values:
        raise ValueError("nothing to average")
    held = np.asarray(values, dtype=np.float64)
    drawn = held[np.random.default_rng(_SEED).integers(0, len(held), (_ROUNDS, len(held)))]
    centre = np.median if median else np.mean
    low, high = np.percentile(centre(drawn, axis=1), (2.5, 97.5))
    return Estimate(float(centre(held)), len(held), float(low), float(high))


def estimate(values: Sequence[float]) -> Estimate:
    """Wilson where every value is 0 or 1, otherwise the bootstrap of the mean."""
    if all(v in (0, 1) for v in values):
        return wilson(int(sum(values)), len(values))
    return bootstrap(values)


def paired(better: int, worse: int) -> float:
    """Two-sided exact p of McNemar's test (for shares: the sign test) from the cases that changed.

    >>> paired(0, 0), paired(0, 6)
    (1.0, 0.03125)
    """
    n, k = better + worse, min(better, worse)
    return min(1.0, 2.0 * sum(comb(n, i) for i in range(k + 1)) / float(2**n))


def kappa(one: Sequence[bool], other: Sequence[bool]) -> float | None:
    """Cohen's kappa of two judgements of the same cases; None where chance alone would agree."""
    n = len(one)
    if not n:
        return None
    same = sum(a == b for a, b in zip(one, other, strict=True)) / n
    p, q = sum(one) / n, sum(other) / n
    chance = p * q + (1 - p) * (1 - q)
    return (same - chance) / (1 - chance) if chance < 1 else None
