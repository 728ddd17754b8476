"""What cannot be asked: each a QuestionError that says what is wrong, in every way in."""

import time

import pytest

from assistant import Assistant, QuestionError
from assistant.understand.question import MAX_QUESTION

BAD = {
    "empty": ("", "空"),
    "blank": (" \t\n　", "空"),
    "control": ("\x00\x01\x1b", "空"),
    "invisible": ("\u200b\u202e\ufeff", "空"),
    "half": ("\ud800", "空"),
    "endless": ("武" * 100_000, "100000"),
    "one too many": ("武" * (MAX_QUESTION + 1), str(MAX_QUESTION)),
    "blanks": (" " * 1_000_000, "1000000"),
    "none": (None, "NoneType"),
    "number": (58, "int"),
    "bytes": (b"x", "bytes"),
    "list": (["武汉第58条"], "list"),
}
HISTORIES = [
    5, True, "武汉第58条", {"role": "user", "content": "x"}, [1], [None], [[]], ["x"], [{"role": "user"}],
    [{"content": "x"}], [{"role": "user", "content": None}], [{"role": "user", "content": ["x"]}],
]  # fmt: skip


@pytest.mark.parametrize(("question", "word"), BAD.values(), ids=BAD.keys())
def test_a_bad_question_is_named(question: object, word: str, helper: Assistant) -> None:
    began = time.process_time()
    for ask in (helper.ask, lambda q: list(helper.stream(q)), helper.search, helper.chain.invoke):
        with pytest.raises(QuestionError) as said:
            ask(question)
        assert len(str(said.value)) < 200
    with pytest.raises(QuestionError, match=word):
        helper.ask(question)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("history", HISTORIES, ids=repr)
def test_a_malformed_history_is_named(history: object, helper: Assistant) -> None:
    with pytest.raises(QuestionError, match="history"):
        helper.ask("那常州呢", history=history)


@pytest.mark.parametrize("cities", [5, True, 1.5], ids=repr)
def test_malformed_cities_are_named(cities: object, helper: Assistant) -> None:
    with pytest.raises(QuestionError, match="cities"):
        helper.ask("科技保险", cities=cities)


@pytest.mark.parametrize("history", [None, [], (), [{"role": "user", "content": ""}], [{"role": "x", "content": "?"}]])
def test_an_empty_history_is_none(history: object, helper: Assistant) -> None:
    assert {c.id for c in helper.ask("武汉第58条", history=history).citations} == {"wuhan/58"}


def test_a_history_may_be_long(helper: Assistant) -> None:
    history = [{"role": "user", "content": "武汉" + "字" * 100_000}] * 200
    began = time.process_time()
    assert helper.ask("武汉第58条", history=history).citations
    assert helper.ask("那常州呢", history=history[:60]).question == "那常州呢"
    assert time.process_time() - began < 10


def test_the_longest_question_is_answered(helper: Assistant) -> None:
    question = ("武汉第58条" + "。" * MAX_QUESTION)[:MAX_QUESTION]
    assert {c.id for c in helper.ask(f"  {question}\n").citations} == {"wuhan/58"}


def test_after_a_bad_question_the_next_is_answered(helper: Assistant) -> None:
    with pytest.raises(QuestionError):
        helper.ask("")
    assert helper.ask("武汉第58条").citations


def test_white_space_is_one_blank_in_the_question_as_shown(helper: Assistant) -> None:
    assert helper.ask(" 武汉\n\n第58条\t\u3000讲什么 ").question == "武汉 第58条 讲什么"
