"""管理 through AppTest."""

import pytest
from page_support import QUESTION, OpenPage, ask, nodes, said, words

from ui.session import records as held


def test_an_administrator_sees_feedback_use_and_what_was_done(open_page: OpenPage) -> None:
    from ui.turns import DOWN, WRONG

    at = ask(open_page(), QUESTION)
    at.pills(key="rating-1").set_value(DOWN).run()
    at.pills(key="wrong-1").set_value(WRONG[0]).run()
    at.text_input(key="reason-1").set_value("应引第六十二条").run()
    assert not at.exception
    held().journal.note("desk", "本机", "added", "《甲》", "甲.docx")
    at = open_page("admin")
    assert QUESTION in said(nodes(at, "admin-feedback"))
    assert f"{WRONG[0]}：应引第六十二条" in said(nodes(at, "admin-feedback"))
    assert "甲.docx" in said(nodes(at, "admin-corpus"))
    assert "收录" in said(nodes(at, "admin-journal"))
    assert nodes(at, "admin-use")
    assert "1 个问答" in words(at)


def test_who_is_no_administrator_sees_nothing(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_HOST", "0.0.0.0")
    at = open_page()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        at.switch_page("views/admin.py")
