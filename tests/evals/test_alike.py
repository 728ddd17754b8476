"""Two sets are equally hard where each figure lies in the other's interval."""

from dataclasses import asdict

import pytest

from evals.alike import alike
from evals.scores.intervals import wilson


@pytest.mark.parametrize(
    ("one", "other", "ok"),
    [
        ((95, 100), (90, 100), False),
        ((95, 100), (93, 100), True),
        ((19, 20), (180, 200), False),
        ((9, 10), (9, 10), True),
    ],
)
def test_each_within_the_others_interval(one: tuple, other: tuple, ok: bool) -> None:
    reports = [{"figures": {"": {"cited": asdict(wilson(*pair)), "seconds": None}}} for pair in (one, other)]
    (found,) = alike(*reports)
    assert found.ok == ok
    (back,) = alike(*reversed(reports))
    assert back.ok == ok
