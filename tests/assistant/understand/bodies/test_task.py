"""The work of somebody is asked for only where no matter stands beside him."""

import pytest

from assistant.understand.breadth import Breadth, breadth_of


def _read(question: str) -> Breadth:
    return breadth_of(question, question, several=False, named=True)


@pytest.mark.parametrize(
    ("question", "actors"),
    [
        ("财政部门要忙活些什么", ("部门:财政",)),
        ("草案给高校压了多少担子", ("高校",)),
        ("我是市财政局新来的,本局在条例里得管哪些", ("部门:财政",)),
        ("教育部门对中小学要做些什么", ("部门:教育",)),
    ],
)
def test_whatever_verb_says_it_the_work_of_a_body_is_its_duties(question: str, actors: tuple[str, ...]) -> None:
    breadth = _read(question)
    assert (breadth.kind, breadth.actors) == ("duties", actors)


@pytest.mark.parametrize(
    "question",
    [
        "财政部门给多少补助", "高校的成果要怎么处理", "企业出了事故谁管", "企业设备买回来以后,企业要做什么",
        "这活儿是派给市政府还是区政府", "政府怎么扶持中小企业", "科技局多久公布一次目录",
    ],
)  # fmt: skip
def test_a_matter_beside_a_body_or_a_choice_between_two_is_no_list_of_duties(question: str) -> None:
    assert _read(question).kind != "duties"


def test_one_level_of_government_alone_is_heard_in_other_words() -> None:
    assert _read("市政府本级(不算县区)按条例要办的大事").alone
    assert not _read("市政府按条例要办的大事").alone
