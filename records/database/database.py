"""The database below the records: opened and brought up to date at first use; its errors get names.

A transaction is one of two kinds: reading, or writing, which in SQLite takes the write lock at once, so that
two writers wait for each other instead of failing half-way.
"""

import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, table, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import column

from records.database.sqlite_file import HeldFile, count_write, is_marked, mark
from records.database.tables import REVISION, VERSION_TABLE
from records.errors import RecordsNewer, RecordsUnavailable

#: Seconds to wait for another writer, and for a PostgreSQL server to answer.
_BUSY, _CONNECT = 20, 5
_MIGRATION_LOCK = 0x66617469616F  # any number that is always the same one


class Database:
    """One SQLite file or PostgreSQL database. Safe to share between threads. `where` may be shown to anybody."""

    def __init__(self, address: str | Path) -> None:
        url = URL.create("sqlite", database=str(address)) if isinstance(address, Path) else _url(address)
        self._url = url
        self._file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.where = str(self._file or url.set(query={}).render_as_string(hide_password=True))
        self._lock = threading.Lock()
        self._ready: Engine | None = None
        self._held: HeldFile | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises RecordsUnavailable, RecordsNewer."""
        with self._named_errors(), self._engine().begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, whole or not at all. Raises RecordsUnavailable, RecordsNewer."""
        with self._named_errors(), _for_writing(self._engine()).begin() as connection:
            held = self._held
            if self._file:
                count_write(_raw(connection))
            yield connection
        if held is not None and held.given_up:  # another thread restored the file while this one wrote
            raise RecordsUnavailable(f"记录「{self.where}」正写着时被移走或换掉，这一次没有写成，请再试一次。")
        with self._named_errors():
            self._engine()  # was it written into a file that had just been taken away? Then it is written anew
            if self._held is not None:
                self._held.settle()

    def forget(self) -> None:
        """After something was deleted for good: SQLite's log, which still holds it, is emptied."""
        with self._named_errors():
            if self._file:
                raw = self._engine().raw_connection()
                try:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    raw.close()

    def close(self) -> None:
        """Let go of the connections; the next use opens them again."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
        if self._ready is not None:
            self._ready.dispose()
        self._ready = self._held = None

    def _engine(self) -> Engine:
        with self._lock:
            if self._held is not None and not self._held.is_there:
                self._held.restore()
                self._let_go()
            elif self._held is not None and self._held.is_overwritten:
                saved = self._held.salvage()
                self._let_go()
                saved.put_back()
            if self._ready is None:
                engine = self._opened()
                try:
                    self._migrate(engine)
                    self._held = HeldFile(self._file) if self._file else None
                except BaseException:
                    engine.dispose()
                    raise
                self._ready = engine
            return self._ready

    def _opened(self) -> Engine:
        if not self._file:
            options = {"connect_timeout": _CONNECT, "application_name": "fatiao"}
            engine = create_engine(self._url, connect_args=options, pool_pre_ping=True, pool_size=8, max_overflow=24)
            from records.database import patience

            event.listen(engine, "do_connect", patience.connect)
            event.listen(engine, "connect", patience.bound, insert=True)
            return engine
        self._file.parent.mkdir(parents=True, exist_ok=True)
        if not self._file.exists():
            os.close(os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600))  # what people ask is nobody else's
        engine = create_engine(self._url, connect_args={"timeout": _BUSY}, pool_size=8, max_overflow=24)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _migrate(self, engine: Engine) -> None:
        """Bring the tables up to date; of two that start at once one waits for the other."""
        with engine.begin() as connection:
            if _revision(connection) == REVISION and (not self._file or is_marked(_raw(connection))):
                return
        with _for_writing(engine).begin() as connection:
            if not self._file:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            elif not is_marked(_raw(connection)):
                mark(_raw(connection))
            held = _revision(connection)
            if held == REVISION:
                return
            from alembic import command
            from alembic.config import Config
            from alembic.script import ScriptDirectory

            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
            config.attributes["connection"] = connection
            if held and held not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
                raise RecordsNewer(
                    f"记录「{self.where}」由更新的程序写成（版本「{held}」，本程序认得到「{REVISION}」为止），没有改动。"
                    "请升级法条助手，或让 FATIAO_DATABASE_URL 指向另一个数据库。"
                )
            command.upgrade(config, "head")

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
            raise RecordsUnavailable(self._said(error)) from error

    def _said(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        reason = re.sub(r"\s+", " ", str(cause)).strip()
        for secret in (str(self._url.password or ""), *map(str, self._url.query.values())):
            reason = reason.replace(secret, "***") if secret else reason
        if not self._file:
            mend = "请检查数据库服务是否在运行，以及 FATIAO_DATABASE_URL 里的地址、用户和密码。"
        elif "malformed" in reason or "not a database" in reason:
            mend = "文件已损坏：请换回备份，或把它移走（会新建一个空的）。"
        elif "locked" in reason:
            mend = "另一个程序正在写它，请稍后再试。"
        else:
            mend = "请检查路径、权限和磁盘空间（FATIAO_DATA_DIR 或 FATIAO_DATABASE_URL）。"
        return f"记录「{self.where}」用不了（{reason[:240]}）。{mend}"


def _url(address: str) -> URL:
    """PostgreSQL is always spoken to through psycopg 3."""
    try:
        url = make_url(address)
    except (SQLAlchemyError, ValueError) as error:
        raise RecordsUnavailable("FATIAO_DATABASE_URL 读不懂，应如 postgresql://用户:密码@主机:5432/库名。") from error
    return url.set(drivername="postgresql+psycopg") if url.drivername.startswith("postgres") else url


def _raw(connection: Connection) -> sqlite3.Connection:
    """The connection of sqlite3 below one of SQLAlchemy."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _for_writing(engine: Engine) -> Engine:
    return engine.execution_options(fatiao_writes=True)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("fatiao_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`, DDL included
    cursor = connection.cursor()
    end = time.monotonic() + _BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL").fetchall()
            break
        except sqlite3.OperationalError as error:  # two that create the file at once: no busy handler here
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)
    for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}").fetchall()
    cursor.close()


def _revision(connection: Connection) -> str:
    """The migration that the database has; "" for none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    held = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
    return str(held or "")
