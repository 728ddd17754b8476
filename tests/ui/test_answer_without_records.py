"""The records fail while an answer is made: the answer is shown all the same, with the words that say what is lost."""

from typing import Any

import pytest
from page_support import QUESTION, OpenPage, ask, chips, words

from records import Records, RecordsUnavailable


def test_an_answer_that_could_not_be_kept_is_shown(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def frozen(*_: Any) -> None:
        raise RecordsUnavailable("数据库十秒没有回应，请检查数据库服务。")

    at = open_page()
    monkeypatch.setattr(Records, "answered", frozen)
    at = ask(at, QUESTION)
    assert "请检查数据库服务" in words(at)
    assert any("第五十八条" in chip for chip in chips(at))
    monkeypatch.undo()
