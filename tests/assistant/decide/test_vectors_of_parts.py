"""Each word of a message is embedded once: the message is put together from the things that it asks."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant import Assistant
from assistant.decide.whole.vectors import vectors_of
from assistant.retrieve import Vector
from assistant.understand.parts import take_apart
from assistant.understand.question import understand


def _embedded(asked: str, helper: Assistant) -> tuple[list[str], dict[str, Vector], str]:
    """The texts that were embedded, all vectors that were wanted, and the message's topic."""
    held = helper.library().regulations
    question = understand(asked, held)
    parts = take_apart(replace(question, blend=None), held)
    assert len(parts) == 2
    told: list[str] = []

    def embed(texts: Sequence[str]) -> list[Vector]:
        told.extend(texts)
        return helper.path.deciding.embed_all(texts)

    return told, vectors_of(question, parts, embed), question.topic


@pytest.mark.parametrize(
    "asked",
    [
        "常州的孵化器归哪个部门管？企业买科技保险给不给补助？",
        "洛阳的科学技术奖由谁设立，另外科技特派员的工资由谁发",
        "常州的孵化器归哪个部门管，企业买科技保险给不给补助",
    ],
)
def test_a_message_of_two_things_is_not_embedded_beside_them(asked: str, helper: Assistant) -> None:
    told, vectors, topic = _embedded(asked, helper)
    assert topic not in told
    assert sum(map(len, told)) <= len(asked)
    assert float(vectors[topic] @ helper.path.deciding.embed(topic)) > 0.95
    assert np.allclose(np.linalg.norm(vectors[topic]), 1, atol=1e-5)


LEANS = "常州的孵化器由谁认定，谁来管"


def test_a_message_whose_second_thing_leans_is_embedded_itself(helper: Assistant) -> None:
    told, vectors, topic = _embedded(LEANS, helper)
    assert topic in told
    assert np.allclose(vectors[topic], helper.path.deciding.embed(topic), atol=1e-6)


def test_what_leans_is_the_message_less_the_first_thing(helper: Assistant) -> None:
    told, vectors, topic = _embedded(LEANS, helper)
    (own,) = [t for t in vectors if t not in told and len(t) < len(topic) / 2]
    assert len(told) == 2
    assert float(vectors[own] @ helper.path.deciding.embed(own)) > 0.8
    assert all(np.allclose(np.linalg.norm(v), 1, atol=1e-5) for v in vectors.values())


@pytest.mark.parametrize("asked", ["常州的孵化器给不给补助，给多少", "武汉给创业投资风险补偿吗?最多补几成?"])
def test_of_a_figure_that_leans_the_message_is_put_together(asked: str, helper: Assistant) -> None:
    told, vectors, topic = _embedded(asked, helper)
    assert topic not in told
    assert len(told) == 2
    assert float(vectors[topic] @ helper.path.deciding.embed(topic)) > 0.9
