"""A model's answer: streamed as it passes, rendered from the store, the same in every way of asking."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from model_support import BAD, GOOD, KEY, QUESTION, Bench, bench, text_of

from assistant import Answer, Assistant
from assistant.model.prose.slots import span
from evals.servers.model_server import ModelRequest, Reply
from law.text.script import plain

COMPARISON = "企业买科技保险有补助吗？三个城市有什么不同？"
SAID = {
    "常州": "常州市鼓励保险机构开发保险品种，为科技型企业提供保险服务。",
    "洛阳": "洛阳市、县（市、区）人民政府应当建立科学技术保险保费补助制度。",
    "武汉": "武汉市对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。",
}


def of_each_city(asked: ModelRequest, leave_out: str = "") -> str:
    """One sentence of each city whose article on insurance is in the prompt."""
    marks = {
        city: mark
        for city in SAID
        for mark, text in reversed(asked.marks.items())
        if f"地方：{city}" in text and "科" in text and "保险" in text
    }
    return "".join(f"{SAID[c]}[{m}]\n" for c, m in marks.items() if c != leave_out)


@pytest.fixture(scope="module")
def scripted(index) -> Iterator[Bench]:
    with bench(index) as held:
        yield held


def test_the_answer_is_prose_with_places_and_then_its_quotes(scripted: Bench, helper: Assistant) -> None:
    scripted.server.script = lambda _: Reply(GOOD)
    answer = scripted.ask()
    assert answer.text.startswith("武汉市探索建立科技保险产品推荐机制（武汉·第五十八条）。")
    assert "[A1]" not in answer.text
    assert (answer.model, answer.refused, answer.reason) == ("scripted", False, "")
    assert {(c.id, c.paragraph) for c in answer.citations} == {("wuhan/58", 2)}
    for citation in answer.citations:
        assert citation.quote in answer.text
        assert citation.quote == helper.article("wuhan/58")[1].paragraphs[1].text
    assert any("尚未生效" in n for n in answer.notices)
    assert all(n in answer.text for n in answer.notices)
    assert (answer.writing.kept, answer.writing.dropped) == (2, 0)
    assert answer.tokens == 1000 + len(GOOD)  # as the server tells
    assert 0 < answer.seconds < 20
    assert answer.hits == helper.ask(QUESTION).hits


def test_tokens_are_counted_where_the_server_tells_none(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD, usage=False)
    assert 500 < scripted.ask().tokens < 4000


def test_the_first_sentence_is_there_before_the_last_is_written(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD, size=5, pause=0.1)
    began, times = time.monotonic(), []
    for event in scripted.helper.stream(QUESTION):
        if event.kind == "text":
            times.append(time.monotonic() - began)
    assert times[-1] - times[0] > 0.5


def test_a_sentence_that_fails_is_dropped_and_counted(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD + BAD)
    events = scripted.stream()
    answer = events[-1].answer
    assert answer.model == "scripted"
    assert "百分之七十" not in text_of(events)
    assert (answer.writing.kept, answer.writing.dropped) == (2, 1)
    assert any("1句没有通过核对" in n for n in answer.notices)


def test_where_more_falls_than_stands_the_quotes_follow_what_stood(scripted: Bench, helper: Assistant) -> None:
    scripted.server.script = lambda _: Reply(GOOD.partition("科技创新")[0] + BAD + BAD.replace("七十", "八十"))
    events = scripted.stream()
    answer = events[-1].answer
    assert [e.kind for e in events if e.kind not in ("step", "text")] == ["answer"]
    assert set(answer.citations) >= set(helper.ask(QUESTION).citations)
    assert any("没有通过核对" in n for n in answer.notices)
    assert [d.text for d in answer.writing.why] == [
        BAD.replace("[A1]", ""),
        BAD.replace("[A1]", "").replace("七十", "八十"),
    ]
    assert all("百分之" in "".join(d.reasons) for d in answer.writing.why)
    assert text_of(events) == answer.text


def test_a_comparison_says_each_city_and_cites_it(scripted: Bench) -> None:
    scripted.server.script = lambda asked: Reply(of_each_city(asked))
    answer = scripted.ask(COMPARISON)
    assert answer.model == "scripted", answer.notices
    assert [b.city for b in answer.blocks] == ["常州市", "洛阳市", "武汉市"]
    assert {c.city for c in answer.citations} == {"常州市", "洛阳市", "武汉市"}
    assert answer.text.count("·第") == 3


def test_a_city_that_was_left_out_gets_its_quotes(scripted: Bench, helper: Assistant) -> None:
    scripted.server.script = lambda asked: Reply(of_each_city(asked, leave_out="洛阳"))
    answer = scripted.ask(COMPARISON)
    assert answer.model == "scripted"
    assert any("没有说到洛阳市" in n for n in answer.notices)
    assert [c for c in answer.citations if c.city == "洛阳市"] == [
        c for c in helper.ask(COMPARISON).citations if c.city == "洛阳市"
    ]


def test_every_way_of_asking_says_the_same(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD + BAD)

    def alike(answer: Answer) -> Answer:
        return replace(answer, seconds=0.0)

    async def drawn(events) -> list:
        return [e async for e in events]

    helper = scripted.helper
    expected = alike(helper.ask(QUESTION))
    streams = [
        list(helper.stream(QUESTION)), asyncio.run(drawn(helper.astream(QUESTION))),
        list(helper.chain.stream(QUESTION)), asyncio.run(drawn(helper.chain.astream(QUESTION))),
    ]  # fmt: skip
    for events in streams:
        assert [(e.kind, e.text) for e in events] == [(e.kind, e.text) for e in streams[0]]
        assert alike(events[-1].answer) == expected
        assert text_of(events) == expected.text
    for answer in (helper.chain.invoke(QUESTION), asyncio.run(helper.aask(QUESTION)), *helper.chain.batch([QUESTION])):
        assert alike(answer) == expected


def test_who_leaves_a_stream_ends_the_call(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD, endless=True, pause=0.05)
    events = scripted.helper.stream(QUESTION)
    while next(events).kind != "text":
        pass
    events.close()

    async def first() -> None:
        async for event in scripted.helper.astream(QUESTION):
            if event.kind == "text":
                return

    asyncio.run(first())
    deadline = time.monotonic() + 10
    while any(t.name == "fatiao-model" for t in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_traditional_question_is_answered_in_traditional_and_quoted_as_printed(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(
        "「给予一定的保费补助」的是购买纳入推荐目录的保险产品的科技创新企业。[A1]" + GOOD
    )
    answer = scripted.ask("武漢的企業買科技保險有補助嗎？")
    assert answer.model == "scripted"
    assert "探索建立科技保險產品推薦機制" in answer.text
    assert "「给予一定的保费补助」" in answer.text


def test_a_quote_in_a_sentence_is_printed_as_its_source(helper: Assistant) -> None:
    source = helper.article("luoyang/39")[1].text
    assert span("保险保费补助", source) == "保險保費補助"
    assert span("不在其中", source) == ""
    assert plain(span("科学技术保险保费补助制度", source)) == "科学技术保险保费补助制度"
    assert span("企业、 研究", "甲企业、\n研究乙") == "企业、研究"


def test_only_the_question_and_articles_are_sent(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD)
    scripted.server.asked.clear()
    scripted.ask(history=[{"role": "user", "content": "我叫张三，电话 13800000000"}])
    (asked,) = scripted.server.asked
    assert "张三" not in asked.user + asked.system
    assert asked.key == KEY
    assert asked.body["stream"] is True
    assert asked.body["model"] == "scripted"


def test_the_key_is_in_no_representation(scripted: Bench) -> None:
    helper = scripted.helper
    shown = [repr(helper.settings), repr(helper.path.model), repr(vars(helper.path)), str(vars(helper.path.model))]
    assert not [s for s in shown if KEY in s]
