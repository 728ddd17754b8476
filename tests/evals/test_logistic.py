"""The logistic of the fitted heads finds the side of a plane, whatever the features are measured in."""

import numpy as np

from evals.calibrate.logistic import logistic


def test_it_tells_two_sides_apart_whatever_the_unit() -> None:
    random = np.random.default_rng(3)
    x = random.normal(size=(400, 3)) * np.array([1.0, 100.0, 0.01]) + 5
    y = ((x[:, 1] - 5) / 100 + (x[:, 0] - 5) > 0.5) * 1.0
    own, bias = logistic(x, y, strength=0.1, steps=20)
    assert np.mean((x @ own + bias > 0) == (y > 0)) > 0.97
    assert abs(own[2]) * 0.01 < abs(own[0])


def test_a_feature_that_never_changes_counts_nothing() -> None:
    x = np.column_stack([np.linspace(-1, 1, 40), np.ones(40)])
    own, _ = logistic(x, (x[:, 0] > 0) * 1.0, strength=1.0, steps=20)
    assert own[0] > 0
    assert abs(own[1]) < 1e-6
