"""The vectors of a message and of the things that it asks: each word of it is embedded once.

A model that pools its words by their mean gives a text nearly the mean of the vectors of its halves, so the message is
put together from the things that it asks, and a thing from its own words and what stands before them: on the messages
of `whole_dev` that ask two things the same articles are cited, at .6 of the time.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant.decide.whole.parts_stated import own_words_of
from assistant.retrieve import Vector
from assistant.understand.parts import Part, are_apart
from assistant.understand.question import Question

#: What stands before a thing's own words and is no longer than this says nothing (一, 另).
_NOTHING = 2
_BETWEEN = " ，,。；;：:"


def vectors_of(
    question: Question, parts: Sequence[Part], embed: Callable[[Sequence[str]], Sequence[Vector]]
) -> dict[str, Vector]:
    """The vector of each topic of a question and of its parts, and of their own words; `embed` is called once."""
    wanted = dict.fromkeys((*question.topics, *(t for p in parts for t in (p.question.topic, own_words_of(p)))))
    made = _made_of(question, parts)
    texts = list(dict.fromkeys((*(t for t in wanted if t not in made), *_pieces(made))))
    vectors = dict(zip(texts, embed(texts), strict=True))
    for text in sorted(made, key=len):  # what is made of something is longer than that
        vectors[text] = _sum([(p, vectors[p]) for p in made[text]])
    return vectors


def _made_of(question: Question, parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Of each text that is no more than others put together, these."""
    made: dict[str, tuple[str, ...]] = {}
    for part in parts:
        topic, own = part.question.topic, own_words_of(part)
        before = topic.removesuffix(own).strip(_BETWEEN)
        if own != topic and topic.endswith(own):
            made[topic] = (before, own) if len(before) > _NOTHING else (own,)
    said = tuple(p.question.topic for p in parts)
    if len(question.topics) == 1 and question.topic not in said and are_apart(question.text, parts):
        made[question.topic] = said
    return made


def _pieces(made: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [p for pieces in made.values() for p in pieces if p not in made]


def _sum(pieces: Sequence[tuple[str, Vector]]) -> Vector:
    """The mean of some vectors, each as often as its text has characters, of unit length."""
    total: Vector = np.stack([len(text) * vector for text, vector in pieces]).sum(axis=0, dtype=np.float32)
    vector: Vector = total / (float(np.linalg.norm(total)) or 1.0)
    return vector
