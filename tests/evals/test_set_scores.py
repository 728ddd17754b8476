"""Answers that are sets, or have a silence beside them."""

from dataclasses import replace

from assistant import Answer
from evals.questions.case import Case, Gold
from evals.questions.set_scores import counted, false_silence, silence

ANSWER = Answer("1", "?", "共 7 条：")
CASE = Case("1", "count", "?", gold=tuple(Gold("武汉", n) for n in range(25, 32)))


def test_the_number_said_must_be_that_of_the_gold_articles_not_a_part_of_a_longer_one() -> None:
    assert counted(CASE, ANSWER) == 1
    assert counted(CASE, replace(ANSWER, text="共 17 条")) == 0
    assert counted(replace(CASE, kind="words"), ANSWER) is None


def test_a_silence_is_said_where_a_word_that_means_something_is_shared() -> None:
    case = Case("1", "half_stated", "?", unstated=("补助比例和上限金额",))
    assert silence(case, ANSWER) == 0
    assert silence(case, replace(ANSWER, unstated=("补助的比例",))) == 1
    assert silence(case, replace(ANSWER, unstated=("房租",))) == 0
    phone = Case("1", "half_stated", "?", unstated=("举报电话",))
    assert silence(phone, replace(ANSWER, unstated=("打哪个号（联系方式、电话）",))) == 1
    assert silence(CASE, ANSWER) is None


def test_a_silence_is_said_where_it_repeats_how_the_question_asks() -> None:
    case = Case("1", "half_stated", "?", unstated=("离开后退款",), unstated_asked=("干两年走了,拿过的要退吗",))
    assert silence(case, replace(ANSWER, unstated=("干两年走了,拿过的要退吗(经费)",))) == 1
    assert silence(replace(case, unstated_asked=()), replace(ANSWER, unstated=("干两年走了,拿过的要退吗",))) == 0
    assert silence(replace(case, unstated_asked=("行吗",)), replace(ANSWER, unstated=("在外地交,行吗",))) == 0


def test_an_answer_that_calls_stated_things_unstated_is_counted() -> None:
    assert false_silence(CASE, replace(ANSWER, unstated=("金额",))) == 1
    assert false_silence(CASE, ANSWER) == 0
