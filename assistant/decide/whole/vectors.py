"""The vectors of a message and of the things that it asks: each word of it is embedded once.

A model that pools its words by their mean gives a text nearly the mean of the vectors of its halves, so the message is
put together from the things that it asks, and a thing from its own words and what stands before them: on the messages
of `whole_dev` that ask two things the same articles are cited, at .6 of the time; on `messages`, whose things often
share a sentence, five of 2,962 are answered otherwise, two better. Where the second leans on the first
the message is what it asks about, and its own words are the message less the first; where it asks for a figure, the
message is put together (where it never was embedded itself, lists of `whole_dev` had articles too many).
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant.decide.whole.parts_stated import own_words_of
from assistant.retrieve import Vector
from assistant.understand.parts import Part
from assistant.understand.question import Question

#: What stands before a thing's own words and is no longer than this says nothing (一, 另).
_NOTHING = 2
_BETWEEN, _ASKS = " ，,。；;：:", "?？"


def vectors_of(
    question: Question, parts: Sequence[Part], embed: Callable[[Sequence[str]], Sequence[Vector]]
) -> dict[str, Vector]:
    """The vector of each topic of a question and of its parts, and of their own words; `embed` is called once."""
    wanted = dict.fromkeys((*question.topics, *(t for p in parts for t in (p.question.topic, own_words_of(p)))))
    made = _made_of(question, parts)
    texts = list(dict.fromkeys((*(t for t in wanted if t not in made), *_pieces(made))))
    vectors = dict(zip(texts, embed(texts), strict=True))
    for text in made:
        vectors[text] = _sum([(weight, vectors[p]) for p, weight in made[text].items()])
    return vectors


def _made_of(question: Question, parts: Sequence[Part]) -> dict[str, dict[str, int]]:
    """Of each text that is no more than others put together, these: how many of its characters they are, fewer than
    none where they are taken away."""
    made: dict[str, dict[str, int]] = {}
    if len(question.topics) == 1 and _is_thing_and_more(question.topic, parts):
        first, own = parts[0].own, own_words_of(parts[1])
        if parts[1].counts:
            made[question.topic] = {first: len(first), own: len(own)}
        else:
            made[own] = {question.topic: len(first) + len(own), first: -len(first)}
        if parts[1].question.topic != question.topic:
            made[parts[1].question.topic] = {question.topic: 1}
        return made
    for part in parts:
        topic, own = part.question.topic, own_words_of(part)
        before = topic.removesuffix(own).strip(_BETWEEN)
        if own != topic and topic.endswith(own):
            made[topic] = {p: len(p) for p in (before, own) if p == own or len(before) > _NOTHING}
    said = {p.question.topic: len(p.question.topic) for p in parts}
    if len(question.topics) == 1 and question.topic not in said and parts and not any(p.leans for p in parts):
        made[question.topic] = said
    return made


def _is_thing_and_more(topic: str, parts: Sequence[Part]) -> bool:
    """Whether a message is one thing and another that leans on it, and says nothing else."""
    if len(parts) != 2 or not parts[1].leans or parts[0].own != parts[0].question.topic:
        return False
    first, own = parts[0].own, own_words_of(parts[1])
    return (
        topic.startswith(first)
        and own != first
        and not topic.removeprefix(first).replace(own, "", 1).strip(_BETWEEN + _ASKS)
    )


def _pieces(made: Mapping[str, Mapping[str, int]]) -> list[str]:
    return [p for pieces in made.values() for p in pieces if p not in made]


def _sum(pieces: Sequence[tuple[int, Vector]]) -> Vector:
    """The mean of some vectors, each as often as told, of unit length."""
    total: Vector = np.stack([times * vector for times, vector in pieces]).sum(axis=0, dtype=np.float32)
    vector: Vector = total / (float(np.linalg.norm(total)) or 1.0)
    return vector
