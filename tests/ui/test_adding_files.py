"""添加文件 through AppTest: read, corrected, taken in, asked, removed; and who may do it."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from page_support import OpenPage, ask, chips, click, go, nodes, run, said, words
from streamlit.testing.v1 import AppTest

TITLE = "宜兴市夜间图书馆促进条例"
ARTICLES = (
    "第一条 为了促进夜间图书馆发展，制定本条例。",
    "第二条 市人民政府应当对夜间开放的图书馆给予电费补贴，补贴标准为每年三万元。",
    "第三条 本条例自2024年5月1日起施行。",
)


def docx(title: str = TITLE, lines: tuple[str, ...] = ARTICLES) -> bytes:
    made = Document()
    made.add_heading(title, 0)
    made.add_paragraph("（2024年3月2日无锡市第十七届人民代表大会常务委员会第十次会议通过）")
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def give(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    turn = at.session_state["adding-turn"] if "adding-turn" in at.session_state else 0  # noqa: SIM401
    at.file_uploader(key=f"adding-{turn}").set_value([(name, data, "") for name, data in files]).run()
    assert not at.exception
    return at


def field(at: AppTest, name: str) -> object:
    return next(t for t in (*at.text_input, *at.selectbox) if str(t.key).startswith(f"{name}-"))


@pytest.mark.slow
def test_a_word_file_is_read_corrected_taken_in_asked_and_removed(open_page: OpenPage, page_data: Path) -> None:
    at = give(open_page("holdings"), ("夜间.docx", docx()))
    assert field(at, "title").value == TITLE
    assert "读自：" in words(at)
    assert "第三条" in said(nodes(at, "found-"))
    field(at, "city").set_value("无锡市").run()
    field(at, "title").set_value("无锡市夜间图书馆促进条例").run()
    click(at, "adding-take-0")
    assert "已收录《无锡市夜间图书馆促进条例》" in words(at)
    assert "改正：标题、城市或省份" in said(nodes(at, "holdings-history"))
    other = open_page()
    ask(other, "无锡的夜间图书馆有电费补贴吗？")
    assert chips(other) == ["无锡 · 第二条"]
    at = open_page("holdings")
    (remove,) = [str(b.key) for b in at.button if str(b.key).startswith("remove-")]
    click(at, remove)
    assert "已移除《无锡市夜间图书馆促进条例》" in words(at)
    assert "无锡" not in [str(p) for p in go(other, "regulations").selectbox(key="read-place").options]


@pytest.mark.parametrize(
    ("name", "data", "words_"),
    [
        ("空.docx", b"", "空的"),
        ("表.xlsx", "xl/workbook.xml", "电子表格"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "图片"),
        ("密.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("弹.docx", "bomb", "压缩炸弹"),
        ("无字.docx", "empty", "无字.docx"),
    ],
)
def test_what_cannot_be_taken_in_is_said_by_name(
    open_page: OpenPage, name: str, data: bytes | str, words_: str
) -> None:
    if data == "empty":
        data = docx("", ())
    elif isinstance(data, str):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "word/document.xml" if data == "bomb" else data, b"0" * (9_000_000 if data == "bomb" else 9)
            )
        data = out.getvalue()
    at = give(open_page("holdings"), (name, data))
    assert words_ in words(at)
    assert name in words(at)
    assert not [b for b in at.button if str(b.key).startswith("adding-take")]


def test_a_date_that_is_none_is_said_and_nothing_is_taken_in(open_page: OpenPage) -> None:
    at = give(open_page("holdings"), ("夜间.docx", docx()))
    field(at, "effective").set_value("明年").run()
    at.button(key="adding-take-0").click().run()
    assert "「明年」不是日期" in words(at)
    assert "已收录《" not in words(at)


def test_from_a_network_without_a_login_the_corpus_can_only_be_read(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATIAO_HOST", "0.0.0.0")
    at = open_page("holdings")
    assert not at.file_uploader
    assert "收录的法规由编辑和管理员增减" in words(at)


def test_with_local_accounts_nobody_is_let_in_without_one(open_page: OpenPage) -> None:
    from ui.session import records

    open_page()
    records().people.add("王", "十个字以上的一句口令吧", "reader")
    at = open_page()
    assert not at.chat_input
    assert "请先登录" in words(at)


def test_a_title_with_markup_is_shown_as_it_is(open_page: OpenPage) -> None:
    at = give(open_page("holdings"), ("<b>.docx", docx("无锡市<img src=x>条例")))
    assert "<b>" not in str([m.value for m in at.markdown if "wanted" in m.value])
    run(at)
