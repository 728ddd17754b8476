"""Intervals and paired tests against values known from elsewhere."""

import pytest

from evals.scores.intervals import bootstrap, estimate, kappa, paired, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_as_in_the_textbook(hits: int, n: int, low: float, high: float) -> None:
    e = wilson(hits, n)
    assert (e.value, e.n) == (hits / n, n)
    assert (e.low, e.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_no_proportion_of_nothing(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        wilson(hits, n)


def test_a_bootstrap_is_the_same_every_time_and_holds_its_mean() -> None:
    values = [0.0, 0.5, 1.0, 1.0, 0.33] * 8
    one, two = bootstrap(values), bootstrap(values)
    assert one == two
    assert one.low < one.value < one.high
    assert one.n == 40
    spread = (one.high - one.low) / (2 * 1.96)
    import numpy as np

    assert spread == pytest.approx(np.std(values) / len(values) ** 0.5, rel=0.1)


def test_a_median_is_not_moved_by_one_slow_question() -> None:
    assert bootstrap([1.0] * 30 + [1000.0], median=True).value == 1.0


def test_all_or_nothing_is_a_proportion() -> None:
    assert estimate([1.0, 1.0, 0.0]) == wilson(2, 3)
    assert estimate([1.0, 0.5]) == bootstrap([1.0, 0.5])


@pytest.mark.parametrize(("better", "worse", "p"), [(0, 0, 1.0), (0, 6, 0.03125), (1, 7, 0.0703125), (5, 5, 1.0)])
def test_the_paired_test_is_exact(better: int, worse: int, p: float) -> None:
    assert paired(better, worse) == pytest.approx(p)
    assert paired(worse, better) == pytest.approx(p)


def test_kappa_takes_chance_away() -> None:
    assert kappa([True, True, False, False], [True, True, False, False]) == 1
    assert kappa([True, True, False, False], [True, False, True, False]) == 0
    assert kappa([True] * 20 + [True] * 5 + [False] * 10 + [False] * 15,
                 [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15) == pytest.approx(0.4)  # fmt: skip
    assert kappa([True, True], [True, True]) is None
    assert kappa([], []) is None
