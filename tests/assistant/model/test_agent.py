"""A model that reads with tools before it writes, over a real HTTP server: what it read it may cite, within bounds."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_support import GOOD, QUESTION, Bench, bench, text_of

from assistant.model.agent import STEPS
from assistant.model.reading_tools import CALLS, MOST, TOKENS
from evals.servers.model_server import ModelRequest, Reply, ToolCall

SEVERAL = "企业买科技保险有补助吗？三个城市有什么不同？"


@pytest.fixture(scope="module")
def scripted(index: Path) -> Iterator[Bench]:
    with bench(index) as held:
        yield held


def call(tool: str, **given: object) -> ToolCall:
    return ToolCall(tool, json.dumps(given, ensure_ascii=False))


def reading(*rounds: tuple[ToolCall, ...], said: object = None) -> object:
    """A model that makes these rounds of calls, then says that it is enough, and writes what `said` makes of it."""

    def script(asked: ModelRequest) -> Reply:
        if not asked.tools:
            return Reply(said(asked) if callable(said) else GOOD)
        turn = sum(m["role"] == "assistant" for m in asked.body["messages"])
        return Reply(calls=rounds[turn]) if turn < len(rounds) else Reply("够了")

    return script


def test_a_simple_question_offers_no_tools(scripted: Bench) -> None:
    scripted.server.asked.clear()
    scripted.server.script = lambda _: Reply(GOOD)
    scripted.ask(QUESTION)
    assert [a.tools for a in scripted.server.asked] == [()]


def test_what_it_read_it_may_cite_and_each_step_is_seen(scripted: Bench) -> None:
    def said(asked: ModelRequest) -> str:
        mark = next(m for m, t in asked.marks.items() if "自然科学基金" in t and "常州" in t)
        return f"常州市设立自然科学基金。[{mark}]"

    scripted.server.script = reading((call("article", name="常州条例第十二条"),), said=said)
    events = list(scripted.helper.stream(SEVERAL, explain=True))
    answer = events[-1].answer
    assert "changzhou/12" in {c.id for c in answer.citations}
    assert "查阅：常州条例第十二条" in [e.text for e in events if e.kind == "step"]
    (read,) = [s for s in answer.trace.steps if s.name == "read"]
    assert read.saw == {"calls": ["article 常州条例第十二条"]}
    assert text_of(events) == answer.text


@pytest.mark.parametrize("name", ["search", "compare", "list_norms"])
def test_each_tool_gives_articles_under_new_marks(name: str, scripted: Bench) -> None:
    given = {
        "search": {"words": "自然科学基金"},
        "compare": {"matter": "自然科学基金"},
        "list_norms": {"actor": "企业"},
    }
    scripted.server.asked.clear()
    scripted.server.script = reading((call(name, **given[name]),))
    scripted.ask(SEVERAL)
    (told,) = scripted.server.asked[1].read
    assert "<article mark=" in told
    assert set(scripted.server.asked[0].marks) < set(scripted.server.asked[-1].marks)


def test_a_model_that_cannot_call_tools_writes_as_before(scripted: Bench) -> None:
    scripted.server.asked.clear()
    scripted.server.script = lambda asked: Reply("no tools", status=400) if asked.tools else Reply(GOOD)
    for _ in range(2):
        assert scripted.ask(SEVERAL).citations
    assert sum(bool(a.tools) for a in scripted.server.asked) <= 2  # asked again without its options, then never more
    scripted.helper.path.model.calls_tools = True


LONG = "a thousand articles"  # ten seconds
LOOPS = {
    "the same for ever": (call("search", words="科技保险"),),
    LONG: tuple(call("article", name=f"常州条例第{n}条") for n in range(1, 1001)),
    "a thousand in one": (call("article", name="常州条例第一条至第一千条"),),
    "no such tool": (call("delete_all"),),
    "no JSON": (ToolCall("search", "{words: 科技"),),
    "other arguments": (call("search", query=["a"], k="many"),),
    "a city that is not held": (call("search", words="科技保险", cities=["火星"]),),
    "an article that is none": (call("article", name="常州条例第九百条"),),
    "nobody": (call("list_norms", actor="外星人"),),
}


@pytest.mark.parametrize("name", [*(n for n in LOOPS if n != LONG), pytest.param(LONG, marks=pytest.mark.slow)])
def test_whatever_it_calls_it_is_stopped_and_the_answer_comes(name: str, scripted: Bench) -> None:
    rounds = (LOOPS[name],) * 50
    scripted.server.asked.clear()
    scripted.server.script = reading(*rounds)
    began = time.monotonic()
    answer = scripted.ask(SEVERAL)
    assert time.monotonic() - began < 15
    assert answer.citations
    assert len(scripted.server.asked) <= STEPS + 2
    given = [t for t in scripted.server.asked[-1].marks if int(t[1:]) > len(scripted.server.asked[0].marks)]
    assert len(given) <= CALLS * MOST
    assert TOKENS < 5000


def test_a_slow_reader_leaves_time_to_write(index: Path) -> None:
    with bench(index, timeout=4) as held:
        held.server.script = lambda asked: Reply("够了", wait=30) if asked.tools else Reply(GOOD)
        began = time.monotonic()
        assert held.ask(SEVERAL).citations
        assert time.monotonic() - began < 6
