"""How likely an article states what is asked: a logistic over the signals, and over the question's own vector."""

import math
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


@dataclass(frozen=True, slots=True)
class Curve:
    """`own` (dimension,) over the asked thing's vector says how apt such a thing is to be stated at all; `weights`
    (features + 1,) weigh the signals, and what `own` says last."""

    own: Floats
    own_bias: float
    weights: Floats
    bias: float

    def chance(self, row: Floats, vector: Vectors | Floats) -> float:
        """0 to 1."""
        apt = float(self.own @ vector) + self.own_bias
        score = float(self.weights[:-1] @ row + self.weights[-1] * apt) + self.bias
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@dataclass(frozen=True, slots=True)
class Stated:
    """How likely an article states an asked thing, and whether it `lacks` the sort of fact that is wanted."""

    chance: float
    lacks: bool

    @property
    def lacking(self) -> "Stated":
        """The same, taken for lacking: another thing of the message is stated nowhere, or nobody does what is asked."""
        return Stated(self.chance, lacks=True)


@dataclass(frozen=True, slots=True)
class Statedness:
    """A curve for regulations that have likely questions, and one for those that have none."""

    asked_about: Curve
    bare: Curve

    def judge(self, asked: str, vector: Vectors | Floats, found: Found, library: Library, article_id: str) -> Stated:
        """Whether an article states an asked thing, whose own vector (dimension,) is of unit length."""
        curve = self.asked_about if library.asked_about(article_id) else self.bare
        row = found.signals.get((asked, article_id))
        if row is None:
            row = found.signals[asked, article_id] = signals(asked, found, library, article_id)
        return Stated(curve.chance(row, vector), bool((row[_LACKING] > 0).any()))


@lru_cache(maxsize=8)
def load_statedness(model: str, head: Literal["stated", "alone"] = "stated") -> Statedness | None:
    """The head of an embedding model for the things of a message, or for one thing asked by itself (`alone`).

    None where none was fitted for it.
    """
    held = fitted(model, head, ("bare_weights",))
    if held is None or len(held["bare_weights"]) != len(FEATURES) + 1:
        return None  # not fitted, or of another form
    curves = [
        Curve(
            held[f"{name}_own"].astype(np.float64),
            float(held[f"{name}_own_bias"]),
            held[f"{name}_weights"],
            float(held[f"{name}_bias"]),
        )
        for name in ("asked_about", "bare")
    ]
    return Statedness(*curves)
