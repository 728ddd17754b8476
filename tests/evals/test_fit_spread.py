"""Where a set stops: what is chosen at a cut, and what that gives."""

import numpy as np

from assistant.decide.whole.members import FEATURES, NEAR
from evals.calibrate.sets.fit_spread import Within, shares

_CHANCES = np.array([0.9, 0.2, 0.1, 0.01])


def _asked() -> Within:
    features = np.zeros((4, len(FEATURES) + len(NEAR)))
    features[:, FEATURES.index("total")] = (9.0, 7.0, 5.0, 3.0)
    return Within(features, np.array([1, 1, 0, 0]), np.full(4, fill_value=True))


def test_a_lower_cut_finds_more_and_is_less_often_right() -> None:
    assert shares(_asked(), 1.0, _CHANCES, 0.3) == (0.5, 1.0)
    assert shares(_asked(), 1.0, _CHANCES, 0.15) == (1.0, 1.0)
    assert shares(_asked(), 1.0, _CHANCES, 0.05) == (1.0, 2 / 3)


def test_where_no_set_is_wanted_the_best_article_stands_alone() -> None:
    assert shares(_asked(), 0.2, _CHANCES, 0.05) == (0.5, 1.0)
