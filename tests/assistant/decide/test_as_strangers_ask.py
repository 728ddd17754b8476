"""What strangers asked: all cities after one, whom no rule is for, a matter like a word, a breach told otherwise."""

import pytest

from assistant import Assistant


def _articles(helper: Assistant, question: str) -> set[str]:
    return {c.id for c in helper.ask(question).citations}


@pytest.mark.parametrize(
    "question",
    [
        "洛阳职务成果转让,净收入该分给完成人多少,三个城市一样吗?",
        "洛阳转让职务科技成果给完成人多少?三地有没有区别",
        "洛阳职务成果转化怎么奖励完成人，各个城市一样吗",
    ],
)
def test_all_cities_asked_after_one_are_answered_too(helper: Assistant, question: str) -> None:
    answer = helper.ask(question)
    assert {"luoyang", "changzhou"} <= {c.id.partition("/")[0] for c in answer.citations}
    assert not answer.unstated


def test_market_subjects_are_no_other_cities(helper: Assistant) -> None:
    assert {i.partition("/")[0] for i in _articles(helper, "洛阳的孵化器谁来扶持，各市场主体能建吗")} <= {"luoyang"}


@pytest.mark.parametrize("question", ["女科研人员有什么照顾", "武汉对女性科技人才有什么支持"])
def test_nothing_for_women_is_said_beside_what_holds_for_all(helper: Assistant, question: str) -> None:
    answer = helper.ask(question)
    assert answer.citations
    assert any("女性" in u for u in answer.unstated)


def test_children_are_no_women(helper: Assistant) -> None:
    assert not helper.ask("武汉引进的人才子女入学怎么办").unstated


@pytest.mark.parametrize("question", ["涉及企业融资的条文都有哪些", "哪些条文涉及企业上市"])
def test_a_phrase_that_stands_nowhere_is_a_matter(helper: Assistant, question: str) -> None:
    assert {"changzhou/54", "wuhan/60"} <= _articles(helper, question)


def test_a_word_that_stands_nowhere_is_still_said_to(helper: Assistant) -> None:
    assert helper.ask("哪些条文提到牡丹").refused


def test_failure_of_research_is_forgiven_without_a_city_named(helper: Assistant) -> None:
    assert {"luoyang/30", "wuhan/71"} <= _articles(helper, "科研失败怎么宽容")


def test_a_breach_told_in_other_words_is_followed_in_each_city(helper: Assistant) -> None:
    assert {"changzhou/73", "luoyang/46", "wuhan/70"} <= _articles(helper, "弄虚作假骗取科研经费,三地怎么罚?")


@pytest.mark.parametrize(
    ("question", "city"),
    [
        ("wuhan的企业买科技保险有补助吗", "wuhan"),
        ("Luoyang孵化器有专项资金吗", "luoyang"),
        ("CHANGZHOU自然科学基金谁设", "changzhou"),
    ],
)
def test_a_city_spelled_in_latin_letters_is_named(helper: Assistant, question: str, city: str) -> None:
    assert {i.partition("/")[0] for i in _articles(helper, question)} == {city}


def test_a_city_that_acts_with_others_is_not_left_out(helper: Assistant) -> None:
    assert "wuhan/10" in _articles(helper, "武汉跟长江中游其他城市打算怎样联手做创新?")
    assert not any(i.startswith("luoyang") for i in _articles(helper, "洛阳我知道了，其他城市的科技保险有补贴吗?"))
