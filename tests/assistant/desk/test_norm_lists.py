"""清单: typed tables over the norms, and the files that an office circulates."""

from io import BytesIO
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.desk.list_files import as_docx, as_xlsx
from assistant.desk.lists import TITLES, Kind, make_list
from law.norms.choose import Wish
from law.text.script import plain


@pytest.mark.parametrize("kind", list(TITLES))
def test_every_list_is_there_for_every_regulation(kind: Kind, helper: Assistant) -> None:
    table = make_list(kind, helper.library())
    assert table.rows
    assert all(len(r.cells) == len(table.columns) for r in table.rows)
    assert len(table.basis) == 3
    assert any("草案" in b for b in table.basis)
    assert any("草案" in n for n in table.notices)


def test_each_row_is_in_the_words_of_its_article(helper: Assistant) -> None:
    table = make_list("duties", helper.library(), ["changzhou"], Wish(actor="财政部门"))
    assert table.rows
    for row in table.rows:
        assert plain(row.cells[2]) in plain(helper.article(row.article_id)[1].text)


def test_a_list_is_a_real_spreadsheet(helper: Assistant, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    table = make_list("benefits", helper.library(), ["wuhan"])
    book = load_workbook(BytesIO(as_xlsx(table, "http://office.example")))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A4"
    assert sheet.max_row == 3 + len(table.rows)
    last = sheet.cell(row=4, column=len(table.columns) + 1)
    assert last.value == table.rows[0].cells[-1]
    assert last.hyperlink.target == f"http://office.example/?article={table.rows[0].article_id}"
    assert book.worksheets[1].max_row == len(table.notices)


def test_a_list_is_a_real_document(helper: Assistant) -> None:
    from docx import Document

    table = make_list("forbidden", helper.library(), ["luoyang"])
    document = Document(BytesIO(as_docx(table)))
    assert document.tables[0].rows[0].cells[1].text == "主体"
    assert len(document.tables[0].rows) == 1 + len(table.rows)
    assert any("后来已被修正" in p.text for p in document.paragraphs)
