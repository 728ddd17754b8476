"""Conversations taken away: the Word document read back, and the Markdown read as a reader would render it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer, Assistant, Citation
from assistant.answer import told_apart
from assistant.desk.article_view import read
from law.text.script import plain, to_simplified
from prompts import say
from records import Conversation, KeptTurn
from records.export import file_name, to_markdown, to_word
from records.outline import printed_moment
from records.word.answers import copied

DAY = datetime(2026, 3, 5, 6, 7, tzinfo=UTC)
HARM = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[看这里](https://evil.example/x)",
    "https://evil.example", "www.evil.example", "![x](http://evil.example/a.png)", "<https://evil.example>",
    "a@evil.example", "# 标题", "- 项", "1. 项", "> 引", "```\ncode", "    code", "**粗** _斜_ `码`", "&lt;b&gt;",
    "|a|b|\n|-|-|",
    "=====",    "\\", "$x$", "~~删~~", "[1]: https://evil.example", "***", "* * *", "+ 项",
]  # fmt: skip


def conversation(*turns: KeptTurn, title: str = "题目") -> Conversation:
    return Conversation("0" * 32, title, DAY, DAY, turns)


def turn(answer: Answer | None = None, question: str = "问", state: str = "answered", text: str = "") -> KeptTurn:
    ended = None if state == "asked" else DAY
    return KeptTurn(1, question, state, DAY, (), answer.text if answer else text, answer, ended)


def read_back(made: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in Document(io.BytesIO(made)).paragraphs]


def rendered(markdown: str) -> str:
    """What a reader sees, HTML allowed, as GitHub does: no tag that was not Markdown's own."""
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown)
    assert not re.findall(r"<(?!/?(?:h[1-3]|p|blockquote|ul|ol|li|em|br)\b)[^>]*>", html), html
    return html


def test_two_texts_of_one_place_stand_under_their_titles_in_the_table(helper: Assistant) -> None:
    asked = "企业买科技保险有补助吗？三个城市有什么不同？"
    answer = helper.ask(asked)
    one, *others = answer.blocks
    twice = replace(
        answer, blocks=told_apart((one, replace(one, regulation_id="other", title="科技投入办法"), *others))
    )
    table, *_ = Document(io.BytesIO(to_word(conversation(turn(twice, asked), title=asked), DAY))).tables
    assert [row.cells[0].text for row in table.rows][1:] == [b.heading for b in twice.blocks]
    assert len({row.cells[0].text for row in table.rows}) == 1 + len(twice.blocks)


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
    made = to_word(talk, DAY)
    paragraphs = read_back(made)
    cells = [c.text for t in Document(io.BytesIO(made)).tables for row in t.rows for c in row.cells]
    text = "\n".join([*(words for _, words in paragraphs), *cells])
    markdown = to_markdown(talk, DAY)
    assert paragraphs[0] == ("Title", question)
    assert ("Heading 1", f"一、{question}") in paragraphs
    assert "2026年3月5日" in text
    assert say("record.offline") in text
    for citation in answer.citations:
        assert citation.shown in text
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


def test_a_comparison_is_a_table_its_answering_words_bold_and_each_article_printed_whole(helper: Assistant) -> None:
    answer = helper.ask("企业买科技保险有补助吗？三个城市有什么不同？")
    talk = conversation(turn(answer, answer.question))
    library = helper.library()
    made = Document(io.BytesIO(to_word(talk, DAY, lambda id_, simplified: read(library, id_, simplified=simplified))))
    (table,) = made.tables
    assert [row.cells[0].text for row in table.rows] == ["城市", "常州市", "洛阳市", "武汉市"]
    assert table.columns[0].width * 3 < table.columns[1].width  # by which WPS and LibreOffice draw it
    assert "鼓励" in [r.text for p in table.rows[1].cells[1].paragraphs for r in p.runs if r.bold]
    text = "\n".join(p.text for p in made.paragraphs)
    head, _, whole = text.partition("附　所引条文全文")
    assert answer.verdict in head
    for citation in answer.citations:
        article = library.by_id[citation.id][1]
        assert f"《{citation.regulation}》{citation.label}" in whole
        words = to_simplified(article.text) if citation.converted else article.text
        assert "".join(words.split()) in "".join(whole.split())
    assert "据繁体来源转换" in table.rows[2].cells[1].text


def test_a_deleted_article_says_so_in_the_first_line_at_the_quote_and_where_it_is_whole(helper: Assistant) -> None:
    answer = helper.ask("洛阳第十三条还有效吗")
    library = helper.library()
    made = to_word(conversation(turn(answer)), DAY, lambda id_, simplified: read(library, id_, simplified=simplified))
    said = [words for _, words in read_back(made) if "已删去（2019年）" in words]
    assert said[0].startswith("洛阳市：第十三条已删去")
    assert any("第十三条第一款，已删去（2019年）" in words for words in said)
    assert any(words.startswith("《洛阳市科学技术进步条例》第十三条（") for words in said)
    assert "已删去（2019年）" in copied(answer).partition("\n")[0]


def test_what_is_copied_has_no_marks_and_every_warning(helper: Assistant) -> None:
    answer = helper.ask("企业买科技保险有补助吗？三个城市有什么不同？")
    text = copied(answer)
    assert not re.search(r"[*|>]|^- ", text, re.MULTILINE)
    assert all(n in text for n in answer.notices)
    assert all(c.shown in text for c in answer.citations)


def test_prose_of_a_model_is_followed_by_the_quotes_and_notices_that_it_leaves_out() -> None:
    one = Citation("x/1", "甲市", "甲市条例", 1, 0, "第一条", 2, "", "第一章", "draft", "第一行；\n第二行。", 3)
    text = "**要点**\n\n可以。\n\n- 甲\n- 乙"
    answer = Answer("", "问", text, citations=(one,), notices=("是草案。",), model="qwen3-32b", standalone="甲市可以吗")
    paragraphs = read_back(to_word(conversation(turn(answer)), DAY))
    assert paragraphs[4:] == [
        ("Heading 2", "（一）结论"), ("Heading 2", "要点"), ("Normal", "可以。"),
        ("List Bullet", "甲"), ("List Bullet", "乙"),
        ("Heading 2", "（二）依据"), ("Quote", one.quote), ("Normal", "——《甲市条例》第一条第二款（草案）"),
        ("Heading 2", "（三）提示"), ("List Bullet", "是草案。"),
    ]  # fmt: skip
    assert paragraphs[3] == ("Subtitle", f"提问时间：{printed_moment(DAY)}　理解为：甲市可以吗　作答：qwen3-32b")
    html = rendered(to_markdown(conversation(turn(answer)), DAY))
    assert re.search(r"<blockquote>\s*<p>第一行；<br ?/?>\s*第二行。</p>", html)


def test_turns_without_an_answer_say_why_in_markdown_and_are_not_sent_on_in_word() -> None:
    talk = conversation(
        turn(state="stopped", text="说到一半"), turn(state="failed", text="模型没有回答。"), turn(state="asked")
    )
    said = "\n".join(words for _, words in read_back(to_word(talk, DAY)))
    assert "说到一半" not in said
    assert "没有回答" not in said
    assert say("record.no_answers") in said
    assert all(escaped in to_markdown(talk, DAY) for escaped in ("说到一半", "已停止", "模型没有回答", "没有答完"))


def test_a_document_bears_todays_date_and_numbers_its_pages(helper: Assistant) -> None:
    made = Document(io.BytesIO(to_word(conversation(turn(helper.ask("武汉第32条"))), DAY)))
    assert made.core_properties.created == made.core_properties.modified == DAY
    assert "PAGE" in made.sections[0].footer._element.xml


def test_word_shows_chinese_in_chinese_fonts() -> None:
    one = Citation("x/1", "甲市", "甲市条例", 1, 0, "第一条", 1, "", "", "draft", "文。")
    made = to_word(conversation(turn(Answer("", "问", "> 文。\n\n- 甲", citations=(one,)))), DAY)
    document = Document(io.BytesIO(made))
    used = {p.style.name: p.style for p in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "List Bullet", "Subtitle", "Normal"} <= used.keys()
    for name, style in used.items():
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == ("黑体" if name.startswith(("Title", "Heading")) else "仿宋"), name
        assert not [a for a in fonts.attrib if a.endswith("Theme")], name  # a theme's font would win
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        styles, options = archive.read("word/styles.xml").decode(), archive.read("word/settings.xml").decode()
    defaults = styles[: styles.index("</w:docDefaults>")]
    assert 'w:eastAsia="仿宋"' in defaults
    assert 'w:eastAsia="zh-CN"' in defaults
    assert "ja-JP" not in options + defaults
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.core_properties.title == "题目"


@pytest.mark.slow
@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=40)
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
    talk = conversation(turn(answer), turn(answer))
    text = "\n".join(words for _, words in read_back(to_word(talk, DAY)))
    assert re.findall(r"^([一二])、问", text, re.MULTILINE) == ["一", "二"]
    assert re.findall(r"^(\d)\. 《", to_markdown(talk, DAY), re.MULTILINE) == ["1", "2", "1", "2"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("武汉的企业买科技保险有补助吗？",) * 2, ("../../etc/passwd", "etc passwd"), ("", "法条助手"),
     ('a<b>:"c"|d?*\\e\n\x00', "a b c d e"), ("...", "法条助手"), ("长" * 300, "长" * 40)],
)  # fmt: skip
def test_a_file_name_that_every_system_takes(title: str, name: str) -> None:
    assert re.fullmatch(re.escape(name) + r"-2026030[56]\.docx", file_name(conversation(title=title), "docx"))
