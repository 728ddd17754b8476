"""How likely an article states what is asked: a small net over the signals and over the question's own vector."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from assistant.decide.heads import fitted
from assistant.decide.stated.signals import FEATURES, Floats, signals
from assistant.retrieve import Found
from vectorstore.arrays import Vectors
from vectorstore.library import Library

#: Signals that say that a sort of fact is wanted which the article lacks.
_LACKING = [n for n, name in enumerate(FEATURES) if "lacks" in name and name not in ("lacks_how", "lacks_conditions")]

#: No chance is taken for smaller than this, nor for larger than one less it.
_RARE = 1e-9
#: So many deviations no signal lies beyond the mean of what the net was fitted on.
FAR = 5.0
_CURVES, FIELDS = ("asked_about", "bare"), ("mean", "spread", "signals", "own", "bias", "out")


@dataclass(frozen=True, slots=True)
class Curve:
    """A net of one hidden layer beside a straight line, in one: the last column of each is the line's.

    `mean` and `spread` (features,) bring the signals to one scale; `signals` (features, units + 1) weighs them, `own`
    (dimension, units + 1) the vector of the asked thing, or what it is told by, `bias` (units + 1,); `out` (units,)
    is what each unit says. One that reads the nearest 款 of an article beside the asked thing has twice the dimension.
    """

    mean: Floats
    spread: Floats
    signals: Floats
    own: Floats
    bias: Floats
    out: Floats

    def odds(self, row: Floats, vector: Vectors | Floats) -> float:
        """Log odds."""
        scaled = (row - self.mean) / self.spread
        np.minimum(np.maximum(scaled, -FAR, out=scaled), FAR, out=scaled)
        # One thread: waking others takes longer.
        units = np.vecdot(self.signals.T, scaled) + np.vecdot(self.own.T, vector) + self.bias
        return float(np.vecdot(np.maximum(units[:-1], 0), self.out) + units[-1])

    def chance(self, row: Floats, vector: Vectors | Floats) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.odds(row, vector)))))


@dataclass(frozen=True, slots=True)
class Stated:
    """How likely an article states an asked thing, and whether it `lacks` the sort of fact that is wanted."""

    chance: float
    lacks: bool

    @property
    def lacking(self) -> "Stated":
        """The same, taken for lacking: nobody does what is asked."""
        return Stated(self.chance, lacks=True)


def log_odds(chance: float) -> float:
    """Those of a chance, which is taken for neither never nor always."""
    return math.log(max(chance, _RARE) / max(1 - chance, _RARE))


def mean(said: Sequence[Stated]) -> Stated:
    """What several readings of one thing tell together: the mean of their log odds; the first tells what is lacked."""
    odds = [log_odds(s.chance) for s in said]
    return Stated(1 / (1 + math.exp(-sum(odds) / len(odds))), said[0].lacks)


@dataclass(frozen=True, slots=True)
class Statedness:
    """A curve for regulations that have likely questions, and one for those that have none."""

    asked_about: Curve
    bare: Curve

    def judge(self, asked: str, vector: Vectors | Floats, found: Found, library: Library, article_id: str) -> Stated:
        """Whether an article states an asked thing, whose own vector (dimension,) is of unit length."""
        curve = self.asked_about if library.asked_about(article_id) else self.bare
        row = signals_of(asked, found, library, article_id)
        read = vector if len(curve.own) == len(vector) else beside_nearest(vector, library, article_id)
        return Stated(curve.chance(row, read), bool((row[_LACKING] > 0).any()))


def beside_nearest(vector: Vectors | Floats, library: Library, article_id: str) -> Vectors:
    """(2 · dimension,) a vector, and that of the 款 of an article that lies nearest to it."""
    own = np.asarray(vector, dtype=np.float32)
    return np.concatenate([own, library.searcher.nearest_paragraph(own, article_id)])


def signals_of(asked: str, found: Found, library: Library, article_id: str) -> Floats:
    """The signals of one article for one asked thing, kept with what was found."""
    row = found.signals.get((asked, article_id))
    if row is None:
        row = found.signals[asked, article_id] = signals(asked, found, library, article_id)
    return row


@lru_cache(maxsize=8)
def load_statedness(model: str, head: Literal["stated", "alone"] = "stated") -> Statedness | None:
    """The head of an embedding model for the things of a message, or for one thing asked by itself (`alone`).

    None where none was fitted for it.
    """
    held = fitted(model, head, [f"{name}_{field}" for name in _CURVES for field in FIELDS])
    if held is None or len(held["bare_signals"]) != len(FEATURES):
        return None  # not fitted, or of another form
    curves = (Curve(*(np.asfortranarray(held[f"{name}_{field}"]) for field in FIELDS)) for name in _CURVES)
    return Statedness(*curves)
