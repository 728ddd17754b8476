"""The page through AppTest: every state runs without an exception, and shows what the assistant said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "武汉的企业买科技保险有补助吗？"


@pytest.fixture
def open_page(index: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    import streamlit as st

    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))

    def opened() -> AppTest:
        st.cache_resource.clear()
        at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
        assert not at.exception
        return at

    return opened


def ask(at: AppTest, question: str) -> AppTest:
    at.chat_input(key="question").set_value(question).run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*at.markdown, *at.caption, *at.info]).replace("\\", "")


def test_first_screen_says_what_is_held_with_its_status(open_page: Callable[[], AppTest]) -> None:
    shown = words(open_page())
    for title in ("常州市科技创新促进条例", "洛阳市科学技术进步条例", "武汉市推进科技创新中心建设条例"):
        assert title in shown
    assert "草案" in shown
    assert "后经修正" in shown


def test_an_answer_shows_quote_citation_and_draft_notice(open_page: Callable[[], AppTest]) -> None:
    at = ask(open_page(), QUESTION)
    shown = words(at)
    assert "给予一定的保费补助" in shown
    assert "尚未生效" in shown
    assert any("第五十八条" in b.label and "第二款" in b.label for b in at.button)


def test_a_citation_opens_its_article_with_the_quoted_paragraph_marked(open_page: Callable[[], AppTest]) -> None:
    at = ask(open_page(), QUESTION)
    chip = next(b for b in at.button if "第二款" in b.label)
    chip.click().run()
    assert not at.exception
    marked = [m.value for m in at.markdown if ":orange-background[" in m.value]
    assert len(marked) == 1
    assert "保费补助" in marked[0]
    assert any("第五十七条" in b.label for b in at.button)


def test_sources_stay_with_their_message_in_the_next_turn(open_page: Callable[[], AppTest]) -> None:
    at = ask(ask(open_page(), QUESTION), "换成洛阳呢？")
    labels = [b.label for b in at.button if b.key and b.key.startswith("cite-")]
    assert any(label.startswith("武汉") for label in labels)
    assert any(label.startswith("洛阳") for label in labels)
    assert "理解为" in words(at)


def test_a_refusal_is_shown_and_cites_nothing(open_page: Callable[[], AppTest]) -> None:
    at = ask(open_page(), "深圳的企业买科技保险有补助吗？")
    assert "没有收录深圳" in words(at)
    assert not [b for b in at.button if b.key and b.key.startswith("cite-")]


def test_markup_in_a_question_is_shown_and_not_obeyed(open_page: Callable[[], AppTest]) -> None:
    at = ask(open_page(), "<script>alert(1)</script> **武汉**第58条 [链接](http://example.com) :red[字]")
    asked = at.chat_message[0].markdown[0].value
    assert "\\<script\\>" in asked
    assert "\\[链接\\]" in asked
    assert "\\:red\\[" in asked


def test_a_new_conversation_forgets_the_old_one(open_page: Callable[[], AppTest]) -> None:
    at = ask(open_page(), QUESTION)
    at.button(key="new").click().run()
    assert not at.exception
    assert not at.chat_message


def test_an_example_asks_itself(open_page: Callable[[], AppTest]) -> None:
    at = open_page()
    at.button(key="example-0").click().run()
    assert not at.exception
    assert at.chat_message


def test_the_filter_keeps_other_cities_out(open_page: Callable[[], AppTest]) -> None:
    at = open_page()
    at.multiselect(key="cities").set_value(["luoyang"]).run()
    at = ask(at, "企业买科技保险有补助吗？")
    labels = [b.label for b in at.button if b.key and b.key.startswith("cite-")]
    assert labels
    assert all(label.startswith("洛阳") for label in labels)


def test_an_unusable_index_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import streamlit as st

    monkeypatch.setenv("FATIAO_CHROMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path))
    st.cache_resource.clear()
    at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    assert not at.exception
    assert any("http://127.0.0.1:9" in e.value for e in at.error)


def test_prose_of_a_model_is_shown_with_who_wrote_it_and_its_quotes(
    open_page: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    from evals.model_server import ModelServer, Reply

    good = "科技创新企业购买纳入推荐目录的保险产品的，给予一定的保费补助。[A1]"
    with ModelServer(good) as server:
        for name, value in {"FATIAO_MODEL": "some-model", "OPENAI_BASE_URL": server.url}.items():
            monkeypatch.setenv(name, value)
        at = ask(open_page(), QUESTION)
        shown = words(at)
        assert "给予一定的保费补助（武汉·第五十八条）" in shown
        assert "some-model" in shown
        assert any("第五十八条第二款" in b.label for b in at.button)
        server.script = lambda _: Reply("武汉市给予百分之九十的补助。[A1]")
        at = ask(at, "洛阳的科技保险有补助吗？")
        assert "百分之九十" not in words(at)
        assert "语言模型" in words(at)
