"""Word files: what Word draws, hides and remembers, read as an office sees it."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office_support import EXPECTED, LAW, regulation, said, saved, word

from law.errors import DocumentError
from law.formats.reading import read_bytes
from law.formats.word_numbers import written

NS = nsdecls("w")


@pytest.mark.parametrize("numbered", [False, True])
def test_typed_and_drawn_numbers_give_the_same_articles(numbered):
    made = word(numbered=numbered)
    made.sections[0].header.paragraphs[0].text = "某某市人大常委会公报"
    made.sections[0].footer.paragraphs[0].text = "第 1 页"
    r = regulation(saved(made))
    assert said(r) == EXPECTED
    assert (r.title, r.dates["adopted"], r.dates["effective"]) == (LAW[0], "2023-03-01", "2023-06-01")
    assert "公报　" not in "".join(a.text for a in r.articles)


def test_deleted_words_do_not_count_and_inserted_ones_do():
    made = word()
    paragraph = next(p for p in made.paragraphs if p.text.startswith("第四条"))
    run = parse_xml(f'<w:del {NS} w:id="1" w:author="甲"><w:r><w:delText>旧的</w:delText></w:r></w:del>')
    new = parse_xml(f'<w:ins {NS} w:id="2" w:author="甲"><w:r><w:t>停车人可以投诉。</w:t></w:r></w:ins>')
    moved = parse_xml(f'<w:moveFrom {NS} w:id="3" w:author="甲"><w:r><w:t>移走的</w:t></w:r></w:moveFrom>')
    for element in (run, new, moved):
        paragraph._p.append(element)
    r = regulation(saved(made))
    assert r.find(4)[0].text.endswith("缴费。停车人可以投诉。")
    assert [f.kind for f in r.findings if f.kind == "tracked_changes"] == ["tracked_changes"]


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    made = word(["某某市规定", "第一条　甲", "乙。", "第二条　丙。"])
    made.paragraphs[1]._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {NS}><w:del w:id="1" w:author="甲"/></w:rPr>'))
    assert [a.text for a in regulation(saved(made)).numbered] == ["甲乙。", "丙。"]


def test_a_table_of_contents_with_page_numbers_is_left_out():
    made = word()
    first = made.paragraphs[2]._p
    for text in ("第一章　总则\t1", "第二章　管理\t3"):
        entry = parse_xml(f'<w:p {NS}><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>')
        first.addprevious(entry)
    begin = (
        f'<w:p {NS}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第一条　甲</w:t></w:r></w:p>'
    )
    end = f'<w:p {NS}><w:r><w:t>第二条　乙</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    first.addprevious(parse_xml(begin))
    first.addprevious(parse_xml(end))
    assert said(regulation(saved(made))) == EXPECTED


def test_soft_line_breaks_end_a_paragraph_only_at_a_sentence_or_a_number():
    made = word(["某某市规定"])
    paragraph = made.add_paragraph()
    for i, text in enumerate(["第一条　为甲，", "制定本规定。", "第二条　乙：", "（一）丙；", "（二）丁。", "戊。"]):
        run = paragraph.add_run(text)
        if i < 5:
            run.add_break()
    assert [[p.text, *p.items] for a in regulation(saved(made)).numbered for p in a.paragraphs] == [
        ["为甲，制定本规定。"], ["乙：", "（一）丙；", "（二）丁。"], ["戊。"],
    ]  # fmt: skip


def test_text_boxes_and_footnotes_are_read_and_hidden_text_is_not():
    made = word(["某某市规定", "第一条　甲。", "第二条　乙。"])
    box = f"""<w:r {NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
    <mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>第三条　丙。</w:t></w:r></w:p></w:txbxContent></mc:Choice>
    <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>第三条　丙。</w:t></w:r></w:p></w:txbxContent></w:pict>
    </mc:Fallback></mc:AlternateContent></w:r>"""
    made.paragraphs[2]._p.append(parse_xml(box))
    made.paragraphs[1]._p.append(parse_xml(f"<w:r {NS}><w:rPr><w:vanish/></w:rPr><w:t>藏着的</w:t></w:r>"))
    assert [a.text for a in regulation(saved(made)).numbered] == ["甲。", "乙。", "丙。"]


def test_a_row_of_a_table_is_told_with_the_heads_of_its_columns():
    made = word(["某某市规定", "第一条　标准如下："])
    table = made.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, [("级别", "每小时收费"), ("一级", "5元"), ("二级", "3元")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("前款收费按小时计算。")
    made.add_paragraph("第二条　乙。")
    text = read_bytes(saved(made), "x.docx").text
    assert "级别：一级\t每小时收费：5元\n级别：二级\t每小时收费：3元\n" in text


def test_a_frame_of_one_column_is_no_table():
    made = word(["某某市规定"])
    cell = made.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "第一条　甲。"
    cell.add_paragraph("第二条　乙。")
    assert [a.text for a in regulation(saved(made)).numbered] == ["甲。", "乙。"]


def test_a_list_that_starts_again_by_an_override_counts_from_its_start():
    made = word(numbered=True)
    root = made.part.numbering_part._element
    root.append(
        parse_xml(f'<w:num {NS} w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2">'
                  '<w:startOverride w:val="1"/></w:lvlOverride></w:num>')
    )  # fmt: skip
    for text in ("（一）甲；", "（二）乙。"):
        paragraph = made.add_paragraph(text[3:])
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {NS}><w:ilvl w:val="2"/><w:numId w:val="4"/></w:numPr>')
        )
    assert read_bytes(saved(made), "x.docx").text.endswith("（一）甲；\n（二）乙。\n")


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [("chineseCounting", 21, "二十一"), ("decimalEnclosedCircle", 3, "③"), ("upperLetter", 27, "AA"),
     ("lowerRoman", 14, "xiv"), ("chineseLegalSimplified", 12, "拾贰"), ("ideographDigital", 10, "一〇"),
     ("decimal", 7, "7"), ("unknownToUs", 7, "7")],
)  # fmt: skip
def test_words_ways_to_write_a_number(style, number, text):
    assert written(number, style) == text


def test_a_file_with_nothing_but_pictures_or_nothing_at_all_is_named():
    with pytest.raises(DocumentError, match="没有文字"):
        read_bytes(saved(word([])), "空白.docx")


def test_macros_are_not_run_and_said():
    made = word()
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(
        PackURI("/word/vbaProject.bin"), "application/vnd.ms-office.vbaProject", b"Sub AutoOpen()", made.part.package
    )
    made.part.relate_to(part, "http://schemas.microsoft.com/office/2006/relationships/vbaProject")
    r = regulation(saved(made))
    assert "macro" in [f.kind for f in r.findings]
    assert said(r) == EXPECTED


def test_an_indent_that_is_typed_before_some_paragraphs_and_drawn_before_others_parts_none_of_them():
    lines = [f"　　{x}" if x.startswith("第") else x for x in LAW]
    assert said(regulation(saved(word(lines)))) == EXPECTED
