"""Who is there and may do what: accounts with roles; local ones have a password, of which only a hash is kept."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from records.database.database import Database
from records.database.tables import MAX_TITLE, accounts, logins
from records.errors import RecordNotFound, RecordsError
from records.texts import clean

READER, EDITOR, ADMIN = ROLES = ("reader", "editor", "admin")
#: Who is known by a local account has this before the name.
LOCAL = "local-"
#: A login lasts so long; characters of a password at least; seconds between two notes that somebody is there.
_LASTS, _SHORTEST, _SEEN = timedelta(hours=12), 10, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the records know them; `local` whether they have a password here."""

    key: str
    name: str
    role: str
    local: bool
    created: datetime
    seen: datetime | None

    @property
    def edits(self) -> bool:
        """Whether this person may change the corpus."""
        return self.role in (EDITOR, ADMIN)


class People:
    """The accounts in a records database. Safe to share between threads. Raises RecordsUnavailable, RecordsNewer."""

    def __init__(self, database: Database | str | Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database if isinstance(database, Database) else Database(database)
        self._clock = clock or (lambda: datetime.now(UTC))

    def held(self) -> list[Account]:
        """Everybody, by name."""
        with self._database.reading() as connection:
            return [_account(row) for row in connection.execute(_accounts().order_by(accounts.c.name))]

    def has_local(self) -> bool:
        """Whether anybody has a local account, so that everybody must log in."""
        with self._database.reading() as connection:
            some = select(accounts.c.key).where(accounts.c.password.is_not(None)).limit(1)
            return connection.execute(some).first() is not None

    def met(self, key: str, name: str, admins: Iterable[str] = (), known_as: Iterable[str] = ()) -> Account:
        """The account of somebody whom a login service has let in, made when they first come.

        Who is known as one of `admins` is an administrator from then on, unless somebody has said otherwise since.
        """
        now, said = self._clock(), clean(name)[:MAX_TITLE]
        with self._database.reading() as connection:
            row = connection.execute(_accounts().where(accounts.c.key == key)).first()
        if row is not None:
            held = _account(row)
            if held.seen is None or now - held.seen > _SEEN or held.name != said:
                with self._database.writing() as connection:
                    connection.execute(update(accounts).where(accounts.c.key == key).values(name=said, seen=now))
            return held
        role = ADMIN if set(admins) & set(known_as) else READER
        with self._database.writing() as connection:
            if connection.execute(select(accounts.c.key).where(accounts.c.key == key)).first() is None:
                values = {"key": key, "name": said, "role": role, "created": now, "seen": now}
                connection.execute(insert(accounts).values(values))
        return Account(key, said, role, False, now, now)

    def add(self, name: str, password: str, role: str = READER) -> None:
        """A local account. Raises RecordsError for a name, a password or a role that cannot be one."""
        said = clean(name).strip()
        if not said or len(said) > MAX_TITLE or said != name or any(c.isspace() for c in said):
            raise RecordsError(f"用户名「{said[:40]}」不能用：应为 1 至 {MAX_TITLE} 个字符，不含空格。")
        _check_role(role)
        hashed = _hashed(password)
        with self._database.writing() as connection:
            if connection.execute(select(accounts.c.key).where(accounts.c.key == LOCAL + said)).first():
                raise RecordsError(f"已有名为「{said}」的账号。改口令请用 fatiao user password {said}。")
            values = {"key": LOCAL + said, "name": said, "role": role, "password": hashed, "created": self._clock()}
            connection.execute(insert(accounts).values(values))

    def set_password(self, name: str, password: str) -> None:
        """Another password for a local account, whose logins end. Raises RecordNotFound, RecordsError."""
        key, hashed = LOCAL + name, _hashed(password)
        with self._database.writing() as connection:
            if not connection.execute(update(accounts).where(accounts.c.key == key).values(password=hashed)).rowcount:
                raise _nobody(name)
            connection.execute(delete(logins).where(logins.c.account_key == key))

    def set_role(self, name: str, role: str) -> Account:
        """Another role for whoever has this key or, where one alone has it, this name. The last administrator stays.

        Raises RecordNotFound, RecordsError.
        """
        _check_role(role)
        with self._database.writing() as connection:
            held = [_account(row) for row in connection.execute(_accounts())]
            meant = [a for a in held if a.key == name] or [a for a in held if a.name == name]
            if not meant:
                raise _nobody(name)
            if len(meant) > 1:
                keys = "、".join(a.key for a in meant)
                raise RecordsError(f"有 {len(meant)} 个账号名为「{name}」，请写明标识：{keys}。")
            _keep_one_admin(held, meant[0], role)
            connection.execute(update(accounts).where(accounts.c.key == meant[0].key).values(role=role))
        return meant[0]

    def remove(self, name: str) -> None:
        """A local account is gone, its logins with it. Raises RecordNotFound, RecordsError."""
        with self._database.writing() as connection:
            held = [_account(row) for row in connection.execute(_accounts())]
            meant = next((a for a in held if a.key == LOCAL + name), None)
            if meant is None:
                raise _nobody(name)
            if sum(a.local for a in held) > 1:  # the last one may go: then nobody need log in any more
                _keep_one_admin(held, meant, READER)
            connection.execute(delete(logins).where(logins.c.account_key == meant.key))
            connection.execute(delete(accounts).where(accounts.c.key == meant.key))

    def enter(self, name: str, password: str) -> str:
        """The cookie of a new login; "" where name and password do not belong together."""
        import bcrypt

        key = LOCAL + clean(name)[:MAX_TITLE]
        with self._database.reading() as connection:
            held = connection.execute(select(accounts.c.password).where(accounts.c.key == key)).scalar()
        right = bcrypt.checkpw(_folded(password), held.encode() if held else _nobodys())  # as slow for a name unknown
        if not held or not right:
            return ""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._database.writing() as connection:
            connection.execute(delete(logins).where(logins.c.expires < now))
            values = {"digest": _digest(token), "account_key": key, "expires": now + _LASTS}
            connection.execute(insert(logins).values(values))
            connection.execute(update(accounts).where(accounts.c.key == key).values(seen=now))
        return token

    def who(self, token: str) -> Account | None:
        """Whose login a cookie is; None where it is nobody's or too old."""
        if not token:
            return None
        mine = _accounts().join(logins, logins.c.account_key == accounts.c.key)
        valid = mine.where(logins.c.digest == _digest(token), logins.c.expires > self._clock())
        with self._database.reading() as connection:
            row = connection.execute(valid).first()
        return _account(row) if row is not None else None

    def leave(self, token: str) -> None:
        """End a login."""
        with self._database.writing() as connection:
            connection.execute(delete(logins).where(logins.c.digest == _digest(token)))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def _accounts() -> Select[Any]:
    c = accounts.c
    return select(c.key, c.name, c.role, c.password.is_not(None).label("local"), c.created, c.seen)


def _account(row: Any) -> Account:
    return Account(row.key, row.name, row.role, bool(row.local), row.created, row.seen)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise RecordsError(
            f"没有「{clean(role)[:40]}」这种角色，应为 reader（只读）、editor（可增减法规）或 admin（管理员）。"
        )


def _keep_one_admin(held: list[Account], meant: Account, role: str) -> None:
    if meant.role == ADMIN and role != ADMIN and not any(a.role == ADMIN and a.key != meant.key for a in held):
        raise RecordsError(f"「{meant.name}」是唯一的管理员，请先让另一个人当管理员。")


def _hashed(password: str) -> str:
    import bcrypt

    if len(password) < _SHORTEST:
        raise RecordsError(f"口令太短：至少 {_SHORTEST} 个字符。")
    return bcrypt.hashpw(_folded(password), bcrypt.gensalt()).decode()


@lru_cache(maxsize=1)
def _nobodys() -> bytes:
    import bcrypt

    return bcrypt.hashpw(secrets.token_bytes(32), bcrypt.gensalt())


def _folded(password: str) -> bytes:
    """bcrypt reads 72 bytes and no more, a Chinese sentence is longer: its digest is hashed instead."""
    return base64.b64encode(hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _nobody(name: str) -> RecordNotFound:
    return RecordNotFound(f"没有名为「{clean(name)[:40]}」的账号。用 fatiao user list 看有哪些。")
