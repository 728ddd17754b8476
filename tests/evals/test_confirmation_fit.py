"""How sure an answer is, is fitted on other regulations than it is measured on, and cited where that pays."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.decide.confirmation import FEATURES, WITH_QUESTIONS_ALONE
from evals.calibrate.fit_confirmation import COSTS, THRESHOLD, fitted, left_out
from evals.calibrate.risk_coverage import Confirmations, print_set

TELLS, NOT_WEIGHED = FEATURES.index("ahead"), FEATURES.index(WITH_QUESTIONS_ALONE[0])


def _rows(name: str, title: str, *, turned: bool = False, size: int = 60) -> Confirmations:
    """One feature tells what is right; `turned` where it tells the opposite."""
    random = np.random.default_rng(len(title))
    values = random.normal(size=(size, len(FEATURES)))
    right = (values[:, TELLS] > 0) != turned
    everyone = np.ones(size, dtype=np.bool_)
    return Confirmations(name, values, right, everyone, ~everyone, np.array([title] * size), 0)


def test_a_regulation_that_two_sets_ask_of_is_left_out_of_both() -> None:
    sets = [
        _rows("甲", "条例", turned=True),
        _rows("乙", "条例", turned=True),
        _rows("丙", "办法"),
        _rows("丁", "规定"),
    ]
    first, second, *_ = left_out(sets)
    for rows, confidence in ((sets[0], first), (sets[1], second)):
        assert confidence[rows.right].mean() < confidence[~rows.right].mean()  # what it learnt stands in other laws


def test_from_the_threshold_on_a_citation_brings_more_than_it_costs() -> None:
    assert pytest.approx((1 - THRESHOLD) * COSTS, abs=0.02) == THRESHOLD


def test_of_a_set_it_is_told_how_often_the_right_article_is_among_the_first_five(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = replace(_rows("甲", "条例"), found=((1.0, False), (1.0, False), (0.5, True), (0.5, False)))
    print_set(rows, np.ones(len(rows.values)), THRESHOLD)
    assert "前五条里有 0.750（4 题），口语 0.500（1 题）" in capsys.readouterr().out


def test_without_likely_questions_some_features_are_not_weighed() -> None:
    rows = _rows("甲", "条例")
    rows.values[:, NOT_WEIGHED] = rows.right
    assert fitted([rows]).weights[NOT_WEIGHED] == 0.0
    assert fitted([rows], bare=False).weights[NOT_WEIGHED] > 0.0
