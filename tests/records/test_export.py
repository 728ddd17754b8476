"""Conversations taken away: the Word document read back, and the Markdown read as a reader would render it."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer, Assistant, Citation
from law.text.script import plain
from prompts import say
from records import Conversation, Turn
from records.export import file_name, to_markdown, to_word
from records.outline import printed_moment

DAY = datetime(2026, 3, 5, 6, 7, tzinfo=UTC)
HARM = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[看这里](https://evil.example/x)",
    "https://evil.example", "www.evil.example", "![x](http://evil.example/a.png)", "<https://evil.example>",
    "a@evil.example", "# 标题", "- 项", "1. 项", "> 引", "```\ncode", "    code", "**粗** _斜_ `码`", "&lt;b&gt;",
    "|a|b|\n|-|-|",
    "=====",    "\\", "$x$", "~~删~~", "[1]: https://evil.example", "***", "* * *", "+ 项",
]  # fmt: skip


def conversation(*turns: Turn, title: str = "题目") -> Conversation:
    return Conversation("0" * 32, title, DAY, DAY, turns)


def turn(answer: Answer | None = None, question: str = "问", state: str = "answered", text: str = "") -> Turn:
    ended = None if state == "asked" else DAY
    return Turn(1, question, state, DAY, (), answer.text if answer else text, answer, ended)


def read_back(made: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in Document(io.BytesIO(made)).paragraphs]


def rendered(markdown: str) -> str:
    """What a reader sees, HTML allowed, as GitHub does: no tag that was not Markdown's own."""
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown)
    assert not re.findall(r"<(?!/?(?:h[1-3]|p|blockquote|ul|ol|li|em|br)\b)[^>]*>", html), html
    return html


@pytest.mark.parametrize(
    "question",
    [
        "企业买科技保险有补助吗？三个城市有什么不同？",
        "常州条例第二十条第三款怎么写的？",
        "武汉第32条",
        "武漢的企業買科技保險有補助嗎？",
    ],
)
def test_word_holds_everything_that_the_answer_holds(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    talk = conversation(turn(answer, question), title=question)
    paragraphs = read_back(to_word(talk, DAY))
    text = "\n".join(words for _, words in paragraphs)
    markdown = to_markdown(talk, DAY)
    assert paragraphs[0] == ("Title", question)
    assert ("Heading 1", f"1. {question}") in paragraphs
    assert printed_moment(DAY) in text
    assert say("record.offline") in text
    for citation in answer.citations:
        assert any(style == "Quote" and citation.quote == words for style, words in paragraphs)
        assert f"《{citation.regulation}》{citation.number}" in text
        assert say(f"status.{citation.status}") in text
        assert f"《{citation.regulation}》{citation.number}" in markdown
    assert [n for n in answer.notices if plain(text).count(plain(n)) != 1] == []
    if answer.refused:
        assert answer.citations == ()
        assert answer.text in text
        assert all(f"《{h.regulation}》{h.label}" in text for h in answer.related)
    assert "**" not in text
    assert "> " not in text


def test_the_conventional_form_of_a_citation(helper: Assistant) -> None:
    answer = helper.ask("常州条例第二十条第三款怎么写的？")
    talk = conversation(turn(answer))
    listed = [words for _, words in read_back(to_word(talk, DAY)) if words.startswith("1. 《")]
    assert len(listed) == 1
    assert listed[0].startswith("1. 《常州市科技创新促进条例》第二十条第三款")
    assert "1. 《常州市科技创新促进条例》第二十条第三款" in to_markdown(talk, DAY)


def test_prose_of_a_model_is_followed_by_the_quotes_and_notices_that_it_leaves_out() -> None:
    one = Citation("x/1", "甲市", "甲市条例", 1, 0, "第一条", 2, "", "第一章", "draft", "第一行；\n第二行。", 3)
    text = "**要点**\n\n可以。\n\n- 甲\n- 乙"
    answer = Answer("", "问", text, citations=(one,), notices=("是草案。",), model="qwen3-32b", standalone="甲市可以吗")
    paragraphs = read_back(to_word(conversation(turn(answer)), DAY))
    assert paragraphs[4:] == [
        ("Heading 2", "要点"), ("Normal", "可以。"), ("List Bullet", "甲"), ("List Bullet", "乙"),
        ("Heading 2", "引用条文"), ("Normal", "1. 《甲市条例》第一条第二款（甲市，第一章，草案）"),
        ("Quote", one.quote),
        ("Heading 2", "提示"), ("List Bullet", "是草案。"),
    ]  # fmt: skip
    assert paragraphs[3] == ("Subtitle", f"提问时间：{printed_moment(DAY)}　理解为：甲市可以吗　作答：qwen3-32b")
    html = rendered(to_markdown(conversation(turn(answer)), DAY))
    assert re.search(r"<blockquote>\s*<p>第一行；<br ?/?>\s*第二行。</p>", html)


def test_turns_without_an_answer_say_why() -> None:
    talk = conversation(
        turn(state="stopped", text="说到一半"), turn(state="failed", text="模型没有回答。"), turn(state="asked")
    )
    paragraphs = read_back(to_word(talk, DAY))
    notes = [words for style, words in paragraphs if style == "Subtitle"]
    assert ("Normal", "说到一半") in paragraphs
    assert [say("record.stopped"), say("record.failed", why="模型没有回答。"), say("record.unfinished")] == notes[2::2]
    assert all(escaped in to_markdown(talk, DAY) for escaped in ("说到一半", "已停止", "模型没有回答", "没有答完"))


def test_word_shows_chinese_in_chinese_fonts() -> None:
    one = Citation("x/1", "甲市", "甲市条例", 1, 0, "第一条", 1, "", "", "draft", "文。")
    made = to_word(conversation(turn(Answer("", "问", "> 文。\n\n- 甲", citations=(one,)))), DAY)
    document = Document(io.BytesIO(made))
    used = {p.style.name: p.style for p in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "List Bullet", "Subtitle", "Normal"} <= used.keys()
    for name, style in used.items():
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == ("黑体" if name.startswith(("Title", "Heading")) else "宋体"), name
        assert not [a for a in fonts.attrib if a.endswith("Theme")], name  # a theme's font would win
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        styles, options = archive.read("word/styles.xml").decode(), archive.read("word/settings.xml").decode()
    defaults = styles[: styles.index("</w:docDefaults>")]
    assert 'w:eastAsia="宋体"' in defaults
    assert 'w:eastAsia="zh-CN"' in defaults
    assert "ja-JP" not in options + defaults
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.core_properties.title == "题目"


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=40, deadline=None)
def test_no_character_breaks_a_document(text: str) -> None:
    one = Citation("x/1", text, text, 1, 0, "第一条", 1, text, text, "draft", text)
    answer = Answer("", text, text, True, "", (one,), notices=(text,), model=text, standalone=text)
    talk = conversation(turn(answer, text), turn(state="failed", text=text), title=text)
    assert read_back(to_word(talk, DAY))
    to_markdown(talk, DAY).encode("utf-8")
    assert len(file_name(talk, "docx").encode("utf-8")) < 255


@pytest.mark.parametrize("harm", HARM)
def test_markdown_shows_what_was_typed_and_obeys_none_of_it(harm: str) -> None:
    one = Citation("x/1", harm, harm, 1, 0, "第一条", 1, harm, "", "draft", harm)
    answer = Answer("", harm, "答。", citations=(one,), notices=(harm,), standalone=harm, model=harm)
    talk = conversation(turn(answer, harm), turn(Answer("", "", harm)), turn(state="stopped", text=harm), title=harm)
    markdown = to_markdown(talk, DAY)
    html = rendered(markdown)
    assert "href" not in html
    assert "src=" not in re.sub(r"&lt;.*?&gt;", "", html)
    assert not re.search(r"(?:https?|ftp)://|www\.|\w@\w", markdown)  # nothing that a reader links by itself
    assert len(re.findall("<h1", html)) == 1
    assert len(re.findall("<h2", html)) == 3


def test_two_turns_are_numbered_and_citations_counted_anew() -> None:
    one = Citation("x/1", "甲市", "甲市条例", 1, 0, "第一条", 1, "", "", "draft", "文。")
    answer = Answer("", "问", "> 文。", citations=(one, one))
    text = "\n".join(words for _, words in read_back(to_word(conversation(turn(answer), turn(answer)), DAY)))
    assert re.findall(r"^(\d)\. (问|《)", text, re.MULTILINE) == [
        ("1", "问"), ("1", "《"), ("2", "《"), ("2", "问"), ("1", "《"), ("2", "《"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [("武汉的企业买科技保险有补助吗？",) * 2, ("../../etc/passwd", "etc passwd"), ("", "法条助手"),
     ('a<b>:"c"|d?*\\e\n\x00', "a b c d e"), ("...", "法条助手"), ("长" * 300, "长" * 40)],
)  # fmt: skip
def test_a_file_name_that_every_system_takes(title: str, name: str) -> None:
    assert re.fullmatch(re.escape(name) + r"-2026030[56]\.docx", file_name(conversation(title=title), "docx"))
