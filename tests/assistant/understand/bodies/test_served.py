"""For whom something is done has no duties by that; who does it has."""

import pytest

from assistant.understand.breadth import Breadth, breadth_of


def _read(question: str) -> Breadth:
    return breadth_of(question, question, several=False, named=True)


@pytest.mark.parametrize(
    "question",
    [
        "向业主委员会和居民做什么", "替老年人办哪些事", "要给物业企业做些什么", "帮残疾人解决什么困难",
        "为高校做些什么", "厂里想请个外国专家,给办什么方便", "给创业者,要做些什么",
    ],
)  # fmt: skip
def test_whoever_stands_behind_a_word_of_giving_is_served(question: str) -> None:
    assert _read(question).kind != "duties"


@pytest.mark.parametrize(
    ("question", "actors"),
    [
        ("财政部门要给企业做什么", ("部门:财政",)),
        ("企业要为科技人员做什么", ("企业",)),
        ("请帮我看看高校要做什么", ("高校",)),
        ("给企业派了什么活", ("企业",)),
    ],
)
def test_whoever_stands_in_the_place_of_the_subject_has_the_duties(question: str, actors: tuple[str, ...]) -> None:
    breadth = _read(question)
    assert (breadth.kind, breadth.actors) == ("duties", actors)
