"""Control characters and marks of direction, of a document or of a question: shown to whoever reads, never obeyed."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.desk.list_files import as_docx, as_xlsx
from assistant.desk.lists import ListRow, ListTable
from law.corpus import load_path
from law.text.shown import json_shown, shown
from records.word.changes import changes_document
from ui.drawing import _shown
from ui.text import escape

#: ESC and OSC sequences, a bell, a backspace, C1, turned and isolated directions, invisible tags.
OBEYED = ("\x1b[2J", "\x1b]0;title\x07", "\x08", "\x9b31m", "\u202e", "\u2067", "\u200f", "\U000e0041")
#: One of each in the quick tests: what writes over the screen, and what turns a line round.
MARKS = [m if m in ("\x1b[2J", "\u202e") else pytest.param(m, marks=pytest.mark.slow) for m in OBEYED]
TEXT = """甲山市观景台管理规定
（2020年1月1日甲山市人民政府令第1号公布）
第一条　为了加强观景台{mark}管理，制定本规定。
第二条　观景台{mark}由市文旅部门管理。
第三条　观景台应当定期检查维护，发现安全隐患的，应当及时设置警示标志，采取措施消除隐患，并向市文旅部门报告。
任何单位和个人不得损坏观景台的设施，不得在观景台摆摊设点、堆放杂物，不得在观景台吸烟、烧烤或者燃放烟花爆竹。
市文旅部门应当公布观景台的名称、位置和开放时间，并在显著位置设置指引标志，方便公众游览观赏本市的自然风光。
第四条　本规定自2020年2月1日起施行。
"""


def _raw(text: str) -> set[str]:
    return {c for mark in OBEYED for c in mark if (ord(c) < 0x20 or ord(c) > 0x7E) and c in text}


@pytest.mark.parametrize("mark", MARKS)
def test_a_document_on_the_terminal(mark: str, tmp_path: Path, fatiao: Callable[..., object]) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format(mark=mark), "utf-8")
    for arguments in (("inspect", file), ("inspect", file, "--json"), ("diff", file, file)):
        ran = fatiao(*arguments)
        assert not _raw(ran.out + ran.err)  # type: ignore[attr-defined]
    said = json.loads(fatiao("inspect", file, "--json").out)  # type: ignore[attr-defined]
    assert mark in said["articles"][2]["paragraphs"][0]["text"]  # the value is what the document has


@pytest.mark.parametrize("mark", MARKS)
def test_a_question_on_the_terminal(mark: str, own_index: Path, fatiao: Callable[..., object], tmp_path: Path) -> None:
    asked = ("ask", f"武汉{mark}第58条"), ("ask", f"火星{mark}的天气", "--explain")
    for arguments in (*asked, ("show", "武汉", f"5{mark}8"), ("show", mark, "5")):
        ran = fatiao(*arguments)
        assert not _raw(ran.out + ran.err), arguments  # type: ignore[attr-defined]
    source, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": mark, "question": f"{mark}武汉第58条{mark}"}), "utf-8")
    fatiao("batch", source, answered)
    written = answered.read_text("utf-8")
    assert not _raw(written)
    assert json.loads(written)["id"] == mark


@pytest.mark.parametrize("mark", MARKS)
def test_in_files_that_are_taken_away(mark: str, tmp_path: Path) -> None:
    table = ListTable(
        "duties", "清单", (f"依据{mark}",), ("原文",), (ListRow((f"应当{mark}备案",), "a/1"),), (f"提示{mark}",)
    )  # fmt: skip
    book = load_workbook(io.BytesIO(as_xlsx(table)))
    cells = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line if c.value]
    assert not _raw("".join(cells))
    assert any("备案" in c and "U+" in c for c in cells)
    assert not _raw(_words(as_docx(table)))
    for name, what in (("a", "管理"), ("b", "经营")):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(mark=mark).replace("部门管理", f"部门{what}"), "utf-8")
    old, new = (load_path(tmp_path / f"{n}.txt") for n in "ab")
    from law.changes import compare

    made = changes_document(old, new, compare(old, new), every=True)
    assert not _raw(_words(made))
    assert not _raw(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode())


def _words(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("mark", MARKS)
def test_on_the_page(mark: str) -> None:
    assert not _raw(escape(f"观景台{mark}由"))
    drawn = _shown({"tag": "p", "of": [f"观景台{mark}", {"tag": "span", "of": [mark]}], "copy": mark})
    assert not _raw(json.dumps({"of": drawn["of"]}, ensure_ascii=False))  # type: ignore[index]
    assert drawn["copy"] == mark  # type: ignore[index]


def test_json_keeps_the_value() -> None:
    for mark in OBEYED:
        said = json_shown(json.dumps({"x": mark}, ensure_ascii=False))
        assert json.loads(said) == {"x": mark}
        assert not _raw(said)
    assert shown("第一条\t甲\n乙") == "第一条\t甲\n乙"
