"""Sets instead of a best one: by words, by chapter, by who acts; exact, counted, every quote verbatim."""

import re
from itertools import pairwise

import pytest

from assistant import Assistant
from assistant.decide.whole.literal import articles_with
from assistant.decide.whole.members import least_likely
from assistant.decide.whole.sets import chapter_of
from assistant.understand.breadth import Breadth
from law.text.script import plain


@pytest.mark.parametrize("words", ["长三角", "知识产权", "数据", "智慧財產權"])
def test_by_words_is_exhaustive_and_exact_in_both_scripts(words: str, helper: Assistant) -> None:
    library = helper.library()
    ids = [r.id for r in library.regulations]
    found = {e.article.id for e in articles_with([words], [], ids, library)}
    has = {a.id for r in library.regulations for a in r.numbered if plain(words) in plain(a.heading + "\n" + a.text)}
    assert found == has != set()


def test_words_that_stand_nowhere_are_said_to_stand_nowhere(helper: Assistant) -> None:
    answer = helper.ask("哪些条写到了“区块链骨干网”？")
    assert (answer.refused, answer.reason) == (True, "not_stated")
    assert "区块链骨干网" in answer.text


def test_a_short_name_that_stands_nowhere_is_looked_for_in_full(helper: Assistant) -> None:
    answer = helper.ask("洛阳的条例里哪些条写到了「国企」？")
    full = helper.ask("洛阳的条例里哪些条写到了「国有企业」？")
    assert {c.id for c in answer.citations} == {c.id for c in full.citations} != set()
    assert any("国有企业" in n and "国企" in n for n in answer.notices)


def test_a_list_says_how_many_articles_and_on_what_ground(helper: Assistant) -> None:
    answer = helper.ask("哪些条写到了长三角？")
    assert answer.text.startswith("按字面查找「长三角」，共")
    count = int(re.search(r"共(\d+)条", answer.text)[1])
    assert count == len({c.id for c in answer.citations})
    assert all(c.quote in answer.text and "长三角" in plain(c.quote) for c in answer.citations)


def test_a_chapter_is_found_by_words_of_its_title(helper: Assistant) -> None:
    wuhan = helper.library().regulation("wuhan")
    assert chapter_of(wuhan, "武汉草案人才") == chapter_of(wuhan, "第四章") == chapter_of(wuhan, "科技人才")
    assert chapter_of(wuhan, "宇宙飞船") == ""


def test_duties_are_those_of_the_one_named(helper: Assistant) -> None:
    answer = helper.ask("常州条例里财政部门要做哪些事？")
    assert answer.text.startswith("按主体「财政部门」")
    assert {"changzhou/5", "changzhou/8"} <= {c.id for c in answer.citations}
    assert all("财政" in plain(helper.article(c.id)[1].text) for c in answer.citations)


def test_the_rules_on_a_body_are_those_that_name_it_and_no_others(helper: Assistant) -> None:
    answer = helper.ask("简述武汉草案对医院的规定")
    assert answer.text.startswith("按主体「医院」")
    named = {a.number for a in helper.library().regulation("wuhan").numbered if "医疗卫生机构" in plain(a.text)}
    assert {c.article for c in answer.citations} == named


def test_of_a_kind_of_body_only_the_rules_on_that_kind_are_listed(helper: Assistant) -> None:
    answer = helper.ask("武汉草案对国有企业的规定简要归纳")
    assert answer.text.startswith("按主体「国有企业」")
    assert answer.citations
    assert all("国有企业" in plain(c.quote) for c in answer.citations)


def test_of_bodies_with_little_in_common_those_named_so_are_listed(helper: Assistant) -> None:
    answer = helper.ask("常州和武汉对行业协会、学会各有什么规定")
    assert len({c.city for c in answer.citations}) > 1
    assert all(any(n in plain(c.quote) for n in ("行业协会", "学会", "社会组织")) for c in answer.citations)


def test_a_kind_of_body_that_the_law_does_not_know_gets_no_list_of_all_the_others(helper: Assistant) -> None:
    answer = helper.ask("常州怎么扶持业主委员会")
    assert not answer.text.startswith("按主体")


def test_a_department_that_no_rule_names_gets_what_is_said_to_all_of_them(helper: Assistant) -> None:
    answer = helper.ask("常州市大数据管理局要做哪些事")
    assert answer.text.startswith("按主体「有关部门」")
    assert "没有点名" in answer.text
    named = helper.ask("常州市财政局要做哪些事")
    assert "没有点名" not in named.text


def test_an_outline_names_every_chapter_and_every_article(helper: Assistant) -> None:
    answer = helper.ask("概括一下武汉草案")
    wuhan = helper.library().regulation("wuhan")
    assert {c.id for c in answer.citations} == {a.id for a in wuhan.numbered}
    assert all(a.chapter in answer.text for a in wuhan.numbered)


def test_penalties_are_counted_by_any_name(helper: Assistant) -> None:
    answer = helper.ask("洛阳的罚则一共几条呀？")
    assert [c.article for c in answer.citations] == [44, 45, 46, 47]
    assert "共4条" in answer.text


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("常州工信局呢，管哪一摊？", {5, 26, 63}),
        ("常州国资委有没有份？有的话负责什么", {5, 63}),
        ("武汉科协是什么角色", {65}),
    ],
)
def test_duties_asked_in_everyday_words_and_in_two_breaths(
    question: str, articles: set[int], helper: Assistant
) -> None:
    assert {c.article for c in helper.ask(question).citations} == articles


def test_of_what_somebody_gets_every_paragraph_that_names_him_is_quoted(helper: Assistant) -> None:
    answer = helper.ask("武汉草案里新型研发机构能得到什么？")
    assert {c.paragraph for c in answer.citations if c.article == 22} == {1, 2, 3}


def test_what_somebody_gets_is_a_set_and_a_closed_question_is_none(helper: Assistant) -> None:
    assert {21, 22, 23} <= {c.article for c in helper.ask("武汉草案里新型研发机构能得到什么").citations}
    assert len({c.id for c in helper.ask("武汉的企业买科技保险有补助吗？").citations}) == 1


def test_a_survey_of_one_matter_cites_the_articles_that_stand_side_by_side(helper: Assistant) -> None:
    assert {39, 40, 41, 42, 43} <= {c.article for c in helper.ask("武汉草案 知识产权 概况").citations}


@pytest.mark.parametrize("question", ["武汉怎么帮小企业", "洛阳怎么鼓励搞研发", "常州成果转化怎么抓"])
def test_a_few_plain_words_for_all_on_a_matter_get_several_articles(question: str, helper: Assistant) -> None:
    assert 3 <= len({c.id for c in helper.ask(question).citations}) <= 12


@pytest.mark.parametrize("question", ["洛阳這部條例是管哪些事情的", "武汉草案适用于哪些活动", "常州条例管什么事"])
def test_what_a_regulation_applies_to_is_no_outline(question: str, helper: Assistant) -> None:
    articles = {c.article for c in helper.ask(question).citations}
    assert 2 in articles
    assert len(articles) <= 2


def test_help_with_one_matter_is_not_all_that_somebody_must_do(helper: Assistant) -> None:
    answer = helper.ask("公司想发债，常州和武汉各帮什么忙")
    assert {"changzhou/54", "wuhan/60"} <= {c.id for c in answer.citations}
    assert len({c.id for c in answer.citations}) <= 6


def test_all_on_one_matter_asked_in_two_breaths_is_not_taken_apart(helper: Assistant) -> None:
    assert len({c.id for c in helper.ask("洛阳财政的科研资金怎么用、怎么管").citations}) >= 3


def test_the_less_a_set_is_wanted_the_surer_an_article_must_be_and_no_step_lies_between() -> None:
    cuts = [least_likely(Breadth("set", chance=chance / 100), several=False) for chance in range(100, 29, -1)]
    assert cuts == sorted(cuts)
    assert max(after - before for before, after in pairwise(cuts) if after < 1) < 0.1


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("武汉的科技领军企业要做什么", {19, 22}),
        ("武汉国有企业有哪些义务", {20, 62}),
        ("洛阳项目承担单位有哪些义务", {13, 14}),
    ],
)
def test_a_kind_of_body_is_asked_for_by_its_own_name(question: str, articles: set[int], helper: Assistant) -> None:
    assert {c.article for c in helper.ask(question).citations} == articles


@pytest.mark.parametrize("question", ["洛阳支持企业做哪些事", "常州对企业有什么要求"])
def test_a_verb_before_a_body_names_no_kind_of_it(question: str, helper: Assistant) -> None:
    assert len({c.article for c in helper.ask(question).citations}) > 9


def test_whom_the_place_itself_encourages_is_asked_to_act(helper: Assistant) -> None:
    answer = helper.ask("常州的保险公司按条例要做哪些事")
    assert {c.article for c in answer.citations} == {55}


def test_of_several_cities_the_duty_stands_beside_what_follows_when_it_is_not_done(helper: Assistant) -> None:
    answer = helper.ask("公家买的大型仪器闲着,常州、武汉、洛阳三地让不让外面的人用")
    assert {c.article for c in answer.citations if c.city == "洛阳市"} == {22, 45}
