"""A false figure in a question is said to be false; a true one, or one of the asker's own, is not."""

import pytest

from assistant import Assistant


def corrected(helper: Assistant, question: str) -> list[str]:
    return [n for n in helper.ask(question).notices if "与条文不符" in n or "没有写" in n]


@pytest.mark.parametrize(
    ("question", "told", "true"),
    [
        ("常州成果完成人份额不低于百分之五十，对吧", "百分之五十", "不低于百分之七十"),
        ("洛阳劳务费最高可以占60%是不是", "60%", "百分之三十"),
        ("武汉草案规定职务成果使用权至少给二十年，是第几条", "二十年", "不少于十年"),
        ("听说在洛阳造假被记档案，过三年就又能报奖了，是这样吧？", "三年", "五年"),
        ("常州条例是2024年10月8日起施行的吧？", "2024年10月8日", "2025年1月1日"),
        ("洛阳条例是2014年1月1日起施行的吗", "2014年1月1日", "2015年1月1日"),
    ],
)
def test_a_false_figure_is_set_against_the_true_one(question: str, told: str, true: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert answer.citations
    (notice,) = corrected(helper, question)
    assert f"「{told}」与条文不符" in notice
    assert true in notice
    assert notice in answer.text


def test_a_sum_that_no_article_has_is_said_not_to_stand_there(helper: Assistant) -> None:
    assert corrected(helper, "武汉给企业补贴100万元，对吗") == ["所引条文没有写「100万元」。"]


@pytest.mark.parametrize(
    "question",
    [
        "常州成果完成人份额不低于70%，对吧",
        "常州成果完成人的份额不低于七成，是吗",
        "我31岁，工作了5年，常州对青年科技人才有支持吗",
        "我们公司去年花了300万元做研发，常州能加计扣除吗",
        "常州条例是2024年8月28日通过的吗",
        "洛阳第三十四条劳务费比例是多少",
    ],
)
def test_a_true_figure_and_the_askers_own_are_left_alone(question: str, helper: Assistant) -> None:
    assert corrected(helper, question) == []


@pytest.mark.parametrize(
    "question",
    [
        "常州成果转化奖励不高于七成，对吧",
        "常州职务科技成果转化收益给完成人的比例不超过70%，是不是",
        "常州成果完成人份额最多百分之七十，对吗",
    ],
)
def test_a_false_direction_is_set_against_the_true_one(question: str, helper: Assistant) -> None:
    assert any("与条文不符" in n and "不低于百分之七十" in n for n in helper.ask(question).notices)


def test_the_right_direction_is_left_alone(helper: Assistant) -> None:
    assert not any("不符" in n for n in helper.ask("常州成果完成人份额不低于七成，对吧").notices)
