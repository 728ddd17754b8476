"""The part of the report that shows what `make bench` has measured."""

from collections.abc import Mapping
from html import escape
from typing import Any

from evals.reporting.charts import line_chart


def bench_section(bench: Mapping[str, Any]) -> str:
    """Ratios, the growth chart and the plain recipe; "" without a measurement."""
    if not bench:
        return ""
    rows = "".join(
        f'<tr><td>{escape(r["name"])}</td><td class="{"n" if r["ok"] else "n low"}"><b>{escape(r["value"])}</b></td>'
        f"<td>{escape(r['limit'])}</td></tr>"
        for r in bench["rows"]
    )
    series: dict[str, list[tuple[float, float]]] = {}
    for point in bench.get("growth", ()):
        series.setdefault(point["series"], []).append((point["articles"], point["p95"] * 1000))
    chart = line_chart("检索用时随条文数的增长", series, "条文数（对数）", "每题检索用时 p95（毫秒）")
    hint = f"make bench，{bench['made_at']}；同一次运行里量得的比值，换一台机器也可比。"
    return (
        f'<section><h2>快慢与规模</h2><p class="hint">{escape(hint)}</p>{chart}'
        f"<table><tr><th>量的是什么</th><th>实测</th><th>要求</th></tr>{rows}</table></section>"
    )
