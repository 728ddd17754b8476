"""A talk with things in it that are not of its matter: places of somebody's case, the law itself, something else."""

import pytest
from talked import answer_after, history_of

from assistant import Assistant
from assistant.understand.question import understand
from assistant.understand.thread.turns import without_asides


@pytest.mark.parametrize("turn", ["我公司注册在南京,可以不", "要是登记在杭州呢", "总部一直在深圳,算吗"])
def test_a_place_that_only_tells_of_a_case_is_not_asked_of_its_law(turn: str, helper: Assistant) -> None:
    answer = answer_after(helper, turn, ("洛阳对创业投资给不给资金支持", "luoyang/36"))
    assert answer.reason != "city_not_in_corpus"


@pytest.mark.parametrize(
    "turn",
    ["那南京呢", "南京有没有这种支持", "在南京注册公司有补贴吗", "总部在南京,南京怎么规定的", "去南京落户当地给钱吗"],
)
def test_a_place_whose_law_is_asked_is_not_held(turn: str, helper: Assistant) -> None:
    assert answer_after(helper, turn, ("洛阳对创业投资给不给资金支持", "luoyang/36")).reason == "city_not_in_corpus"


@pytest.mark.parametrize("turn", ["这规定哪天开始管用的", "这部条例什么时候开始用的"])
def test_a_turn_asks_since_when_the_law_it_speaks_of_is_in_force(turn: str, helper: Assistant) -> None:
    answer = answer_after(helper, turn, ("洛阳项目的劳务费能占多少", "luoyang/34"))
    assert [c.id for c in answer.citations] == ["luoyang/48"]


def test_what_was_about_something_else_is_no_part_of_a_talk(helper: Assistant) -> None:
    talk = history_of(helper, ("洛阳对创业投资给不给资金支持", "luoyang/36"))
    aside = "食堂的红烧肉太咸了咋办"
    reply = helper.ask(aside, history=talk)
    assert reply.reason == "off_topic"
    went_on = [*talk, {"role": "user", "content": aside}, {"role": "assistant", "content": reply.text}]
    asked = understand("要什么条件", helper.library().regulations, went_on)
    assert asked.blend == understand("要什么条件", helper.library().regulations, talk).blend
    only = [{"role": "user", "content": aside}, {"role": "assistant", "content": reply.text}]
    assert without_asides(only) == only
