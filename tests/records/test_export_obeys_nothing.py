"""Characters that a terminal or a reader would obey are named in what is taken away."""

from datetime import UTC, datetime

import pytest

from records import Conversation, KeptTurn
from records.export import to_markdown

NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x9b", "\x1b", "\x07"])
def test_a_mark_is_shown_or_left_out(mark: str) -> None:
    turn = KeptTurn(1, f"武汉{mark}31m问", "failed", NOW, text=f"错{mark}误")
    said = to_markdown(Conversation("a" * 32, f"题{mark}目", NOW, NOW, (turn,)), NOW)
    assert mark not in said
    assert "问" in said
