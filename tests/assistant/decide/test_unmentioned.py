"""A matter named in the law's own words: found where it stands, said to be missing where it does not."""

import pytest

from assistant import Assistant
from assistant.decide.unmentioned import matters_named


def test_words_of_the_law_in_a_question_are_found_with_their_articles(helper: Assistant) -> None:
    (matter,) = matters_named("哪里写了揭榜挂帅", helper.library())
    assert matter.words == "揭榜挂帅"
    assert set(matter.article_ids) == {"changzhou/13", "wuhan/38"}
    assert 0 < matter.share < 1
    assert matters_named("怎么做红烧肉好吃", helper.library()) == ()


@pytest.mark.parametrize(
    ("question", "matter", "there"),
    [
        ("洛阳对伦理审查有什么规定", "伦理审查", "第六十九条"),
        ("洛阳有没有创新积分制", "创新积分制", "第二十五条"),
        ("武汉有没有科创飞地的规定", "科创飞地", "第四十六条"),
    ],
)
def test_a_city_that_says_nothing_of_a_matter_is_said_to_say_nothing(
    question: str, matter: str, there: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert (answer.refused, answer.reason, answer.citations) == (True, "no_evidence", ())
    assert f"没有找到关于「{matter}」的规定" in answer.text
    assert there in answer.text
    assert answer.related


def test_of_several_cities_the_silent_ones_are_said_to_have_none(helper: Assistant) -> None:
    answer = helper.ask("三个城市对伦理审查各是怎么规定的？")
    assert "wuhan/69" in {c.id for c in answer.citations}
    assert "洛阳市" in [b.city for b in answer.blocks if b.remark]  # 常州 speaks of 科技伦理


@pytest.mark.parametrize("question", ["常州的企业买科技保险有补助吗", "武汉的科技主管部门管什么"])
def test_a_city_that_treats_the_matter_in_other_words_is_not_called_silent(question: str, helper: Assistant) -> None:
    assert not helper.ask(question).refused


def test_words_of_the_law_are_never_off_topic(helper: Assistant) -> None:
    assert {c.id for c in helper.ask("哪里写了“揭榜挂帅”？").citations} == {"changzhou/13", "wuhan/38"}


def test_a_city_that_writes_a_short_word_out_is_not_silent(helper: Assistant) -> None:
    answer = helper.ask("三座城市支持不支持建中试平台")
    assert {"changzhou/15", "wuhan/45"} <= {c.id for c in answer.citations}
