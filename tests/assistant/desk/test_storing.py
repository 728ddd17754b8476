"""Answers as plain data and back: exactly, whatever they hold, and across versions of the program."""

import json
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, Block, Citation, Hit, Writing
from assistant.desk.storing import from_stored, to_stored

WORDS = st.text(st.characters(codec=None), max_size=8)
NUMBERS = st.integers(0, 200)
SCORES = st.floats(0, 1)
CITATIONS = st.builds(
    Citation, WORDS, WORDS, WORDS, NUMBERS, NUMBERS, WORDS, NUMBERS, WORDS, WORDS, WORDS, WORDS, NUMBERS, NUMBERS
)
HITS = st.builds(Hit, WORDS, WORDS, WORDS, NUMBERS, NUMBERS, WORDS, WORDS, WORDS, WORDS, SCORES, SCORES)
CITED = st.lists(CITATIONS, max_size=3).map(tuple)
BLOCKS = st.builds(Block, WORDS, WORDS, WORDS, CITED, WORDS)
ANSWERS = st.builds(
    Answer, WORDS, WORDS, WORDS, st.booleans(), WORDS, CITED, st.lists(HITS, max_size=2).map(tuple),
    st.lists(HITS, max_size=2).map(tuple), st.lists(WORDS, max_size=2).map(tuple), WORDS, SCORES, NUMBERS, WORDS,
    st.lists(BLOCKS, max_size=2).map(tuple), st.none() | st.builds(Writing, WORDS, NUMBERS, NUMBERS),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS)
def test_every_answer_comes_back_exactly(answer: Answer) -> None:
    back = from_stored(to_stored(answer))
    assert back == answer
    assert (back.blocks, back.writing) == (answer.blocks, answer.writing)  # not compared by ==


@pytest.mark.parametrize("question", ["三个城市的科技保险有什么不同？", "武汉第32条", "常州的条例什么时候开始施行？"])
def test_a_real_answer_comes_back_through_json(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    back = from_stored(json.loads(json.dumps(to_stored(answer))))
    assert back == answer
    assert back.blocks == answer.blocks
    assert [type(getattr(back, f.name)) for f in fields(back)] == [type(getattr(answer, f.name)) for f in fields(back)]
    assert back.as_dict() == answer.as_dict()


def test_an_answer_of_another_version_is_read() -> None:
    citation = Citation("x/1", "甲市", "《条例》", 1, 0, "第一条", 1, "", "", "in_force", "文")
    said = to_stored(Answer("1", "问", "答", citations=(citation,)))
    said["what later versions add"] = {"a": 1}
    said["citations"][0]["another"] = 1
    del said["blocks"], said["tokens"], said["citations"][0]["item"]
    assert from_stored(said) == Answer("1", "问", "答", citations=(citation,))


SHORT = {"id": "1", "question": "", "text": ""}


@pytest.mark.parametrize(
    "said", [{}, {"id": "1"}, [], None, {**SHORT, "citations": 5}, {**SHORT, "citations": [{"id": "x"}]}], ids=repr
)
def test_what_is_no_answer_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match="not a stored answer"):
        from_stored(said)
