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

    Where a rule has seen a sign of a plural, a score above `with_a_sign` is a set (three questions of one fact in a
    hundred have it). Scores are log odds; `dimension` must be the vector's.
    """

    weights: Vectors
    bias: float
    with_a_sign: float

    def wants_a_set(self, vector: Vectors) -> bool:
        """Whether the question of this vector, in which a sign of a plural was seen, asks for a set."""
        return float(vector @ self.weights) + self.bias > self.with_a_sign


def widened(question: Question, vector: Vectors, head: Head) -> Question:
    """The question as one for a set, where it is no look-up, asks for no figure, has a sign of a plural, and the head
    says so. Without a sign it is not asked: a list in place of a fact costs more than a fact in place of a list.
    """
    exact = question.references or question.status or question.rewritten or question.unread
    if question.breadth.kind != "fact" or not question.breadth.sign or exact or kinds_asked(question.text):
        return question
    if len(vector) != len(head.weights) or not head.wants_a_set(vector):
        return question
    return replace(question, breadth=Breadth("set"))


@lru_cache(maxsize=4)
def load_head(model: str) -> Head | None:
    """The head of an embedding model; None where none was fitted for it."""
    file = files("assistant.decide") / "heads" / f"{re.sub(r'[^A-Za-z0-9.]+', '-', model)}.npz"
    if not file.is_file():
        return None
    with file.open("rb") as raw, np.load(raw) as held:
        return Head(held["weights"].astype(np.float32), float(held["bias"]), float(held["with_a_sign"]))
