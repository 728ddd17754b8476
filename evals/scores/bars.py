"""Which figures must hold: `bars.toml`, checked after every run."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.questions.case import DatasetError
from evals.questions.kinds import kind_name
from evals.scores.figures import BY_KEY
from evals.scores.intervals import Estimate

Table = Mapping[str, Mapping[str, float]]
BARS = Path(__file__).with_name("bars.toml")
#: The section for question sets that have none of their own.
ANY = "any"


@dataclass(frozen=True, slots=True)
class BarResult:
    """One bar and what was measured; `got` is None where nothing could be."""

    kind: str
    figure: str
    bar: float
    got: Estimate | None

    @property
    def ok(self) -> bool:
        """Whether it holds; a share that could not be measured does not."""
        if self.got is None:  # nothing that could be at fault is no fault
            return BY_KEY[self.figure].how == "fault"
        slack = 5e-4  # bars are written with three digits
        return self.got.value <= self.bar + slack if BY_KEY[self.figure].lower else self.got.value >= self.bar - slack

    @property
    def said(self) -> str:
        """In words: 题型、指标、实测、线."""
        got = f"{self.got.value:.3f}（n={self.got.n}）" if self.got else "无法评分"
        sign = "≤" if BY_KEY[self.figure].lower else "≥"
        return f"{kind_name(self.kind)} {BY_KEY[self.figure].name} {got}，应 {sign} {self.bar:g}"


def load_bars(name: str, path: Path = BARS) -> Table:
    """The bars of a question set by kind and figure. Raises DatasetError naming what is wrong."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"读不懂及格线「{path}」（{error}）。") from error
    table = said.get(name, said.get(ANY, {}))
    for kind, bars in table.items():
        for figure, bar in bars.items() if isinstance(bars, dict) else [("", bars)]:
            if figure not in BY_KEY or not isinstance(bar, int | float):
                raise DatasetError(f"及格线「{path}」[{name}.{kind}] 里的 {figure} = {bar!r} 不对。")
    return {("" if kind == "all" else kind): bars for kind, bars in table.items()}


def check(figures: Mapping[str, Mapping[str, Estimate]], bars: Table) -> list[BarResult]:
    """Every bar with what was measured."""
    return [
        BarResult(kind, key, float(bar), figures.get(kind, {}).get(key))
        for kind, mine in bars.items()
        for key, bar in mine.items()
    ]
