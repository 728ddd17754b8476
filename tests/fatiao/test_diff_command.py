"""`fatiao diff`: two files, or a file against what is held; JSON, words, Word."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fatiao.cli import app
from law.errors import FatiaoError

OLD = "青岛市停车条例\n第一条　为了甲，制定本条例。\n第二条　停车场应当公示价格。\n第三条　劳务费不超过百分之三十。\n"
NEW = "青岛市停车条例\n第一条　为了甲，制定本条例。\n第二条　劳务费不设比例限制。\n第三条　市政府可以补助充电桩。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    paths = tmp_path / "old.md", tmp_path / "new.md"
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text, "utf-8")
    return str(paths[0]), str(paths[1])


def test_json_keeps_the_contract(files: tuple[str, str]) -> None:
    ran = CliRunner().invoke(app, ["diff", *files, "--json"])
    assert ran.exit_code == 0
    rows = json.loads(ran.stdout)["articles"]
    assert [(r["old"], r["new"], r["change"]) for r in rows] == [
        ("qingdao/1", "qingdao/1", "same"), ("qingdao/2", None, "deleted"), ("qingdao/3", "qingdao/2", "changed"),
        (None, "qingdao/3", "added"),
    ]  # fmt: skip
    assert {op for r in rows for op, _ in r["marks"]} == {"same", "added", "deleted"}


def test_a_person_reads_the_marks_and_word_shows_them(files: tuple[str, str], tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["diff", *files]).stdout
    assert "第三条 → 第二条　修改" in said
    assert "[-停车场应当公示价格。-]" in said
    target = tmp_path / "t.docx"
    assert CliRunner().invoke(app, ["diff", *files, "--docx", str(target)]).exit_code == 0
    from docx import Document

    table = Document(io.BytesIO(target.read_bytes())).tables[0]
    assert [c.text for c in table.rows[1].cells] == ["第二条　停车场应当公示价格。", "（删去）"]
    struck = [r.text for row in table.rows for p in row.cells[0].paragraphs for r in p.runs if r.font.strike]
    assert "停车场应当公示价格。" in struck


def test_a_name_that_is_neither_a_file_nor_held_is_said(files: tuple[str, str]) -> None:
    ran = CliRunner().invoke(app, ["diff", files[0], "nowhere.md"])
    assert isinstance(ran.exception, FatiaoError)
    assert "nowhere.md" in str(ran.exception)
