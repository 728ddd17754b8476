"""The database itself: migrations, processes that start together or are killed, and every way it can be unusable."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from postgres_support import PASSWORD, QUOTED, Postgres
from sqlalchemy import create_engine, inspect, text

from assistant import Answer
from records import Records, RecordsNewer, RecordsUnavailable
from records.database.database import Database
from records.database.tables import REVISION, VERSION_TABLE, metadata

OPEN = """
import sys
from pathlib import Path
from records import Records
address = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
records = Records(address)
conversation = records.start(sys.argv[2])
records.asked(conversation, sys.argv[2], "一")
print(conversation, flush=True)
"""
TALK = """
import sys
from pathlib import Path
from assistant import Answer
from records import Records
address = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
records = Records(address)
conversation = records.start("甲")
first = records.asked(conversation, "甲", "第一问")
records.answered(first, Answer("", "第一问", "第一答"))
records.rate(first, "甲", True, "好")
records.stopped(records.asked(conversation, "甲", "第二问"), "说到一半")
if sys.argv[2] == "within":
    records.asked(conversation, "甲", "第三问")
print(conversation, flush=True)
sys.stdin.readline()
"""


def program(code: str, *arguments: object, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment,
    )  # fmt: skip


def engine_of(address: str | Path):
    return create_engine(Database(address)._url)


def test_migrations_from_nothing_make_the_tables_that_the_program_expects(
    address: str | Path, records: Records, open_records: Callable[..., Records]
) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    conversation = records.start("甲")
    engine = engine_of(address)
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert context.get_current_revision() == REVISION
        assert compare_metadata(context, metadata) == []
        tables = set(inspect(connection).get_table_names())
        ours = {"users", "conversations", "turns", "feedback", "door_keys", "accounts", "logins", "sources", "journal"}
        assert tables == {*ours, VERSION_TABLE}
        checks = inspect(connection).get_check_constraints("turns")
        assert [c["name"] for c in checks] == ["ck_turns_state"]
    engine.dispose()
    folder = Path(sys.modules["records.database"].__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [REVISION]
    again = open_records()  # a second opening changes nothing
    assert again.conversation(conversation, "甲").turns == ()


@pytest.mark.slow  # programs of their own
def test_programs_that_start_together_migrate_once(address: str | Path, program_environment: dict[str, str]) -> None:
    running = [program(OPEN, address, f"用户{n}", environment=program_environment) for n in range(4)]
    try:
        for one in running:
            assert one.stdout.readline() == "ready\n"
        for one in running:
            one.stdin.write("\n")
            one.stdin.flush()
        conversations = [one.stdout.readline().strip() for one in running]
        assert [one.wait(60) for one in running] == [0, 0, 0, 0]
    finally:
        for one in running:
            one.kill()
            one.communicate()
    records = Records(address)
    assert [[c.id for c in records.conversations(f"用户{n}")] for n in range(4)] == [[c] for c in conversations]
    records.close()
    engine = engine_of(address)
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == [REVISION]
    engine.dispose()


def test_a_migration_that_is_cut_off_leaves_nothing_behind(
    address: str | Path, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    whole = command.upgrade

    def cut_off(*arguments: object) -> None:
        whole(*arguments)
        raise OSError("power cut")

    monkeypatch.setattr(command, "upgrade", cut_off)
    with pytest.raises(RecordsUnavailable, match="power cut"):
        records.start("甲")
    engine = engine_of(address)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    monkeypatch.undo()
    assert records.start("甲")


@pytest.mark.slow
@pytest.mark.parametrize("when", ["between", "within"])
def test_killed_between_or_within_turns_nothing_is_lost(
    when: str, address: str | Path, records: Records, program_environment: dict[str, str]
) -> None:
    talking = program(TALK, address, when, environment=program_environment)
    conversation = talking.stdout.readline().strip()
    os.kill(talking.pid, signal.SIGKILL)
    assert talking.wait(20) == -signal.SIGKILL
    talking.communicate()
    kept = records.conversation(conversation, "甲")
    expected = [("第一问", "answered", "第一答"), ("第二问", "stopped", "说到一半"), ("第三问", "asked", "")]
    assert [(t.question, t.state, t.text) for t in kept.turns] == expected[: 3 if when == "within" else 2]
    assert kept.turns[0].rating.reason == "好"
    assert records.asked(conversation, "甲", "接着问") > kept.turns[-1].id


def test_a_database_of_a_newer_program_is_left_alone(address: str | Path, open_records: Callable[..., Records]) -> None:
    older = open_records()
    conversation = older.start("甲")
    older.close()
    engine = engine_of(address)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for _ in range(2):
        with pytest.raises(RecordsNewer) as said:
            open_records().conversations("甲")
        assert all(w in str(said.value) for w in ("9999", REVISION, "升级", "FATIAO_DATABASE_URL"))
        assert PASSWORD not in str(said.value)
        assert QUOTED not in str(said.value)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{REVISION}'"))
    engine.dispose()
    assert open_records().conversation(conversation, "甲")


def test_other_peoples_tables_are_not_touched(address: str | Path, records: Records) -> None:
    if isinstance(address, Path):
        address.parent.mkdir()
    engine = engine_of(address)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE users (name TEXT)"))
    with pytest.raises(RecordsUnavailable, match="users"):
        records.start("甲")
    assert inspect(engine).get_table_names() == ["users"]
    engine.dispose()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    records = Records(tmp_path / "a b%20#?" / "记录.sqlite")
    records.asked(records.start("甲"), "甲", "一")
    files = sorted((tmp_path / "a b%20#?").iterdir())
    assert [f.name for f in files] == ["记录.sqlite", "记录.sqlite-shm", "记录.sqlite-wal"]
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    records.close()


def test_the_file_can_also_be_named_by_url(tmp_path: Path) -> None:
    by_url = Records(f"sqlite:///{tmp_path}/r.sqlite")
    conversation = by_url.start("甲")
    by_path = Records(tmp_path / "r.sqlite")
    assert by_path.conversation(conversation, "甲").id == conversation
    assert by_url.where == by_path.where == str(tmp_path / "r.sqlite")
    by_url.close()
    by_path.close()


def test_a_damaged_file_says_so_and_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"not a database, but somebody's letter" * 200)
    for _ in range(2):
        with pytest.raises(RecordsUnavailable) as said:
            Records(path).conversations("甲")
        assert all(w in str(said.value) for w in (str(path), "not a database", "备份", "移走"))
    assert path.read_bytes().startswith(b"not a database")


def test_a_file_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    records = Records(path)
    conversation = records.start("甲")
    for at in range(40):
        records.answered(records.asked(conversation, "甲", f"{at}"), Answer("", "", "字" * 4000))
    records.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x5a" * (len(whole) - 8192))
    with pytest.raises(RecordsUnavailable) as said:
        Records(path).conversation(conversation, "甲")
    assert str(path) in str(said.value)
    assert "已损坏" in str(said.value)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").mkdir()
    (tmp_path / "file").write_text("", "utf-8")
    for path in (tmp_path / "records.sqlite", tmp_path / "file" / "records.sqlite"):
        with pytest.raises(RecordsUnavailable) as said:
            Records(path).start("甲")
        assert str(path) in str(said.value)
        assert "权限" in str(said.value)


def test_a_file_that_somebody_else_writes_all_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = Records(tmp_path / "records.sqlite")
    conversation = records.start("甲")
    records.close()
    monkeypatch.setattr("records.database.database._BUSY", 0.2)
    other = sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsUnavailable, match="稍后再试"):
        records.asked(conversation, "甲", "一")
    assert records.conversations("甲") == []  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert records.asked(conversation, "甲", "一")
    records.close()


def test_an_answer_that_can_no_longer_be_read_leaves_its_text(address: str | Path, records: Records) -> None:
    conversation = records.start("甲")
    records.answered(records.asked(conversation, "甲", "一"), Answer("", "一", "答"))
    engine = engine_of(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE turns SET answer = '[1'"))
    engine.dispose()
    (turn,) = records.conversation(conversation, "甲").turns
    assert (turn.state, turn.answer, turn.text) == ("answered", None, "答")


def test_a_server_that_cannot_be_reached(postgres: Postgres) -> None:
    wrong = {
        postgres.url("postgres").replace(str(postgres.port), "1"): ("refused",),
        postgres.url("postgres", "wrong-" + QUOTED): ("password authentication failed",),
        postgres.url("nosuch"): ("nosuch", "does not exist"),
        postgres.url("postgres") + "?sslmode=require": ("SSL",),
        postgres.url("postgres") + "?password=other-secret": ("password authentication failed",),
    }
    for url, words in wrong.items():
        with pytest.raises(RecordsUnavailable) as said:
            Records(url).conversations("甲")
        message = str(said.value)
        for word in ("postgresql+psycopg://fatiao:***@127.0.0.1", "FATIAO_DATABASE_URL", *words):
            assert word in message, url
        assert not [s for s in (PASSWORD, QUOTED, "other-secret") if s in message]
        assert "\n" not in message


@pytest.mark.parametrize("url", ["nonsense", "postgresql://u:hunter2@[::1/x", "postgresql://u:hunter2@h:port/x"])
def test_an_address_that_is_none_names_its_variable(url: str) -> None:
    with pytest.raises(RecordsUnavailable, match="FATIAO_DATABASE_URL") as said:
        Records(url)
    assert "hunter2" not in str(said.value)


def test_a_server_that_dies_and_comes_back(postgres: Postgres) -> None:
    records = Records(postgres.new())
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "一")
    postgres.stop()
    try:
        with pytest.raises(RecordsUnavailable, match="数据库服务"):
            records.answered(turn, Answer("", "一", "答"))
    finally:
        postgres.start()
    records.answered(turn, Answer("", "一", "答"))
    postgres.stop()
    postgres.start()  # a restart between two uses is not noticed at all
    assert records.conversation(conversation, "甲").turns[0].state == "answered"
    records.close()
