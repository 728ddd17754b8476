"""What the text of an answer quotes and names is held to the law, not its citations alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Answer, Assistant
from evals.evaluation import Evaluation, evaluate
from evals.questions.case import Case, Gold
from evals.scores.figures import BY_KEY, measure

CASES = [
    Case("1", "lookup", "武汉第五十八条第二款", gold=(Gold("武汉", 58),)),
    Case("2", "compare2", "武汉和洛阳的科技保险有什么补助？", gold=(Gold("武汉", 58), Gold("洛阳", 39))),
]


def evaluated(helper: Assistant, change: Callable[[Answer], object]) -> Evaluation:
    def ask(question: str, **rest: object) -> Answer:
        return change(helper.ask(question))  # type: ignore[return-value]

    return evaluate(ask, CASES, regulations=helper.regulations())


def test_what_is_quoted_and_named_rightly_passes(helper: Assistant) -> None:
    result = evaluated(helper, lambda a: a)
    assert [(s.unfaithful, s.invented, s.why) for s in result.scores] == [(0, 0, "")] * 2
    assert "|" in helper.ask(CASES[1].question).text  # a table, whose cells are read too


def test_a_word_changed_in_the_text_alone_is_caught(helper: Assistant) -> None:
    result = evaluated(helper, lambda a: replace(a, text=a.text.replace("保费", "保金").replace("保費", "保金")))
    assert all(s.unfaithful for s in result.scores)
    assert all("正文里的引文与原文不符" in s.why for s in result.scores)


@pytest.mark.parametrize(
    "said", ["另见洛阳第六十条。", "另见洛阳第60条。", "《洛阳市科学技术进步条例》第七十条也可以补助。"]
)
def test_a_number_that_only_another_city_has_is_invented(said: str, helper: Assistant) -> None:
    result = evaluated(helper, lambda a: replace(a, text=f"{a.text}\n{said}"))
    assert all(s.invented and "不存在" in s.why for s in result.scores)
    fine = evaluated(helper, lambda a: replace(a, text=f"{a.text}\n另见洛阳第四十八条，武汉第六十条。"))
    assert not any(s.invented for s in fine.scores)


@pytest.mark.parametrize(
    "wrong", [{"city": "常州市"}, {"label": "第九百条"}, {"regulation": "编造条例"}, {"paragraph": 9}]
)
def test_a_citation_that_misnames_its_article_is_caught(wrong: dict, helper: Assistant) -> None:
    result = evaluated(helper, lambda a: replace(a, citations=tuple(replace(c, **wrong) for c in a.citations)))
    assert all(s.unfaithful for s in result.scores)


def test_a_refusal_that_cites_is_at_fault(helper: Assistant) -> None:
    result = evaluated(helper, lambda a: replace(a, refused=True, reason="off_topic"))
    assert all("拒答却引了" in s.why for s in result.scores)


@pytest.mark.parametrize("odd", [None, "武汉第五十八条", {"text": "x"}])
def test_what_is_no_answer_is_an_error_of_its_case(odd: object, helper: Assistant) -> None:
    result = evaluated(helper, lambda a: odd if "武汉和" in a.question else a)
    assert [s.case.id for s in result.errors] == ["2"]
    assert "返回的不是 Answer" in result.errors[0].unscored
    assert measure(BY_KEY["cited"], result.scores).n == 1


def test_an_answer_made_of_odd_parts_is_an_error_too(helper: Assistant) -> None:
    for odd in ({"text": None}, {"citations": None}, {"citations": ("常州20",)}):
        assert len(evaluated(helper, lambda a, odd=odd: replace(a, **odd)).errors) == 2
