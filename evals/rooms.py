"""How full each room is: `python -m evals.rooms` prints its modules, its lines and its longest module."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

ROOT = Path(__file__).parents[1]
ROOMS = ("law", "vectorstore", "assistant", "prompts", "records", "ui", "evals", "fatiao")


@dataclass(frozen=True, slots=True)
class RoomCount:
    """`modules` without `__init__`; `longest` is the module of most lines."""

    name: str
    modules: int
    lines: int
    longest: str
    most: int


def room_counts(root: Path = ROOT) -> Iterator[RoomCount]:
    """Every room with a module of its own, in the order of the arrows."""
    for top in ROOMS:
        for folder in sorted({p.parent for p in (root / top).rglob("*.py")}):
            lines = {p.name: p.read_text("utf-8").count("\n") for p in folder.glob("[a-z]*.py")}
            if lines:
                longest = max(lines, key=lambda name: lines[name])
                yield RoomCount(
                    folder.relative_to(root).as_posix(), len(lines), sum(lines.values()), longest, lines[longest]
                )


def print_counts(console: "Console") -> None:
    """A row a room, the fullest marked."""
    from rich.table import Table

    table = Table("房间", "模块", "行", "最长的模块", "行")
    for one in room_counts():
        table.add_row(one.name, str(one.modules), str(one.lines), one.longest, str(one.most))
    console.print(table)


if __name__ == "__main__":
    from rich.console import Console

    print_counts(Console(file=sys.stdout))
