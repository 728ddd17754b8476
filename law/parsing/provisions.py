"""Documents without 条: 意见, 措施, 方案, 通知, 决定, 决议, numbered 一、（一）1. or 第一部分.

Each provision becomes an article with a label of its own, 三、（二）: its number is that of 三、, its suffix that of
（二）. What stands below a 1. is an item. A number counts only where it follows the one before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from law.parsing import lines as kinds
from law.parsing.layout import PrintedLayout
from law.parsing.lines import Line, marks, squeeze
from law.parsing.paragraphs import ParagraphBuilder
from law.regulation import Article, Finding
from law.text.numerals import to_int

_HAN = "[一二三四五六七八九十]{1,3}"
#: How the provisions of one level are numbered, the highest level first.
_STYLES = (
    re.compile(rf"^(?P<mark>(?P<number>{_HAN})\s*[、.．])\s*(?P<rest>.*)$", re.S),
    re.compile(rf"^(?P<mark>[（(]\s*(?P<number>{_HAN})\s*[)）])\s*[、.．]?\s*(?P<rest>.*)$", re.S),
    re.compile(r"^(?P<mark>(?P<number>[0-9]{1,2})\s*[、.．](?![0-9]))\s*(?P<rest>.*)$", re.S),
)
#: 「三、保障措施」 alone on its line is a heading; a longer line is the provision itself.
_HEADING_LENGTH = 40
_SENTENCE = re.compile(r"[。；：，]")


@dataclass(frozen=True, slots=True)
class Provisions:
    """The provisions of a document, and the lines before the first and below the last."""

    articles: tuple[Article, ...]
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _OpenProvision:
    """A provision being read."""

    number: int
    suffix: int
    label: str
    heading: str
    chapter: str
    section: str
    line: Line
    body: ParagraphBuilder


def provisions_of(found: Sequence[Line], layout: PrintedLayout) -> Provisions | None:
    """Read a document without 条; None where nothing in it is numbered twice."""
    said = [n for n in found if n.kind != kinds.NOISE and n.kind not in (kinds.PAGE, kinds.CONTENTS)]
    for at, style in enumerate(_STYLES):
        if _count(said, style) > 1:
            below = _STYLES[at + 1] if at == 0 else None
            return _ProvisionReader(style, below, layout).read(said)
    return None


def _count(found: Sequence[Line], style: re.Pattern[str]) -> int:
    """How far a style counts on from one."""
    reached = 0
    for line in found:
        hit = style.match(line.text)
        if hit and to_int(hit["number"]) == reached + 1:
            reached += 1
    return reached


class _ProvisionReader:
    def __init__(self, style: re.Pattern[str], below: re.Pattern[str] | None, layout: PrintedLayout) -> None:
        self.style, self.below, self.layout = style, below, layout
        self.part, self.parts = "", 0
        self.top, self.sub = 0, 0
        self.item = 0
        self.mark, self.title = "", ""
        self.open: _OpenProvision | None = None
        self.heading: Line | None = None  # a heading that nothing stands below as yet
        self.done: list[Article] = []
        self.before: list[Line] = []
        self.after: list[Line] = []
        self.findings: list[Finding] = []

    def read(self, found: Sequence[Line]) -> Provisions:
        for at, line in enumerate(found):
            if self.after or self._ends(line, found[at + 1 :]):
                if line.kind != kinds.BLANK:
                    self.after.append(line)
            else:
                self._take(line, found[at + 1 :])
        self._close_heading()
        self._close()
        return Provisions(tuple(self.done), tuple(self.before), tuple(self.after), tuple(self.findings))

    def _take(self, line: Line, later: Sequence[Line]) -> None:
        if line.kind == kinds.BLANK:
            if self.open:
                self.open.body.blank()
            return
        if part := marks()["part_of_paper"].match(line.text):
            self._enter_part(line, part)
        elif (hit := self.style.match(line.text)) and to_int(hit["number"]) == self.top + 1:
            self._begin_top(line, hit, later)
        elif self.below and self.top and (hit := self.below.match(line.text)) and to_int(hit["number"]) == self.sub + 1:
            self._begin_sub(line, hit)
        elif self.heading is not None:
            self._close_heading()
            self._add(line)
        elif self.open:
            self._add(line)
        elif not self.done:
            self.before.append(line)
        else:
            self.after.append(line)

    def _enter_part(self, line: Line, part: re.Match[str]) -> None:
        """第一部分: the numbers below it may begin again."""
        self._close_heading()
        self._close()
        self.parts += 1
        self.part = squeeze(line.text)
        self.top = self.sub = 0

    def _begin_top(self, line: Line, hit: re.Match[str], later: Sequence[Line]) -> None:
        self._close_heading()
        self._close()
        self.top, self.sub = self.top + 1, 0
        self.mark, self.title = f"{hit['number']}、" if "、" in hit["mark"] else hit["mark"], ""
        rest = hit["rest"].strip()
        if len(rest) <= _HEADING_LENGTH and not _SENTENCE.search(rest) and self._goes_below(later):
            if self._lists(later):
                self._open(line, self.mark, "", rest)
                return
            self.title, self.heading = rest, replace(line, text=rest)
            return
        self._open(line, self.mark, "", rest)

    def _begin_sub(self, line: Line, hit: re.Match[str]) -> None:
        self.heading = None
        self._close()
        self.sub += 1
        chapter = f"{self.mark}{squeeze(self.title)}"
        self._open(line, f"{self.mark}（{hit['number']}）", chapter if self.title else "", hit["rest"].strip())

    def _open(self, line: Line, label: str, chapter: str, rest: str, heading: str = "") -> None:
        self.item = 0
        several = self.part and self.parts > 1
        self.open = _OpenProvision(
            self.top,
            self.sub,
            f"{self.part.split()[0][:4]}{label}" if several else label,
            heading,
            self.part or chapter,
            chapter if self.part else "",
            line,
            ParagraphBuilder(self.layout),
        )
        if rest:
            self.open.body.add(replace(line, kind=kinds.TEXT, text=rest))

    def _goes_below(self, later: Sequence[Line]) -> bool:
        """Whether words of its own stand below a short line: then it is a heading."""
        following = next((n for n in later if n.kind not in kinds.EMPTY), None)
        if following is None:
            return False
        hit = self.style.match(following.text)
        return not (hit and to_int(hit["number"]) == self.top + 1) and not marks()["part_of_paper"].match(
            following.text
        )

    def _lists(self, later: Sequence[Line]) -> bool:
        """Whether 1. stands right below: what looks like a heading is the lead of a list."""
        following = next((n for n in later if n.kind not in kinds.EMPTY), None)
        hit = _STYLES[2].match(following.text) if following is not None else None
        return bool(hit) and self.style is not _STYLES[2]

    def _close_heading(self) -> None:
        """A heading with text below it and no （一）: the text is the provision."""
        heading, self.heading = self.heading, None
        if heading is not None:
            self._open(heading, self.mark, "", "", heading=squeeze(self.title))

    def _add(self, line: Line) -> None:
        if not self.open:
            return
        hit = _STYLES[2].match(line.text) if self.style is not _STYLES[2] else None
        if hit and to_int(hit["number"]) == self.item + 1 and self.open.body.text:
            self.item += 1
            line = replace(line, kind=kinds.ITEM, value=self.item, rest=hit["rest"])
        elif line.kind != kinds.TABLE:
            line = replace(line, kind=kinds.TEXT)
        self.open.body.add(line)

    def _ends(self, line: Line, later: Sequence[Line]) -> bool:
        """An annex, a signature or a date below the last provision."""
        if not self.done and self.open is None and self.heading is None:
            return False
        if self.open and self.open.body.unfinished:
            return False
        if marks()["annex"].match(line.text):
            return True
        signed = marks()["signature"].match(line.text) and line.kind != kinds.BLANK
        return bool(signed) and _count_from(later, self.style, self.top) == 0

    def _close(self) -> None:
        now, self.open = self.open, None
        if now is None:
            return
        paragraphs, findings = now.body.finish(now.label)
        self.findings += findings
        if not paragraphs and not now.heading:
            self.findings.append(Finding(now.line.number, "empty_article", f"{now.label}没有正文。"))
        end = paragraphs[-1].end if paragraphs else now.line.end
        self.done.append(
            Article(
                "",
                now.number,
                now.suffix,
                now.label,
                now.heading,
                now.chapter,
                now.section,
                tuple(paragraphs),
                now.line.start,
                max(end, now.line.start),
                now.line.number,
            )
        )


def _count_from(found: Sequence[Line], style: re.Pattern[str], reached: int) -> int:
    return sum(1 for n in found if (hit := style.match(n.text)) and to_int(hit["number"]) == reached + 1)
