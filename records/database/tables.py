"""The tables as the program expects them. A change here needs a migration (`migrations/versions`)."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

#: The newest migration, and the table in which a database says which one it has.
REVISION, VERSION_TABLE = "0003", "records_version"
MAX_KEY, MAX_TITLE = 500, 200


class Moment(TypeDecorator[datetime]):
    """A time, aware and in UTC on both sides."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_number = BigInteger().with_variant(Integer, "sqlite")

users = Table(
    "users",
    metadata,
    Column("key", String(MAX_KEY), primary_key=True),
    Column("created", Moment, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("user_key", ForeignKey("users.key", ondelete="CASCADE"), nullable=False),
    Column("title", String(MAX_TITLE), nullable=False),
    Column("title_words", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Index(None, "user_key", "updated"),
    Index(None, "updated"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", _number, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("cities", Text, nullable=False),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('asked', 'answered', 'stopped', 'failed')", "state"),
        nullable=False,
    ),
    Column("text", Text, nullable=False),
    Column("answer", Text),
    Column("standalone", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("asked", Moment, nullable=False),
    Column("ended", Moment),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", _number, primary_key=True),
    Column("turn_id", ForeignKey("turns.id", ondelete="CASCADE"), nullable=False),
    Column("user_key", ForeignKey("users.key", ondelete="CASCADE"), nullable=False),
    Column("up", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rated", Moment, nullable=False),
    UniqueConstraint("turn_id", "user_key"),
    Index(None, "user_key"),
    sqlite_autoincrement=True,
)

door_keys = Table(
    "door_keys",
    metadata,
    Column("name", String(MAX_TITLE), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created", Moment, nullable=False),
    Column("used", Moment),
)

#: Who may do what; `password` is a hash, None for those whom a login service knows.
accounts = Table(
    "accounts",
    metadata,
    Column("key", String(MAX_KEY), primary_key=True),
    Column("name", String(MAX_TITLE), nullable=False),
    Column("role", String(16), CheckConstraint("role IN ('reader', 'editor', 'admin')", "role"), nullable=False),
    Column("password", Text),
    Column("created", Moment, nullable=False),
    Column("seen", Moment),
)

#: Who is logged in with a local account; only a digest of the cookie is kept.
logins = Table(
    "logins",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires", Moment, nullable=False),
)

#: Files that regulations were read from, as they came.
sources = Table(
    "sources",
    metadata,
    Column("id", _number, primary_key=True),
    Column("regulation", String(MAX_TITLE), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),
    Column("identity", Text, nullable=False),
    Column("added_by", String(MAX_KEY), nullable=False),
    Column("added", Moment, nullable=False),
    sqlite_autoincrement=True,
)

#: Who did what when, for those who look after the page; no question is kept here.
journal = Table(
    "journal",
    metadata,
    Column("id", _number, primary_key=True),
    Column("done", Moment, nullable=False),
    Column("who", String(MAX_KEY), nullable=False),
    Column("name", Text, nullable=False),
    Column("act", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "act", "done"),
    Index(None, "done"),
    sqlite_autoincrement=True,
)
