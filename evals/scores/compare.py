"""Against a baseline: what got better and what worse, case by case, with a paired test.

Only cases that both runs scored on a figure are compared; a question that was changed is another case.
Where every value is 0 or 1 the test is McNemar's, otherwise the sign test: both exact, both over the
cases that changed.
"""

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evals.scores.figures import BY_KEY, FIGURES, Measure
from evals.scores.intervals import paired

SURE = 0.05
#: What a case either does better or worse: everything but quantities.
COMPARED = tuple(f for f in FIGURES if f.how in ("share", "fault"))


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure over the `n` cases that both runs scored on it; for faults the mean number a case."""

    figure: str
    n: int
    before: float
    after: float
    better: int
    worse: int
    p: float

    @property
    def lost(self) -> bool:
        """Whether it surely became worse."""
        return self.worse > self.better and self.p < SURE


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case on which a figure changed: `changes` in words, better or worse or both."""

    id: str
    kind: str
    question: str
    better: tuple[str, ...]
    worse: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that both runs have, cases that changed, and how many are in one run only."""

    figures: tuple[FigureChange, ...]
    cases: tuple[CaseChange, ...]
    gone: int
    new: int

    @property
    def lost(self) -> tuple[FigureChange, ...]:
        """The figures that surely became worse."""
        return tuple(f for f in self.figures if f.lost)

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    """Two runs as `results.as_dict` writes them."""
    old = {_key(c): c for c in before["cases"]}
    new = {_key(c): c for c in after["cases"]}
    both = [(old[k], new[k]) for k in new if k in old]
    changes = (_figure(f, both) for f in COMPARED)
    cases = (_case(a, b) for a, b in both)
    return Comparison(
        tuple(c for c in changes if c),
        tuple(c for c in cases if c.better or c.worse),
        len(old.keys() - new.keys()),
        len(new.keys() - old.keys()),
    )


def print_comparison(found: Comparison) -> None:
    """The figures with their test, then the cases: worse first."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    table = Table("指标", "n", "基线", "现在", "变好", "变差", "p", title="与基线比（成对检验）")
    for c in found.figures:
        row = (BY_KEY[c.figure].name, str(c.n), f"{c.before:.3f}", f"{c.after:.3f}", str(c.better), str(c.worse))
        table.add_row(*row, p_value(c.p) + (" ▼" if c.lost else ""))
    console.print(table)
    for name, mine in (
        ("变差", [c for c in found.cases if c.worse]),
        ("变好", [c for c in found.cases if not c.worse]),
    ):
        for case in mine:
            changes = "；".join((*case.worse, *case.better))
            console.print(f"{name} {case.id} {case.question}：{changes}", markup=False)
    if found.gone or found.new:
        console.print(f"只在基线里的 {found.gone} 题，只在这一次的 {found.new} 题，不参加比较。")


def p_value(p: float) -> str:
    """0.031; never 0.000.

    >>> p_value(0.0312), p_value(1e-9)
    ('0.031', '<0.001')
    """
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def _key(case: Mapping[str, Any]) -> tuple[str, str, str]:
    return case["id"], case["question"], str(case["history"])


def _value(case: Mapping[str, Any], figure: Measure) -> float | None:
    """To four digits, as a baseline keeps it."""
    value = case["values"].get(figure.key)
    return None if value is None else round(float(value), 4)


def _figure(figure: Measure, both: list[tuple[Any, Any]]) -> FigureChange | None:
    values = ((_value(a, figure), _value(b, figure)) for a, b in both)
    pairs = [(was, now) for was, now in values if was is not None and now is not None]
    if not pairs:
        return None
    up, down = sum(b > a for a, b in pairs), sum(b < a for a, b in pairs)
    better, worse = (down, up) if figure.lower else (up, down)
    n = len(pairs)
    return FigureChange(
        figure.key, n, sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n, better, worse, paired(better, worse)
    )


def _case(a: Mapping[str, Any], b: Mapping[str, Any]) -> CaseChange:
    better: list[str] = []
    worse: list[str] = []
    for figure in COMPARED:
        was, now = _value(a, figure), _value(b, figure)
        if was is not None and now is not None and was != now:
            side = better if (now < was) == figure.lower else worse
            side.append(f"{figure.name} {was:.3g} → {now:.3g}")
    if b["unscored"] and not a["unscored"]:
        worse.append(b["unscored"])
    return CaseChange(b["id"], b["kind"], b["question"], tuple(better), tuple(worse), b["why"])
