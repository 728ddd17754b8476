"""A Word document as lines: one paragraph a line, with the numbers that Word draws, one table row a line.

Left out: headers and footers (parts of their own, never read), tables of contents, deleted and hidden text,
page numbers and comments. Inserted text counts. Footnotes stand at the end under 「附注」.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from law.errors import DocumentError
from law.formats.archive import Archive, open_archive
from law.formats.extracted import Extracted, ends, rejoined, table_lines
from law.formats.word_numbers import Numbering, W, numbering_of
from law.regulation import Finding

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(W + name for name in ("del", "moveFrom", "rPr", "pPr", "delText", "commentReference", "object"))
_TEXT_BOX = W + "txbxContent"
_BREAK = "\x0b"
#: Of lines longer than this, and at least so many, it is told whether they break off in mid-sentence.
_LEAST_TOLD, _LEAST_LINES = 8, 20
#: What may stand around rows, cells and paragraphs without a meaning here.
_AROUND = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))


def read_docx(data: bytes, name: str) -> Extracted:
    """The words of a .docx. Raises DocumentError where there are none, or it is broken."""
    archive = open_archive(data, name)
    root = archive.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise DocumentError(f"「{name}」里没有 Word 正文，请用 Word 打开后另存为 docx。")
    reader = _WordReader(numbering_of(archive.xml("word/numbering.xml")), _styles(archive), _notes(archive))
    lines = _without_indents([*reader.blocks(body), *reader.end_notes()])
    if not any(line.strip() for line in lines):
        pictures = "，只有图片（像是扫描件，请另存为 PDF 再读入）" if archive.any_below("word/media/") else ""
        raise DocumentError(f"「{name}」里没有文字{pictures}。")
    findings = []
    if archive.has("word/vbaProject.bin"):
        findings.append(Finding(0, "macro", "文件里有宏；宏没有运行，只读了文字。"))
    if reader.revised:
        findings.append(Finding(0, "tracked_changes", "文件里有修订痕迹：插入的算正文，删除的没有读入。"))
    return Extracted("\n".join(lines) + "\n", "docx", tuple(findings))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says that matters here."""

    name: str
    based_on: str
    number: str
    level: int | None


@dataclass(slots=True)
class _WordReader:
    numbering: Numbering
    styles: dict[str, _Style]
    notes: dict[str, Element]
    revised: bool = False
    _fields: list[bool] = field(default_factory=list)  # for each open field whether its result is left out
    _used_notes: list[str] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)
    _carried: str = ""  # the words before a deleted paragraph mark

    def blocks(self, parent: Element) -> Iterator[str]:
        """The lines of a body, a cell or a text box."""
        for element in parent:
            tag = element.tag
            if tag == f"{W}p":
                yield from self._paragraph(element)
            elif tag == f"{W}tbl":
                yield from self._table(element)
            elif tag == f"{W}sdt" and not _is_contents(element):
                for content in element.findall(f"{W}sdtContent"):
                    yield from self.blocks(content)
            elif tag in _AROUND:
                yield from self.blocks(element)

    def end_notes(self) -> Iterator[str]:
        """The footnotes that were referred to, in their order."""
        if not self._used_notes:
            return
        yield "附注"
        for at, key in enumerate(self._used_notes, 1):
            words = "".join(self.blocks(self.notes[key]))
            yield f"注{at}：{words.strip()}"

    def _paragraph(self, element: Element) -> Iterator[str]:
        properties = element.find(f"{W}pPr")
        mark = None if properties is None else properties.find(f"{W}rPr")
        words = self._carried + self._words(element)
        self._carried = ""
        boxes, self._boxes = self._boxes, []
        if self._is_contents_line(properties):
            words = ""
        elif mark is not None and mark.find(f"{W}del") is not None:
            self.revised, self._carried = True, words  # its end is deleted: the next paragraph goes on
            return
        elif words.strip(" \t\x0b"):
            words = self._number(properties) + words.lstrip(" \t\x0b")
        yield from rejoined(words.split(_BREAK))
        for box in boxes:
            yield from self.blocks(box)

    def _words(self, element: Element) -> str:
        pieces: list[str] = []
        for child in element:
            pieces.append(self._piece(child))
        return "".join(pieces)

    def _piece(self, child: Element) -> str:
        tag = child.tag
        if tag in (f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo"):
            self.revised = True
        if tag in _SKIPPED:
            return ""
        if tag == f"{W}r":
            return "" if _is_hidden(child) else self._words(child)
        if tag == f"{W}fldChar":
            return self._field(child.get(f"{W}fldCharType", ""))
        if tag == f"{W}instrText":
            if self._fields:
                self._fields[-1] = self._fields[-1] or _is_left_out(child.text or "")
            return ""
        if tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            chosen = child.find(f"{_MC}Fallback") if chosen is None else chosen
            return "" if chosen is None else self._words(chosen)
        if tag == _TEXT_BOX:
            self._boxes.append(child)
            return ""
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            key = f"{tag.removeprefix(W)[:3]}{child.get(f'{W}id', '')}"
            if key in self.notes and not self._left_out():
                self._used_notes.append(key)
            return ""
        if tag == f"{W}fldSimple" and _is_left_out(child.get(f"{W}instr", "")):
            return ""
        if self._left_out():
            return "" if tag in _PRINTED else self._words(child)
        return _PRINTED[tag](child) if tag in _PRINTED else self._words(child)

    def _left_out(self) -> bool:
        return any(self._fields)

    def _field(self, kind: str) -> str:
        """A field begins or ends; what it is stands in its instruction."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "end" and self._fields:
            self._fields.pop()
        return ""

    def _number(self, properties: Element | None) -> str:
        style = _value(properties, "pStyle") or ""
        listed = None if properties is None else properties.find(f"{W}numPr")
        number = _value(listed, "numId") if listed is not None else None
        level = _value(listed, "ilvl") if listed is not None else None
        if number is None:
            number, inherited = self._style_number(style)
            level = level if level is not None else (None if inherited is None else str(inherited))
        if not number or number == "0":
            return ""
        if level is None:
            told = self.numbering.level_of_style(number, style)
            level = str(told or 0)
        return self.numbering.next(number, int(level))

    def _style_number(self, style: str) -> tuple[str, int | None]:
        level: int | None = None
        for one in self._chain(style):
            level = one.level if level is None else level
            if one.number:
                if level is None:
                    level = self.numbering.level_of_style(one.number, style)
                return one.number, level
        return "", level

    def _chain(self, style: str) -> Iterator[_Style]:
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on

    def _is_contents_line(self, properties: Element | None) -> bool:
        style = _value(properties, "pStyle") or ""
        held = self.styles.get(style)
        name = (held.name if held else style).lower().replace(" ", "")
        return name.startswith("toc") and name != "tocheading" and name[3:].isdigit()

    def _table(self, table: Element) -> Iterator[str]:
        """A table of one column is a frame around text; another is told row by row."""
        rows: list[list[str]] = []
        deleted = [r for r in _inside(table, "tr") if r.find(f"{W}trPr/{W}del") is not None]
        self.revised = self.revised or bool(deleted)
        kept = [r for r in _inside(table, "tr") if r not in deleted]
        if all(len(list(_inside(r, "tc"))) == 1 for r in kept):
            for row in kept:
                for cell in _inside(row, "tc"):
                    yield from self.blocks(cell)
            return
        for row in kept:
            rows.append(self._cells(row, rows[-1] if rows else []))
        yield from table_lines(rows)

    def _cells(self, row: Element, above: list[str]) -> list[str]:
        """The words of each cell; one that is merged with the cell above says the same."""
        cells: list[str] = []
        for cell in _inside(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            merged = None if properties is None else properties.find(f"{W}vMerge")
            words = "".join(line.strip() for line in self.blocks(cell))
            if merged is not None and merged.get(f"{W}val", "continue") == "continue" and len(cells) < len(above):
                words = above[len(cells)]
            cells += [words] + [""] * (int(_value(properties, "gridSpan") or 1) - 1)
        return cells


def _without_indents(lines: list[str]) -> list[str]:
    """A typed indent says nothing here, each paragraph of Word being one: some have it typed, others drawn.

    Only in a text whose rows were pasted one a paragraph is it what tells where one begins.
    """
    told = [line for line in lines if len(line.strip()) > _LEAST_TOLD]
    broken = [line for line in told if not ends(line)]
    return lines if len(broken) * 3 > len(told) >= _LEAST_LINES else [line.lstrip(" \t\u3000") for line in lines]


def _is_contents(element: Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val", "") == "Table of Contents"


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, whatever stands around them."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, name)
        elif child.tag == f"{W}sdt":
            for content in child.findall(f"{W}sdtContent"):
                yield from _inside(content, name)


_PRINTED: dict[str, Callable[[Element], str]] = {
    f"{W}t": lambda e: e.text or "",
    f"{W}tab": lambda _: "\t",
    f"{W}br": lambda _: _BREAK,
    f"{W}cr": lambda _: _BREAK,
    f"{W}noBreakHyphen": lambda _: "-",
}


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false")


def _is_left_out(instruction: str) -> bool:
    """Fields that print no words of the text: page numbers, the table of contents."""
    return instruction.split()[:1] in (["PAGE"], ["NUMPAGES"], ["TOC"], ["SECTIONPAGES"])


def _styles(archive: Archive) -> dict[str, _Style]:
    root = archive.xml("word/styles.xml")
    found: dict[str, _Style] = {}
    for one in root.findall(f"{W}style") if root is not None else ():
        listed = one.find(f"{W}pPr/{W}numPr")
        level = _value(listed, "ilvl")
        found[one.get(f"{W}styleId", "")] = _Style(
            _value(one, "name") or "",
            _value(one, "basedOn") or "",
            _value(listed, "numId") or "",
            int(level) if level is not None else None,
        )
    return found


def _notes(archive: Archive) -> dict[str, Element]:
    """Footnotes and endnotes by 「foo」 or 「end」 and their id."""
    found: dict[str, Element] = {}
    for kind in ("footnote", "endnote"):
        root = archive.xml(f"word/{kind}s.xml")
        for one in root.findall(f"{W}{kind}") if root is not None else ():
            if one.get(f"{W}type", "normal") == "normal":
                found[f"{kind[:3]}{one.get(f'{W}id', '')}"] = one
    return found


def _value(element: Element | None, child: str) -> str | None:
    found = None if element is None else element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")
