"""The files that regulations were read from, kept as they came, so that every page can open them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from records.database.database import Database
from records.database.tables import MAX_TITLE, sources
from records.errors import RecordNotFound
from records.texts import clean, to_json


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """One file: the regulation that was read from it, its name, and who brought it when."""

    id: int
    regulation: str
    name: str
    sha256: str
    added_by: str
    added: datetime


class Sources:
    """The files in a records database. Safe to share between threads. Raises RecordsUnavailable, RecordsNewer."""

    def __init__(self, database: Database | str | Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database if isinstance(database, Database) else Database(database)
        self._clock = clock or (lambda: datetime.now(UTC))

    def keep(
        self, regulation: str, name: str, sha256: str, data: bytes, identity: Mapping[str, object], by: str
    ) -> None:
        """Keep a file with what was confirmed of it; the same file for the same regulation is kept once."""
        said = to_json(dict(identity))
        with self._database.writing() as connection:
            c = sources.c
            same = select(c.id).where(c.sha256 == sha256, c.regulation == regulation)
            if connection.execute(same).first() is not None:
                return
            values = {
                "regulation": regulation[:MAX_TITLE],
                "name": clean(name),
                "sha256": sha256,
                "data": data,
                "identity": said,
                "added_by": by,
                "added": self._clock(),
            }
            connection.execute(insert(sources).values(values))

    def held(self) -> dict[str, OriginalFile]:
        """By the sha256 of each file, the newest where one came twice; without the files themselves."""
        c = sources.c
        with self._database.reading() as connection:
            rows = connection.execute(
                select(c.id, c.regulation, c.name, c.sha256, c.added_by, c.added).order_by(c.id)
            ).all()
        return {row.sha256: OriginalFile(*row) for row in rows}

    def data(self, id_: int) -> bytes:
        """A file as it came. Raises RecordNotFound."""
        with self._database.reading() as connection:
            held = connection.execute(select(sources.c.data).where(sources.c.id == id_)).scalar()
        if held is None:
            raise RecordNotFound(f"没有第「{id_}」号原件，可能已被删除。")
        return bytes(held)
