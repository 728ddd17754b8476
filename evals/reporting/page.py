"""The report as one HTML file: style and charts within it, no script, every text escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from evals.ablate import Step
from evals.evaluation import Evaluation
from evals.questions.kinds import kind_name
from evals.reporting.charts import Bar, interval_chart, step_chart
from evals.reporting.page_bench import bench_section
from evals.reporting.page_cases import case_sections
from evals.reporting.printing import COLUMNS, number
from evals.scores.bars import Held
from evals.scores.compare import Comparison, p_value
from evals.scores.figures import BY_KEY, FIGURES
from evals.scores.intervals import Estimate

_TILES = (
    "recall_5",
    "cited",
    "right",
    "facts",
    "seconds",
    "refused",
    "wrongly_refused",
    "invented",
    "unfaithful",
    "unsupported",
)
_PANELS = ("recall_5", "cited", "right", "facts")


def page(
    result: Evaluation,
    held: Sequence[Held],
    comparison: Comparison | None = None,
    steps: Sequence[Step] = (),
    bench: Mapping[str, Any] | None = None,
    agreement: Sequence[str] = (),
) -> str:
    """The whole file."""
    figures = result.figures
    low = {(b.kind, b.figure) for b in held if not b.ok}
    sections = [
        _header(result, held, comparison),
        _tiles(figures[""], low),
        _section("各类题目", "圆点是数值，横线是 95% 区间，竖线是及格线。", _chart(figures, held)),
        _section("分题型的指标", "每格：数值，95% 区间，题数。", _table(figures, low)),
        _section("全部指标", "", _every(figures[""])),
        _bars(held),
        _agreement(agreement),
        _comparison(comparison),
        _steps(steps),
        bench_section(bench or {}),
        *case_sections(result.scores),
    ]
    css = (files("evals.reporting") / "report.css").read_text("utf-8")
    head = f'<meta charset="utf-8"><title>法条助手评测报告</title><style>{css}</style>'
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    body = f"<body><main>{''.join(sections)}</main></body>"
    return f'<!doctype html><html lang="zh-CN"><head>{head}{view}</head>{body}</html>\n'


def _section(title: str, hint: str, body: str) -> str:
    said = f'<p class="hint">{escape(hint)}</p>' if hint else ""
    return f"<section><h2>{escape(title)}</h2>{said}{body}</section>" if body else ""


def _header(result: Evaluation, held: Sequence[Held], comparison: Comparison | None) -> str:
    about = result.about
    sets = "、".join(str(d["name"]) for d in about.get("datasets", ()))
    index = about.get("index", {})
    failed = sum(s.failed for s in result.scores)
    unscored = sum(bool(s.unscored) for s in result.scores)
    told = [
        f"题集 {sets}" if sets else "",
        f"{len(result.scores)} 题，有问题的 {failed}，未评分 {unscored}",
        f"向量模型 {index['model']}" if index else "",
        f"作答 {about['writer']}" if about.get("writer") else "",
        str(about.get("made_at", "")),
    ]
    below = sum(not b.ok for b in held)
    lost = len(comparison.lost) if comparison else 0
    verdict = f"{below} 条未达及格线" if below else "及格线全部达到"
    verdict += f"，{lost} 项比基线变差" if lost else ""
    badge = f'<span class="badge{" low" if below or lost else ""}">{verdict}</span>'
    said = escape(" · ".join(t for t in told if t))
    return f"<header><div><h1>法条助手评测报告</h1><p>{said}</p></div>{badge if held else ''}</header>"


def _tiles(mine: Mapping[str, Estimate], low: set[tuple[str, str]]) -> str:
    tiles: list[str] = []
    for key in _TILES:
        if e := mine.get(key):
            between = f"{e.low:.3f}–{e.high:.3f}，n={e.n}"
            css = "tile low" if ("", key) in low else "tile"
            figure = BY_KEY[key]
            value = f"{e.value * e.n:.0f} / {e.n}" if figure.how == "fault" else number(figure, e.value)
            top = f"<span>{escape(figure.name)}</span><b>{value}</b>"
            tiles.append(
                f'<div class="{css}" title="{escape(figure.meaning, quote=True)}">{top}<small>{between}</small></div>'
            )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _chart(figures: Mapping[str, Mapping[str, Estimate]], held: Sequence[Held]) -> str:
    kinds = [k for k in figures if k and any(p in figures[k] for p in _PANELS)] + [""]
    must = {(b.kind, b.figure): b.bar for b in held}
    panels = {
        BY_KEY[p].name: [Bar(kind_name(k), figures[k].get(p), must.get((k, p))) for k in kinds]
        for p in _PANELS
        if p in figures[""]
    }
    return interval_chart("各类题目的指标和 95% 区间", panels) if panels else ""


def _table(figures: Mapping[str, Mapping[str, Estimate]], low: set[tuple[str, str]]) -> str:
    shown = [f for f in FIGURES if f.key in (*COLUMNS, "correct", "grounded", "seconds") and f.key in figures[""]]
    head = "".join(f'<th title="{escape(f.meaning, quote=True)}">{escape(f.name)}</th>' for f in shown)
    rows: list[str] = []
    for kind in [*(k for k in figures if k), ""]:
        cells = []
        for f in shown:
            e = figures[kind].get(f.key)
            css = "n low" if (kind, f.key) in low else "n"
            cells.append(f'<td class="{css}">{_estimate(f.key, e) if e else "—"}</td>')
        css = "" if kind else ' class="all"'
        rows.append(f"<tr{css}><td>{escape(kind_name(kind))}</td>{''.join(cells)}</tr>")
    return f'<div class="scroll"><table><tr><th>题型</th>{head}</tr>{"".join(rows)}</table></div>'


def _estimate(key: str, e: Estimate) -> str:
    f = BY_KEY[key]
    between = f"{e.low:.2f}–{e.high:.2f}" if f.how != "median" else f"{e.low:.3f}–{e.high:.3f}"
    return f"<b>{number(f, e.value)}</b><small>{between}<br>n={e.n}</small>"


def _every(mine: Mapping[str, Estimate]) -> str:
    rows = [
        (f.name, number(f, e.value), f"{number(f, e.low)} – {number(f, e.high)}", str(e.n), f.meaning)
        for f in FIGURES
        if (e := mine.get(f.key))
    ]
    return table(("指标", "数值", "95% 区间", "n", "含义"), rows)


def _bars(held: Sequence[Held]) -> str:
    rows = [("达到" if b.ok else "未达", b.said) for b in sorted(held, key=lambda b: b.ok)]
    return _section("及格线", "evals/scores/bars.toml", table(("", "实测和要求"), rows)) if rows else ""


def _agreement(lines: Sequence[str]) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return _section("模型裁判与逐条核对是否一致", "Cohen κ：1 完全一致，0 与瞎猜无异。", body)


def _comparison(found: Comparison | None) -> str:
    if found is None:
        return ""
    rows = [
        (
            BY_KEY[c.figure].name,
            str(c.n),
            f"{c.before:.3f}",
            f"{c.after:.3f}",
            str(c.better),
            str(c.worse),
            p_value(c.p) + ("（变差）" if c.lost else ""),
        )
        for c in found.figures
    ]
    body = table(("指标", "n", "基线", "现在", "变好", "变差", "p"), rows)
    for case in sorted(found.cases, key=lambda c: not c.worse):
        said = [f'<span class="down">▼ {escape(w)}</span>' for w in case.worse]
        said += [f'<span class="up">▲ {escape(b)}</span>' for b in case.better]
        body += f"<details><summary><b>{escape(case.id)}</b>{escape(case.question)} {' '.join(said)}</summary>"
        body += f"<p>{escape(case.why)}</p></details>"
    hint = "只比两次都评分的题；0/1 的指标用精确 McNemar 检验，其他用符号检验。"
    if found.gone or found.new:
        hint += f"只在基线里的 {found.gone} 题、只在这一次的 {found.new} 题不参加。"
    return _section("与基线比", hint, body)


def _steps(steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    names = list(dict.fromkeys(k for s in steps for k in s.reached))
    rows = [(s.name, *(_short(s.reached.get(n)) for n in names)) for s in steps]
    drawn = ("R@1", "R@5", "口语 R@5")
    bars = [(s.name, [s.reached[n].value if n in s.reached else None for n in drawn]) for s in steps]
    body = step_chart("每一种办法带来什么", bars, drawn) + table(("办法", *names), rows)
    return _section("每一种办法带来什么", "从固定长度的切分开始，一种一种加上去；只算有标注条文的题。", body)


def _short(e: Estimate | None) -> str:
    return f"{e.value:.3f}（{e.low:.2f}–{e.high:.2f}）" if e else "—"


def table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain texts."""
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{top}</tr>{body}</table></div>'
