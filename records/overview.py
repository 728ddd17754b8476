"""What those who look after the page see of its use: counts by day, sentences of a model that were not shown."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from records.database.database import Database
from records.database.tables import conversations, feedback, turns
from records.kept import ANSWERED, FAILED


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day, in the zone of this machine: questions, of them answered and failed, and people who asked."""

    day: date
    asked: int
    answered: int
    failed: int
    people: int


@dataclass(frozen=True, slots=True)
class NotShown:
    """A sentence that a model wrote and nobody saw, and why."""

    when: datetime
    model: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How much is kept; `oldest` is None where nothing is."""

    conversations: int
    turns: int
    feedback: int
    oldest: datetime | None


class Overview:
    """Counts over a records database. Safe to share between threads. Raises RecordsUnavailable, RecordsNewer."""

    def __init__(self, database: Database | str | Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database if isinstance(database, Database) else Database(database)
        self._clock = clock or (lambda: datetime.now(UTC))

    def use(self, days: int = 30) -> list[DayCounts]:
        """The last days on which anything was asked, the newest first."""
        since = self._clock() - timedelta(days=days)
        wanted = select(turns.c.asked, turns.c.state, conversations.c.user_key).join(conversations)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.where(turns.c.asked >= since)).all()
        by_day: dict[date, list[tuple[str, str]]] = {}
        for asked, state, user in rows:
            by_day.setdefault(asked.astimezone().date(), []).append((state, user))
        return [
            DayCounts(
                day,
                len(held),
                sum(s == ANSWERED for s, _ in held),
                sum(s == FAILED for s, _ in held),
                len({user for _, user in held}),
            )
            for day, held in sorted(by_day.items(), reverse=True)
        ]

    def not_shown(self, limit: int = 100, among: int = 500) -> list[NotShown]:
        """Sentences of a model that the check held back, the newest first, out of so many last answers."""
        wanted = select(turns.c.asked, turns.c.model, turns.c.answer).where(turns.c.answer.is_not(None))
        newest = wanted.where(turns.c.model.not_in(("", "offline"))).order_by(turns.c.id.desc()).limit(among)
        with self._database.reading() as connection:
            rows = connection.execute(newest).all()
        found: list[NotShown] = []
        for asked, model, answer in rows:
            found += [NotShown(asked, model, text, why) for text, why in _dropped(answer)]
        return found[:limit]

    def kept(self) -> KeptCounts:
        """How much is kept, and since when."""
        with self._database.reading() as connection:
            count = [
                int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in (conversations, turns, feedback)
            ]
            oldest = connection.execute(select(conversations.c.created).order_by(conversations.c.created)).scalar()
        return KeptCounts(count[0], count[1], count[2], oldest)


def _dropped(answer: str) -> list[tuple[str, str]]:
    """The sentences in a kept answer that were not shown; none where it cannot be read."""
    try:
        why = (json.loads(answer).get("writing") or {}).get("why") or []
        return [(str(d["text"]), "；".join(map(str, d["reasons"]))) for d in why]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
