"""The report as one HTML file, `report.html`: style and charts within it, no script, every text escaped by jinja2."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from evals.ablate import AblationStep
from evals.evaluation import Evaluation
from evals.questions.kinds import kind_name
from evals.reporting.charts import Bar, interval_chart, line_chart, step_chart
from evals.reporting.page_cases import Shown, shown_cases
from evals.reporting.printing import COLUMNS, number
from evals.scores.bars import BarResult
from evals.scores.compare import Comparison, p_value
from evals.scores.figures import BY_KEY, FIGURES, Measure
from evals.scores.intervals import Estimate

_TILES: tuple[str, ...] = ("recall_5", "cited", "right", "facts", "seconds")
_TILES += ("refused", "wrongly_refused", "invented", "unfaithful", "unsupported")
_PANELS = ("recall_5", "cited", "right", "facts")
_DRAWN = ("R@1", "R@5", "口语 R@5")


def page(
    result: Evaluation,
    held: Sequence[BarResult],
    comparison: Comparison | None = None,
    steps: Sequence[AblationStep] = (),
    bench: Mapping[str, Any] | None = None,
    agreement: Sequence[str] = (),
) -> str:
    """The whole file."""
    mine, low = result.figures[""], {(b.kind, b.figure) for b in held if not b.ok}
    below, lost = sum(not b.ok for b in held), len(comparison.lost) if comparison else 0
    failed = [s for s in result.scores if s.failed and not s.unscored]
    columns = [f for f in FIGURES if f.key in (*COLUMNS, "correct", "grounded", "seconds") and f.key in mine]
    return _template().render(
        css=Markup((files("evals.reporting") / "report.css").read_text("utf-8")),
        about=_about(result),
        verdict=_verdict(below, lost) if held else "",
        fallen=bool(below or lost),
        tiles=[_tile(BY_KEY[k], mine[k], ("", k) in low) for k in _TILES if k in mine],
        chart=_chart(result.figures, held),
        columns=columns,
        kinds=[_row(kind, columns, result.figures[kind], low) for kind in [*filter(None, result.figures), ""]],
        every=_every(mine),
        bars=[("达到" if b.ok else "未达", b.said) for b in sorted(held, key=lambda b: b.ok)],
        agreement=agreement,
        compared=_compared(comparison) if comparison else None,
        steps=_steps(steps) if steps else None,
        bench={**bench, "chart": _growth(bench)} if bench else None,
        failed=[_group(k, failed, result) for k in dict.fromkeys(s.case.kind for s in failed)],
        unscored=shown_cases([s for s in result.scores if s.unscored]),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string((files("evals.reporting") / "report.html").read_text("utf-8"))


def _about(result: Evaluation) -> str:
    about, scores = result.about, result.scores
    sets = "、".join(str(d["name"]) for d in about.get("datasets", ()))
    told = [
        f"题集 {sets}" if sets else "",
        f"{len(scores)} 题，有问题的 {sum(s.failed for s in scores)}，未评分 {sum(bool(s.unscored) for s in scores)}",
        f"向量模型 {about['index']['model']}" if about.get("index") else "",
        f"作答 {about['writer']}" if about.get("writer") else "",
        str(about.get("made_at", "")),
    ]
    return " · ".join(filter(None, told))


def _verdict(below: int, lost: int) -> str:
    return (f"{below} 条未达及格线" if below else "及格线全部达到") + (f"，{lost} 项比基线变差" if lost else "")


def _tile(figure: Measure, e: Estimate, low: bool) -> dict[str, Any]:
    value = f"{e.value * e.n:.0f} / {e.n}" if figure.how == "fault" else number(figure, e.value)
    return {"figure": figure, "value": value, "between": f"{e.low:.3f}–{e.high:.3f}，n={e.n}", "low": low}


def _chart(figures: Mapping[str, Mapping[str, Estimate]], held: Sequence[BarResult]) -> Markup:
    kinds = [k for k in figures if k and any(p in figures[k] for p in _PANELS)] + [""]
    must = {(b.kind, b.figure): b.bar for b in held}
    panels = {
        BY_KEY[p].name: [Bar(kind_name(k), figures[k].get(p), must.get((k, p))) for k in kinds]
        for p in _PANELS
        if p in figures[""]
    }
    return _drawn(interval_chart("各类题目的指标和 95% 区间", panels) if panels else "")


def _drawn(svg: str) -> Markup:
    """A chart, whose texts `charts` has escaped."""
    return Markup(svg)


def _row(
    kind: str, columns: Sequence[Measure], mine: Mapping[str, Estimate], low: set[tuple[str, str]]
) -> dict[str, Any]:
    cells = [_cell(f, mine[f.key], (kind, f.key) in low) if f.key in mine else None for f in columns]
    return {"name": kind_name(kind), "all": not kind, "cells": cells}


def _cell(f: Measure, e: Estimate, low: bool) -> dict[str, Any]:
    places = 3 if f.how == "median" else 2
    return {"value": number(f, e.value), "between": f"{e.low:.{places}f}–{e.high:.{places}f}", "n": e.n, "low": low}


def _every(mine: Mapping[str, Estimate]) -> list[tuple[str, ...]]:
    return [
        (f.name, number(f, e.value), f"{number(f, e.low)} – {number(f, e.high)}", str(e.n), f.meaning)
        for f in FIGURES
        if (e := mine.get(f.key))
    ]


def _compared(found: Comparison) -> dict[str, Any]:
    hint = "只比两次都评分的题；0/1 的指标用精确 McNemar 检验，其他用符号检验。"
    if found.gone or found.new:
        hint += f"只在基线里的 {found.gone} 题、只在这一次的 {found.new} 题不参加。"
    rows = []
    for c in found.figures:
        changed = (f"{c.before:.3f}", f"{c.after:.3f}", c.better, c.worse)
        rows.append((BY_KEY[c.figure].name, c.n, *changed, p_value(c.p) + ("（变差）" if c.lost else "")))
    return {"hint": hint, "rows": rows, "cases": sorted(found.cases, key=lambda c: not c.worse)}


def _steps(steps: Sequence[AblationStep]) -> dict[str, Any]:
    names = list(dict.fromkeys(k for s in steps for k in s.reached))
    bars = [(s.name, [s.reached[n].value if n in s.reached else None for n in _DRAWN]) for s in steps]
    rows = [(s.name, *(_short(s.reached.get(n)) for n in names)) for s in steps]
    return {"chart": _drawn(step_chart("每一种办法带来什么", bars, _DRAWN)), "head": ("办法", *names), "rows": rows}


def _short(e: Estimate | None) -> str:
    return f"{e.value:.3f}（{e.low:.2f}–{e.high:.2f}）" if e else "—"


def _growth(bench: Mapping[str, Any]) -> Markup:
    series: dict[str, list[tuple[float, float]]] = {}
    for point in bench.get("growth", ()):
        series.setdefault(point["series"], []).append((point["articles"], point["p95"] * 1000))
    return _drawn(line_chart("检索用时随条文数的增长", series, "条文数（对数）", "每题检索用时 p95（毫秒）"))


def _group(kind: str, failed: Sequence[Any], result: Evaluation) -> dict[str, Any]:
    cases: list[Shown] = shown_cases([s for s in failed if s.case.kind == kind])
    of = sum(s.case.kind == kind for s in result.scores)
    return {"name": kind_name(kind), "cases": cases, "many": len(cases), "of": of}
