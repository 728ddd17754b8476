"""A turn about another subject altogether is told so, whatever was spoken of; the talk then goes on."""

from typing import Any

import pytest

from assistant import Assistant
from assistant.decide.of_the_law.aside import is_aside
from assistant.retrieve import retrieve
from assistant.understand.question import understand

LAND = "洛阳和常州对孵化器用地各怎么规定，有什么区别"
LOANS = "常州的知识产权质押贷款怎么支持"


@pytest.fixture
def talk(helper: Assistant, request: pytest.FixtureRequest) -> list[dict[str, str]]:
    first = getattr(request, "param", LAND)
    return [{"role": "user", "content": first}, {"role": "assistant", "content": helper.ask(first).text}]


@pytest.mark.parametrize(
    "turn", ["护照丢了去哪补办", "健身卡过期了找谁退", "再帮我订张去长江边的票", "金鱼缸的水几天换一次"]
)
@pytest.mark.parametrize("talk", [LAND, LOANS], indirect=True)
def test_a_turn_about_something_else_cites_nothing(turn: str, talk: Any, helper: Assistant) -> None:
    answer = helper.ask(turn, history=talk)
    assert answer.refused
    assert not answer.citations


@pytest.mark.parametrize("turn", ["那武汉呢", "这块地归谁批", "高新区的厂房能不能用", "财政给不给钱"])
def test_a_turn_about_the_law_is_none(turn: str, talk: Any, helper: Assistant) -> None:
    library = helper.library()
    question = understand(turn, library.regulations, talk)
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    assert not is_aside(question, found, library)


def test_a_talk_goes_on_after_it(talk: Any, helper: Assistant) -> None:
    aside = "猫把沙发抓烂了咋补"
    went_on = [*talk, {"role": "user", "content": aside}]
    went_on += [{"role": "assistant", "content": helper.ask(aside, history=talk).text}]
    cited = {c.id for c in helper.ask("武汉的孵化器用地怎么规定", history=went_on).citations}
    assert cited
    assert all(i.startswith("wuhan/") for i in cited)


def test_a_question_by_itself_is_not_asked_of_the_net(helper: Assistant) -> None:
    library = helper.library()
    question = understand("护照丢了去哪补办", library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    assert is_aside(question, found, library) is None
