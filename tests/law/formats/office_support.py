"""Real Word files and PDFs, made from a regulation's lines as an office would make them."""

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from law.corpus import regulation_of
from law.formats.reading import read_bytes

LAW = [
    "某某市停车条例",
    "（2023年3月1日某某市第五届人民代表大会常务委员会第二次会议通过）",
    "第一章　总　则",
    "第一条　为了加强停车管理，改善停车环境，保障公众出行，根据有关法律、法规，结合本市实际，制定本条例。",
    "第二条　本市行政区域内停车场的规划、建设、管理，适用本条例。",
    "市人民政府可以规定例外。",
    "第三条　市人民政府应当履行下列职责：",
    "（一）编制停车规划；",
    "（二）公布收费标准；",
    "（三）法律、法规规定的其他职责。",
    "前款第二项所称收费标准，见公报第3页。",
    "第二章　管　理",
    "第四条　停车场经营者应当在显著位置公示收费标准和投诉电话，不得擅自提高收费标准，不得拒绝停车人以电子方式缴费。",
    "第五条　违反本条例第四条规定的，由市市场监督管理部门责令改正，处一千元以上五千元以下罚款。",
    "第六条　本条例自2023年6月1日起施行。",
]
_UNIT = re.compile(r"^第[一二三四五六七八九十]+(章|条)　|^（[一二三四五六七八九十]+）()")
_LISTS = """<w:numbering %s>
<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="第%%1章　"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlRestart w:val="0"/>
<w:lvlText w:val="第%%2条"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%%3）"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def as_text(lines: Sequence[str] = LAW) -> bytes:
    return "\n".join(lines).encode()


def word(lines: Sequence[str] = LAW, *, numbered: bool = False):
    """A python-docx document; `numbered`: 章, 条 and （一） are drawn by Word."""
    made = Document()
    if numbered:
        made.part.numbering_part._element = parse_xml(_LISTS % nsdecls("w"))
    for line in lines:
        found = _UNIT.match(line) if numbered else None
        paragraph = made.add_paragraph(line[found.end() :] if found else line)
        if found:
            level = {"章": 0, "条": 1}.get(found[1], 2)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')
            )
    return made


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf(
    lines: Sequence[str] = LAW, *, furniture: bool = True, columns: int = 1, height: float = 420, indent: int = 2
) -> bytes:
    """A PDF of small pages, lines broken at the right margin, with a running head and 「— 1 —」."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    size, margin, width, gap = 12, 60, 460.0, 24.0
    paper = canvas.Canvas(out, pagesize=(width, height))
    column = (width - 2 * margin - (columns - 1) * gap) / columns
    full, at, y, page = int(column // size), 0, height - margin, 0

    def turn():
        nonlocal page, at, y
        at, y = at + 1, height - margin - (40 if page == 1 else 0)  # below the title
        if page and at < columns:
            return
        if page:
            paper.showPage()
        page, at = page + 1, 0
        if furniture:
            paper.setFont("STSong-Light", 9)
            paper.drawCentredString(width / 2, height - 28, lines[0])
            paper.drawCentredString(width / 2, 24, f"— {page} —")

    turn()
    for i, line in enumerate(lines):
        if i == 0:
            paper.setFont("STSong-Light", 16)
            paper.drawCentredString(width / 2, y - 16, line)
            y -= 40
            continue
        for row in _rows("　" * indent + line, full):
            if y < margin:
                turn()
            paper.setFont("STSong-Light", size)
            lead = len(row) - len(row.lstrip("　"))
            paper.drawString(margin + at * (column + gap) + lead * size, y - size, row.lstrip("　"))
            y -= 20
    paper.save()
    return out.getvalue()


def _rows(line: str, full: int) -> list[str]:
    rows = []
    while line:
        cut = full
        while cut < len(line) and line[cut] in "，。、；：）》":
            cut -= 1
        rows.append(line[:cut])
        line = line[cut:]
    return rows


def regulation(data):
    return regulation_of(read_bytes(data, "某某市.x"), new_id="x")


def said(r):
    """Every article's paragraphs and items, white space aside."""
    return [(a.label, a.chapter, [[re.sub(r"\s", "", t) for t in (p.text, *p.items)] for p in a.paragraphs])
            for a in r.numbered]  # fmt: skip


EXPECTED = said(regulation(as_text()))
