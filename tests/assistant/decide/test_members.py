"""Which articles belong to a set, and which answer beside the best one where several cities are asked."""

import numpy as np

from assistant.decide.whole.members import further_rows, load_membership


def test_beside_the_best_one_what_surely_belongs_answers_and_the_rest_does_not() -> None:
    told = load_membership().beside("a/1", {"a/1": 0.99, "a/2": 0.2, "a/3": 0.98})
    assert list(told) == ["a/3", "a/2"]
    assert told["a/3"] > 0.5 > 0.3 > told["a/2"]


def test_a_single_article_has_nothing_beside_it() -> None:
    assert load_membership().beside("a/1", {"a/1": 0.99}) == {}


def test_certainties_have_finite_odds() -> None:
    assert np.isfinite(further_rows(np.array([1.0, 0.0]))).all()
