"""How much is asked for: questions that must not become lists."""

import pytest

from assistant import Assistant
from assistant.understand.breadth import breadth_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("企业买科技保险有补助吗", "fact"), ("孵化器归谁管", "fact"), ("哪些条写到了长三角", "words"),
        ("概括一下这部草案", "outline"), ("财政部门要做哪些事", "duties"),
        ("跟科研诚信、宽容失败有关的规定都有哪些", "set"), ("企业要符合什么条件", "fact"),
    ],
)  # fmt: skip
def test_a_single_fact_is_no_list(question: str, kind: str) -> None:
    assert breadth_of(question, question, several=False).kind == kind


@pytest.mark.parametrize(
    ("question", "duties"),
    [
        ("武汉对医院各有哪些安排", False), ("医院各有哪些任务", True), ("武汉对医院有什么要求", True),
        ("武汉给医院分别做了什么安排", False), ("武汉对财政部门有哪些安排", True),
    ],
)  # fmt: skip
def test_what_is_arranged_for_somebody_without_office_is_no_duty_of_theirs(question: str, duties: bool) -> None:
    assert (breadth_of(question, question.removeprefix("武汉"), several=False, named=True).kind == "duties") is duties


@pytest.mark.parametrize(
    ("question", "duties"),
    [
        ("政府支持办哪些创业大赛", False), ("小公司想上市，政府能帮点啥", False), ("科技局要管哪些东西呢", True),
        ("财政局想梳理草案，财政局要做哪些事", True),
    ],
)  # fmt: skip
def test_which_things_there_are_and_what_somebody_wants_are_no_duties(question: str, duties: bool) -> None:
    assert (breadth_of(question, question, several=False, named=True).kind == "duties") is duties


def test_two_regulations_differ_as_a_whole_or_in_one_matter() -> None:
    assert breadth_of("常州和武汉的主要区别在哪", "主要区别在哪", several=True).kind == "differences"
    assert breadth_of("常州和武汉的科技保险补助有什么区别", "科技保险补助有什么区别", several=True).kind == "fact"


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("常州条例的篇章布局是怎样的", "outline"),
        ("领导要听武汉草案，替我拎出主干", "outline"),
        ("常州、武汉、洛阳三部条例横向对照一下", "differences"),
        ("两地(常州、洛阳)条例的异同", "differences"),
        ("洛阳的老条例跟武汉的新草案差在哪儿", "differences"),
    ],
)
def test_a_whole_is_heard_in_many_words(question: str, form: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert ("按章概括" if form == "outline" else "按主要差别") in answer.opening


def test_the_difference_in_one_matter_is_none_of_the_whole(helper: Assistant) -> None:
    assert "按主要差别" not in helper.ask("武汉和洛阳的科普差在哪儿").opening


def test_what_a_department_has_in_its_charge_is_no_outline() -> None:
    assert breadth_of("常州教育局管啥", "教育局管啥", several=False, named=True).kind == "duties"
    assert breadth_of("常州条例管啥", "管啥", several=False, named=True).kind == "outline"
