"""What one rule speaks of told with what another rules: each word is the article's, the pair is not."""
# ruff: noqa: E501

from functools import cache

import pytest

from assistant.verify import judge
from assistant.verify.one_rule.units import units_of
from law.parsing.parser import parse
from law.regulation import Regulation

LAW = """第一条 车站因检修需要停用电梯的，应当提前三个工作日公告；因故障停用的，应当立即设置标志，并在十二小时内公告。
第二条 在站内走失的儿童，由值班人员陪同等候；在站外走失的儿童，也可以由家属自行寻找。
第三条 建设单位应当把隔音费用列入预算，施工单位应当编制隔音方案。
第四条 夜间票价实行政府定价。
日间票价按照企业公布的标准执行。
第五条 站内广告收入的分配，由乘客代表大会决定。经营单位应当公开收入。
第六条 年票的使用期限为八年，期限届满继续使用的，应当在届满六十日前申请延续。
第七条 月票的使用期限为一年，期限届满继续使用的，应当在届满三十日前申请延续。
第八条 乘客在站内跌倒受伤，车站应当救助；情节严重的，送医并在一小时内通知家属。"""


@cache
def held() -> Regulation:
    return Regulation("rail", "甲市车站管理条例", "甲市", "", "in_force", {}, "simplified", "", parse(LAW).articles)


def supported(sentence: str, *numbers: int) -> bool:
    return judge(sentence, [(held(), a) for a in held().articles if a.number in numbers]).supported


@pytest.mark.parametrize(
    ("trap", "article", "right", "wrong"),
    [
        ("the period of another case", 1, "因检修停用电梯的，应当提前三个工作日公告。", "因检修停用电梯的，应当在十二小时内公告。"),
        ("the case before, the duty of another", 1, "电梯出了故障停用，要在十二小时内公告。", "电梯出了故障停用，要提前三个工作日公告。"),
        ("outside told as inside", 2, "在站外走失的儿童，也可以由家属自行寻找。", "在站内走失的儿童，也可以由家属自行寻找。"),
        ("the duty of the one told of the other", 3, "建设单位应当把隔音费用列入预算。", "施工单位应当把隔音费用列入预算。"),
        ("two unmarked rules", 4, "夜间票价实行政府定价。", "日间票价实行政府定价。"),
        ("decided by another", 5, "广告收入怎么分，由乘客代表大会决定。", "广告收入的分配由经营单位决定。"),
        ("a rule that goes on from the one before", 8, "乘客在站内跌倒受伤情节严重的，车站要在一小时内通知家属。", "乘客在站内跌倒受伤的，车站应当在十小时内通知家属。"),
    ],
)  # fmt: skip
def test_what_a_rule_says_is_told_of_what_it_speaks_of(trap: str, article: int, right: str, wrong: str) -> None:
    assert (supported(right, article), supported(wrong, article)) == (True, False), trap


def test_periods_of_two_articles_are_not_exchanged() -> None:
    assert supported("年票应当在届满六十日前申请延续，月票应当在届满三十日前申请延续。", 6, 7)
    assert not supported("年票应当在届满三十日前申请延续，月票应当在届满六十日前申请延续。", 6, 7)


def test_each_actor_of_one_sentence_has_a_rule_of_its_own() -> None:
    quote = "建设单位应当把隔音费用列入预算,施工单位应当编制隔音方案"
    assert [u.text for u in units_of([(quote, "", quote)])] == quote.split(",")


@pytest.mark.parametrize(
    ("trap", "article", "right", "wrong"),
    [
        ("a condition that makes no difference", 8, "情节严重的，要在一小时内通知家属。", "不管情节是否严重，都要在一小时内通知家属。"),
        ("one of a list told as left out", 4, "夜间票价实行政府定价。", "政府定价不包括夜间票价。"),
        ("ended, where nothing is", 5, "广告收入的分配由乘客代表大会决定。", "取消了乘客代表大会决定广告收入分配的规定。"),
    ],
)  # fmt: skip
def test_nothing_of_a_rule_is_taken_away(trap: str, article: int, right: str, wrong: str) -> None:
    assert (supported(right, article), supported(wrong, article)) == (True, False), trap


def test_a_duty_that_is_only_the_bound_of_a_figure_binds_nobody() -> None:
    assert supported("年票的使用期限要满八年，届满六十日前申请延续。", 6)


@pytest.mark.parametrize(
    ("asked", "said", "right"),
    [
        ("", "您的月票还有二十日届满，不足三十日，来不及申请延续。", True),
        ("我的年票还剩四十天，来得及申请延续吗？", "您的年票只剩四十日，不到六十日，已经来不及申请延续。", True),
    ],
)
def test_a_case_told_by_the_sentence_or_the_question(asked: str, said: str, right: bool) -> None:
    cited = [(held(), a) for a in held().articles if a.number in (6, 7)]
    assert judge(said, cited, asked=asked).supported is right
