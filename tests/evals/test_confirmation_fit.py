"""How sure an answer is, is fitted on other regulations than it is measured on, and cited where that pays."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.decide.calibration import load_calibration
from assistant.decide.confirmation import FEATURES, WITH_QUESTIONS_ALONE
from assistant.decide.stated.signals import FEATURES as SIGNALS
from evals.calibrate.fit_confirmation import THRESHOLD, fitted, left_out
from evals.calibrate.without_questions.elsewhere import Asked
from evals.calibrate.without_questions.risk_coverage import Confirmations, Floats, print_set
from evals.calibrate.without_questions.sureness import confidence_by, with_net
from vectorstore.embeddings import OFFLINE_MODEL

TELLS, NOT_WEIGHED = FEATURES.index("ahead"), FEATURES.index(WITH_QUESTIONS_ALONE[0])


def _rows(name: str, title: str, *, turned: bool = False, size: int = 60) -> Confirmations:
    """One feature tells what is right; `turned` where it tells the opposite."""
    random = np.random.default_rng(len(title))
    values = random.normal(size=(size, len(FEATURES)))
    right = (values[:, TELLS] > 0) != turned
    everyone, titles = np.ones(size, dtype=np.bool_), np.array([title] * size)
    asked = Asked(np.zeros((size, len(SIGNALS))), np.zeros((size, 70)), right * 1.0, titles)
    between = random.normal(size=(size, 70))
    return Confirmations(name, values, right, everyone, ~everyone, titles, 0, asked=asked, between=between)


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


def test_what_the_net_says_of_a_regulation_it_has_learnt_from_others() -> None:
    odd, *others = (_rows(t, t, size=200) for t in ("条例", "若干规定", "暂行办法二", "实施细则之三"))
    own = replace(odd, right=odd.between[:, 0] > 0)  # who had seen it would know what tells there
    confidences, made = with_net([own, *others], left_out([own, *others]))
    assert _apart(own, confidences[0]) < 0.15
    assert all(_apart(rows, confidence) > 0.25 for rows, confidence in zip(others, confidences[1:], strict=True))
    unseen = _rows("己", "条")
    assert _apart(unseen, confidence_by(made, fitted([own, *others]), unseen)) > 0.25


def _apart(rows: Confirmations, confidence: Floats) -> float:
    """How much surer what is right is told to be than what is wrong."""
    return float(confidence[rows.right].mean() - confidence[~rows.right].mean())


def test_how_sure_a_set_is_told_is_what_the_assistant_would_say() -> None:
    sets = [_rows("丙", "办法"), _rows("丁", "若干规定")]
    _, made = with_net(sets, left_out(sets))
    curve, unseen = fitted(sets), _rows("己", "条")
    told = confidence_by(made, curve, unseen)
    for row in range(3):
        line = curve.bias + float(np.dot(curve.weights, unseen.values[row]))
        net = made.net.odds(np.r_[unseen.values[row], unseen.asked.signals[row]], unseen.between[row])
        assert told[row] == pytest.approx(1 / (1 + np.exp(-(made.share * line + net))))


def test_the_threshold_in_service_is_that_of_the_fit() -> None:
    assert load_calibration(OFFLINE_MODEL).confirmed_without_questions == THRESHOLD


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
