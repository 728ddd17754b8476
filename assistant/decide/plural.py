"""Is a set asked for? A small calibrated head over the question's own vector, for what no rule has words for."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np

from assistant.understand.breadth import Breadth, Kind, counted_matter, names_a_whole
from assistant.understand.language import about_asked, kinds_asked
from assistant.understand.question import Question
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT
from vectorstore.snapshot import Vectors

#: What may turn out to ask for a whole regulation.
_OPEN: Final[tuple[Kind, ...]] = ("fact", "set", "outline")
#: From this probability on the head is believed; from the second where a rule has seen a plural, from the third where
#: nothing else answers; below the last a rule is not.
_SURE, _SIGNED, _LIKELY, _HARDLY = 0.9, 0.8, 0.4, 0.15


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic over the query vector (dimension,), fitted on labelled questions of single facts and of sets.

    Where a rule has seen a sign of a plural, a score above `with_a_sign` is a set (three questions of one fact in a
    hundred have it). Scores are log odds; `dimension` must be the vector's. `wholes` (classes, dimension) tells
    questions about a whole regulation from those about one matter, `wholes_names` the classes; `python -m
    evals.questions.fit_wholes` makes it.
    """

    weights: Vectors
    bias: float
    with_a_sign: float
    wholes: Vectors
    wholes_bias: Vectors
    wholes_names: tuple[str, ...]

    def wants_a_set(self, vector: Vectors) -> bool:
        """Whether the question of this vector, in which a sign of a plural was seen, asks for a set."""
        return float(vector @ self.weights) + self.bias > self.with_a_sign

    def whole_chances(self, vector: Vectors) -> dict[str, float]:
        """How likely an outline, the main differences, or one matter is asked for."""
        scores = self.wholes @ vector + self.wholes_bias
        powers = np.exp(scores - scores.max())
        return dict(zip(self.wholes_names, (powers / powers.sum()).tolist(), strict=True))


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


def as_a_whole(question: Question, vector: Vectors, head: Head, *, unanswered: bool = False) -> Question:
    """The question as one for an outline, or for the main differences, where the head sees one; one that a rule took
    for such and the head does not is a set by its matter. `unanswered` says that as a question of one matter it has
    found no answer.
    """
    if (
        question.references
        or question.status
        or question.unknown
        or question.breadth.chapter
        or question.breadth.kind not in _OPEN
    ):
        return question
    if len(vector) != head.wholes.shape[-1] or (question.rewritten and question.breadth.kind == "fact"):
        return question
    if about_asked(question.text, question.topic) in ("held", "greeting") or _asks_for_an_office(question):
        return question
    chances = head.whole_chances(vector)
    if question.breadth.kind == "outline":
        return replace(question, breadth=Breadth("set")) if chances["outline"] < _HARDLY else question
    if chances["differences"] >= _SURE and question.compares and (question.named or question.every):
        return replace(question, breadth=Breadth("differences"))
    least = _LIKELY if unanswered else _SIGNED if question.breadth.kind == "set" else _SURE
    if chances["outline"] >= least and names_a_whole(question.text) and counted_matter(question.topic):
        return replace(question, breadth=Breadth("outline"))
    return question


def _asks_for_an_office(question: Question) -> bool:
    """Whether it is a department's part in a regulation that is asked for (审计局对照条例要查什么): no outline."""
    named = {c for a in actors_in(question.topic) for c in a.classes}
    return question.breadth.kind != "outline" and any(c.startswith(DEPARTMENT) for c in named)


@lru_cache(maxsize=4)
def load_head(model: str) -> Head | None:
    """The head of an embedding model; None where none was fitted for it."""
    file = head_file(model)
    if not file.is_file():
        return None
    with file.open("rb") as raw, np.load(raw) as held:
        return Head(
            held["weights"].astype(np.float32),
            float(held["bias"]),
            float(held["with_a_sign"]),
            held["wholes"],
            held["wholes_bias"],
            tuple(str(n) for n in held["wholes_names"]),
        )


def head_file(model: str) -> Traversable:
    """Where the head of an embedding model lies."""
    return files("assistant.decide") / "heads" / f"{re.sub(r'[^A-Za-z0-9.]+', '-', model)}.npz"
