"""What is left open is counted as such: no fault where the right article is offered, and a curve of what it saves."""

from dataclasses import replace

import pytest

from assistant import Assistant
from evals.questions.case import Case, Gold
from evals.scores.confirmed import OPEN, cities_curated, print_curve, risk_coverage, with_confirmation
from evals.scores.scoring import Score, score

RIGHT = Case("c-1", "fact_everyday", "武汉的企业买科技保险有补助吗？", gold=(Gold("武汉", 58),))


def _scored(helper: Assistant, case: Case, **changes: object) -> Score:
    answer = replace(helper.ask(case.question), **changes)  # type: ignore[arg-type]
    return score(case, answer, {a.id: a for r in helper.regulations() for a in r.articles})


def _left_open(helper: Assistant, case: Case, confidence: float = 0.4) -> Score:
    hits = helper.ask(case.question).hits[:3]
    return _scored(
        helper, case, refused=True, reason=OPEN, citations=(), related=hits, text="未能确认", confidence=confidence
    )


def test_of_a_regulation_with_likely_questions_leaving_open_is_a_wrong_refusal(helper: Assistant) -> None:
    one = with_confirmation(_left_open(helper, RIGHT), {"武汉"})
    assert one.wrongly_refused == 1.0
    assert one.cited == 0.0
    assert one.confirmed is None


def test_of_one_without_it_is_open_and_what_was_offered_counts(helper: Assistant) -> None:
    one = with_confirmation(_left_open(helper, RIGHT), ())
    assert (one.confirmed, one.offered) == (0.0, 1.0)
    assert one.cited is one.wrongly_refused is one.refusal_right is None
    assert not one.failed
    wrong = with_confirmation(_left_open(helper, replace(RIGHT, gold=(Gold("武汉", 1),))), ())
    assert (wrong.confirmed, wrong.offered, wrong.failed) == (0.0, 0.0, True)
    given = with_confirmation(_scored(helper, RIGHT), ())
    assert (given.confirmed, given.cited) == (1.0, 1.0)


def test_a_question_without_an_answer_is_refused_whatever_the_reason(helper: Assistant) -> None:
    absent = replace(RIGHT, gold=(), refuse=True, reason="not_stated")
    one = with_confirmation(_left_open(helper, absent), ())
    assert one.refused == 1.0
    assert one.confirmed is None


def test_the_curve_rises_where_the_less_sure_are_the_wrong_ones(
    helper: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    sure = [_scored(helper, RIGHT, confidence=0.9) for _ in range(5)]
    wrong = replace(RIGHT, gold=(Gold("武汉", 1),))
    doubtful = [_scored(helper, wrong, confidence=0.3) for _ in range(5)]
    points = risk_coverage([*sure, *doubtful])
    assert points[0].covered == 1.0
    assert points[0].right < points[-1].right == 1.0
    print_curve(points)
    assert "风险与覆盖" in capsys.readouterr().out
    assert risk_coverage([]) == []


def test_only_cities_whose_likely_questions_are_in_service_are_curated(helper: Assistant) -> None:
    held = helper.regulations()
    assert cities_curated(held, {r.id for r in held}) == {"武汉", "常州", "洛阳"}
    assert cities_curated(held, ()) == frozenset()
