"""The part (编), chapter (章) and section (节) that a parser is in: their titles and their numbers so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from law.parsing.lines import Line, squeeze
from law.regulation import Finding
from law.text.numerals import to_chinese

_UNITS = ("编", "章", "节")


@dataclass(slots=True)
class Titles:
    """By unit its present title, "" for none, and the last number of it."""

    names: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_UNITS, ""))
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_UNITS, 0))

    @property
    def chapter(self) -> str:
        """The part and the chapter."""
        return f"{self.names['编']} {self.names['章']}".strip()

    def enter(self, line: Line) -> Iterator[Finding]:
        """A numbered title, and what is wrong with its number; chapters begin anew in a part, or are counted on."""
        unit, label = line.unit, f"第{to_chinese(line.value)}{line.unit}"
        if not line.has_di:
            yield Finding(line.number, "heading_without_di", f"标题「{line.text}」缺「第」字，读作{label}。")
        last = self.counts[unit]
        restarts = line.value == 1 and unit == "章" and self.names["编"]
        if line.value != last + 1 and not restarts:
            what = f"第{to_chinese(last)}{unit}之后" if last else "开头"
            yield Finding(line.number, "chapter_order", f"{what}是{label}，次序不连续。")
        self.name(unit, f"{label} {squeeze(line.rest)}".strip())
        self.counts[unit] = line.value

    def name(self, unit: str, title: str) -> None:
        """A new title; the smaller units begin anew below it."""
        below = _UNITS[_UNITS.index(unit) + 1 :]
        self.names |= {unit: title, **dict.fromkeys(below, "")}
        self.counts["节"] = 0

    def go_on(self, title: str) -> None:
        """The rest of the title last read, printed on a line of its own."""
        last = next(u for u in reversed(_UNITS) if self.names[u])
        self.names[last] += title
