"""Bytes become text and lines: nothing is lost, and nothing unreadable passes for text."""

import pytest

from law.errors import DocumentError
from law.formats import read_document
from law.formats.document import MAX_BYTES, decode, lines_of

LAW = "某市条例\n第一条 为了促进科技创新，制定本条例。\n第二条 本市行政区域内适用本条例。\n"
TRADITIONAL = "某市條例\n第一條 為了促進科技創新,根據有關法律,制定本條例。\n第二條 本市行政區域內的單位適用本條例。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gb2312"])
def test_the_same_text_comes_out_of_every_encoding(encoding):
    document = decode(LAW.encode(encoding), "x.txt")
    assert document.text == LAW
    assert document.encoding in ("utf-8", "utf-16", "gb18030")


def test_a_traditional_text_in_big5_is_not_read_as_gb18030_garbage():
    document = decode(TRADITIONAL.encode("big5"), "x.txt")
    assert (document.text, document.encoding) == (TRADITIONAL, "big5hkscs")


def test_a_traditional_text_in_gb18030_is_not_read_as_big5():
    assert decode(TRADITIONAL.encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (b" \n\r\n ", "空的"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "二进制"),
        (LAW.encode()[:60] + b"\xff\xfe\x01\x02" * 20, "损坏"),
        (LAW.encode("utf-8")[1:], "损坏"),
        (b"\xff\xfe\x00\xd8", "utf-16"),
    ],
)
def test_what_is_not_text_is_refused_and_named(data, says):
    with pytest.raises(DocumentError, match=says) as caught:
        decode(data, "坏的.txt")
    assert "坏的.txt" in str(caught.value)


def test_a_missing_file_a_folder_and_a_huge_file_are_named(tmp_path):
    with pytest.raises(DocumentError, match=r"没有.txt"):
        read_document(tmp_path / "没有.txt")
    with pytest.raises(DocumentError, match="文件夹"):
        read_document(tmp_path)
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as out:
        out.truncate(MAX_BYTES + 1)
    with pytest.raises(DocumentError, match="20 MB"):
        read_document(huge)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_count_from_one_whatever_the_line_end(end):
    text = end.join(["甲", "", "丙"])
    lines = lines_of(text)
    assert [(n.number, text[n.start : n.end]) for n in lines] == [(1, "甲"), (2, ""), (3, "丙")]


def test_a_byte_order_mark_does_not_hide_the_first_line():
    assert decode("\ufeff第一条 甲。".encode()).text.startswith("第一条")
