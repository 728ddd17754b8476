"""A web page as lines: the document on it, without the site around it.

The page is cut into blocks; the smallest element that holds nearly all words of prose is the document. What is
left of the site inside it (「打印 关闭」, share links, 上一篇) is told by its own words, its title by the page's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree, html

from law.errors import DocumentError
from law.formats.document import decode
from law.formats.extracted import Extracted, page_rules, table_lines
from law.text.rules import load_rules

_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "form",
        "select",
        "button",
        "nav",
        "header",
        "footer",
        "aside",
        "input",
        "textarea",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_SITE = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|breadcrumb|crumb|footer|foot|header|sidebar|share|related|recommend|copyright|toolbar|"
    r"pagination|pager|position|location|print|qrcode|comment)s?(?:$|[-_\s\d])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_PROSE = re.compile(r"[。；]|第[一二三四五六七八九十百零〇0-9]+[条條章]")
_SEPARATED = re.compile(r"[\s　|｜/·]+")
_SITE_NAME = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_MOST = 0.9  # of the prose must lie inside the element that is chosen


@dataclass(frozen=True, slots=True)
class _Block:
    """One line and how many of its characters are links."""

    text: str
    linked: int


def read_html(data: bytes, name: str) -> Extracted:
    """The document on a web page. Raises DocumentError where the page holds no text."""
    root = _parsed(data, name)
    for element in [e for e in root.iter() if _is_site(e)]:
        if element.getparent() is not None:
            element.drop_tree()
    body = root.find("body") if root.tag == "html" else root
    body = root if body is None else body
    chosen = _document_in(body)
    lines = [b.text for b in _blocks(chosen) if not _is_furniture(b)]
    title = _title_of(root, lines)
    if title:
        lines = [title, *lines]
    if not "".join(lines).strip():
        raise DocumentError(f"「{name}」是网页，但里面没有文字；请打开网页，把正文粘贴到 Word 里存为 docx。")
    return Extracted("\n".join(lines) + "\n", "html")


def _parsed(data: bytes, name: str) -> "html.HtmlElement":
    text = ""
    if (said := _CHARSET.search(data[:4096])) and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(
            said[1].decode("ascii").lower(), said[1].decode("ascii")
        )
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            text = ""
    text = text or decode(data, name).text
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"「{name}」是网页，但读不出内容；请打开网页，把正文粘贴到 Word 里存为 docx。") from error


def _is_site(element: "html.HtmlElement") -> bool:
    if not isinstance(element.tag, str):
        return True  # a comment
    if element.tag in _DROPPED or _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
        return True
    if element.tag in ("html", "body"):
        return False
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_SITE.search(called)) and not _holds_articles(element)


def _holds_articles(element: "html.HtmlElement") -> bool:
    """Some sites call the document itself 「print」: an element with several articles in it stays."""
    return len(re.findall(r"第[一二三四五六七八九十百零〇]+[条條]", element.text_content())) >= 3


def _document_in(body: "html.HtmlElement") -> "html.HtmlElement":
    """The smallest element that holds nearly all of the prose."""
    whole = _prose(body)
    here = body
    while whole:
        inner = max((c for c in here if isinstance(c.tag, str)), key=_prose, default=None)
        if (
            inner is None
            or inner.tag not in _BLOCKS
            or inner.tag in ("p", "tr", "td", "li")
            or _prose(inner) < _MOST * whole
        ):
            break
        here = inner
    return here


def _prose(element: "html.HtmlElement") -> int:
    """Characters of blocks that read like a document."""
    return sum(len(b.text) for b in _blocks(element) if _PROSE.search(b.text) and b.linked * 2 < len(b.text))


def _blocks(element: "html.HtmlElement") -> Iterator[_Block]:
    held: list[tuple[str, bool]] = []

    def flush() -> Iterator[_Block]:
        yield from _lines(held)
        held.clear()

    def walk(node: "html.HtmlElement", linked: bool) -> Iterator[_Block]:
        if not isinstance(node.tag, str):
            return
        if node.tag == "table" and _is_data(node):
            yield from flush()
            rows = [[_words(c) for c in r.iterchildren("td", "th")] for r in node.iter("tr")]
            yield from (_Block(line, 0) for line in table_lines(rows))
            return
        block = node.tag in _BLOCKS
        if block:
            yield from flush()
        if node.tag == "br":
            held.append(("\n", False))
        linked = linked or node.tag == "a"
        held.append((_white(node.text), linked))
        for child in node:
            yield from walk(child, linked)
            held.append((_white(child.tail), linked))
        if block:
            yield from flush()

    yield from walk(element, linked=False)
    yield from flush()


def _lines(held: Sequence[tuple[str, bool]]) -> list[_Block]:
    lines: list[_Block] = []
    words, linked = "", 0
    for text, is_link in [*held, ("\n", False)]:
        if text == "\n":
            clean = words.strip(" \t\u00a0")
            if clean.strip():
                lines.append(_Block(clean, linked))
            words, linked = "", 0
            continue
        words += text
        linked += len(text.strip()) if is_link else 0
    return lines


def _white(text: str | None) -> str:
    """White space as a browser shows it: line ends of the source are none of the text."""
    return re.sub(r"[ \t\u00a0]+", " ", re.sub(r"\s*[\r\n]+\s*", "", text or "").replace("\u200b", ""))


def _is_data(table: "html.HtmlElement") -> bool:
    """A table of short cells, not one that a site is laid out with."""
    rows = [list(r.iterchildren("td", "th")) for r in table.iter("tr")]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2 or table.find(".//table") is not None:
        return False
    return all(len(_words(cell)) <= 400 for row in rows for cell in row) and not _holds_articles(table)


def _words(cell: "html.HtmlElement") -> str:
    return re.sub(r"\s+", "", cell.text_content())


def _is_furniture(block: _Block) -> bool:
    text = block.text.strip()
    if page_rules()["furniture"].match(text):
        return True
    pieces = [p for p in _SEPARATED.split(re.sub(r"[【】\[\]]", " ", text)) if p]
    if 1 < len(pieces) <= 8 and all(page_rules()["furniture"].match(p) for p in pieces):
        return True
    return block.linked * 10 > len(text) * 8 and len(text) < 60 and not _PROSE.search(text)


def _title_of(root: "html.HtmlElement", lines: Sequence[str]) -> str:
    """What the page calls the document, where the document's own first lines do not say it."""
    said = [e.get("content") or "" for e in root.iter("meta") if (e.get("name") or "").lower() == "articletitle"]
    said += [_words(e) for tag in ("h1", "h2", "h3") for e in root.iter(tag)]
    said += [*_page_names(root), *(_words(e) for e in root.iter("div", "p", "span", "td") if _is_headline(e))]
    opening = [re.sub(r"\s", "", line) for line in lines[:8]]
    opening += [a + b for a, b in pairwise(opening)]  # printed over two lines; a 题注 that names it is no title
    for one in said:
        title = re.sub(r"\s", "", one)
        if len(title) >= 4 and load_rules("law.formats", "pages.toml")["title_of_law"].search(title):
            return "" if any(title == line.strip("《》") for line in opening) else title
    return ""


def _page_names(root: "html.HtmlElement") -> Iterator[str]:
    """What the browser's tab says: whole, and without the names of the site and its parts, one after the other."""
    page = root.find(".//title")
    named = (page.text or "").strip() if page is not None else ""
    while named:
        yield named
        shorter = _SITE_NAME.sub("", named)
        named = shorter if shorter != named else ""


def _is_headline(element: "html.HtmlElement") -> bool:
    return bool(_HEADLINE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


_HEADLINE = re.compile(r"(?:^|[-_\s])(?:title|headline|biaoti|bt)(?:$|[-_\s\d])", re.I)
