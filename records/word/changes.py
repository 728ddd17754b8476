"""Two texts of a regulation as the 修订对照表 of a people's congress: two columns, deleted and added words marked."""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, RGBColor

from law.changes import ADDED, DELETED, SAME, Change, ChangeMark
from law.regulation import Regulation
from law.text.shown import shown
from records.word.styles import finished, number_pages, set_fonts

_RED, _BLUE = RGBColor(0xC0, 0x00, 0x00), RGBColor(0x00, 0x3A, 0xA0)


def changes_document(old: Regulation, new: Regulation, changes: Sequence[Change], *, every: bool = False) -> bytes:
    """The bytes of a .docx; `every` also shows the articles that are the same."""
    made = Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    set_fonts(made)
    number_pages(section)
    title = f"{shown(new.title)}修订对照表"
    made.add_paragraph(title, style="Title")
    made.add_paragraph("左栏划去的字句已删去，右栏加粗、加下划线的字句为新增。", style="Subtitle")
    table = made.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    for cell, regulation, when in zip(table.rows[0].cells, (old, new), ("修改前", "修改后"), strict=True):
        cell.text = f"{when}：《{shown(regulation.title)}》"
    for change in changes:
        if change.change == SAME and not every:
            continue
        row = table.add_row()
        _fill(row.cells[0], change.old.label if change.old else "", change.words(old=True), "（新增）")
        _fill(row.cells[1], change.new.label if change.new else "", change.words(old=False), "（删去）")
    return finished(made, title)


def _fill(cell: Any, label: str, marks: Sequence[ChangeMark], nothing: str) -> None:
    paragraph = cell.paragraphs[0]
    if not label:
        paragraph.add_run(nothing)
        return
    paragraph.add_run(f"{label}　").bold = True
    for mark in marks:
        lines = shown(mark.text).split("\n")
        for i, line in enumerate(lines):
            if i:
                paragraph = cell.add_paragraph()
            run = paragraph.add_run(line)
            if mark.op == DELETED:
                run.font.strike, run.font.color.rgb = True, _RED
            elif mark.op == ADDED:
                run.font.bold, run.font.underline, run.font.color.rgb = True, True, _BLUE
