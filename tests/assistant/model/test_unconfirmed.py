"""Where no article surely answers, a model is asked with those that may: its sentences are held to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from model_support import Bench, bench

from assistant import Assistant
from evals.servers.model_server import ModelRequest, Reply

QUESTION = "武汉让不让个人接国家的活"


@pytest.fixture(scope="module")
def scripted(index: Path) -> Iterator[Bench]:
    with bench(index) as held:
        yield held


def test_without_a_model_it_is_left_open(helper: Assistant) -> None:
    assert helper.ask(QUESTION).reason == "unconfirmed"


def test_what_the_model_finds_in_the_candidates_is_cited_with_a_notice(scripted: Bench, helper: Assistant) -> None:
    article = helper.article("wuhan/35")[1]

    def script(asked: ModelRequest) -> Reply:
        mark = next(m for m, t in asked.marks.items() if article.heading in t)
        return Reply(f"{article.paragraphs[0].text.partition('。')[0]}。[{mark}]")

    scripted.server.script = script
    answer = scripted.ask(QUESTION)
    assert not answer.refused
    assert {c.id for c in answer.citations} == {"wuhan/35"}
    assert any("由模型从相近的条文中选出" in n for n in answer.notices)


@pytest.mark.parametrize("said", ["[未写明]", "[无关]", "武汉市一律取消审批。[A1]", "", "啊"])
def test_where_nothing_stands_it_stays_open(said: str, scripted: Bench, helper: Assistant) -> None:
    scripted.server.script = lambda _: Reply(said)
    answer, offline = scripted.ask(QUESTION), helper.ask(QUESTION)
    assert (answer.refused, answer.reason, answer.text) == (True, "unconfirmed", offline.text)
    assert not answer.citations
