"""Bars: held, not held, not measurable; each named."""

from pathlib import Path

import pytest

from evals.questions.case import DatasetError
from evals.questions.cases import bundled_set, load_cases
from evals.scores.bars import check, load_bars
from evals.scores.figures import BY_KEY
from evals.scores.intervals import wilson

FIGURES = {"": {"cited": wilson(9, 10), "wrongly_refused": wilson(1, 10)}, "lookup": {"cited": wilson(4, 4)}}


@pytest.mark.parametrize(
    ("bars", "held"),
    [
        ({"": {"cited": 0.9}}, True),
        ({"": {"cited": 0.91}}, False),
        ({"": {"wrongly_refused": 0.1}}, True),
        ({"": {"wrongly_refused": 0.05}}, False),
        ({"lookup": {"cited": 1.0}}, True),
        ({"followup": {"cited": 0.1}}, False),  # nothing of that kind was asked
        ({"": {"facts": 0.0}}, False),
    ],
)
def test_a_bar_is_held_or_not(bars: dict, held: bool) -> None:
    (one,) = check(FIGURES, bars)
    assert one.ok == held
    assert f"{next(iter(next(iter(bars.values())).values())):g}" in one.said


@pytest.mark.parametrize(
    "name", ["dev", "test", "dev_without_likely_questions", "test_without_likely_questions", "somebody's"]
)
def test_the_projects_own_bars_name_figures_and_kinds_that_exist(name: str) -> None:
    bars = load_bars(name)
    assert {f for mine in bars.values() for f in mine} <= BY_KEY.keys()
    assert bars[""].items() >= {"invented": 0, "unfaithful": 0, "unsupported": 0}.items()
    if name in ("dev", "test"):
        kinds = {c.kind for c in load_cases([bundled_set(name)])}
        assert {k for k in bars if k} <= kinds


@pytest.mark.parametrize("text", ["[any.all]\nnosuch = 1\n", '[any.all]\ncited = "x"\n', "[any]\ncited = 1\n", "= ="])
def test_wrong_bars_are_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=r"my\.toml"):
        load_bars("x", path)
