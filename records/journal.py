"""Who did what when: changes of the corpus, of roles, of the records. No question stands here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from records.database.database import Database
from records.database.tables import journal
from records.texts import clean

ADDING, ADDED, REMOVED, ROLE, DELETED_ALL, FEEDBACK = (
    "adding",
    "added",
    "removed",
    "role",
    "deleted_all",
    "feedback",
)
#: What changed the corpus.
OF_CORPUS = (ADDED, REMOVED)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act: who (`who` their key, `name` as they were called), what, about what, and more words."""

    done: datetime
    who: str
    name: str
    act: str
    about: str
    detail: str


class Journal:
    """The acts in a records database. Safe to share between threads. Raises RecordsUnavailable, RecordsNewer."""

    def __init__(self, database: Database | str | Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database if isinstance(database, Database) else Database(database)
        self._clock = clock or (lambda: datetime.now(UTC))

    def note(self, who: str, name: str, act: str, about: str, detail: str = "") -> None:
        """Write an act down."""
        values = {
            "done": self._clock(),
            "who": who,
            "name": clean(name),
            "act": act,
            "about": clean(about)[:_LONGEST],
            "detail": clean(detail)[:_LONGEST],
        }
        with self._database.writing() as connection:
            connection.execute(insert(journal).values(values))

    def entries(self, acts: Sequence[str] = (), limit: int = 200) -> list[JournalEntry]:
        """The newest acts first: of these kinds, or all."""
        c = journal.c
        wanted = select(c.done, c.who, c.name, c.act, c.about, c.detail)
        if acts:
            wanted = wanted.where(c.act.in_(acts))
        with self._database.reading() as connection:
            return [JournalEntry(*row) for row in connection.execute(wanted.order_by(c.id.desc()).limit(limit))]
