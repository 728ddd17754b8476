"""A PostgreSQL server that stands still, or a table that somebody has locked: a named error in bounded time."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from postgres_support import Postgres

from records import Records, RecordsUnavailable


@contextmanager
def _frozen(server: Postgres) -> Iterator[None]:
    """Every process of the server stopped by SIGSTOP."""
    head = int((Path(server._data) / "postmaster.pid").read_text("utf-8").split()[0])
    pids = [head]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == head:
            pids.append(int(stat.parent.name))
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGCONT)


@pytest.mark.slow
def test_a_server_that_stands_still_is_given_up(postgres: Postgres) -> None:
    records = Records(postgres.new())
    conversation = records.start("甲", "一")
    with _frozen(postgres):
        began = time.monotonic()
        with pytest.raises(RecordsUnavailable, match="请检查数据库服务"):
            records.conversation(conversation, "甲")
        assert time.monotonic() - began < 30
    assert records.conversation(conversation, "甲").title == "一"
    records.close()


@pytest.mark.slow
def test_a_locked_table_is_given_up(postgres: Postgres) -> None:
    address = postgres.new()
    records = Records(address)
    conversation = records.start("甲", "一")
    with psycopg.connect(address) as other:
        other.execute("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(RecordsUnavailable, match="lock timeout"):
            records.rename(conversation, "甲", "二")
        assert time.monotonic() - began < 20
        other.rollback()
    records.rename(conversation, "甲", "二")
    records.close()
