"""What stands below the last article: annexes and tables, each a provision with a label of its own (附件1, 附表二).

An annex has number 0 and a suffix that counts; so it is no 条, is not counted among them, and can be cited.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from law.parsing import lines as kinds
from law.parsing.layout import PrintedLayout
from law.parsing.lines import Line, is_title, marks, squeeze
from law.parsing.paragraphs import ParagraphBuilder
from law.regulation import Article


@dataclass(slots=True)
class _Annex:
    label: str
    heading: str
    line: Line
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Below:
    """The annexes, and the lines that belong to none: a signature, a date."""

    annexes: tuple[Article, ...]
    rest: tuple[Line, ...]


def annexes_of(after: Sequence[Line], layout: PrintedLayout) -> Below:
    """Cut what stands below the last article into annexes."""
    found: list[_Annex] = []
    rest: list[Line] = []
    for line in after:
        head = (
            marks()["annex_head"].match(line.text)
            if line.kind in (kinds.TEXT, kinds.CHAPTER) and len(line.text) <= 70
            else None
        )
        if head and not line.text.endswith("。"):
            found.append(_Annex(re.sub(r"\s", "", head[1]), head[2].strip(), line))
        elif found:
            found[-1].lines.append(line)
        else:
            rest.append(line)
    return Below(tuple(_article(a, i, layout) for i, a in enumerate(found, 1)), tuple(rest))


def _article(annex: _Annex, at: int, layout: PrintedLayout) -> Article:
    body = ParagraphBuilder(layout)
    heading, held = annex.heading, list(annex.lines)
    if not is_title(heading) and heading:
        held, heading = [replace(annex.line, kind=kinds.TEXT, text=heading), *held], ""
    elif not heading and held and held[0].kind == kinds.TEXT and is_title(squeeze(held[0].text)):
        heading = squeeze(held[0].text)
        held = held[1:]
    for line in held:
        body.add(line if line.kind in (kinds.TABLE, kinds.ITEM, kinds.TEXT) else replace(line, kind=kinds.TEXT))
    paragraphs, _ = body.finish(annex.label)
    end = paragraphs[-1].end if paragraphs else annex.line.end
    return Article(
        f"0.{at}", 0, at, annex.label, heading, "", "", tuple(paragraphs), annex.line.start, end, annex.line.number
    )
