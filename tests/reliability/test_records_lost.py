"""The file of the records is deleted or replaced while the page runs: nothing that was said to be kept is lost."""

import logging
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Answer
from records import Records, RecordsUnavailable

TAILS = ("", "-wal", "-shm")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.sqlite"


@pytest.fixture
def records(file: Path) -> Iterator[Records]:
    held = Records(file)
    yield held
    held.close()


def _deleted(file: Path) -> None:
    file.unlink()


def _deleted_with_its_log(file: Path) -> None:
    for tail in TAILS:
        file.with_name(file.name + tail).unlink(missing_ok=True)


def _folder_deleted(file: Path) -> None:
    shutil.rmtree(file.parent)


def _moved_away(file: Path) -> None:
    file.rename(file.with_name("elsewhere.sqlite"))


GONE = {
    "the file is deleted": _deleted,
    "the file is deleted with its log": _deleted_with_its_log,
    "the whole folder is deleted": _folder_deleted,
    "the file is moved": _moved_away,
}


@pytest.mark.parametrize("what", GONE)
def test_a_file_that_goes_is_made_anew_with_what_was_in_it(
    what: str, file: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "第一问")
    GONE[what](file)
    with caplog.at_level(logging.ERROR, "fatiao"):
        records.answered(turn, Answer("", "第一问", "第一答"))
        records.asked(conversation, "甲", "第二问")
    assert "在运行中被删去" in caplog.text
    assert file.stat().st_mode & 0o777 == 0o600
    records.close()
    kept = Records(file)
    assert [(t.question, t.text) for t in kept.conversation(conversation, "甲").turns] == [
        ("第一问", "第一答"), ("第二问", ""),
    ]  # fmt: skip
    kept.close()
    assert [p.name for p in file.parent.iterdir() if ".part" in p.name] == []


def test_a_file_put_in_its_place_is_used_and_the_former_one_is_kept_beside_it(
    tmp_path: Path, file: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    other = Records(tmp_path / "other.sqlite")
    theirs = other.start("甲", "备份里的")
    other.close()
    mine = records.start("甲", "换掉之前的")
    (tmp_path / "other.sqlite").replace(file)
    with caplog.at_level(logging.ERROR, "fatiao"):
        assert records.conversation(theirs, "甲").title == "备份里的"
    (beside,) = file.parent.glob("records-*.sqlite")
    assert str(beside) in caplog.text
    former = Records(beside)
    assert former.conversation(mine, "甲").title == "换掉之前的"
    former.close()


def test_a_write_that_was_under_way_is_not_said_to_be_kept_where_it_is_lost(file: Path, records: Records) -> None:
    """One thread restores the file while another holds a transaction in the one that is gone."""
    records.start("甲")
    reader = threading.Thread(target=records.conversations, args=("甲",))
    with pytest.raises(RecordsUnavailable, match="请再试一次"), records._database.writing():  # noqa: PT012
        file.unlink()
        reader.start()
        reader.join(20)
    records.start("甲", "再试")
    with sqlite3.connect(file) as held:
        assert held.execute("SELECT title FROM conversations WHERE title != ''").fetchall() == [("再试",)]
    held.close()


def test_a_delete_within_a_write_is_noticed_at_its_end(file: Path, records: Records) -> None:
    records.start("甲")
    with records._database.writing() as connection:
        connection.exec_driver_sql("UPDATE conversations SET title = '写着时删的'")
        file.unlink()
    with sqlite3.connect(file) as held:
        assert held.execute("SELECT title FROM conversations").fetchall() == [("写着时删的",)]
    held.close()


def test_what_somebody_wants_forgotten_is_not_in_the_file_made_anew(file: Path, records: Records) -> None:
    conversation = records.start("甲")
    records.asked(conversation, "甲", "不要留下的一问")
    records.delete(conversation, "甲")
    file.unlink()
    records.start("甲")
    assert "不要留下的一问".encode() not in file.read_bytes()


def test_where_it_cannot_be_made_anew_the_write_fails_and_nothing_is_given_up(
    file: Path, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = records.start("甲", "还在手里")
    file.unlink()
    full: Callable[..., None] = lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))  # noqa: E731
    with monkeypatch.context() as patched:
        patched.setattr(os, "link", full)
        with pytest.raises(RecordsUnavailable, match="请检查路径、权限和磁盘空间"):
            records.rename(conversation, "甲", "新标题")
    assert records.conversation(conversation, "甲").title == "还在手里"


def _over_it(file: Path, content: bytes) -> None:
    """As `cp` does it: the file stays the same, its content is another's."""
    with file.open("r+b") as held:
        held.truncate(0)
        held.write(content)


def _titles(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as held:
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [title for (title,) in held.execute("SELECT title FROM conversations ORDER BY id")]


@pytest.mark.parametrize("busy", [False, True])
def test_another_database_copied_over_it_is_used_and_what_was_there_is_not_mixed_in(
    busy: bool, tmp_path: Path, file: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    other = Records(tmp_path / "other.sqlite")
    theirs = other.start("甲", "备份里的")
    other.close()
    for n in range(30):
        records.start("甲", f"换掉之前的{n}")
    records.conversations("甲")
    with caplog.at_level(logging.ERROR, "fatiao"):
        _over_it(file, (tmp_path / "other.sqlite").read_bytes())
        if busy:
            records.start("甲", "换掉之后的")
        assert records.conversation(theirs, "甲").title == "备份里的"
    assert "被另一份内容盖掉" in caplog.text
    records.close()
    assert set(_titles(file)) == {"备份里的", *(["换掉之后的"] if busy else [])}


def test_an_older_backup_of_itself_copied_over_it_is_noticed(
    tmp_path: Path, file: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    records.start("甲", "早的")
    backup = tmp_path / "backup.sqlite"
    with closing(sqlite3.connect(file)) as held:
        held.execute("VACUUM INTO ?", (str(backup),))
    for n in range(30):
        records.start("甲", f"晚的{n}")
    with caplog.at_level(logging.ERROR, "fatiao"):
        _over_it(file, backup.read_bytes())
        records.conversations("甲")
    assert "被另一份内容盖掉" in caplog.text
    records.start("甲", "再来")
    records.close()
    assert set(_titles(file)) == {"早的", "再来"}


RUBBISH = {"emptied": b"", "no database": b"hello " * 2000, "a head and nothing": b"SQLite format 3\0" + b"\0" * 5000}


@pytest.mark.parametrize("what", RUBBISH)
def test_rubbish_written_over_it_is_said_and_the_records_go_on(
    what: str, file: Path, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    records.start("甲", "从前的")
    with caplog.at_level(logging.ERROR, "fatiao"):
        _over_it(file, RUBBISH[what])
        records.start("甲", "之后的")
    assert "在运行中被写坏" in caplog.text
    records.close()
    assert "之后的" in _titles(file)
    assert [p.name for p in file.parent.iterdir() if ".part" in p.name] == []


def test_many_who_write_at_once_are_no_overwriting(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "fatiao"):
        several = [Records(file) for _ in range(3)]
        threads = [
            threading.Thread(target=lambda r=r, n=n: [r.start("甲", f"{n}-{k}") for k in range(15)])
            for n, r in enumerate([*several, *several])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for one in several:
            one.close()
    assert caplog.text == ""
    assert len(_titles(file)) == 90
