"""Files that are not what they say, or not to be opened: one line that says what to do."""

import io
import zipfile

import pytest
from office_support import EXPECTED, LAW, pdf, regulation, said, saved, word

from law.errors import DocumentError
from law.formats.reading import MAX_FILE_BYTES, read_bytes, read_document


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def bomb():
    return zipped({"word/document.xml": b" " * 80_000_000})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (bomb, "压缩炸弹"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "电子表格"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "演示文稿"),
        (zipped({"a.txt": b"x"}), "压缩包"),
        (zipped({"OFD.xml": b"<x/>"}), "OFD"),
        (zipped({"word/document.xml": ENTITIES}), "不安全"),
        (zipped({"word/document.xml": b"<x"}), "损坏"),
        (saved(word())[:2000], "损坏"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + "Workbook".encode("utf-16-le"), "电子表格"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_cannot_be_read_is_named_with_what_to_do(data, says):
    with pytest.raises(DocumentError, match=says) as caught:
        read_bytes(data() if data is bomb else data, "某文件.docx")
    assert "某文件.docx" in str(caught.value)


@pytest.mark.parametrize("data", [OLE + "WordDocument".encode("utf-16-le"), rb"{\rtf1\ansi \u31532?\par}"])
def test_an_old_format_without_libreoffice_says_how_to_save_it(data, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DocumentError, match="另存为 docx"):
        read_bytes(data, "旧.doc")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as out:
        out.truncate(2 * MAX_FILE_BYTES)
    with pytest.raises(DocumentError, match="100 MB"):
        read_document(huge)


@pytest.mark.parametrize(("data", "name"), [(saved(word()), "x.txt"), (pdf(), "x.docx")])
def test_a_file_is_read_by_what_it_is_whatever_its_name(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    assert said(regulation(read_document(path).text.encode())) == EXPECTED


def test_markdown_with_a_tag_in_it_is_no_web_page():
    assert read_bytes(("\n".join(LAW) + "<br>甲<html").encode(), "x.md").format == "text"


def test_real_tables_and_pictures_are_named_whatever_they_are_called():
    from openpyxl import Workbook
    from PIL import Image

    book = Workbook()
    book.active.append(["第一条", "甲"])
    table = io.BytesIO()
    book.save(table)
    with pytest.raises(DocumentError, match="电子表格"):
        read_bytes(table.getvalue(), "条例.docx")
    for form in ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"):
        drawn = io.BytesIO()
        Image.new("RGB", (40, 40), "white").save(drawn, form)
        with pytest.raises(DocumentError, match="图片"):
            read_bytes(drawn.getvalue(), "条例.pdf")
