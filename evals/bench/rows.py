"""A line of the table, and how time is taken."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchRow:
    """What was measured; `limit` is None where it is only shown. A ratio has no unit."""

    name: str
    value: float
    limit: float | None = None
    unit: str = ""

    @property
    def ok(self) -> bool:
        """Whether it keeps within its limit."""
        return self.limit is None or self.value <= self.limit

    def as_dict(self) -> dict[str, object]:
        """For the report: texts as they are shown."""
        shown = f"{self.value:.3g}" if self.value < 100 else f"{self.value:.0f}"
        limit = "" if self.limit is None else f"≤ {self.limit:g}"
        return {"name": self.name, "value": f"{shown} {self.unit}".strip(), "limit": limit, "ok": self.ok}


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def p50(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def say(rows: Sequence[BenchRow]) -> None:
    """The table, in plain columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table("量的是什么", "实测", "要求", "")
    for row in rows:
        said = row.as_dict()
        table.add_row(str(said["name"]), str(said["value"]), str(said["limit"]), "" if row.ok else "未达")
    Console(width=None if sys.stdout.isatty() else 110, highlight=False).print(table)
