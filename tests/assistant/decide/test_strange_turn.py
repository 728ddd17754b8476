"""A turn of a talk in words that no law held has is about something else, whatever was spoken of before."""

import pytest

from assistant import Answer, Assistant


def _answer(helper: Assistant, question: str, asked: str, id_: str) -> Answer:
    regulation, article = helper.article(id_)
    quote = f"> {article.paragraphs[0].full}\n\n——《{regulation.title}》{article.label}"
    return helper.ask(question, history=[{"role": "user", "content": asked}, {"role": "assistant", "content": quote}])


@pytest.mark.parametrize("strange", ["烤鸭怎么蘸酱", "感冒药一天吃几粒"])
@pytest.mark.parametrize("before", [("常州怎么培育小微企业", "changzhou/23"), ("武汉的孵化器谁来建", "wuhan/52")])
def test_it_is_refused(strange: str, before: tuple[str, str], helper: Assistant) -> None:
    assert _answer(helper, strange, *before).refused


@pytest.mark.parametrize(
    ("everyday", "id_"),
    [("打官司有人帮吗", "changzhou/70"), ("孩子上学管不管", "changzhou/42"), ("那它归谁管", "changzhou/69")],
)
def test_everyday_words_for_what_the_law_says_are_answered(everyday: str, id_: str, helper: Assistant) -> None:
    answer = _answer(helper, everyday, "常州的政策信息怎么知道", "changzhou/69")
    assert answer.reason != "off_topic"


def test_a_figure_of_the_sort_that_was_just_quoted_is_quoted_again(helper: Assistant) -> None:
    answer = _answer(helper, "几年才算", "洛阳财政项目的专利不实施会怎样", "luoyang/14")
    assert [c.article for c in answer.citations] == [14]


def test_what_one_other_regulation_alone_names_is_asked_of_that(helper: Assistant) -> None:
    answer = _answer(helper, "碳达峰这块呢", "常州怎么培育小微企业", "changzhou/23")
    assert {c.city for c in answer.citations} == {"武汉市"}
    assert any("《常州市科技创新促进条例》没有找到" in n for n in answer.notices)
    plan = _answer(helper, "“龙城英才计划”主要引哪些人", "洛阳怎么扶持孵化器", "luoyang/19")
    assert [c.id for c in plan.citations] == ["changzhou/39"]
    named = _answer(helper, "常州有没有碳达峰", "常州怎么培育小微企业", "changzhou/23")
    assert "武汉市" not in {c.city for c in named.citations}


def test_what_goes_on_in_another_city_is_no_strange_turn(helper: Assistant) -> None:
    assert _answer(helper, "武汉也非得涨这么快吗", "洛阳财政对科技投多少钱", "luoyang/32").reason != "off_topic"
    assert _answer(helper, "武汉哪里能补办身份证", "洛阳财政对科技投多少钱", "luoyang/32").refused


def test_what_was_quoted_is_no_matter_that_is_missing(helper: Assistant) -> None:
    answer = _answer(helper, "洛阳有没有这种资金", "常州哪里能快速审专利", "changzhou/61")
    assert answer.reason != "no_evidence"
    answer = _answer(helper, "洛阳有这样的部门吗", "常州人才的孩子上学谁管", "changzhou/42")
    assert answer.reason != "no_evidence"
