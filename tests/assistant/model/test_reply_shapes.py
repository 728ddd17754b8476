"""Shapes of replies seen in the wild: what is no answer is left out, and the answer in it is kept."""

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


def test_an_unfinished_thought_is_no_answer(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply("<thinking>先看第一条，武汉市给予补助。[A1]")
    answer = scripted.ask()
    assert answer.model == "offline"
