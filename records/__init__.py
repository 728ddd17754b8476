"""Conversations and feedback, kept in a database: SQLite by default, PostgreSQL by URL.

`Records(address)` is the way in, `export` takes a conversation away as Markdown or Word. Stands beside
`assistant`, whose types it keeps; takes plain arguments and knows no settings.
"""

from typing import TYPE_CHECKING, Any

from records.errors import RecordNotFound, RecordsError, RecordsNewer, RecordsUnavailable
from records.kept import Conversation, Feedback, KeptTurn, Rating, Summary

if TYPE_CHECKING:
    from records.records import Records

__all__ = [
    "Conversation",
    "Feedback",
    "KeptTurn",
    "Rating",
    "RecordNotFound",
    "Records",
    "RecordsError",
    "RecordsNewer",
    "RecordsUnavailable",
    "Summary",
]


def __getattr__(name: str) -> Any:
    """`Records` brings SQLAlchemy along and is imported when it is first asked for."""
    if name != "Records":
        raise AttributeError(f"module 'records' has no attribute {name!r}")
    from records.records import Records

    return Records
