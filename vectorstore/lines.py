"""What kind of line is this? One line at a time, without knowledge of its neighbours.

A line is stripped of Markdown (#, **, list marks) and white space; what is left keeps the
source's own characters. Whether an article number opens an article or is a cross-reference
is decided in `parser`, which knows what came before.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from vectorstore.numerals import NUMBER, to_int
from vectorstore.reading import RawLine

BLANK, NOISE, CONTENTS, CHAPTER, ARTICLE, ITEM, TEXT = (
    "blank", "noise", "contents", "chapter", "article", "item", "text",
)  # fmt: skip

_LEAD = re.compile(r"^(?:[\s\u3000\u200b\ufeff]|#{1,6}(?!#)|>|[-*+•](?=\s))*")
_COMMENT = re.compile(r"^(?:<!--.*-->|[-—–_=*·.\s]{3,})$")
_PAGE = re.compile(r"^(?:[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4})$")
_CONTENTS = re.compile(r"^目\s*[录錄次]$")
_LEADERS = re.compile(r"[.…·]{3,}\s*\d{0,4}$")
_UNIT = rf"(第)?\s*({NUMBER})\s*(编|編|篇|章|节|節)"
_CHAPTER = re.compile(rf"^{_UNIT}(?![程节節])\s*[：:]?\s*(.*)$")
_NOT_A_TITLE = re.compile(r"^(?:的|规定|規定|所|之|中的|第|[、,，;；。)）》])|[。；;]")
_ARTICLE = re.compile(
    rf"^(第)?\s*({NUMBER})\s*[条條](?:\s*之\s*([一二三四五六七八九十]{{1,3}})(?![一-鿿]))?(.*)$", re.S
)
_ITEM = re.compile(r"^(?:[（(]\s*([一二三四五六七八九十百]{1,4})\s*[)）]|([㈠-㈩]))")
_ITEM_REFERENCE = re.compile(r"^\s*(?:[项項]|[、至和或](?:第)?[（(])")
#: What follows the number when an article is referred to rather than opened.
_REFERENCE = re.compile(
    rf"^\s*(?:之?[规規]定|第\s*{NUMBER}\s*[款项項]|[、,，;；。)）》”]|的|所[列称稱述指]|"
    rf"[和或与與及至到]者?\s*第|以及第|[款项項]|[（(]\s*[一二三四五六七八九十]+\s*[)）]\s*[项項])"
)
_HEADING = rf"第\s*{NUMBER}\s*[条條](?:之[一二三四五六七八九十]{{1,3}})?[ \t　【]"
_INLINE = re.compile(rf"(?<=[。”）)])(?=[ \t　]*{_HEADING})")
_AFTER_TITLE = re.compile(rf"(?<=[ \t　])(?={_HEADING})")
_CHAPTER_LEAD = re.compile(rf"^[\s#*　]*第\s*{NUMBER}\s*[章节節]")
_END = re.compile(r"[。！？!?][”’」』)）》】\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A classified line. `text` has no markup; `start`, `end` are offsets in the source."""

    number: int
    start: int
    end: int
    kind: str
    text: str
    marked: bool = False  # opened with # or set in bold
    indented: bool = False
    value: int = 0  # chapter, article or item number
    suffix: int = 0
    unit: str = ""  # 编, 章 or 节
    rest: str = ""  # what follows the number
    has_di: bool = True
    glued: bool = False  # the rest follows the number without any separator
    inline: bool = False  # begins in the middle of a printed line

    @property
    def refers(self) -> bool:
        """「第三十条规定的…」: an article number used as a reference."""
        return self.kind == ARTICLE and bool(_REFERENCE.match(self.rest))

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends where a paragraph may end."""
        return ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    """。！？, closing quotes and brackets after them allowed."""
    return bool(_END.search(text.rstrip()))


def squeeze(text: str) -> str:
    """Drop white space between Chinese characters: 「总　则」 is 「总则」."""
    return re.sub(r"(?<=[一-鿿])[ \t　]+(?=[一-鿿])", "", text.strip())


def split_inline(text: str, raw: RawLine) -> list[RawLine]:
    """Cut a printed line where 「第六条 …」 follows a full stop or a chapter title."""
    content = text[raw.start : raw.end]
    cuts = [m.start() for m in _INLINE.finditer(content)]
    if _CHAPTER_LEAD.match(content) and (found := _AFTER_TITLE.search(content)):
        cuts.insert(0, found.start())
    edges = [0, *sorted(set(cuts) - {0}), len(content)]
    return [RawLine(raw.number, raw.start + a, raw.start + b) for a, b in pairwise(edges)] or [raw]


def classify(text: str, raw: RawLine, *, inline: bool = False) -> Line:
    """Strip one raw line and say what it is."""
    content = text[raw.start : raw.end]
    lead = _LEAD.match(content)
    cut = lead.end() if lead else 0
    body = content[cut:]
    marked = "#" in content[:cut] or body.startswith(("**", "__"))
    indented = content.startswith(("\u3000", "  ", "\t"))
    clean = re.sub(r"\*\*|__|[\u200b\ufeff]", "", body).strip("\f\x0b \t\u3000\r\n")
    start = raw.start + cut
    base = Line(raw.number, start, raw.start + len(content.rstrip()), TEXT, clean, marked, indented, inline=inline)
    return _kind_of(base, content)


def _kind_of(line: Line, content: str) -> Line:
    clean = line.text
    if not clean:
        return _as(line, NOISE if content.strip(" \t\u3000\r\n\f\x0b\u200b\ufeff") else BLANK)
    if _COMMENT.match(content.strip()) or _COMMENT.match(clean) or _PAGE.match(content.strip()):
        return _as(line, NOISE)
    if _CONTENTS.match(clean):
        return _as(line, CONTENTS)
    return _chapter(line) or _article(line) or _item(line) or line


def _chapter(line: Line) -> Line | None:
    found = _CHAPTER.match(line.text)
    if not found or (value := to_int(found[2])) is None:
        return None
    title = _LEADERS.sub("", found[4]).strip()
    if not found[1] and (not title or len(found[2]) > 3 or found[2].isascii()):
        return None
    if _NOT_A_TITLE.search(title) or len(title) > 40 or title.endswith(("，", ",", "、")):
        return None
    unit = found[3].replace("編", "编").replace("節", "节").replace("篇", "编")
    return _as(line, CHAPTER, value=value, unit=unit, rest=title, has_di=bool(found[1]))


def _article(line: Line) -> Line | None:
    found = _ARTICLE.match(line.text)
    if not found or (value := to_int(found[2])) is None or not 0 < value < 3000:
        return None
    rest = found[4]
    glued = bool(rest) and not re.match(r"^[\s\u3000【：:\[〔]", rest) and not line.marked
    if not found[1] and glued:
        return None
    suffix = to_int(found[3]) or 0 if found[3] else 0
    return _as(line, ARTICLE, value=value, suffix=suffix, rest=rest.strip(" \t\u3000：:"),
               has_di=bool(found[1]), glued=glued)  # fmt: skip


def _item(line: Line) -> Line | None:
    found = _ITEM.match(line.text)
    if not found or _ITEM_REFERENCE.match(line.text[found.end() :]):
        return None
    value = to_int(found[1]) if found[1] else ord(found[2]) - ord("㈠") + 1
    return _as(line, ITEM, value=value or 0, rest=line.text[found.end() :].strip())


def _as(
    line: Line, kind: str, *, value: int = 0, suffix: int = 0, unit: str = "",
    rest: str = "", has_di: bool = True, glued: bool = False,
) -> Line:  # fmt: skip
    return Line(line.number, line.start, line.end, kind, line.text, line.marked, line.indented,
                value, suffix, unit, rest, has_di, glued, line.inline)  # fmt: skip
