"""One parser for any regulation: lines become chapters, articles, paragraphs and items.

The order of work: cut into lines → set the table of contents aside → walk the lines once,
deciding for each article number whether it opens an article → report what looks wrong.
Nothing is guessed silently: each decision that is not plain becomes a `Finding`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vectorstore import lines as kinds
from vectorstore.findings import textual_findings
from vectorstore.lines import Line, classify, split_inline, squeeze
from vectorstore.numerals import article_label
from vectorstore.paragraphs import ParagraphBuilder, preamble_paragraphs
from vectorstore.reading import RawLine, lines_of
from vectorstore.regulation import NUMBER_INFERRED, NUMBER_REPEATED, Article, Finding

_BRACKETED = re.compile(r"^[【\[〔]\s*([^】\]〕]{1,40})\s*[】\]〕]\s*")
_PARENTHESISED = re.compile(r"^[（(]([^（）()]{2,20})[)）]\s*")
_MAX_GAP = 5


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document is made of: article 0 first where there is one, then the articles."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Open:
    """An article being read."""

    number: int
    suffix: int
    heading: str
    chapter: str
    section: str
    line: int
    start: int
    body: ParagraphBuilder
    flags: list[str] = field(default_factory=list)


def parse(text: str, declared: Mapping[int, str] | None = None) -> Parsed:
    """Parse a regulation.

    `declared` maps an article number to the first words of an article whose own heading is
    missing from the source (an erratum). Article ids are bare here (`20`, `55-2`, `10.1`).
    """
    return _Reader(text, dict(declared or {})).read()


class _Reader:
    def __init__(self, text: str, declared: dict[int, str]) -> None:
        self.text = text
        self.declared = declared
        self.findings: list[Finding] = []
        self.lines = _set_contents_aside(_classified(text))
        self.wrapped = _is_hard_wrapped(self.lines)
        self.indented = _is_indented(self.lines)
        self.heading_style = _heading_style(self.lines)
        self.part = self.chapter = self.section = ""
        self.open: _Open | None = None
        self.done: list[Article] = []
        self.before: list[Line] = []
        self.awaiting_title = False

    def read(self) -> Parsed:
        for line in self.lines:
            self._take(line)
        self._close()
        if not self.done:
            self.before = [n for n in self.lines if n.kind not in (kinds.BLANK, kinds.NOISE)]
            self.findings.append(Finding(0, "no_articles", "没有找到「第…条」，全文作为一个整体(题注)保留。"))
        articles = self._preamble() + self._with_ids()
        if self.wrapped:
            self.findings.append(Finding(0, "hard_wrapped", "全文按固定宽度折行，已按句末标点重新接成段落。"))
        self.findings += textual_findings(self.text, articles)
        return Parsed(tuple(articles), tuple(sorted(set(self.findings), key=lambda f: (f.line, f.kind))))

    # one line --------------------------------------------------------------------------

    def _take(self, line: Line) -> None:
        if line.kind in (kinds.BLANK, kinds.NOISE, kinds.CONTENTS):
            if line.kind == kinds.NOISE and re.search(r"\d", line.text):
                self.findings.append(Finding(line.number, "page_number", f"页码「{line.text}」已略去。"))
            if self.open and line.kind == kinds.BLANK:
                self.open.body.blank()
            return
        number = self._declared(line)
        if number:
            self._begin(replace(line, value=number, suffix=0, rest=line.text), inferred=True)
        elif line.kind == kinds.CHAPTER and not self._mid_sentence(line):
            self._enter(line)
        elif line.kind == kinds.ARTICLE and self._opens(line):
            self._begin(line)
        elif self.awaiting_title and len(line.text) <= 25 and not line.ends_sentence:
            self._name_chapter(squeeze(line.text))
        elif self.open is None:
            self.before.append(line)
        else:
            self.open.body.add(line)
        if line.kind != kinds.CHAPTER:
            self.awaiting_title = False

    def _declared(self, line: Line) -> int:
        for number, begins in self.declared.items():
            if line.text.startswith(begins):
                return number
        return 0

    def _mid_sentence(self, line: Line) -> bool:
        """「…依照本条例\\n第六章规定…」 continues a sentence."""
        return self.open is not None and self.open.body.unfinished and not line.marked and not line.rest

    def _enter(self, line: Line) -> None:
        if self.open:
            self._close()
        title = squeeze(f"第{_numeral(line)}{line.unit} {line.rest}").strip()
        if line.unit == "编":
            self.part, self.chapter, self.section = title, "", ""
        elif line.unit == "章":
            self.chapter, self.section = title, ""
        else:
            self.section = title
        self.awaiting_title = not line.rest
        if not line.has_di:
            self.findings.append(Finding(line.number, "heading_without_di", f"章节标题「{line.text}」缺「第」字。"))

    def _name_chapter(self, title: str) -> None:
        if self.section:
            self.section = f"{self.section} {title}"
        elif self.chapter:
            self.chapter = f"{self.chapter} {title}"
        else:
            self.part = f"{self.part} {title}"

    # does this number open an article? ----------------------------------------------------

    def _last(self) -> tuple[int, int]:
        if self.open:
            return self.open.number, self.open.suffix
        return (self.done[-1].number, self.done[-1].suffix) if self.done else (0, 0)

    def _opens(self, line: Line) -> bool:
        if line.refers and not _BRACKETED.match(line.rest):
            return False
        number, suffix = self._last()
        expected = (line.value, line.suffix) in ((number + 1, 0), (number, suffix + 1))
        if line.glued and not expected:
            return False
        if not line.has_di:
            near = 0 <= line.value - number <= 2
            return near and (expected or bool(_BRACKETED.match(line.rest)))
        if self.open is None and not self.done:
            return True
        if expected:
            return not (self.open and self.open.body.unfinished and line.glued)
        if self.open and self.open.body.unfinished and not line.marked:
            return False
        return not line.inline

    def _begin(self, line: Line, *, inferred: bool = False) -> None:
        self._close()
        last, _ = self._last()
        heading, rest = self._heading(line.rest)
        body = ParagraphBuilder(wrapped=self.wrapped, indented=self.indented)
        self.open = _Open(line.value, line.suffix, heading, self._chapter(), self.section,
                          line.number, line.start, body)  # fmt: skip
        label = article_label(line.value, line.suffix)
        if inferred:
            self.open.flags.append(NUMBER_INFERRED)
        if not line.has_di and not inferred:
            self.findings.append(
                Finding(line.number, "heading_without_di", f"「{line.text[:20]}」缺「第」字，读作{label}。")
            )
        if last and line.value > last + 1:
            missing = "、".join(article_label(n) for n in range(last + 1, min(line.value, last + 1 + _MAX_GAP)))
            self.findings.append(Finding(line.number, "gap", f"{article_label(last)}之后是{label}，缺{missing}。"))
        elif last and not line.suffix and line.value < last:
            self.findings.append(
                Finding(line.number, "out_of_order", f"{article_label(last)}之后是{label}，次序倒退。")
            )
        if rest:
            self.open.body.add(replace(line, kind=kinds.TEXT, text=rest))

    def _heading(self, rest: str) -> tuple[str, str]:
        pattern = _PARENTHESISED if self.heading_style == "parentheses" else _BRACKETED
        if found := (_BRACKETED.match(rest) or pattern.match(rest)):
            return found[1].strip(), rest[found.end() :].lstrip()
        if self.heading_style == "own_line" and rest and len(rest) <= 25 and not re.search(r"[。；，：;,:]", rest):
            return squeeze(rest), ""
        return "", rest

    def _chapter(self) -> str:
        return f"{self.part} {self.chapter}".strip()

    # closing --------------------------------------------------------------------------------

    def _close(self) -> None:
        if not self.open:
            return
        now, self.open = self.open, None
        label = article_label(now.number, now.suffix)
        paragraphs, findings = now.body.finish(label)
        self.findings += findings
        if not paragraphs:
            self.findings.append(Finding(now.line, "empty_article", f"{label}没有正文。"))
        end = paragraphs[-1].end if paragraphs else now.start
        self.done.append(
            Article("", now.number, now.suffix, label, now.heading, now.chapter, now.section,
                    tuple(paragraphs), now.start, max(end, now.start), now.line, tuple(now.flags))
        )  # fmt: skip

    def _preamble(self) -> list[Article]:
        paragraphs = preamble_paragraphs(self.before)
        if not paragraphs:
            return []
        return [Article("0", 0, 0, article_label(0), "", "", "", tuple(paragraphs),
                        paragraphs[0].start, paragraphs[-1].end, self.before[0].number)]  # fmt: skip

    def _with_ids(self) -> list[Article]:
        seen: dict[tuple[int, int], int] = {}
        counts: dict[tuple[int, int], int] = {}
        for a in self.done:
            counts[(a.number, a.suffix)] = counts.get((a.number, a.suffix), 0) + 1
        result: list[Article] = []
        for a in self.done:
            key = (a.number, a.suffix)
            seen[key] = seen.get(key, 0) + 1
            bare = f"{a.number}.{a.suffix}" if a.suffix else str(a.number)
            flags = a.flags
            if counts[key] > 1:
                flags = (*flags, NUMBER_REPEATED)
                if seen[key] > 1:
                    self.findings.append(Finding(a.line, "repeat", f"{a.label}出现了{counts[key]}次。"))
            result.append(replace(a, id=bare if seen[key] == 1 else f"{bare}-{seen[key]}", flags=flags))
        return result


def _numeral(line: Line) -> str:
    from vectorstore.numerals import to_chinese

    return to_chinese(line.value)


def _classified(text: str) -> list[Line]:
    result: list[Line] = []
    for raw in lines_of(text):
        pieces: list[RawLine] = split_inline(text, raw) if raw.end > raw.start else [raw]
        result += [classify(text, piece, inline=i > 0) for i, piece in enumerate(pieces)]
    return result


def _set_contents_aside(found: Sequence[Line]) -> list[Line]:
    """Turn the lines of a table of contents into noise: titles that come again before any text."""
    result = list(found)
    where = [i for i, n in enumerate(result) if n.kind not in (kinds.BLANK, kinds.NOISE)]
    titled = next((i for i in where if result[i].kind == kinds.CONTENTS), None)
    firsts = [i for i in where if result[i].kind == kinds.CHAPTER and result[i].value == 1
              and result[i].unit in ("编", "章")]  # fmt: skip
    if len(firsts) >= 2 and result[firsts[0]].unit == result[firsts[-1]].unit:
        begin = titled if titled is not None and titled < firsts[0] else firsts[0]
        for end in firsts[1:]:
            inner = [result[i] for i in where if firsts[0] <= i < end]
            if result[end].rest.startswith(result[firsts[0]].rest[:2]) and all(map(_is_entry, inner)):
                return _silence(result, begin, end)
    if titled is not None:  # entries without a second copy of the first chapter title
        end = next((i for i in where if i > titled and not _is_entry(result[i])), titled + 1)
        if any(n.kind == kinds.CHAPTER for n in result[end:]) or not any(
            n.kind == kinds.ARTICLE for n in result[titled:end]
        ):
            keep = end
            while keep - 1 > titled and result[keep - 1].kind in (kinds.CHAPTER, kinds.BLANK):
                keep -= 1
            body_has_chapters = any(n.kind == kinds.CHAPTER for n in result[end:])
            return _silence(result, titled, end if body_has_chapters else keep)
    return result


def _is_entry(line: Line) -> bool:
    short = len(line.text) <= 45 and not re.search(r"[。；]", line.text)
    return short and (
        line.kind in (kinds.CHAPTER, kinds.ARTICLE, kinds.CONTENTS) or bool(re.match(r"^附\s*[则則件录錄]", line.text))
    )


def _silence(found: list[Line], begin: int, end: int) -> list[Line]:
    return [replace(n, kind=kinds.BLANK, text="") if begin <= i < end else n for i, n in enumerate(found)]


def _is_hard_wrapped(found: Sequence[Line]) -> bool:
    """More than a third of the text lines break in the middle of a sentence."""
    texts = [n for n in found if n.kind == kinds.TEXT and len(n.text) > 8]
    broken = [n for n in texts if not n.ends_sentence and not n.text.endswith(("：", ":", "；", ";"))]
    return len(texts) >= 20 and len(broken) * 3 > len(texts)


def _is_indented(found: Sequence[Line]) -> bool:
    """Paragraphs are told by their indent: article headings have it, continuations do not."""
    heads = [n for n in found if n.kind == kinds.ARTICLE and not n.inline]
    texts = [n for n in found if n.kind == kinds.TEXT]
    return (len(heads) >= 3 and sum(n.indented for n in heads) * 10 >= len(heads) * 9
            and sum(not n.indented for n in texts) * 10 >= len(texts) * 3)  # fmt: skip


def _heading_style(found: Sequence[Line]) -> str:
    """How a majority of the articles carry a heading of their own, if they do."""
    heads = [n for n in found if n.kind == kinds.ARTICLE and not n.refers and n.has_di]
    if len(heads) < 3:
        return ""
    if sum(bool(_PARENTHESISED.match(n.rest)) for n in heads) * 10 >= len(heads) * 6:
        return "parentheses"
    bare = [n for n in heads if n.rest and len(n.rest) <= 25 and not re.search(r"[。；，：;,:]", n.rest)]
    return "own_line" if len(bare) * 10 >= len(heads) * 6 else ""
