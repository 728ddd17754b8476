"""How sure an answer is, is fitted on other regulations than it is measured on, and each set must be cited rightly."""

import numpy as np

from assistant.decide.confirmation import FEATURES, WITH_QUESTIONS_ALONE
from evals.calibrate.fit_confirmation import AIM, Confirmations, fitted, left_out, threshold

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


def test_the_threshold_holds_for_all_sets_together_and_for_everyday_words() -> None:
    good, bad = (_rows(name, name, size=100) for name in ("甲", "乙"))
    good.right[:], bad.right[:], bad.right[:30] = True, True, False
    sure, unsure = np.full(100, 0.9), np.where(bad.right, 0.9, 0.505)  # 0.85 of all are right
    cut = threshold([good, bad], [sure, unsure])
    assert cut > 0.5
    assert bad.right[unsure >= cut].mean() >= AIM
    bad.right[4:30] = True  # 0.98 of all are right, of everyday words 0.92
    bad.everyday[:50] = True
    assert threshold([good, bad], [sure, np.where(bad.right, 0.9, 0.505)]) > 0.5
    bad.everyday[:50] = False
    assert threshold([good, bad], [sure, np.where(bad.right, 0.9, 0.505)]) < 0.5


def test_few_questions_prove_less_than_many() -> None:
    few, many = (_rows(name, name, size=size) for name, size in (("甲", 20), ("乙", 400)))
    for rows in (few, many):
        rows.right[:] = np.arange(len(rows.right)) % 40 > 0  # 0.97 are right, none surer than another
    assert threshold([many], [np.full(400, 0.6)]) < 0.5
    assert threshold([few], [np.full(20, 0.6)]) > 0.5


def test_without_likely_questions_some_features_are_not_weighed() -> None:
    rows = _rows("甲", "条例")
    rows.values[:, NOT_WEIGHED] = rows.right
    assert fitted([rows]).weights[NOT_WEIGHED] == 0.0
    assert fitted([rows], bare=False).weights[NOT_WEIGHED] > 0.0
