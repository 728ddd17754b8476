"""What kind of line is this? One line at a time, without knowledge of its neighbours.

A line is stripped of markup (#, **, list marks, links, tags) and white space; what is left keeps
the source's own characters. Whether an article number opens an article or is a cross-reference
is decided in `parser`, which knows what came before and what comes after.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import pairwise

from law.formats.document import RawLine
from law.text.numerals import MOST, NUMBER, to_int
from law.text.rules import Rule, load_rules

BLANK, NOISE, PAGE, CONTENTS, CHAPTER, ARTICLE, ITEM, TABLE, TEXT = (
    "blank",
    "noise",
    "page",
    "contents",
    "chapter",
    "article",
    "item",
    "table",
    "text",
)
#: Lines that carry no words of the law.
EMPTY = (BLANK, NOISE, PAGE, CONTENTS)

_WHITE = r"\s\u200b\ufeff"
_MARGIN = re.compile(rf"^[{_WHITE}]+|[{_WHITE}]+$")
_TAGS = (
    "p|br|div|span|h[1-6]|center|b|strong|em|i|u|font|a|table|tr|td|th|tbody|thead|ul|ol|li|hr|img|sup|sub|blockquote"
)
_TAG = rf"</?(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?>|&(?:nbsp|emsp|ensp|#160|#12288);|<!--.{{0,500}}?-->"
_LEAD = re.compile(rf"^(?:[{_WHITE}]|#{{1,6}}(?!#)|>|[-*+•](?=\s)|{_TAG})*", re.I)
_MARKUP = re.compile(rf"\*\*|[\u200b\ufeff]|{_TAG}", re.I)
_LINK = re.compile(r"\[([^\[\]]{1,80})\]\((?:#|https?:|\.{0,2}/)[^)\s]*\)")
_EMPHASIS = re.compile(r"^(?:__([^_]+)__|\*([^*\s][^*]*)\*(?!\*))")
_RULE = re.compile(r"^(?:<!--.*-->|[-—–_=*·.\s]{3,}|\|?[\s:|-]*---[\s:|-]*)$")
_PAGE = re.compile(
    rf"^(?:[-—–－·]+\s*[0-9０-９]{{1,4}}\s*[-—–－·]+|第\s*{NUMBER}\s*[页頁]{{1}}.{{0,12}}|\d{{1,4}}\s*/\s*\d{{1,4}}"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)$",
    re.I,
)
_LEADERS = re.compile(r"(?:(?<![.…·])[.…·]{2,200}|\t)\s*[（(]?\d{0,4}[)）]?$")
#: 「【第六条】」, 「（第七条）」, and what some print after a number: 「第三条、」, 「第五条——」.
_IN_BRACKETS = re.compile(
    rf"^[【\[〔［（(]\s*(第\s*{NUMBER}\s*[条條](?:\s*之\s*[一二三四五六七八九十]{{1,3}})?)\s*[】\]〕］）)]\s*(.*)$",
    re.S,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>'\"^$@&])|\\$")
_SPAN = re.compile(r"\[([^\[\]]{1,200})\]\{[.#][^{}]{0,60}\}|(?<=\S)\s*\{#[^{}]{0,80}\}$")
_FENCE = re.compile(r"^:{3,}.{0,60}$")
_ITEM = re.compile(r"^(?:[（(]\s*([一二三四五六七八九十百]{1,4})\s*[)）]|([㈠-㈩]))")
_HEADING = rf"第\s*{NUMBER}\s*[条條](?:之[一二三四五六七八九十]{{1,3}})?[ \t　【]"
_UNREAD = re.compile(rf"(第\s*({NUMBER})\s*[条條])(?=[ \t　【])")
_INLINE = re.compile(rf"(?<=[。”）)])(?=[ \t　]*{_HEADING})")
_INLINE_CHAPTER = re.compile(
    rf"(?<=[。”）) \t　])(?=第(?:一[章编編][ \t　]|{NUMBER}[章节節][ \t　]\S{{1,30}}[ \t　]{_HEADING}))"
)
_CHAPTER_LEAD = re.compile(rf"[\s#*　]*第\s*{NUMBER}\s*[章节節]")
_SOFT_BREAK = re.compile(r"(?<=[\f\x0b\x85\u2028\u2029])|<br\s*/?>|</(?:p|div|h[1-6]|li|tr)>", re.I)
_END = re.compile(r"(?:[。！？!?]|(?<=[一-鿿])[.．])[”’」』)）》】\]]*$")
_PUNCTUATION = re.compile(r"[，。；：！？,;:!?|“”]|[.．]$")
TITLE_LENGTH = 25
#: The beginning of an article whose number is above MOST, or is that: such a document is refused.
_HIGHER = re.compile(
    r"^第\s*(?:[一二三四五六七八九十百千两兩1-9１-９][^第条條。，]{0,8}[万萬]|[1-9１-９][0-9０-９]{4})[^第条條。，]{0,12}[条條]"
)


@lru_cache(maxsize=1)
def marks() -> Mapping[str, Rule]:
    """The rules of `marks.toml` by name."""
    return load_rules("law.parsing", "marks.toml")


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
    strong: str = ""  # what markup sets apart at the start: the bold words, or a whole # line
    title: str = ""  # an article's heading, told by that markup

    @property
    def refers(self) -> bool:
        """「第三十条规定的…」: an article number used as a reference."""
        return self.kind == ARTICLE and bool(marks()["reference"].match(self.rest))

    @property
    def amends(self) -> bool:
        """「第三条　删去第六条。」: an article of an amendment, its number set apart from what it does."""
        return self.kind == ARTICLE and not self.glued and bool(marks()["amends"].match(self.rest))

    @property
    def may_refer(self) -> bool:
        """「第三条规定…」: a reference or an article without a space after its number."""
        return self.kind == ARTICLE and bool(marks()["perhaps"].match(self.rest))

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends where a paragraph may end."""
        return ends_sentence(self.text)


def numbered_too_high(text: str) -> bool:
    """Whether a line opens with the number of an article above MOST, which nothing else reads.

    >>> numbered_too_high("第一万条 本法"), numbered_too_high("第10001条"), numbered_too_high("第九千九百九十九条")
    (False, True, False)
    """
    found = marks()["article"].match(text)
    return bool(_HIGHER.match(text)) and not (found and (to_int(found[2]) or 0) == MOST)


def ends_sentence(text: str) -> bool:
    """。！？, closing quotes and brackets after them allowed."""
    return bool(_END.search(text.rstrip()[-20:]))


def is_title(text: str) -> bool:
    """Short words without punctuation: what a heading looks like."""
    return 0 < len(text) <= TITLE_LENGTH and not _PUNCTUATION.search(text)


def squeeze(text: str) -> str:
    """Drop white space between Chinese characters: 「总　则」 is 「总则」."""
    return re.sub(r"(?<=[一-鿿])[ \t　]+(?=[一-鿿])", "", text.strip())


def unread_label(line: Line) -> str:
    """「第二十〇条」 where an article seems to open under what is no number, "" anywhere else."""
    found = _UNREAD.match(line.text) if line.kind == TEXT else None
    return found[1] if found and to_int(found[2]) is None else ""


def pieces_of(text: str, raw: RawLine) -> list[Line]:
    """Cut a printed line at form feeds and <br>, and where 「第六条 …」 follows a full stop or a chapter title."""
    content = text[raw.start : raw.end]
    soft = {m.end() for m in _SOFT_BREAK.finditer(content)}
    cuts = {m.start() for m in _INLINE.finditer(content)}
    chapters = {0, *(m.start() for m in _INLINE_CHAPTER.finditer(content))}
    for at in chapters:
        if _CHAPTER_LEAD.match(content, at) and (found := marks()["after_title"].search(content, at, at + 60)):
            cuts.add(found.start())
    edges = sorted({*soft, *cuts, *chapters, len(content)})
    parts = [RawLine(raw.number, raw.start + a, raw.start + b) for a, b in pairwise(edges)] or [raw]
    inner = [p.start - raw.start not in soft and p.start > raw.start for p in parts]
    return [classify(text, part, inline=inline) for part, inline in zip(parts, inner, strict=True)]


def classify(text: str, raw: RawLine, *, inline: bool = False) -> Line:
    """Strip one raw line and say what it is."""
    content = text[raw.start : raw.end]
    lead = _LEAD.match(content)
    cut = lead.end() if lead else 0
    body = content[cut:]
    marked = "#" in content[:cut] or body.startswith("**") or bool(_EMPHASIS.match(body))
    indented = content.startswith(("\u3000", "  ", "\t"))
    clean = _clean(body)
    strong = clean if "#" in content[:cut] else ""
    if not strong and (bold := re.match(r"\*\*(.+?)\*\*|__[^_]+__", body)):
        strong = _clean(bold[0])
    line = Line(
        raw.number,
        raw.start + cut,
        raw.start + len(content.rstrip()),
        TEXT,
        clean,
        marked,
        indented,
        inline=inline,
        strong=strong,
    )
    return _kind_of(line, content)


def _clean(body: str) -> str:
    """Without markup, and without what a converter left of it: 「\\_」, 「&mdash;」, 「[甲]{.underline}」."""
    bare = _LINK.sub(r"\1", _EMPHASIS.sub(r"\1\2", _MARKUP.sub("", body)))
    return _stripped(unescape(_ESCAPED.sub(r"\1", _SPAN.sub(r"\1", bare))))


def _stripped(text: str) -> str:
    return _MARGIN.sub("", text)


def _kind_of(line: Line, content: str) -> Line:
    whole = _stripped(content)
    if _PAGE.match(whole):
        return replace(line, kind=PAGE, text=whole)
    if not line.text:
        return replace(line, kind=NOISE if whole else BLANK)
    if _RULE.match(whole) or _RULE.match(line.text) or _FENCE.match(whole):
        return replace(line, kind=NOISE)
    if marks()["contents"].match(line.text):
        return replace(line, kind=CONTENTS)
    if line.text.startswith("|") and line.text.count("|") > 1:
        return replace(line, kind=TABLE)
    return _chapter(line) or _article(line) or _item(line) or line


def _chapter(line: Line) -> Line | None:
    found = marks()["chapter"].match(line.text) if len(line.text) < 300 else None
    if not found or (value := to_int(found[2])) is None:
        return None
    title = _LEADERS.sub("", found[4]).strip()
    if not found[1] and (not title or len(found[2]) > 3 or found[2].isascii()):
        return None
    if marks()["not_a_title"].search(title) or len(title) > 40 or title.endswith(("，", ",", "、")):
        return None
    unit = found[3].replace("編", "编").replace("節", "节").replace("篇", "编")
    return replace(line, kind=CHAPTER, value=value, unit=unit, rest=title, has_di=bool(found[1]))


def _article(line: Line) -> Line | None:
    bracketed = _IN_BRACKETS.match(line.text)
    found = marks()["article"].match(bracketed[1] if bracketed else line.text)
    if not found or (value := to_int(found[2])) is None or not 0 < value <= MOST:
        return None
    rest = bracketed[2] if bracketed else found[6]
    if separator := marks()["separator"].match(rest):
        rest = rest[separator.end() :]
    glued = bool(rest) and not re.match(r"^[\s\u3000【：:\[〔［〖]", rest) and not line.marked
    if not found[1] and glued:
        return None
    suffix = to_int(found[3] or found[4] or found[5] or "") or 0
    title, rest = _title(line, rest)
    return replace(
        line,
        kind=ARTICLE,
        value=value,
        suffix=suffix,
        title=title,
        has_di=bool(found[1]),
        glued=glued,
        rest=re.sub(r"^[\s\u3000：:]+", "", rest),
    )


def _title(line: Line, rest: str) -> tuple[str, str]:
    """The heading that markup sets apart: 「### 第二条 适用范围」, 「**第二条 适用范围** 本市…」; and what follows."""
    strong = _stripped(line.strong[len(line.text) - len(rest) :]) if line.text.startswith(line.strong) else ""
    if len(strong) < 2 or not is_title(strong) or strong.startswith(("【", "（", "(", "[", "〔", "［", "〖")):
        return "", rest
    return strong, rest.lstrip()[len(strong) :]


def _item(line: Line) -> Line | None:
    found = _ITEM.match(line.text)
    if not found or marks()["item_reference"].match(line.text[found.end() :]):
        return None
    value = to_int(found[1]) if found[1] else ord(found[2]) - ord("㈠") + 1
    return replace(line, kind=ITEM, value=value or 0, rest=line.text[found.end() :].strip())
