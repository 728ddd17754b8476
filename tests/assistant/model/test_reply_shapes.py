"""Shapes of replies seen in the wild: what is no answer is left out, and the answer in it is kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_support import GOOD, Bench, bench

from evals.servers.model_server import Reply

SHAPES = {
    "a thought": f"<think>用户问补助。[A1]</think>{GOOD}",
    "a thought without its beginning": f"用户问的是补助，先看第一条。\n</think>\n{GOOD}",
    "a thought by its longer name": f"<thinking>先看第一条。</thinking>\n{GOOD}",
    "a reasoning channel": f"<reasoning>先看。</reasoning>{GOOD}",
    "a fence": f"```\n{GOOD}\n```",
    "a fence of markdown": f"```markdown\n{GOOD}\n```",
    "an answer's own tag": f"<answer>{GOOD}</answer>",
    "JSON": json.dumps({"answer": GOOD}, ensure_ascii=False),
    "JSON in a fence": f"```json\n{json.dumps({'paragraphs': [GOOD]}, ensure_ascii=False)}\n```",
    "marks on everything": GOOD.replace("[A1]", "".join(f"[A{n}]" for n in range(1, 6))),
}


@pytest.fixture(scope="module")
def scripted(index: Path) -> Iterator[Bench]:
    with bench(index) as held:
        yield held


@pytest.mark.parametrize("name", SHAPES)
def test_the_answer_is_kept_and_what_is_none_of_it_left_out(name: str, scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(SHAPES[name])
    answer = scripted.ask()
    assert answer.model == "scripted", answer.notices
    assert (answer.writing.kept, answer.writing.dropped) == (2, 0)
    for word in ("think", "reasoning", "先看", "```", "markdown", "answer>"):
        assert word not in answer.text


def test_what_a_server_calls_reasoning_is_no_part_of_the_answer(scripted: Bench) -> None:
    deltas = [{"reasoning_content": "用户问补助，先看第一条。"}, {"content": GOOD}]
    events = [{"choices": [{"index": 0, "delta": d, "finish_reason": None}]} for d in deltas]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    base = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    raw = "".join(f"data: {json.dumps(base | e, ensure_ascii=False)}\n\n" for e in events) + "data: [DONE]\n\n"
    scripted.server.script = lambda _: Reply(raw=raw)
    answer = scripted.ask()
    assert (answer.writing.kept, answer.writing.dropped) == (2, 0)
    assert "先看" not in answer.text


@pytest.mark.parametrize(
    "said", ["很抱歉，我无法回答这个问题。", "提供的条文中没有规定这一内容。", "I'm sorry, I cannot help with that."]
)
def test_a_refusal_in_prose_is_a_refusal(said: str, scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(said)
    answer = scripted.ask()
    assert answer.refused
    assert not answer.citations


def test_an_answer_that_breaks_off_in_a_sentence_keeps_the_whole_ones(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(GOOD + "科技创新企业购买", finish="length")
    answer = scripted.ask()
    assert answer.writing.kept == 2
    assert not answer.writing.prose.endswith("购买")


def test_an_unfinished_thought_is_no_answer(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply("<thinking>先看第一条，武汉市给予补助。[A1]")
    answer = scripted.ask()
    assert answer.model == "offline"
