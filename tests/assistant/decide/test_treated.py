"""All on a matter that a city does not treat is told so; nothing of it is listed."""

import pytest

from assistant import Assistant


def _places(helper: Assistant, question: str) -> set[str]:
    return {c.id.partition("/")[0] for c in helper.ask(question).citations}


@pytest.mark.parametrize(
    "question",
    [
        "武汉的农业科技怎么支持", "洛阳条例对伦理审查有哪些要求", "洛阳对科技伦理有什么要求",
    ],
)  # fmt: skip
def test_a_city_that_does_not_treat_the_matter_is_told_to_be_silent(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert answer.refused
    assert answer.reason in ("not_stated", "no_evidence", "unconfirmed")
    assert not answer.citations


@pytest.mark.parametrize(
    "question", ["武汉草案对科普有哪些规定", "洛阳对科技人才下派有哪些规定", "常州对科技伦理有哪些要求"]
)
def test_a_city_that_treats_it_is_quoted(question: str, helper: Assistant) -> None:
    assert _places(helper, question)


def test_of_several_cities_the_silent_one_is_named_and_not_cited(helper: Assistant) -> None:
    question = "三个城市对科技伦理各有什么规定"
    assert _places(helper, question) == {"changzhou", "wuhan"}
    answer = helper.ask(question)
    assert any(u.startswith("洛阳市：") for u in answer.unstated)
    assert "没有找到《洛阳市科学技术进步条例》" in answer.text


def test_what_names_no_city_is_not_refused(helper: Assistant) -> None:
    assert "wuhan" in _places(helper, "创新券在条例里有依据吗?")


def test_what_a_refusal_says_of_places_is_kept(helper: Assistant) -> None:
    answer = helper.ask("武汉和上海对农业科技怎么支持")
    assert answer.refused
    assert any("上海" in notice for notice in answer.notices)
