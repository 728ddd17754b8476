"""A published regulation in Markdown, taken apart into lines that a file can be made of."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TITLE, NOTE, CHAPTER, SECTION, ARTICLE, PARAGRAPH, ITEM = (
    "title", "note", "chapter", "section", "article", "paragraph", "item",
)  # fmt: skip
_HAN = "一二三四五六七八九十百零〇"
_ARTICLE = re.compile(rf"^第[{_HAN}]+条(?:之[{_HAN}]+)?")
_UNIT = re.compile(rf"^第[{_HAN}]+([章节])[\s　]*")
_ITEM = re.compile(rf"^（[{_HAN}]+）")


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One paragraph: its kind, its number as printed (第三条, （二）, 第一章) and its words without it."""

    kind: str
    mark: str
    words: str

    def printed(self, gap: str = "\u3000") -> str:
        """Number and words as one line."""
        return f"{self.mark}{gap if self.mark and self.kind != ITEM else ''}{self.words}"


@dataclass(frozen=True, slots=True)
class Sample:
    """A regulation as its lines in order, `name` the stem of its file."""

    name: str
    lines: tuple[SampleLine, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.lines[0].words


def sample_of(path: Path) -> Sample | None:
    """A sample with numbered articles; None for another document."""
    front, _, body = path.read_text("utf-8").partition("<!-- INFO END -->")
    heads = [line.strip() for line in front.splitlines() if line.strip()]
    lines = [SampleLine(TITLE, "", heads[0].lstrip("# "))]
    lines += [SampleLine(NOTE, "", line) for line in heads[1:]]
    for raw in body.splitlines():
        text = raw.strip().lstrip("# ").strip()
        if text:
            lines.append(_line(text))
    return Sample(path.stem, tuple(lines)) if any(line.kind == ARTICLE for line in lines) else None


def samples_in(folder: Path, how_many: int, seed: int) -> list[Sample]:
    """Some of the regulations of a folder, chosen by a seed."""
    found = [s for path in sorted(folder.glob("*.md")) if (s := sample_of(path))]
    return sorted(random.Random(seed).sample(found, min(how_many, len(found))), key=lambda s: s.name)


def note_of(lines: Sequence[SampleLine], rng: random.Random) -> list[str]:
    """The 题注 as it is printed below a title: in one pair of brackets, or a line for each event."""
    said = [re.sub(r"(日)\s+", r"\1", line.words).replace("日施行", "日起施行") for line in lines if line.kind == NOTE]
    if not said:
        return []
    if rng.random() < 0.5:
        return [f"（{'　'.join(said)}）"]
    return (
        [f"（{one}）" for one in said]
        if rng.random() < 0.5
        else [f"（{said[0]}", *said[1:-1], f"{said[-1]}）"]
        if (len(said) > 1)
        else [f"（{said[0]}）"]
    )


def _line(text: str) -> SampleLine:
    if found := _UNIT.match(text):
        return SampleLine(CHAPTER if found[1] == "章" else SECTION, found[0].strip(), text[found.end() :])
    for kind, pattern in ((ARTICLE, _ARTICLE), (ITEM, _ITEM)):
        if found := pattern.match(text):
            return SampleLine(kind, found[0], text[found.end() :].strip())
    return SampleLine(PARAGRAPH, "", text)
