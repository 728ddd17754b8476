"""Fits a net of one hidden layer beside a straight line, over signals and over a vector."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.decide.stated.head import FAR, Curve

Floats = npt.NDArray[np.float64]
#: Where rows are few, or regulations are judged that were not learnt from: so many of a vector's strongest directions,
#: counting so much beside a signal.
FEW_DIRECTIONS, LITTLE = 64, 0.5
#: Nets whose mean is taken, the units of each, the penalty on a weight; steps in rows at once, how often and how far.
_NETS, _UNITS, _PENALTY = 3, 24, 5.0
_BATCH, _EPOCHS, _RATE = 200, 30, 0.003
#: Adam's memory of slopes and of their squares.
_SLOPES, _SQUARES = 0.9, 0.999


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One asked thing of one article: signals, its own vector, whether it is stated, and how much it counts."""

    source: str
    asked: str
    article: str
    stated: bool
    counts: float
    values: Floats
    vector: Floats


@dataclass(frozen=True, slots=True)
class _Inputs:
    mean: Floats
    spread: Floats
    middle: Floats  # (dimension,)
    directions: Floats  # (dimension, directions), scaled

    @classmethod
    def of(cls, values: Floats, vectors: Floats, directions: int | None, weight: float) -> "_Inputs":
        middle, spread = vectors.mean(axis=0), values.std(axis=0)
        strongest = np.linalg.svd(vectors - middle, full_matrices=False)[2][:directions].T
        scale = weight / ((vectors - middle) @ strongest).std()
        return cls(values.mean(axis=0), np.where(spread > 0, spread, 1.0), middle, strongest * scale)

    def __call__(self, values: Floats, vectors: Floats) -> Floats:
        scaled = np.clip((values - self.mean) / self.spread, -FAR, FAR)
        return np.hstack([scaled, (vectors - self.middle) @ self.directions])


def fit_net(
    values: Floats,
    vectors: Floats,
    stated: Floats,
    counts: Floats,
    *,
    directions: int | None = None,
    weight: float = 1.0,
    penalty: float = _PENALTY,
    nets: int = _NETS,
) -> Curve:
    """The mean of some nets from different beginnings, each row (n, features), (n, dimension) counting as it does; of
    the vectors so many of their strongest directions (None: all), which count so much beside a signal."""
    inputs = _Inputs.of(values, vectors, directions, weight)
    rows, features = inputs(values, vectors), values.shape[1]
    made = [_fitted(rows, stated, counts, penalty, seed) for seed in range(nets)]
    into = np.hstack([*(n[0] for n in made), np.mean([n[4] for n in made], axis=0)[:, None]])
    bias = np.concatenate([*(n[1] for n in made), np.mean([n[3] for n in made], axis=0)])
    own = inputs.directions @ into[features:]
    out = np.concatenate([n[2] for n in made]) / nets
    return Curve(inputs.mean, inputs.spread, into[:features], own, bias - inputs.middle @ own, out)


def odds(curve: Curve, values: Floats, vectors: Floats) -> Floats:
    """(n,) log odds."""
    units = np.clip((values - curve.mean) / curve.spread, -FAR, FAR) @ curve.signals + vectors @ curve.own + curve.bias
    return np.asarray(np.maximum(units[:, :-1], 0) @ curve.out + units[:, -1])


def _fitted(rows: Floats, stated: Floats, counts: Floats, penalty: float, seed: int) -> list[Floats]:
    """Weights into the units and their bias, out of them, the bias, the line: by Adam's steps, ever shorter."""
    dice = np.random.default_rng(seed)
    n, width = rows.shape
    net = [dice.normal(0, width**-0.5, (width, _UNITS)), np.zeros(_UNITS), dice.normal(0, _UNITS**-0.5, _UNITS)]
    net += [np.zeros(1), np.zeros(width)]
    slopes, squares = [np.zeros_like(p) for p in net], [np.zeros_like(p) for p in net]
    steps = _EPOCHS * max(1, n // _BATCH)
    taken = 0
    for _ in range(_EPOCHS):
        order = dice.permutation(n)
        for begin in range(0, max(1, n - _BATCH // 2), _BATCH):
            some = order[begin : begin + _BATCH]
            taken += 1
            rate = _RATE * min(1.0, 2 * (1 - taken / steps) + 0.02)
            for at, slope in enumerate(_slopes(net, rows[some], stated[some], counts[some], penalty / n)):
                slopes[at] = _SLOPES * slopes[at] + (1 - _SLOPES) * slope
                squares[at] = _SQUARES * squares[at] + (1 - _SQUARES) * slope**2
                mean, square = slopes[at] / (1 - _SLOPES**taken), squares[at] / (1 - _SQUARES**taken)
                net[at] = net[at] - rate * mean / (np.sqrt(square) + 1e-8)
    return net


def _slopes(net: list[Floats], rows: Floats, stated: Floats, counts: Floats, penalty: float) -> list[Floats]:
    into, bias, out, base, line = net
    units = np.maximum(rows @ into + bias, 0)
    score = units @ out + base + rows @ line
    off = counts * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - stated) / len(rows)
    back = np.outer(off, out) * (units > 0)
    return [
        rows.T @ back + penalty * into,
        back.sum(axis=0),
        units.T @ off + penalty * out,
        np.array([off.sum()]),
        rows.T @ off + penalty * line,
    ]


def odds_left_out(
    sources: Sequence[str],
    values: Floats,
    vectors: Floats,
    right: Floats,
    *,
    folds: int,
    seed: int = 0,
) -> Floats:
    """(n,) log odds of each row by a net that has seen nothing of its source."""
    named = sorted(set(sources))
    fold = dict(zip(named, np.random.RandomState(seed).permutation(len(named)) % folds, strict=True))
    of = np.array([fold[s] for s in sources])
    result = np.zeros(len(of))
    for k in range(folds):
        rest, mine = of != k, of == k
        curve = fit_net(values[rest], vectors[rest], right[rest], np.ones(int(rest.sum())))
        result[mine] = odds(curve, values[mine], vectors[mine])
    return result


def print_lost(right: Floats, wrong: Floats, lost: Sequence[float], in_service: Sequence[float]) -> None:
    """How many of the wrong are seen where so many of the right are lost, by their log odds, and below the bounds in
    service."""
    for share in lost:
        bound = float(np.sort(right)[int(share * len(right))])
        print(f"  lost {share:.3f}: seen {(wrong < bound).mean():.3f} (below {bound:.2f})")
    for bound in in_service:
        print(f"  in service, below {bound}: lost {(right < bound).mean():.3f}, seen {(wrong < bound).mean():.3f}")
