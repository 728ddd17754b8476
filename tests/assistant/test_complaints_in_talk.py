"""What people complained of in a conversation, and in questions too short to be understood: more cases, by kind."""

import pytest

from assistant import Assistant
from assistant.answer import Answer


def last(helper: Assistant, *turns: str) -> Answer:
    """The answer to the last of several turns."""
    history: list[dict[str, str]] = []
    for turn in turns:
        answer = helper.ask(turn, history=history)
        history += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer.text}]
    return answer


def cited(helper: Assistant, *turns: str) -> list[str]:
    return list(dict.fromkeys(c.id for c in last(helper, *turns).citations))


WHO = "常州谁负责科技创新工作"
INSURED = "武汉科技保险有补助吗"


@pytest.mark.parametrize(
    ("before", "asked", "article"),
    [
        (WHO, "孵化器呢", "changzhou/23"), (WHO, "那孵化器呢？", "changzhou/23"), (WHO, "钱从哪来", "changzhou/8"),
        (INSURED, "人才引进呢", "wuhan/27"), (INSURED, "中试平台呢", "wuhan/45"),
        (INSURED, "知识产权质押呢", "wuhan/57"), (INSURED, "失败了要追责吗", "wuhan/71"),
        (INSURED, "那小企业呢", "wuhan/58"), (INSURED, "比例呢", "wuhan/58"), (INSURED, "上海和洛阳呢", "luoyang/39"),
    ],
)  # fmt: skip
def test_a_turn_that_names_a_matter_of_its_own_is_answered_by_it(
    before: str, asked: str, article: str, helper: Assistant
) -> None:
    assert set(cited(helper, before, asked)) == {article}


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (("洛阳第39条", "前一条呢"), "luoyang/38"), (("常州第二十条", "21呢"), "changzhou/21"),
        (("常州第二十条", "那二十二呢"), "changzhou/22"), (("武汉第五十条", "常州的这一条"), "changzhou/50"),
        (("洛阳第二十条", "那常州的呢"), "changzhou/20"), (("常州第二十条", "第一款呢", "第二款呢"), "changzhou/20"),
    ],
)  # fmt: skip
def test_a_number_goes_on_from_the_number_before(turns: tuple[str, ...], number: str, helper: Assistant) -> None:
    assert cited(helper, *turns) == [number]


@pytest.mark.parametrize("asked", ["有没有罚则", "罚款呢", "有没有法律责任", "违反了会怎样", "处罚条款有吗"])
def test_penalties_asked_for_in_a_talk_are_those_of_the_city(asked: str, helper: Assistant) -> None:
    there = last(helper, "洛阳谁负责科技创新工作", asked)
    assert {c.id for c in there.citations} == {f"luoyang/{n}" for n in range(44, 48)}
    none = last(helper, WHO, asked)
    assert (none.reason, none.citations) == ("not_stated", ())
    assert "没有规定违反后的处罚" in none.text


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("常州条例有没有罚则", set()), ("常州骗取资金怎么处罚", set()), ("违反武汉第五十条会怎样", set()),
        ("常州法律责任有几条", set()), ("武汉违反条例怎么罚", {"wuhan/70"}),
        ("洛阳科技进步条例罚款吗", {f"luoyang/{n}" for n in range(44, 48)}),
        ("三个城市有没有罚款的规定", {"wuhan/70", *(f"luoyang/{n}" for n in range(44, 48))}),
    ],
)  # fmt: skip
def test_penalties_of_a_whole_regulation(question: str, articles: set[str], helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == articles
    assert answer.reason == ("" if articles else "not_stated")


@pytest.mark.parametrize(
    "question",
    [
        "谁管", "怎么申请", "补贴多少钱", "奖励多少", "能补多少", "有什么支持", "找谁", "要什么材料", "几年",
        "什么条件", "有没有补助", "有没有罚则", "武汉怎么申请", "常州补贴多少钱", "洛阳要什么材料",
    ],
)  # fmt: skip
def test_a_question_that_says_neither_of_what_nor_where_is_asked_back(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("unconfirmed", ())
    assert "没有说明是" in answer.text
    assert "请写明" in answer.text
    assert len(answer.text) < 60


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("洛阳谁管", "luoyang/5"),
        ("武汉归哪个部门管", "wuhan/7"),
        ("常州谁负责", "changzhou/5"),
        ("常州资金从哪里来", "changzhou/8"),
        ("洛阳钱从哪来", "luoyang/32"),
        ("武汉经费由谁出", "wuhan/8"),
    ],
)
def test_of_a_city_it_is_answered_by_what_its_regulation_is_about(
    question: str, article: str, helper: Assistant
) -> None:
    assert article in cited(helper, question)


@pytest.mark.parametrize(
    "thanks", ["原来如此", "好吧", "太好了，谢谢", "行，我知道了", "非常感谢，很有帮助", "哦哦，明白啦"]
)
def test_a_sign_that_it_was_understood_repeats_no_citation(thanks: str, helper: Assistant) -> None:
    answer = last(helper, "洛阳科技进步奖怎么评", thanks)
    assert (answer.refused, answer.citations) == (False, ())


@pytest.mark.parametrize(
    "number",
    [
        "第半条", "第1/2条", "第20·3条", "第四分之一条", "第二十+一条", "20.3", "20条③款", "第二十条第③款",
        "第二十条第（三）款", "第20条第V款",
    ],
)  # fmt: skip
def test_what_is_no_number_of_an_article_or_a_paragraph_is_said_to_be_none(number: str, helper: Assistant) -> None:
    answer = helper.ask(f"常州{number}")
    assert (answer.reason, answer.citations) == ("no_such_article", ())
    assert "看不懂条号" in answer.text


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("武汉58", ["wuhan/58"]), ("洛阳二十", ["luoyang/20"]), ("武汉58条2款", ["wuhan/58"]),
        ("武汉58、洛阳20、常州20条", ["wuhan/58", "luoyang/20", "changzhou/20"]),
        ("武汉58和洛阳20", ["wuhan/58", "luoyang/20"]), ("常州20条第2款和洛阳20条", ["changzhou/20", "luoyang/20"]),
    ],
)  # fmt: skip
def test_a_number_right_after_its_city_is_an_articles(question: str, places: list[str], helper: Assistant) -> None:
    assert cited(helper, question) == places
