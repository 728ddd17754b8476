"""Where a set stops: what is chosen at a cut, and what that gives."""

import numpy as np

from evals.scores.stops import Stopped, shares


def _asked(chance: float) -> Stopped:
    gold = np.array([True, True, False, False])
    return Stopped(chance, np.array([0.9, 0.2, 0.1, 0.01]), gold, gold)


def test_a_lower_cut_finds_more_and_is_less_often_right() -> None:
    assert shares([_asked(1.0)], 0.3, 2.0) == (0.5, 1.0)
    assert shares([_asked(1.0)], 0.15, 2.0) == (1.0, 1.0)
    assert shares([_asked(1.0)], 0.05, 2.0) == (1.0, 2 / 3)


def test_a_set_that_is_hardly_wanted_keeps_its_best_article_alone() -> None:
    assert shares([_asked(0.2)], 0.1, 2.0) == (0.5, 1.0)
