"""Articles and regulations of a volume, read from its SQLite file as they are wanted.

The file is made of what Chroma holds, and never changed.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from law.regulation import Article, LikelyQuestion
from vectorstore.chunks import Chunk, article_from

_BODY = ', "paragraphs": '
_TABLES = """
CREATE TABLE regulation (id TEXT PRIMARY KEY, first INTEGER, count INTEGER, digest TEXT, head TEXT,
                         chunks INTEGER, tokens INTEGER) WITHOUT ROWID;
CREATE TABLE article (place INTEGER PRIMARY KEY, said TEXT, norms TEXT);
"""


@dataclass(frozen=True, slots=True)
class VolumeEntry:
    """One regulation of a volume: its articles stand at `first` and the `count` - 1 places after it.

    `digest` is that of all it was made from, so that the next ingest knows whether it has changed.
    """

    id: str
    first: int
    count: int
    digest: str
    head: str
    chunks: int
    tokens: int


class TextsWriter:
    """Takes regulations as chunks, in the order of their places."""

    def __init__(self, file: Path) -> None:
        self._at = 0
        self._base = sqlite3.connect(file)
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)

    def add(self, digest: str, chunks: list[Chunk]) -> None:
        """One regulation: its own chunk first, then those of its articles."""
        head = chunks[0]
        first = [c.metadata for c in chunks[1:] if "payload" in c.metadata]
        rows = [(self._at + n, str(m["payload"]), m.get("norms")) for n, m in enumerate(first)]
        self._base.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
        entry = (
            str(head.metadata["regulation_id"]),
            self._at,
            len(rows),
            digest,
            str(head.metadata["payload"]),
            len(chunks),
            sum(int(c.metadata["tokens"]) for c in chunks),
        )
        self._base.execute("INSERT INTO regulation VALUES (?, ?, ?, ?, ?, ?, ?)", entry)
        self._at += len(rows)

    def finish(self) -> None:
        """Raises sqlite3.Error."""
        self._base.commit()
        self._base.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._base.close()


class Texts:
    """Reads a volume's texts. Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        self._address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        self._mine = threading.local()

    def entries(self) -> list[VolumeEntry]:
        """Every regulation, in the order of its id."""
        rows = self._ask("SELECT id, first, count, digest, head, chunks, tokens FROM regulation ORDER BY id")
        return [VolumeEntry(*row) for row in rows]

    def articles(self, first: int, count: int) -> Iterator[tuple[Article, list[LikelyQuestion], str | None]]:
        """Some articles in a row, each with its likely questions and its packed norms."""
        rows = self._ask(
            "SELECT said, norms FROM article WHERE place >= ? AND place < ? ORDER BY place", first, first + count
        )
        for said, norms in rows:
            yield *article_from(json.loads(said)), norms

    def heads(self, places: Sequence[int]) -> list[Article]:
        """Some articles without their text, in the order of their places: what a ranked list shows of them."""
        # `payload` tells the fields of an article in their order: all before its 款 is short.
        head = f"substr(said, 1, instr(said, '{_BODY}') - 1)"
        marks = ",".join("?" * len(places))
        rows = self._ask(f"SELECT {head} FROM article WHERE place IN ({marks}) ORDER BY place", *places)
        return [Article(**json.loads(said + "}"), paragraphs=(), start=0, end=0) for (said,) in rows]

    def norms(self, place: int) -> str | None:
        """The norms of an article, packed."""
        for (said,) in self._ask("SELECT norms FROM article WHERE place = ?", place):
            return None if said is None else str(said)
        return None

    def norms_with(self, words: str, first: int, count: int) -> list[tuple[int, str]]:
        """Of some articles in a row those in whose packed norms some words stand: their places, and the norms."""
        asked = "SELECT place, norms FROM article WHERE place >= ? AND place < ? AND instr(norms, ?) ORDER BY place"
        return [(int(place), str(said)) for place, said in self._ask(asked, first, first + count, words)]

    def _ask(self, words: str, *values: int | str) -> "sqlite3.Cursor":
        base = getattr(self._mine, "base", None)
        if base is None:
            base = self._mine.base = sqlite3.connect(self._address, uri=True)
        return base.execute(words, values)
