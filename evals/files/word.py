"""Word files of four kinds: typed, numbered by Word, with heads and contents, with tracked changes."""

import io
import random
import re
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from evals.files.sample import ARTICLE, CHAPTER, ITEM, NOTE, SECTION, Sample, SampleLine, note_of

NS = nsdecls("w")
PLAIN, NUMBERED, FURNISHED, REVISED = "docx", "docx-numbered", "docx-furnished", "docx-revised"
_FONTS = ("仿宋", "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC", "方正仿宋_GBK")
_UNITS = {CHAPTER: ("章", 0), SECTION: ("节", 1), ARTICLE: ("条", 2), ITEM: ("", 3)}


@dataclass(slots=True)
class _Typist:
    """How one office's typist works, drawn once a file."""

    rng: random.Random
    font: str
    size: float
    gap: str
    typed_indent: bool
    bold_number: bool
    centred: bool
    empty_lines: bool
    soft_breaks: bool
    split_runs: bool
    heading_styles: bool
    frame: bool


def manner(rng: random.Random) -> _Typist:
    """Draw a manner."""
    return _Typist(
        rng, rng.choice(_FONTS), rng.choice((12, 14, 16)), rng.choice(("\u3000", " ", "  ", "\u3000\u3000", "\t")),
        rng.random() < 0.4, rng.random() < 0.6, rng.random() < 0.8, rng.random() < 0.3, rng.random() < 0.15,
        rng.random() < 0.6, rng.random() < 0.4, rng.random() < 0.1,
    )  # fmt: skip


def word_file(sample: Sample, kind: str, seed: int, *, typed: bool = False) -> bytes:
    """A .docx of a sample; `typed`: without Word's own numbers, which LibreOffice counts otherwise."""
    rng = random.Random(f"{sample.name}{kind}{seed}")
    writer = _Writer(sample, manner(rng))
    made = writer.made(numbered=kind == NUMBERED or (not typed and kind != PLAIN and rng.random() < 0.25))
    if kind == FURNISHED:
        _furnish(made, sample, rng)
    if kind == REVISED:
        _revise(made, rng)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, sample: Sample, how: _Typist) -> None:
        self.sample, self.how = sample, how
        self.document: Any = Document()
        self.lists: dict[str, int] = {}

    def made(self, *, numbered: bool) -> Any:
        """The document of all lines."""
        self._page()
        if numbered:
            self._define()
        title, rest = self.sample.lines[0], [line for line in self.sample.lines[1:] if line.kind != NOTE]
        self._centred(title.words, 22, "Title" if self.how.heading_styles else None)
        for note in note_of(self.sample.lines, self.how.rng):
            self._centred(note, self.how.size)
        target = self.document.add_table(1, 1).cell(0, 0) if self.how.frame else self.document
        article = None
        for line in rest:
            if self.how.empty_lines and line.kind in (CHAPTER, SECTION):
                target.add_paragraph("")
            if line.kind in (CHAPTER, SECTION):
                article = None
                self._unit(target, line, numbered=numbered)
            elif article is not None and self.how.soft_breaks and line.kind not in (ARTICLE,) and not numbered:
                article.add_run().add_break()
                article.add_run(line.printed(self.how.gap))
            else:
                article = self._body(target, line, numbered=numbered)
        return self.document

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = self.how.font, Pt(self.how.size)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self.how.font)

    def _centred(self, text: str, size: float, style: str | None = None) -> None:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), size > 20

    def _unit(self, target: Any, line: SampleLine, *, numbered: bool) -> None:
        styled = self.how.heading_styles and target is self.document
        paragraph = target.add_paragraph(
            style=("Heading 1" if line.kind == CHAPTER else "Heading 2") if styled else None
        )
        if self.how.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        words = "　".join(line.words) if len(line.words) == 2 and self.how.rng.random() < 0.5 else line.words
        if numbered and self._listed(paragraph, line):
            paragraph.add_run(words)
        else:
            paragraph.add_run(f"{line.mark}{self.how.gap}{words}").bold = True

    def _body(self, target: Any, line: SampleLine, *, numbered: bool) -> Any:
        paragraph = target.add_paragraph()
        drawn = numbered and line.kind in (ARTICLE, ITEM) and self._listed(paragraph, line)
        if self.how.typed_indent and not drawn:
            paragraph.add_run("　　")
        elif not drawn:
            paragraph.paragraph_format.first_line_indent = Pt(2 * self.how.size)
        if line.mark and not drawn:
            paragraph.add_run(line.mark).bold = self.how.bold_number and line.kind == ARTICLE
            if line.kind == ARTICLE:
                paragraph.add_run(self.how.gap)
        for piece in self._runs(line.words):
            paragraph.add_run(piece)
        return paragraph

    def _runs(self, text: str) -> list[str]:
        if not self.how.split_runs:
            return [text]
        cuts = sorted(self.how.rng.sample(range(len(text) + 1), min(3, len(text))))
        return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b]

    def _define(self) -> None:
        """Word's own lists: 章, 节, 条 that never begins again, （一） that does below each 条."""
        rng = self.how.rng
        form = rng.choice(("chineseCounting", "chineseCountingThousand", "japaneseCounting"))
        suff = rng.choice(("nothing", "space", "tab"))
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{restart}<w:suff w:val="{suff}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for at, text, restart in ((0, "第%1章", ""), (1, "第%2节", ""), (2, "第%3条", '<w:lvlRestart w:val="0"/>'),
                                      (3, "（%4）", ""))
        )  # fmt: skip
        self.document.part.numbering_part._element = parse_xml(
            f'<w:numbering {NS}><w:abstractNum w:abstractNumId="5"><w:multiLevelType w:val="multilevel"/>{levels}'
            '</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
        )
        self.by_style = rng.random() < 0.4

    def _listed(self, paragraph: Any, line: SampleLine) -> bool:
        """Number a paragraph by Word where its count agrees with the printed number."""
        count = self._count(line)
        if _han(count, line.kind) != line.mark:
            self.lists[line.kind] = count - 1
            return False
        level = _UNITS[line.kind][1]
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>')
        )
        return True

    def _count(self, line: SampleLine) -> int:
        below = {CHAPTER: (SECTION, ITEM), SECTION: (ITEM,), ARTICLE: (ITEM,), ITEM: ()}[line.kind]
        for kind in below:
            self.lists[kind] = 0
        self.lists[line.kind] = self.lists.get(line.kind, 0) + 1
        return self.lists[line.kind]


def _han(number: int, kind: str) -> str:
    from law.text.numerals import to_chinese

    unit = _UNITS[kind][0]
    return f"第{to_chinese(number)}{unit}" if unit else f"（{to_chinese(number)}）"


def _furnish(made: Any, sample: Sample, rng: random.Random) -> None:
    """A running head, a foot with the page's number, and a table of contents, typed or a field."""
    section = made.sections[0]
    section.header.paragraphs[0].text = rng.choice(
        (sample.title, f"{sample.title}　　第3期公报", "某市人民代表大会常务委员会公报")
    )
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> PAGE </w:instrText>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        foot._p.append(parse_xml(f"<w:r {NS}>{xml}</w:r>"))
    foot.add_run(" —")
    units = [line for line in sample.lines if line.kind in (CHAPTER, SECTION)]
    if not units:
        return
    first = next(p for p in made.element.body.iter(qn("w:p")) if re.match("第一[章条]|总则", _said(p)) or _is_listed(p))
    dots, field, styled = rng.choice(("\t", "……", "…………", "　")), rng.random() < 0.5, rng.random() < 0.5
    entries = [_contents_line("目　　录" if rng.random() < 0.5 else "目录", None)]
    page = 1
    for line in units:
        page += rng.random() < 0.5
        number = rng.choice((str(page), f"（{page}）", f"({page})")) if dots != "　" else ""
        style = f"TOC{1 if line.kind == CHAPTER else 2}" if styled else None
        entries.append(_contents_line(f"{line.printed()}{dots}{number}".rstrip("　"), style))
    if field:
        entries[0].append(parse_xml(f'<w:r {NS}><w:fldChar w:fldCharType="begin"/></w:r>'))
        entries[0].append(parse_xml(f'<w:r {NS}><w:instrText> TOC \\o "1-2" \\h </w:instrText></w:r>'))
        entries[0].append(parse_xml(f'<w:r {NS}><w:fldChar w:fldCharType="separate"/></w:r>'))
        entries[-1].append(parse_xml(f'<w:r {NS}><w:fldChar w:fldCharType="end"/></w:r>'))
    for entry in entries:
        first.addprevious(entry)


def _said(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip()


def _is_listed(paragraph: Any) -> bool:
    return paragraph.find(f".//{qn('w:numPr')}") is not None


def _contents_line(text: str, style: str | None) -> Any:
    made = OxmlElement("w:p")
    if style:
        made.append(parse_xml(f'<w:pPr {NS}><w:pStyle w:val="{style}"/></w:pPr>'))
    for at, piece in enumerate(text.split("\t")):
        run = OxmlElement("w:r")
        if at:
            run.append(OxmlElement("w:tab"))
        word = OxmlElement("w:t")
        word.text = piece
        run.append(word)
        made.append(run)
    return made


def _revise(made: Any, rng: random.Random) -> None:
    """Deleted words and paragraphs, inserted words, a moved paragraph's former place, changed looks, a remark."""
    mark = f'w:id="{rng.randrange(1, 900)}" w:author="甲" w:date="2024-03-01T09:00:00Z"'
    for paragraph in list(made.paragraphs):
        runs = [r for r in paragraph.runs if len(r.text) > 6]
        draw = rng.random()
        if runs and draw < 0.25:
            _deleted_before(runs[-1]._r, "旧的规定应当", mark)
        elif runs and draw < 0.5:
            _inserted_half(runs[-1], mark)
        elif runs and draw < 0.6:
            _deleted_paragraph(paragraph._p, "（九）删去的一项；", mark)
        elif runs and draw < 0.65:
            _moved_from(paragraph._p, "移到别处的一款。", mark)
        elif runs and draw < 0.75:
            runs[0]._r.get_or_add_rPr().append(
                parse_xml(f"<w:rPrChange {NS} {mark}><w:rPr><w:b/></w:rPr></w:rPrChange>")
            )


def _deleted_before(run: Any, text: str, mark: str) -> None:
    run.addprevious(parse_xml(f"<w:del {NS} {mark}><w:r><w:delText>{text}</w:delText></w:r></w:del>"))


def _inserted_half(run: Any, mark: str) -> None:
    """The second half of a run was inserted."""
    half = len(run.text) // 2
    rest, run.text = run.text[half:], run.text[:half]
    run._r.addnext(parse_xml(f"<w:ins {NS} {mark}><w:r><w:t>{rest}</w:t></w:r></w:ins>"))


def _deleted_paragraph(paragraph: Any, text: str, mark: str) -> None:
    paragraph.addnext(
        parse_xml(f"<w:p {NS}><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr>"
                  f"<w:del {mark}><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>")
    )  # fmt: skip


def _moved_from(paragraph: Any, text: str, mark: str) -> None:
    paragraph.addnext(
        parse_xml(f"<w:p {NS}><w:pPr><w:rPr><w:moveFrom {mark}/></w:rPr></w:pPr>"
                  f"<w:moveFrom {mark}><w:r><w:t>{text}</w:t></w:r></w:moveFrom></w:p>")
    )  # fmt: skip
