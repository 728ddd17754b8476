"""What stands side by side, taken away: no city falls out in silence."""

from io import BytesIO

from openpyxl import load_workbook

from assistant.answer import Hit
from assistant.desk.comparing import Side, comparison_table, of_chapter
from assistant.desk.list_files import as_docx, as_xlsx
from law.corpus import load_corpus


def test_each_city_has_a_row_and_says_what_it_is() -> None:
    corpus = {r.id: r for r in load_corpus()}
    near: tuple[Hit, ...] = ()
    sides = [Side(corpus["changzhou"], near, 1), Side(corpus["luoyang"], near, 0)]
    table = comparison_table("科技保险", sides, {"changzhou": ["changzhou/55"], "luoyang": []})
    assert table.title == "科技保险对照表"
    assert [row.cells[:2] for row in table.rows] == [("常州市", ""), ("洛阳市", "未选条文")]
    sheet = load_workbook(BytesIO(as_xlsx(table))).worksheets[0]
    assert sheet.title == "科技保险对照表"
    assert as_docx(table)


def test_a_matter_no_sheet_may_be_called_is_taken_away_all_the_same() -> None:
    corpus = load_corpus()
    matter = "科技保险/补助：[谁] 能拿*多少?" * 3
    table = comparison_table(matter, [Side(corpus[0], (), 0)], {})
    assert load_workbook(BytesIO(as_xlsx(table))).worksheets[0].title


def test_a_chapter_is_compared_whole() -> None:
    wuhan = next(r for r in load_corpus() if r.id == "wuhan")
    title = wuhan.numbered[0].chapter.rpartition(" ")[2]
    assert of_chapter(wuhan, title)
    assert not of_chapter(wuhan, "没有这一章")
