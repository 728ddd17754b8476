"""A figure in an article answers only a question for that figure, and for what it is for."""

import pytest

from assistant.understand.figure_asked import lacks_the_figure

FINE = "未及时清理粪便的，处五十元以上一百元以下罚款。"
GRANT = "对举报属实的，给予五百元奖励；对隐瞒不报的，责令改正。"
RENT = "公共租赁住房每平方米每月收取租金八元。"
DISTANCE = "水源地周围五百米内不得新建餐馆，营业时间为七时至二十二时。"


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("狗粪不捡罚多少钱", FINE),
        ("举报属实奖励多少钱", GRANT),
        ("公租房租金一平米多少钱", RENT),
        ("离水源多少米才能开餐馆", DISTANCE),
        ("餐馆几点关门", DISTANCE),
    ],
)
def test_what_states_the_figure_lacks_nothing(question: str, article: str) -> None:
    assert not lacks_the_figure(question, article)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("养狗办证要交多少钱", FINE),
        ("举报不捡狗粪的奖多少钱", FINE),
        ("隐瞒不报罚多少钱", GRANT),
        ("公租房租金占收入的比例", RENT),
        ("公租房的合同期限", RENT),
        ("餐馆几点关门", FINE),
        ("遛狗的绳子最长几米", FINE),
    ],
)
def test_a_figure_for_something_else_does_not_answer(question: str, article: str) -> None:
    assert lacks_the_figure(question, article)


@pytest.mark.parametrize("question", ["狗粪不捡谁来管", "能不能在水源地游泳", "提几点意见"])
def test_a_question_for_no_figure_lacks_none(question: str) -> None:
    assert not lacks_the_figure(question, "加强管理。")
