"""Is a set asked for? A small calibrated head over the question's own vector, for what no rule has words for."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np

from assistant.understand.breadth import Breadth
from assistant.understand.language import kinds_asked
from assistant.understand.question import Question
from vectorstore.snapshot import Vectors


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic over the query vector (dimension,), fitted on labelled questions of single facts and of sets.

    A score above `alone` is a set (one question of a single fact in a hundred has it); where a rule has seen one sign
    of a plural, a score above `with_a_sign` is enough. Scores are log odds; `dimension` must be the vector's.
    """

    weights: Vectors
    bias: float
    alone: float
    with_a_sign: float

    def wants_a_set(self, vector: Vectors, *, sign: bool) -> bool:
        """Whether the question of this vector asks for a set."""
        score = float(vector @ self.weights) + self.bias
        return score > (self.with_a_sign if sign else self.alone)


def widened(question: Question, vector: Vectors, head: Head) -> Question:
    """The question as one for a set, where it is no look-up, asks for no figure, and the head says so."""
    exact = question.references or question.status or question.rewritten or question.unread
    if question.breadth.kind != "fact" or exact or kinds_asked(question.text):
        return question
    if len(vector) != len(head.weights) or not head.wants_a_set(vector, sign=question.breadth.sign):
        return question
    return replace(question, breadth=Breadth("set"))


@lru_cache(maxsize=4)
def load_head(model: str) -> Head | None:
    """The head of an embedding model; None where none was fitted for it."""
    file = files("assistant.decide") / "heads" / f"{re.sub(r'[^A-Za-z0-9.]+', '-', model)}.npz"
    if not file.is_file():
        return None
    with file.open("rb") as raw, np.load(raw) as held:
        bias, alone, with_a_sign = (float(held[name]) for name in ("bias", "alone", "with_a_sign"))
        return Head(held["weights"].astype(np.float32), bias, alone, with_a_sign)
