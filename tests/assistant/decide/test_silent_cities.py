"""One thing asked of several cities by name: which of them is silent on it is said beside the others' rules."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "silent", "article"),
    [
        ("国企的研发准备金不考核保值增值,武汉有这样的规定吗?洛阳呢?", "洛阳市：", "wuhan/20"),
        ("常州和洛阳的条例各规定劳务费最高占几成?", "常州市：", "luoyang/34"),
        ("武汉、常州的条例分别自哪一天起施行?", "武汉市：施行日期", "changzhou/76"),
    ],
)
def test_the_city_that_is_silent_is_named(question: str, silent: str, article: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert article in {c.id for c in answer.citations}
    assert [said for said in answer.unstated if said.startswith(silent)]
    assert len(answer.unstated) == 1


def test_its_part_of_the_first_line_says_so_and_no_other(helper: Assistant) -> None:
    verdict = helper.ask("武汉、常州的条例分别自哪一天起施行?").verdict
    assert "常州市：「自2025年1月1日起」" in verdict
    assert "武汉市（草案）：没有直接规定" in verdict


@pytest.mark.parametrize("question", ["武汉和洛阳的科普工作各由谁负责?", "常州、武汉、洛阳的大型仪器都要开放吗?"])
def test_where_each_has_its_rule_none_is_silent(question: str, helper: Assistant) -> None:
    assert helper.ask(question).unstated == ()
