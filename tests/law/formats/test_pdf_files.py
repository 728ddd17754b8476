"""PDF files: paragraphs are joined over line and page ends, what stands around the text is left out."""

import io

import pytest
from office_support import EXPECTED, LAW, pdf, regulation, said

from law.errors import DocumentError
from law.formats.reading import read_bytes
from law.formats.scan import as_a_word

pytest.importorskip("pypdfium2")


@pytest.mark.parametrize(
    "how",
    [{}, {"furniture": False}, {"columns": 2}, {"columns": 2, "furniture": False}, {"height": 300}, {"indent": 0}],
    ids=str,
)
def test_every_article_and_the_title_come_out_of_any_layout(how):
    r = regulation(pdf(**how))
    assert r.title == LAW[0]
    assert said(r) == EXPECTED


def test_page_numbers_and_heads_are_left_out_but_an_article_keeps_its_own_page_3():
    document = read_bytes(pdf(), "x.pdf")
    assert "第3页" in document.text
    assert "— 1 —" not in document.text
    assert document.text.count(LAW[0]) == 1
    assert [f.kind for f in document.findings] == ["page_furniture"]


def test_too_many_pages_are_refused_before_they_are_read():
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    paper = canvas.Canvas(out)
    for _ in range(600):
        paper.showPage()
    paper.save()
    with pytest.raises(DocumentError, match="600 页"):
        read_bytes(out.getvalue(), "厚.pdf")


def test_a_locked_a_broken_and_a_blank_pdf_are_named():
    from reportlab.pdfgen import canvas

    out, blank = io.BytesIO(), io.BytesIO()
    paper = canvas.Canvas(out, encrypt="secret")
    paper.drawString(100, 100, "x")
    paper.save()
    with pytest.raises(DocumentError, match="密码"):
        read_bytes(out.getvalue(), "锁.pdf")
    with pytest.raises(DocumentError, match="损坏"):
        read_bytes(pdf()[:300], "坏.pdf")
    paper = canvas.Canvas(blank)
    paper.showPage()
    paper.save()
    with pytest.raises(DocumentError, match="空白"):
        read_bytes(blank.getvalue(), "白.pdf")


@pytest.mark.slow  # OCR
def test_a_scan_is_recognised_and_says_so():
    pytest.importorskip("rapidocr")
    fonts = pytest.importorskip("pylopdf_fonts_zh_cn")
    from pathlib import Path

    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(Path(fonts.__file__).parent / "NotoSerifSC-Regular.otf"), 30)
    picture = Image.new("L", (1240, 900), 255)
    draw = ImageDraw.Draw(picture)
    rows = ["某某市停车规定", "", "　　第一条　为了加强停车管理，改善停车环境，保障公众出行，根据有关法律",
            "法规，结合本市实际，制定本规定。", "　　第二条　停车场应当公示价格。"]  # fmt: skip
    for i, row in enumerate(rows):
        draw.text((120 if i else 500, 100 + 60 * i), row, font=font, fill=0)
    out, seen = io.BytesIO(), []
    picture.save(out, format="PDF", resolution=150)
    document = read_bytes(out.getvalue(), "扫描.pdf", lambda *step: seen.append(step))
    assert seen == [("ocr", 1, 1)]
    assert document.format == "scan"
    assert [f.kind for f in document.findings] == ["scanned"]
    assert "第一条" in document.text
    assert "根据有关法律法规，结合本市实际，制定本规定。\n" in document.text


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("市科学技术主管部内给予奖励", "市科学技术主管部门给予奖励"),
        ("末经批准不得变更", "未经批准不得变更"),
        ("引进急需的入员", "引进急需的人员"),
        ("自收到之日起三日内将其保管", "自收到之日起三日内将其保管"),
        ("征收人应当按时足额缴纳", "征收人应当按时足额缴纳"),
        ("本单位内部门的设置", "本单位内部门的设置"),
    ],
)
def test_of_two_characters_that_look_alike_the_one_that_makes_a_word_is_read(seen: str, read: str) -> None:
    assert as_a_word(seen) == read
