"""Numbers and rows that no program of ours has written: named, or shown as far as they can be read."""

import sqlite3
from pathlib import Path

import pytest

from assistant import Answer
from records import RecordNotFound, Records

NUMBERS = (2**63, 2**63 - 1, 2**64, 10**30, 0, -1, -(2**63) - 1)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_no_row_has_is_not_found(number: int, tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    records.start("甲")
    with pytest.raises(RecordNotFound):
        records.rate(number, "甲", True)
    with pytest.raises(RecordNotFound):
        records.answered(number, Answer("", "一", "答"))
    with pytest.raises(RecordNotFound):
        records.one_feedback(number)
    records.close()


UNREADABLE = {
    "no JSON": "{",
    "empty": "",
    "another kind": "7",
    "a list of numbers": "[1, 2]",
    "deeply nested": "[" * 200_000 + "]" * 200_000,
    "keys of another program": '{"text": {"a": 1}, "citations": 5}',
}


@pytest.mark.parametrize("column", ["cities", "answer"])
@pytest.mark.parametrize("what", UNREADABLE)
def test_a_field_that_cannot_be_read_leaves_the_rest(what: str, column: str, tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    records = Records(file)
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "问", ["武汉"])
    records.answered(turn, Answer("", "问", "答"))
    records.rate(turn, "甲", True)
    with sqlite3.connect(file) as held:
        held.execute(f"UPDATE turns SET {column} = ?", (UNREADABLE[what],))
    held.close()
    (shown,) = records.conversation(conversation, "甲").turns
    assert (shown.question, shown.text) == ("问", "答")
    assert len(records.feedback()) == 1
    records.close()
