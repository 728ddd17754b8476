"""Words of the article put together otherwise: another start, another count, another doer, two rules crosswise or as one."""
# ruff: noqa: E501

from functools import cache

import pytest

from assistant.verify import judge
from law.parsing.parser import parse
from law.regulation import Regulation

LAW = """第一条 乘客遗失的物品，失主自收到招领通知之日起三十日内认领；逾期无人认领的，由值班人员登记，由民政部门处理。
第二条 站内商铺在一年内连续三次检查不合格的，由车站管理机构收回铺位；全年累计停业九十日的，不再续租。
第三条 行李每件不得超过二十公斤；同行家属的行李合计不得超过五十公斤。
第四条 夜间票价实行政府定价。
日间票价按照企业公布的标准执行。
第五条 除贵宾厅外，车站应当向所有持票人开放候车厅和未设席位的站台。
第六条 电梯的检修费用，按照财政规定在运营收入中列支；电梯的照明电费，按照财政规定逐年分摊。
第七条 市人民政府应当建立车站安全评估制度。
第八条 志愿者本人终身免费乘坐；其配偶、子女每年可以免费乘坐十次。"""


@cache
def held() -> Regulation:
    return Regulation("rail", "甲市车站管理条例", "甲市", "", "in_force", {}, "simplified", "", parse(LAW).articles)


def supported(sentence: str, number: int) -> bool:
    return judge(sentence, [(held(), a) for a in held().articles if a.number == number]).supported


@pytest.mark.parametrize(
    ("trap", "article", "right", "wrong"),
    [
        ("another start", 1, "失主要在收到招领通知那天起三十日内认领。", "失主要在物品遗失那天起三十日内认领。"),
        ("another start of the same thing", 1, "自收到通知之日起三十日内，失主可以认领。", "自发出通知之日起三十日内，失主可以认领。"),
        ("another doer", 1, "逾期无人认领的，由民政部门处理。", "逾期无人认领的，由值班人员处理。"),
        ("a sum for a run", 2, "一年内接连三次检查不合格的，由车站管理机构收回铺位。", "一年内累计三次检查不合格的，由车站管理机构收回铺位。"),
        ("each for all together", 3, "同行家属的行李合计不超过五十公斤。", "同行家属的行李每人不超过五十公斤。"),
        ("two rules as one", 4, "夜间票价实行政府定价。", "夜间和日间票价都实行政府定价。"),
        ("what is excepted, beside the rule's own denial", 5, "除贵宾厅外，候车厅和未设席位的站台向持票人开放。", "贵宾厅、候车厅和未设席位的站台都向持票人开放。"),
        ("two rules crosswise", 6, "检修费用按财政规定在运营收入中列支，照明电费逐年分摊。", "检修费用按财政规定逐年分摊，照明电费在运营收入中列支。"),
        ("a task told as done", 7, "市人民政府应当建立车站安全评估制度。", "甲市建了车站安全评估制度。"),
        ("the benefit of one for his family too", 8, "志愿者本人终身免费乘坐。", "志愿者本人和配偶都可以终身免费乘坐。"),
    ],
)  # fmt: skip
def test_what_belongs_to_one_rule_stays_with_it(trap: str, article: int, right: str, wrong: str) -> None:
    assert (supported(right, article), supported(wrong, article)) == (True, False), trap


def test_a_start_may_be_told_in_fewer_words() -> None:
    assert supported("三十日从收到通知那天算起。", 1)
    assert not supported("三十日从登记那天算起。", 1)
