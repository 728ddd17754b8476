"""The first screen: many texts do not push the examples away."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from ui import welcome


def _page() -> None:
    from ui.welcome import show_welcome

    show_welcome()


def test_fifty_texts_are_named_in_a_line_and_the_examples_stay(
    helper: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = helper.regulations()
    many = [*held, *(replace(held[0], id=f"r-{n}", title=f"第{n}号条例", city=f"甲{n}市") for n in range(47))]
    monkeypatch.setattr(welcome, "assistant", lambda: SimpleNamespace(regulations=lambda: many))
    page = AppTest.from_function(_page, default_timeout=30).run()
    assert not page.exception
    shown = [m.value for m in page.markdown]
    assert any("已收录 50 部" in s for s in shown)
    assert sum("甲1市" in s for s in shown) == 1  # one line, no card each
    assert any(s.endswith("等 50 个地方。全部见「收录」。") for s in shown)
    assert len(page.button) == len(welcome.EXAMPLES)
