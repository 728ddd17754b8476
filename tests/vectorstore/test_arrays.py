"""What is worked out of score arrays is to the bit what numpy makes of them."""

import numpy as np
import pytest

from vectorstore.arrays import deviation, mean_of, spread_of


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 7, 198, 5000])
def test_a_deviation_is_that_of_std_to_the_bit(kind: type, size: int) -> None:
    scores = np.random.default_rng(size).normal(size=size).astype(kind)
    assert deviation(scores) == float(scores.std())


def test_what_is_missing_counts_for_nothing() -> None:
    scores = np.array([1.0, np.nan, 3.0])
    assert mean_of(scores) == 2.0
    assert spread_of(scores) == 1.0
    assert spread_of(np.array([2.0, np.nan, 2.0])) == 1.0
