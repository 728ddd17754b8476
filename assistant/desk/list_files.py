"""A list as Excel (real cells, frozen head, links) and as Word, in the form that an office circulates."""

import re
from io import BytesIO

from assistant.desk.lists import ListTable
from law.text.shown import shown

#: Widths of columns, in characters, by what stands in them.
_WIDE, _NARROW = 60, 18
#: What the name of a sheet may not hold, and its most characters.
_NOT_IN_NAME, _NAME = re.compile(r"[\\/*?:\[\]']|[^\w（）、，：]"), 31
#: Where an article is opened.
_LINK = "{base}?article={id}"


def as_xlsx(table: ListTable, base_url: str = "") -> bytes:
    """One sheet with title, basis and table, another with the notices; each row's basis opens its article."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _NOT_IN_NAME.sub("", table.title)[-_NAME:] or "清单"
    sheet.append([_safe(f"{table.title}（共{len(table.rows)}项）")])
    sheet.append([shown("依据：" + "；".join(table.basis))])
    sheet.append(["序号", *table.columns])
    for number, row in enumerate(table.rows, 1):
        sheet.append([number, *(_safe(c) for c in row.cells)])
        if base_url and row.article_id:
            cell = sheet.cell(row=sheet.max_row, column=len(table.columns) + 1)
            cell.hyperlink = _LINK.format(base=base_url.rstrip("/") + "/", id=row.article_id)
            cell.style = "Hyperlink"
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    for line in sheet.iter_rows(min_row=3):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at in range(1, len(table.columns) + 2):
        wide = table.kind == "comparison" or any(len(row.cells[at - 2]) > _WIDE for row in table.rows if at > 1)
        sheet.column_dimensions[get_column_letter(at)].width = 6 if at == 1 else _WIDE if wide else _NARROW
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(table.columns) + 1)}{sheet.max_row}"
    notes = book.create_sheet("提示")
    for notice in table.notices:
        notes.append([_safe(notice)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(table: ListTable) -> bytes:
    """Title, basis, table, notices, on a page laid across."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(f"{shown(table.title)}（共{len(table.rows)}项）", level=1)
    for basis in table.basis:
        document.add_paragraph(shown(f"依据：{basis}"))
    grid = document.add_table(rows=1, cols=len(table.columns) + 1)
    grid.style = "Table Grid"
    for cell, name in zip(grid.rows[0].cells, ("序号", *table.columns), strict=True):
        cell.text = name
    for number, row in enumerate(table.rows, 1):
        cells = grid.add_row().cells
        for cell, said in zip(cells, (str(number), *row.cells), strict=True):
            cell.text = shown(said)
    if table.notices:
        document.add_heading("提示", level=2)
        for notice in table.notices:
            document.add_paragraph(shown(notice), style="List Bullet")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """A cell that a spreadsheet takes for text, never for a formula."""
    text = shown(text)
    return f"'{text}" if text[:1] in tuple("=+-@\t") else text
