"""Figures are compared by value, and one that nothing carries is found."""

from dataclasses import replace

import pytest

from assistant import Answer, Article, Assistant
from evals.questions.case import Case, Gold
from evals.scores.scoring import score
from evals.scores.supported import numbers_in, unsupported

CASE = Case("1", "lookup", "洛阳条例第三十九条第二款", gold=(Gold("洛阳", 39),))


@pytest.fixture(scope="module")
def articles(helper: Assistant) -> dict[str, Article]:
    return {a.id: a for r in helper.regulations() for a in r.articles}


@pytest.fixture(scope="module")
def good(helper: Assistant) -> Answer:
    return helper.ask(CASE.question)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("不低于百分之七十", [(70, True)]),
        ("70%、70％ 和七成", [(70, True)] * 3),
        ("百分之零点五", [(0.5, True)]),
        ("二〇一五年三月十五日", [(2015, False), (3, False), (15, False)]),
        ("2015 年3月", [(2015, False), (3, False)]),
        ("一百万元、100万元、1,000,000元", [(1_000_000, False)] * 3),
        ("一万五千元", [(15_000, False)]),
        ("不少於百分之\n五十", [(50, True)]),
        ("**70%** 以上", [(70, True)]),
        ("一项规定、十四五规划、第三方、千家万户、统一", []),
        ("第九十九条之一", []),  # the number of an article is no figure
        ("第二款", [(2, False)]),
        ("第（三）项", [(3, False)]),
        ("1. 甲\n2. 乙[3]", []),  # list marks and footnotes
        ("成果转化三成员", []),
    ],
)
def test_numbers_are_read_in_any_print(text: str, values: list) -> None:
    assert [(n.value, n.percent) for n in numbers_in(text)] == values


def test_an_honest_answer_has_no_unsupported_figure(good: Answer, articles: dict[str, Article]) -> None:
    assert numbers_in(good.text)
    assert unsupported(CASE, good, articles) == []


@pytest.mark.parametrize("planted", ["百分之九十八", "98%", "987万元", "二〇三七年", "第九款", "九十七个工作日"])
def test_a_planted_figure_is_caught(planted: str, good: Answer, articles: dict[str, Article]) -> None:
    one = score(CASE, replace(good, text=good.text + f"\n另外是{planted}。"), articles)
    assert one.unsupported == 1
    assert "数字没有出处" in one.why


def test_the_question_a_notice_and_a_count_carry_a_figure(good: Answer, articles: dict[str, Article]) -> None:
    count = sum(a.id.startswith("changzhou/") and a.number > 0 for a in articles.values())
    added = replace(good, text=good.text + f"不是98%。有3.25倍。常州共{count}条。", notices=(*good.notices, "3.25倍"))
    case = replace(CASE, question="是不是百分之九十八？")
    assert unsupported(case, added, articles) == []
    assert unsupported(CASE, added, articles) == ["98%"]


def test_a_percentage_of_an_article_that_is_not_cited_carries_nothing(helper: Assistant, articles: dict) -> None:
    place = next(a for a in articles.values() if a.number and any(n.percent for n in numbers_in(a.text)))
    city = next(r.place for r in helper.regulations() if place.id.startswith(f"{r.id}/"))
    answer = helper.ask(f"{city}{place.label}")
    number = next(n for n in numbers_in(answer.text) if n.percent)
    assert unsupported(CASE, answer, articles) == []
    assert number.printed in unsupported(CASE, replace(answer, citations=()), articles)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("依照第九十九条。", ["第九十九条"]),
        ("依照第99条之二。", ["第99条之二"]),
        ("见第二十条。", []),
        ("没有第八十八条。", []),  # the question asks for it
    ],
)
def test_an_article_named_in_the_text_is_held_or_invented(
    text: str, names: list, good: Answer, articles: dict[str, Article]
) -> None:
    case = replace(CASE, question="洛阳第八十八条")
    one = score(case, replace(good, text=good.text + text), articles)
    assert one.invented == len(names)
    assert all(n in one.why for n in names)


def test_how_a_regulation_is_made_up_is_no_unsupported_figure(helper: Assistant, articles: dict[str, Article]) -> None:
    asked = Case("1", "count", "洛阳条例一共几章几条")
    answer = helper.ask(asked.question)
    assert "8章48条" in answer.text
    assert unsupported(asked, answer, articles) == []
    assert unsupported(asked, replace(answer, text=answer.text + "\n另有附件97个。"), articles) == ["97"]
