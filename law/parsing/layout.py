"""How a document is laid out, told by all of its lines together.

Tables of contents, running headers and page numbers are set aside here, and the parser is told
how paragraphs and headings are printed in this document.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from law.formats.document import lines_of
from law.parsing import lines as kinds
from law.parsing.lines import Line, is_title, marks, pieces_of, squeeze
from law.regulation import Finding

BRACKETED = re.compile(r"^[【\[〔［〖]\s*([^】\]〕］〗]{1,40})\s*[】\]〕］〗]\s*")
PARENTHESISED = re.compile(r"^[（(]([^（）()]{2,20})[)）]\s*")
#: 「（适用范围）」 on a line of its own.
ALONE = re.compile(r"^[（(【\[〔]([一-鿿、]{2,20})[)）】\]〕]$")
_CELLS = re.compile(r"[^\s，。；：]\t+[^\s]")
_NUMBER_ALONE = re.compile(r"^[0-9０-９]{1,4}$")


@dataclass(frozen=True, slots=True)
class PrintedLayout:
    """How paragraphs and headings are printed.

    paragraphs  `lines`: one a line; `indented`: told by their indent; `blocks`: told by blank
                lines; `sentences`: hard-wrapped, told by full stops alone
    headings    `parentheses`, `own_line`, `above` (on the line before the number) or ""
    width       characters a line where the text is hard-wrapped, else 0
    """

    paragraphs: str = "lines"
    headings: str = ""
    width: int = 0


def read_lines(text: str) -> tuple[list[Line], list[Finding]]:
    """Every line classified; what is no part of the text is noise. With what was set aside."""
    found = [line for raw in lines_of(text) for line in pieces_of(text, raw)]
    found = _without_comments(text, found)
    found, findings = _without_page_furniture(found)
    return _with_tables(_without_contents(found)), findings


def layout_of(found: Sequence[Line]) -> PrintedLayout:
    """The layout of a document without its table of contents."""
    width = _wrapped_at(found)
    headings = _heading_style(found)
    if _is_indented(found):
        return PrintedLayout("indented", headings, width)
    if not width:
        return PrintedLayout("lines", headings)
    return PrintedLayout("blocks" if _in_blocks(found) else "sentences", headings, width)


def _without_comments(text: str, found: Sequence[Line]) -> list[Line]:
    """Lines inside an HTML comment of several lines."""
    result, opened = list(found), False
    for i, line in enumerate(found):
        printed = text[line.start : line.end]
        begins = printed.rfind("<!--") > printed.rfind("-->") and text.find("-->", line.end) >= 0
        if opened or begins:
            result[i] = replace(line, kind=kinds.NOISE, text="")
        opened = begins or (opened and "-->" not in printed)
    return result


def _without_page_furniture(found: Sequence[Line]) -> tuple[list[Line], list[Finding]]:
    """Page numbers printed alone, in ascending order, and the title repeated on every page."""
    result, findings = list(found), []
    alone = [i for i, n in enumerate(result) if n.kind == kinds.TEXT and _NUMBER_ALONE.match(n.text)]
    values = [int(result[i].text) for i in alone]
    if len(values) > 1 and all(a < b <= a + 3 for a, b in pairwise(values)):
        for i in alone:
            result[i] = replace(result[i], kind=kinds.PAGE)
    else:
        findings += [
            Finding(result[i].number, "lone_number", f"单独一行的数字「{result[i].text}」按正文保留。") for i in alone
        ]
    for i in _running_headers(result):
        findings.append(Finding(result[i].number, "running_header", f"页眉「{result[i].text}」已略去。"))
        result[i] = replace(result[i], kind=kinds.NOISE)
    findings += [Finding(n.number, "page_number", f"页码「{n.text}」已略去。") for n in result if n.kind == kinds.PAGE]
    return result, findings


def _running_headers(found: Sequence[Line]) -> list[int]:
    """Lines after the first article that repeat a line before it, or stand beside page numbers again and again."""
    first = next((i for i, n in enumerate(found) if n.kind == kinds.ARTICLE), len(found))
    count = Counter(n.text for n in found if n.kind == kinds.TEXT)
    opening = {n.text for n in found[:first]}
    content = [i for i, n in enumerate(found) if n.kind != kinds.BLANK]
    by_page = {
        content[k + d]
        for k, i in enumerate(content)
        if found[i].kind == kinds.PAGE
        for d in (-1, 1)
        if 0 <= k + d < len(content)
    }
    return [
        i
        for i, n in enumerate(found)
        if i > first
        and n.kind == kinds.TEXT
        and len(n.text) <= 60
        and not n.ends_sentence
        and ((n.text in opening and count[n.text] > 2) or (i in by_page and count[n.text] > 1))
    ]


def _without_contents(found: Sequence[Line]) -> list[Line]:
    """Turn a table of contents into blank lines: its entries come again before any text."""
    where = [i for i, n in enumerate(found) if n.kind not in (kinds.BLANK, kinds.NOISE, kinds.PAGE)]
    titled = next((i for i in where if found[i].kind == kinds.CONTENTS), None)
    for opens in (_opens_chapters, _opens_articles):
        firsts = [i for i in where if opens(found[i])]
        begin = titled if titled is not None and firsts and titled < firsts[0] else (firsts or [0])[0]
        for end in firsts[1:]:
            entries = [found[i] for i in where if firsts[0] <= i < end]
            same = opens is _opens_articles or squeeze(found[end].rest).startswith(squeeze(found[firsts[0]].rest)[:2])
            if (
                same
                and (len(entries) > 1 or titled is not None)
                and all(_is_entry(n, titled=titled is not None) for n in entries)
            ):
                return _silence(found, begin, end)
    if titled is None:
        return list(found)
    return _without_titled_contents(found, where, titled)


def _without_titled_contents(found: Sequence[Line], where: Sequence[int], titled: int) -> list[Line]:
    """A 目录 whose first entry never comes again: keep the chapter title that stands over the first article."""
    end = next((i for i in where if i > titled and not _is_entry(found[i])), titled + 1)
    following = [n for n in found[end:] if n.kind == kinds.CHAPTER]
    listed = {(n.unit, n.value) for n in found[titled:end] if n.kind == kinds.CHAPTER}
    chapters_follow = bool(following) and (following[0].unit, following[0].value) in listed
    if not chapters_follow and any(n.kind == kinds.ARTICLE for n in found[titled:end]):
        return list(found)
    while not chapters_follow and end - 1 > titled and found[end - 1].kind in (kinds.CHAPTER, kinds.BLANK):
        end -= 1
    return _silence(found, titled, end)


def _with_tables(found: Sequence[Line]) -> list[Line]:
    """Two rows or more whose cells are set apart by tabs, nothing but blank lines between them."""
    result = list(found)
    content = [i for i, n in enumerate(found) if n.kind not in kinds.EMPTY]
    rows = {i for i in content if found[i].kind == kinds.TEXT and _CELLS.search(found[i].text)}
    for before, i, after in zip([-1, *content], content, [*content[1:], -1], strict=False):
        if i in rows and (before in rows or after in rows):
            result[i] = replace(found[i], kind=kinds.TABLE)
    return result


def _opens_chapters(line: Line) -> bool:
    return line.kind == kinds.CHAPTER and line.value == 1 and line.unit in ("编", "章")


def _opens_articles(line: Line) -> bool:
    return line.kind == kinds.ARTICLE and line.value == 1 and not line.suffix and not line.inline


def _is_entry(line: Line, *, titled: bool = False) -> bool:
    if len(line.text) > 45 or re.search(r"[。；]", line.text):
        return False
    if line.kind in (kinds.CHAPTER, kinds.ARTICLE, kinds.CONTENTS) or marks()["annex_entry"].match(line.text):
        return True
    return titled and line.kind == kinds.TEXT and is_title(line.text)


def _silence(found: Sequence[Line], begin: int, end: int) -> list[Line]:
    return [replace(n, kind=kinds.BLANK, text="") if begin <= i < end else n for i, n in enumerate(found)]


def _wrapped_at(found: Sequence[Line]) -> int:
    """Characters a line where more than a third of the text lines break in mid-sentence, else 0."""
    texts = [n for n in found if n.kind in (kinds.TEXT, kinds.ARTICLE) and len(n.text) > 8 and not is_title(n.rest)]
    broken = [n for n in texts if not n.ends_sentence and not n.text.endswith(("：", ":", "；", ";"))]
    if len(texts) < 20 or len(broken) * 3 <= len(texts):
        return 0
    lengths = sorted(len(n.text) for n in broken)
    return lengths[len(lengths) // 2]


def _heads(found: Sequence[Line]) -> list[Line]:
    return [n for n in found if n.kind == kinds.ARTICLE and not n.inline and not n.refers and n.has_di]


def _is_indented(found: Sequence[Line]) -> bool:
    """Article headings and paragraphs have an indent, continuations do not."""
    heads = _heads(found)
    texts = [n for n in found if n.kind == kinds.TEXT]
    return (
        len(heads) >= 3
        and sum(n.indented for n in heads) * 10 >= len(heads) * 9
        and sum(not n.indented for n in texts) * 10 >= len(texts) * 3
    )


def _in_blocks(found: Sequence[Line]) -> bool:
    """A blank line before nearly every article."""
    after = {b for a, b in pairwise(found) if a.kind in (kinds.BLANK, kinds.PAGE)}
    heads = _heads(found)
    return len(heads) >= 3 and len(after.intersection(heads)) * 10 >= len(heads) * 8


def _heading_style(found: Sequence[Line]) -> str:
    """How a majority of the articles carry a heading of their own, if they do."""
    heads = _heads(found)
    if len(heads) < 3:
        return ""
    content = [n for n in found if n.kind not in kinds.EMPTY]
    above = [b for a, b in pairwise(content) if b.kind == kinds.ARTICLE and ALONE.match(a.text)]
    width = max(len(n.text) for n in found)
    bare = [n for n in heads if is_title(n.rest) and (width < 15 or len(n.text) < 0.7 * width)]
    parenthesised = [n for n in heads if PARENTHESISED.match(n.rest)]
    styles = {"above": above, "parentheses": parenthesised, "own_line": bare}
    return next((name for name, told in styles.items() if len(told) * 10 >= len(heads) * 6), "")
