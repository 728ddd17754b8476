"""The tables of a run, for a terminal."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant import Writing
from evals.evaluation import Evaluation
from evals.scores.bars import BarResult
from evals.scores.figures import FIGURES, Measure
from evals.scores.intervals import Estimate

#: The figures that have a column of their own in the table by kind; the others are in the list below it.
COLUMNS = (
    "recall_1",
    "recall_5",
    "recall_10",
    "ndcg_10",
    "rr",
    "cited",
    "right",
    "facts",
    "silence",
    "refused",
    "reason",
    "wrongly_refused",
    "confirmed",
)


def print_figures(result: Evaluation) -> None:
    """By kind (value, interval, n), then every figure over all cases."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    figures = result.figures
    shown = [f for f in FIGURES if f.key in COLUMNS and f.key in figures[""]]
    by_kind = Table("题型", *(f.name for f in shown), caption="每格：数值（题数）和 95% 区间")
    for kind, mine in [*((k, v) for k, v in figures.items() if k), ("全部", figures[""])]:
        by_kind.add_row(kind, *(_cell(mine.get(f.key)) for f in shown))
    console.print(by_kind)
    console.print(_overall(figures[""], Table("指标", "数值", "95% 区间", "n", "含义")))
    tokens, seconds = (sum(getattr(s, f) or 0 for s in result.scores) for f in ("tokens", "seconds"))
    writers = Counter(s.answer.model for s in result.scores if s.answer)
    by = "、".join(f"{name} {count}" for name, count in writers.most_common())
    console.print(f"合计：词元 {tokens}，用时 {seconds:.1f} 秒；撰写：{by}", markup=False)
    print_writing([s.answer.writing for s in result.scores if s.answer and s.answer.writing], console.print)
    unscored = [s for s in result.scores if s.unscored]
    if unscored:
        console.print(f"未评分 {len(unscored)} 题：")
        for s in unscored:
            console.print(f"  {s.case.id} {s.unscored}", markup=False)


def print_writing(written: Sequence[Writing], show: Callable[[str], None]) -> None:
    """With a model: how many of its sentences were shown, and of those that were not the first reason of each."""
    if not written:
        return
    kept, dropped, looked = (sum(getattr(w, f) for w in written) for f in ("kept", "dropped", "looked"))
    show(f"模型写的句子：显示 {kept}（其中复核后补上 {looked}），略去 {dropped}")
    why = Counter(re.sub(r"「[^」]*」", "「…」", d.reasons[0]) for w in written for d in w.why if d.reasons)
    for reason, count in why.most_common(5):
        show(f"  {count} 句：{reason}")


def print_bars(bars: Sequence[BarResult]) -> None:
    """Which bars were not reached."""
    low = [b for b in bars if not b.ok]
    sys.stdout.write(f"及格线：{len(bars)} 条，未达 {len(low)} 条\n" if bars else "")
    for bar in low:
        sys.stdout.write(f"  未达：{bar.said}\n")


def number(figure: Measure, value: float) -> str:
    """A value as it is shown: shares with three digits, seconds in thousandths, tokens whole."""
    return f"{value:.0f}" if figure.how == "mean" else f"{value:.3f}"


def _overall(mine: Mapping[str, Estimate], table: "object") -> "object":
    for figure in FIGURES:
        if e := mine.get(figure.key):
            between = f"{number(figure, e.low)} – {number(figure, e.high)}"
            table.add_row(figure.name, number(figure, e.value), between, str(e.n), figure.meaning)  # type: ignore[attr-defined]
    return table


def _cell(e: Estimate | None) -> str:
    return f"{e.value:.3f} ({e.n})\n{e.low:.2f}–{e.high:.2f}" if e else "—"
