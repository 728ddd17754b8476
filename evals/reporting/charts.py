"""Charts as inline SVG: no script, no font, nothing fetched. Every text is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from evals.scores.intervals import Estimate

_ROW, _LABEL, _PAD = 24, 112, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: its label, what was measured, and the value that must be reached, if any."""

    label: str
    got: Estimate | None
    must: float | None = None


def interval_chart(title: str, panels: Mapping[str, Sequence[Bar]], width: int = 900) -> str:
    """Panels side by side, rows in common: a dot on its 95 % interval, a tick at what must be reached."""
    rows = [bar.label for bar in next(iter(panels.values()))]
    lows = [b.got.low for bars in panels.values() for b in bars if b.got] or [0.0]
    floor = max(0.0, min(0.9, int(min(lows) * 10) / 10))
    each = (width - _LABEL) / len(panels)
    height = _ROW * len(rows) + 54
    parts: list[str] = []
    for n, label in enumerate(rows):
        parts.append(_text(_LABEL - 8, 42 + _ROW * n, label, "end"))
    for n, (name, bars) in enumerate(panels.items()):
        left, right = _LABEL + each * n + _PAD, _LABEL + each * (n + 1) - _PAD
        parts += _panel(name, bars, left, right, floor, height)
    return _svg(title, width, height, parts)


def line_chart(
    title: str, series: Mapping[str, Sequence[tuple[float, float]]], x_name: str, y_name: str, width: int = 900
) -> str:
    """Points (x, y) of each series, joined; x on a logarithmic scale, both from what there is."""
    points = [p for line in series.values() for p in line]
    if not points:
        return ""
    low, high = log10(min(x for x, _ in points)), log10(max(x for x, _ in points))
    top = max(y for _, y in points) * 1.1 or 1.0
    height, left, right, floor = 300, 64, width - 170, 250

    def place(x: float, y: float) -> tuple[float, float]:
        share = (log10(x) - low) / (high - low) if high > low else 0.5
        return left + share * (right - left), floor - y / top * (floor - 24)

    parts = [_text(left, 14, y_name, "start", "axis"), _text((left + right) / 2, height - 8, x_name, "middle", "axis")]
    for step in range(5):
        _, y = place(10**low, top * step / 4)
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        value = top * step / 4
        parts.append(_text(left - 8, y + 4, f"{value:,.0f}" if value >= 100 else f"{value:.3g}", "end", "axis"))
    for x in sorted({x for x, _ in points}):
        parts.append(_text(place(x, 0)[0], floor + 18, f"{x:,.0f}", "middle", "axis"))
    names: list[float] = []
    for n, (name, line) in enumerate(series.items()):
        at = [place(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        parts.append(f'<polyline class="line s{n}" points="{path}"/>')
        parts += [f'<circle class="dot s{n}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in at]
        y = at[-1][1] + 4
        while any(abs(y - other) < 15 for other in names):
            y -= 15
        names.append(y)
        parts.append(_text(right + 10, y, name, "start", f"name s{n}"))
    return _svg(title, width, height, parts)


def step_chart(title: str, rows: Sequence[tuple[str, Sequence[float | None]]], names: Sequence[str]) -> str:
    """Rows with one horizontal bar for each named value between 0 and 1."""
    width, label, thick = 900, 200, 11
    each = thick * len(names) + 12
    height = each * len(rows) + 34
    parts = [
        f'<rect class="s{n}" x="{label + 110 * n}" y="4" width="10" height="10" rx="2"/>'
        + _text(label + 110 * n + 15, 13, name, "start", "axis")
        for n, name in enumerate(names)
    ]
    for at, (name, values) in enumerate(rows):
        y = 28 + each * at
        parts.append(_text(label - 10, y + each / 2, name, "end"))
        for n, value in enumerate(values):
            if value is not None:
                long, top = (width - label - 60) * value, y + thick * n
                shape = f'x="{label}" y="{top}" width="{long:.1f}" height="{thick - 2}" rx="2"'
                parts.append(f'<rect class="s{n}" {shape}/>')
                parts.append(_text(label + long + 6, top + thick - 3, f"{value:.3f}", "start", "axis"))
    return _svg(title, width, height, parts)


def _panel(name: str, bars: Sequence[Bar], left: float, right: float, floor: float, height: float) -> list[str]:
    def place(value: float) -> float:
        return left + (max(value, floor) - floor) / (1 - floor) * (right - left)

    parts = [_text((left + right) / 2, 14, name, "middle", "head")]
    for share in (floor, (floor + 1) / 2, 1.0):
        x = place(share)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="24" y2="{height - 24}"/>')
        parts.append(_text(x, height - 8, f"{share:.2g}", "middle", "axis"))
    for n, bar in enumerate(bars):
        y = 38 + _ROW * n
        if bar.must is not None:
            x = place(bar.must)
            parts.append(f'<line class="must" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 8}" y2="{y + 8}"/>')
        if bar.got is None:
            continue
        below = " below" if bar.must is not None and bar.got.value < bar.must - 5e-4 else ""
        low, high, x = place(bar.got.low), place(bar.got.high), place(bar.got.value)
        said = f"{bar.label} {name} {bar.got.value:.3f}（{bar.got.low:.2f}–{bar.got.high:.2f}，n={bar.got.n}）"
        parts.append(f'<g class="point{below}"><title>{escape(said)}</title>')
        parts.append(f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>')
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y}" r="4.5"/></g>')
    return parts


def _text(x: float, y: float, text: str, anchor: str, css: str = "") -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
    return f"{head}<title>{escape(title)}</title>{''.join(parts)}</svg>"
