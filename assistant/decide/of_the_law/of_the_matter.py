"""Is a question about what the bundled regulations treat? A logistic over its own vector, where the ranking sees none.

A few plain words (如何揽才) share none with the law and lie near no likely question, and are about its matter all the
same. `python -m evals.calibrate.sets.fit_matter` fits it for one embedding model, on questions of these regulations and
on such about other laws of the same cities and about everything else.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.decide.heads import fitted
from vectorstore.arrays import Vectors


@dataclass(frozen=True, slots=True)
class MatterHead:
    """`weights` (dimension,) and a bias over a question's vector of unit length."""

    weights: Vectors
    bias: float

    def chance(self, vector: Vectors) -> float:
        """How likely a question of that vector is about the regulations' matter, 0 to 1; 0 for another model's."""
        if len(vector) != len(self.weights):
            return 0.0
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, float(self.weights @ vector) + self.bias))))


@lru_cache(maxsize=4)
def load_matter(model: str) -> MatterHead | None:
    """That of an embedding model; None where none was fitted for it."""
    held = fitted(model, "whole", ("matter",))
    if held is None:
        return None
    *weights, bias = held["matter"].tolist()
    return MatterHead(np.array(weights, dtype=np.float32), bias)
