"""A word that may stand for one of two leads to a question back, with both readings to choose from, and to no guess."""

import json
from collections.abc import Sequence

import pytest

from assistant import Answer, Assistant
from assistant.desk.storing import from_stored
from fatiao.door.results import AnswerResult

TWO_DEPARTMENTS = "常州科技计划项目经费管理由谁建立机制？"


def talk(helper: Assistant, *questions: str) -> Answer:
    history: list[dict[str, str]] = []
    for question in questions:
        answer = helper.ask(question, history)
        history += [{"role": "user", "content": question}, {"role": "assistant", "content": answer.text}]
    return answer


def test_a_department_after_two_is_asked_back(helper: Assistant) -> None:
    answer = talk(helper, TWO_DEPARTMENTS, "那个部门还要做哪些事？")
    assert answer.readings == ("常州市科学技术部门要做哪些事?", "常州市财政部门要做哪些事?")
    assert (answer.refused, answer.reason, answer.citations) == (True, "unconfirmed", ())
    assert all(reading in answer.text for reading in answer.readings)
    assert "「那个部门」" in answer.text


def test_each_reading_is_a_whole_question_with_an_answer_of_its_own(helper: Assistant) -> None:
    readings = talk(helper, TWO_DEPARTMENTS, "该部门还负责什么？").readings
    one, other = ({c.id for c in helper.ask(r).citations} for r in readings)
    assert one
    assert other
    assert len(one & other) * 2 < len(one | other)


@pytest.mark.parametrize(
    "talked",
    [
        ("常州市财政部门要做什么？", "那个部门还要做哪些事？"),  # one was named
        (TWO_DEPARTMENTS, "财政部门还要做哪些事？"),  # said in so many words
        ("武汉买科技保险有补助吗", "那个部门负责?"),  # 哪个 is meant
        ("武汉买科技保险有补助吗", "它最多补多少？"),  # nobody acts whom 它 could stand for twice
        ("常州第十三条", "下一条呢"),
        ("那个部门还要做哪些事？",),  # no talk
    ],
    ids=lambda t: t[-1],
)
def test_a_clear_word_is_not_asked_back(helper: Assistant, talked: Sequence[str]) -> None:
    assert talk(helper, *talked).readings == ()


def test_readings_that_the_same_articles_answer_are_not_asked_back(helper: Assistant) -> None:
    answer = talk(helper, TWO_DEPARTMENTS, "该部门对经费实行什么管理？")
    assert answer.readings == ()


def test_articles_about_as_near_are_offered_as_questions_where_none_was_sure(helper: Assistant) -> None:
    answer = helper.ask("武汉有没有哪条管着乱花钱的")
    assert answer.readings
    assert answer.reason == "unconfirmed"
    for reading, near in zip(answer.readings, answer.related, strict=False):
        assert near.label in reading
    assert {c.label for c in helper.ask(answer.readings[0]).citations} == {answer.related[0].label}


def test_readings_go_out_by_every_door_and_are_kept(helper: Assistant) -> None:
    answer = talk(helper, TWO_DEPARTMENTS, "那个部门还要做哪些事？")
    said = json.loads(json.dumps(answer.as_dict()))
    assert tuple(said["readings"]) == answer.readings
    assert from_stored(said).readings == answer.readings
    assert tuple(AnswerResult.of(answer).readings) == answer.readings
    assert from_stored({k: v for k, v in said.items() if k != "readings"}).readings == ()
