"""The conversation through AppTest: every state runs without an exception, and shows what the assistant said."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page_support import QUESTION, ROOT, OpenPage, ask, chips, click, flat, go, marked, nodes, run, said, words
from streamlit.testing.v1 import AppTest

from assistant import Assistant, Event
from assistant.answer import Writing


def test_first_screen_says_what_is_held_with_its_status(open_page: OpenPage) -> None:
    shown = words(open_page())
    for title in ("常州市科技创新促进条例", "洛阳市科学技术进步条例", "武汉市推进科技创新中心建设条例"):
        assert title in shown
    assert "草案" in shown
    assert "后经修正" in shown
    assert "离线摘引" in shown


def test_each_of_six_questions_answers_itself(open_page: OpenPage) -> None:
    for at_ in range(6):
        at = click(open_page(), f"example-{at_}")
        assert len(at.chat_message) == 2
        assert chips(at), at_


def test_an_answer_shows_quote_citation_and_draft_where_it_is_read(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    assert "给予一定的保费补助" in words(at)
    assert "尚未生效" in words(at)
    assert "武汉 · 第五十八条第二款" in chips(at)
    quotes = [said(b["of"]) for b in flat(nodes(at, "answer-"), "blockquote")]
    assert quotes
    assert all("草案" in quote for quote in quotes)


def test_a_comparison_is_a_table_with_a_row_a_city_and_each_cell_cited(open_page: OpenPage) -> None:
    at = ask(open_page(), "企业买科技保险有补助吗？三个城市有什么不同？")
    rows = flat(flat(nodes(at, "answer-"), "tbody"), "tr")
    assert [said(flat([row], "th")[0]["of"]) for row in rows] == ["常州市", "洛阳市", "武汉市"]
    assert all(flat([row], "button") for row in rows)


def test_words_that_answer_stand_out_in_the_quote(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    assert flat(nodes(at, "answer-"), "strong")


def test_an_address_opens_an_article_with_its_neighbours(open_page: OpenPage) -> None:
    at = open_page(article="wuhan/58")
    shown = said(nodes(at, "article-text"))
    assert "第五十八条【保险机构科技金融产品创新】" in shown
    assert "第七章" in shown
    assert [b.label for b in at.button if b.key in ("before", "after")] == ["‹ 第五十七条", "第五十九条 ›"]
    click(at, "after")
    assert at.query_params["article"] == "wuhan/59"
    assert "第五十九条" in said(nodes(at, "article-text"))
    click(at, "close")
    assert "article" not in at.query_params
    assert not nodes(at, "article-text")


def test_the_first_and_the_last_article_have_one_neighbour(open_page: OpenPage, helper: Assistant) -> None:
    articles = helper.regulations()[0].articles
    assert open_page(article=articles[0].id).button(key="before").disabled
    assert open_page(article=articles[-1].id).button(key="after").disabled


@pytest.mark.parametrize("address", ["wuhan/999", "<script>alert(1)</script>", "x" * 5000, "../etc/passwd"])
def test_an_address_of_nothing_is_said(open_page: OpenPage, address: str) -> None:
    at = open_page(article=address)
    assert "没有这一条" in words(at)
    assert "<script>" not in words(at)
    click(at, "close")


def test_the_copied_text_begins_with_the_conventional_form(open_page: OpenPage) -> None:
    copies = [b["copy"] for b in flat(nodes(open_page(article="changzhou/20"), "article-text"), "button")]
    assert any(c.startswith("《常州市科技创新促进条例》第二十条第三款\n") for c in copies)
    assert any(c.endswith("/?article=changzhou/20") for c in copies)


def test_the_link_is_below_the_address_that_is_set(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_BASE_URL", "https://law.example.org/fatiao/")
    copies = [b["copy"] for b in flat(nodes(open_page(article="wuhan/58"), "article-text"), "button")]
    assert "https://law.example.org/fatiao/?article=wuhan/58" in copies


def test_a_traditional_text_can_be_read_in_simplified(open_page: OpenPage) -> None:
    at = open_page(article="luoyang/39")
    assert "补助" in said(nodes(at, "article-text"))
    assert "補助" not in said(nodes(at, "article-text"))
    assert "据繁体来源转换" in said(nodes(at, "article-text"))
    at.toggle(key="original").set_value(True).run()
    assert not at.exception
    assert "補助" in said(nodes(at, "article-text"))
    assert not [t for t in open_page(article="wuhan/58").toggle if t.key == "original"]


def test_inferred_and_damaged_text_is_marked_where_it_is_read(open_page: OpenPage) -> None:
    assert "条号推定" in said(nodes(open_page(article="changzhou/10"), "article-text"))
    assert "条号推定" in said(nodes(ask(open_page(), "常州条例第十条"), "answer-"))


def test_sources_stay_with_their_message_in_the_next_turn(open_page: OpenPage) -> None:
    at = ask(ask(open_page(), QUESTION), "换成洛阳呢？")
    assert any(label.startswith("武汉") for label in chips(at))
    assert any(label.startswith("洛阳") for label in chips(at))
    assert "理解为" in words(at)


def test_what_an_official_would_ask_next_is_offered(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    offered = [b for b in at.button if str(b.key).startswith("next-")]
    assert len(offered) == 3
    assert any(b.label.startswith("常州市、洛阳市对科技保险") for b in offered)
    click(at, str(offered[0].key))
    assert len(at.chat_message) == 4


def test_a_refusal_says_what_is_held_and_what_is_near(open_page: OpenPage) -> None:
    at = ask(open_page(), "深圳的企业买科技保险有补助吗？")
    assert "没有收录深圳" in words(at)
    assert "武汉市推进科技创新中心建设条例" in at.info[0].value
    assert not chips(at)
    assert "武汉 · 第五十八条" in said(nodes(at, "answer-"))
    at = ask(open_page(), "武汉科技保险的补助比例是百分之几？")
    assert not chips(at)
    assert "相近的条文" in words(at)
    assert [b for b in flat(nodes(at, "answer-"), "button") if str(b["open"]).startswith("r")]


def test_a_text_that_is_too_long_is_said_with_its_length_and_not_asked(open_page: OpenPage) -> None:
    at = ask(open_page(), "武汉的企业买科技保险有补助吗？" * 200)
    assert "这段文字有 3000 字" in words(at)
    assert not at.chat_message


def test_markup_in_a_question_is_shown_and_not_obeyed(open_page: OpenPage) -> None:
    at = ask(open_page(), "<script>alert(1)</script> **武汉**第58条 [链接](http://example.com) :red[字]")
    asked = at.chat_message[0].markdown[0].value
    assert "\\<script\\>" in asked
    assert "\\[链接\\]" in asked
    assert "\\:red\\[" in asked


def test_a_new_conversation_forgets_the_old_one_and_it_can_be_opened_again(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    before = chips(at)
    click(at, "new")
    assert not at.chat_message
    recent = next(str(b.key) for b in at.button if str(b.key).startswith("recent-"))
    click(at, recent)
    assert chips(at) == before


def test_the_filter_keeps_other_cities_out(open_page: OpenPage) -> None:
    at = open_page()
    at.pills(key="cities").set_value(["luoyang"]).run()
    at = ask(at, "企业买科技保险有补助吗？")
    assert chips(at)
    assert all(label.startswith("洛阳") for label in chips(at))


def test_a_thumb_with_a_reason_is_kept(open_page: OpenPage) -> None:
    from ui.session import records
    from ui.turns import DOWN

    at = ask(open_page(), QUESTION)
    at.pills(key="rating-1").set_value(DOWN).run()
    assert not at.exception
    at.text_input(key="reason-1").set_value("少了限额").run()
    (kept,) = records().feedback()
    assert (kept.rating.up, kept.rating.reason) == (False, "少了限额")
    at.pills(key="rating-1").set_value(None).run()
    assert not at.exception
    assert not records().feedback()


class Slow:
    """Events that wait for a sign after the first words."""

    def __init__(self, helper: Assistant, error: Exception | None = None) -> None:
        self.go = threading.Event()
        self._stream, self._error = helper.stream, error

    def __call__(self, *args: Any) -> Iterator[Event]:
        yield Event("step", "作答")
        yield Event("text", "说了一半")
        if self._error:
            raise self._error
        assert self.go.wait(20)
        yield from self._stream(*args)


def test_a_stopped_turn_is_kept_and_marked(
    open_page: OpenPage, page_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.desk import under_way
    from ui import session

    class Impatient(under_way.Asking):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            threading.Timer(0.8, self.stop).start()

    at = open_page()
    slow = Slow(session.assistant())
    monkeypatch.setattr(session.assistant(), "stream", slow)
    monkeypatch.setattr(under_way, "Asking", Impatient)
    at = ask(at, QUESTION)
    assert "已停止" in words(at)
    assert "说了一半" in words(at)
    slow.go.set()
    monkeypatch.undo()
    monkeypatch.setenv("FATIAO_DATA_DIR", str(page_data))
    at = ask(at, "常州条例第二十条第三款怎么写的？")
    assert "已停止" in words(at)
    assert chips(at) == ["常州 · 第二十条第三款"]


def test_an_error_while_answering_is_said_and_kept(
    open_page: OpenPage, page_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import FatiaoError
    from ui import session

    at = open_page()
    monkeypatch.setattr(session.assistant(), "stream", Slow(session.assistant(), FatiaoError("模型服务连不上。")))
    at = ask(at, QUESTION)
    assert "模型服务连不上" in words(at)
    monkeypatch.undo()
    monkeypatch.setenv("FATIAO_DATA_DIR", str(page_data))
    click(at, "again-1")
    assert chips(at)


def test_what_a_model_wrote_has_its_citations_in_its_sentences(open_page: OpenPage) -> None:
    from ui.entry.login import DESK
    from ui.session import assistant, records

    open_page()
    answer = replace(
        assistant().ask(QUESTION),
        writing=Writing("补助保费（武汉·第五十八条）。", 1, 0),
        model="one-model",
        verdict="",
    )
    id_ = records().start(DESK)
    records().answered(records().asked(id_, DESK, QUESTION), answer)
    at = open_page()
    click(at, f"recent-{id_}")
    sentence = flat(nodes(at, "answer-"), "p")[0]
    assert flat([sentence])[0] == "补助保费"
    assert [said(b["of"]) for b in flat([sentence], "button")] == ["武汉 · 第五十八条第二款"]
    assert "「one-model」撰写" in words(at)


def test_an_unusable_index_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import streamlit as st

    monkeypatch.setenv("FATIAO_CHROMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path))
    st.cache_resource.clear()
    at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    assert not at.exception
    assert "http://127.0.0.1:9" in words(at)
    assert at.button(key="again")


def test_unusable_records_are_said_in_words(open_page: OpenPage, page_data: Path) -> None:
    (page_data / "records.sqlite").write_text("这不是数据库" * 200, "utf-8")
    at = open_page()
    assert "文件已损坏" in words(at)
    at = ask(at, QUESTION)
    assert "文件已损坏" in words(at)
    assert "文件已损坏" in words(go(at, "past"))


def test_marks_of_the_article_are_those_of_the_quote(open_page: OpenPage) -> None:
    at = open_page()
    at.session_state["open"] = ("wuhan/58", ("对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助",))
    run(at)
    assert marked(at, "article-text") == ["对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助"]


def test_what_is_stated_nowhere_stands_beside_what_is_answered(open_page: OpenPage) -> None:
    at = ask(open_page(), "武汉对企业买科技保险补不补？补多少？")
    assert "武汉 · 第五十八条第二款" in chips(at)
    assert "条文没有写明" in words(at) or "条文没有写明" in said(nodes(at))


def test_a_list_says_on_what_ground_and_how_long(open_page: OpenPage) -> None:
    at = ask(open_page(), "按常州条例，财政部门要做哪些事？")
    assert "按主体" in said(nodes(at))
