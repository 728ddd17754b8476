"""Keys of the door: only their digests are kept, so that nobody can read a key back."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from records.database.database import Database
from records.database.tables import MAX_TITLE, door_keys
from records.errors import RecordNotFound, RecordsError
from records.texts import clean

#: How a key begins, so that a leaked one is known for what it is.
PREFIX = "fatiao-"
#: Seconds between two notes of a key's last use: not every request writes.
_NOTED = 60.0


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its name; `used` is when it last opened the door, None for never."""

    name: str
    created: datetime
    used: datetime | None


class Keys:
    """The keys in a records database. Safe to share between threads. Raises RecordsUnavailable, RecordsNewer."""

    def __init__(self, database: str | Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = Database(database)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._noted: dict[str, float] = {}

    def add(self, name: str) -> str:
        """A new key, told once and never again. Raises RecordsError for a name that is taken or cannot be one."""
        said = clean(name).strip()
        if not said or len(said) > MAX_TITLE or said != name.strip():
            raise RecordsError(f"名称「{said[:40]}」不能用：应为 1 至 {MAX_TITLE} 个可见字符。")
        key = PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            if connection.execute(select(door_keys.c.name).where(door_keys.c.name == said)).first():
                raise RecordsError(f"已有名为「{said}」的钥匙。请换一个名称，或先 fatiao key revoke {said}。")
            row = {"name": said, "digest": _digest(key), "created": self._clock()}
            connection.execute(insert(door_keys).values(row))
        return key

    def held(self) -> list[Key]:
        """Every key that opens the door, by name."""
        with self._database.reading() as connection:
            c = door_keys.c
            return [Key(*row) for row in connection.execute(select(c.name, c.created, c.used).order_by(c.name))]

    def revoke(self, name: str) -> None:
        """From the next request on, this key opens nothing. Raises RecordNotFound."""
        with self._database.writing() as connection:
            if not connection.execute(delete(door_keys).where(door_keys.c.name == name)).rowcount:
                raise RecordNotFound(f"没有名为「{clean(name[:40])}」的钥匙。用 fatiao key list 看有哪些。")

    def name_of(self, key: str) -> str:
        """The name of a key that opens the door, "" for any other text. Its use is noted."""
        with self._database.reading() as connection:
            found = connection.execute(select(door_keys.c.name).where(door_keys.c.digest == _digest(key))).scalar()
        if found and time.monotonic() - self._noted.get(found, -_NOTED) >= _NOTED:
            self._noted[found] = time.monotonic()
            with self._database.writing() as connection:
                connection.execute(update(door_keys).where(door_keys.c.name == found).values(used=self._clock()))
        return found or ""

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
