"""A turn that asks of what was spoken of a fact that stands nowhere, and one that asks what does; comparisons that
stand by themselves after another matter."""

import pytest
from talked import answer_after, history_of

from assistant import Assistant
from assistant.understand.question import understand

RESEARCH_FUND = ("常州有没有自然科学基金", "changzhou/12")
TRAINING = ("常州怎么支持职工培训", "changzhou/37")
STATION = ("武汉推进海外人才工作站吗", "wuhan/27")
BUREAU = ("洛阳的科技中介要年度考核吗", "luoyang/16")
ATTENDING = ("洛阳引进高层次人才给什么补贴", "luoyang/24")
LOANS = ("常州有没有科技支行", "changzhou/52")
RISK = ("贷款的风险谁来分担", "changzhou/53")


@pytest.mark.parametrize(
    ("turn", "before"),
    [
        ("申请书由谁来盖章?", RESEARCH_FUND), ("培训一轮上几节课", TRAINING),
        ("装修的钱谁掏", STATION), ("每年几月份能报名", ATTENDING), ("站长由谁任命", STATION),
        ("名单上目前有哪几家", BUREAU), ("周末开不开门", STATION), ("资助前要经谁签批", BUREAU),
    ],
)  # fmt: skip
def test_a_fact_that_stands_nowhere_is_said_to_be_unstated(
    turn: str, before: tuple[str, str], helper: Assistant
) -> None:
    answer = answer_after(helper, turn, before)
    assert answer.refused or answer.unstated
    assert not (answer.refused and answer.citations)


@pytest.mark.parametrize(
    ("turn", "before"),
    [
        ("管理办法由谁制定?", RESEARCH_FUND), ("归哪个部门负责", RESEARCH_FUND), ("谁来考核", BUREAU),
        ("几次不合格就不资助了", BUREAU), ("哪些人来推进", STATION),
    ],
)  # fmt: skip
def test_who_acts_and_who_is_in_charge_are_answered(turn: str, before: tuple[str, str], helper: Assistant) -> None:
    assert before[1] in {c.id for c in answer_after(helper, turn, before).citations}


@pytest.mark.parametrize(
    ("turn", "before"),
    [("考核由谁组织打分", BUREAU), ("这份办法怎么编", RESEARCH_FUND), ("孩子上学给不给安排", ATTENDING)],
)
def test_what_is_asked_openly_of_an_article_quotes_it(turn: str, before: tuple[str, str], helper: Assistant) -> None:
    assert before[1] in {c.id for c in answer_after(helper, turn, before).citations}


@pytest.mark.parametrize("turn", ["那你顺手帮我写首关于长江的歌吧", "再帮我订张去长江边的票"])
def test_a_task_is_no_turn_about_the_law(turn: str, helper: Assistant) -> None:
    assert answer_after(helper, turn, STATION).refused


@pytest.mark.parametrize("turn", ["大型仪器要不要开放？三个城市有什么不同？", "技术合同认定三个城市有什么区别"])
def test_a_comparison_on_a_matter_of_its_own_stands_by_itself(turn: str, helper: Assistant) -> None:
    history = history_of(helper, LOANS, RISK)
    asked = understand(turn, helper.library().regulations, history)
    assert asked.blend
    assert asked.blend.own > 0.5
    assert not {"changzhou/52", "changzhou/53"} & {c.id for c in helper.ask(turn, history=history).citations}


def test_another_subject_in_one_of_the_cities_is_not_answered_by_what_was_spoken_of(helper: Assistant) -> None:
    answer = helper.ask("洛阳的驾照过期了去哪换？", history=history_of(helper, LOANS, RISK))
    assert answer.refused


@pytest.mark.parametrize("turn", ["那三个城市对这个怎么规定", "三地都有这种办法吗"])
def test_a_comparison_that_points_leans_on_what_was_spoken_of(turn: str, helper: Assistant) -> None:
    asked = understand(turn, helper.library().regulations, history_of(helper, LOANS, RISK))
    assert asked.blend
    assert asked.blend.own < 0.5


@pytest.mark.parametrize("question", ["洛阳现在有哪些支持孵化器的政策", "常州目前有什么人才引进的规定"])
def test_rules_that_there_are_at_present_are_told(question: str, helper: Assistant) -> None:
    assert helper.ask(question).citations


def test_cities_left_over_are_those_not_spoken_of(helper: Assistant) -> None:
    asked = understand("其余两市也有吗", helper.library().regulations, history_of(helper, LOANS))
    assert set(asked.regulation_ids) == {"luoyang", "wuhan"}
