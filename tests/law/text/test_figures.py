"""Figures with their bounds."""

from fractions import Fraction

import pytest

from law.text.figures import contrary, figures


@pytest.mark.parametrize(
    ("text", "value"), [("不得高于零下十八摄氏度", -18), ("零下8摄氏度", -8), ("-18°c", -18), ("二十五摄氏度以上", 25)]
)
def test_a_temperature_is_a_figure_below_zero_too(text: str, value: int) -> None:
    (figure,) = figures(text)
    assert (figure.kind, figure.value) == ("摄氏度", Fraction(value))


@pytest.mark.parametrize(
    ("said", "held", "wrong"),
    [("不高于七成", "不低于百分之七十", True), ("最多50万元", "五十万元以上", True),
     ("不低于七成", "不低于百分之七十", False), ("七成", "不低于百分之七十", False),
     ("超过七成", "不低于百分之七十", False)],
)  # fmt: skip
def test_a_bound_from_above_is_contrary_to_one_from_below(said: str, held: str, wrong: bool) -> None:
    assert contrary(figures(said)[0], figures(held)[0]) is wrong
