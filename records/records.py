"""`Records`: the one object that pages and commands hold. Each user sees what is theirs, and nothing else."""

import re
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.answer import Answer
from assistant.desk.storing import to_stored
from records.database.database import Database
from records.database.rows import feedback_from, turn_from, turns_with_rating
from records.database.tables import MAX_KEY, MAX_TITLE, conversations, feedback, turns, users
from records.errors import RecordNotFound, RecordsError
from records.journal import Journal
from records.kept import ANSWERED, ASKED, FAILED, STOPPED, Conversation, Feedback, KeptTurn, Summary, history
from records.overview import Overview
from records.people import People
from records.sources import Sources
from records.texts import clean, folded, to_json

#: Characters of a title taken from a question, of a reason, and of what is searched for; words searched for at once.
_TITLE, _REASON, _SEARCH, _WORDS = 40, 2000, 200, 8
_ID = re.compile(r"[0-9a-f]{32}")
#: No database numbers its rows higher.
_MOST_ROWS = 2**63
#: Seconds between two looks at what has outlived its retention.
_DAY = 86_400.0


class Records:
    """Conversations and feedback. Safe to share between threads; nothing is opened before the first use.

    `database` is the path of an SQLite file or the URL of a PostgreSQL database. With `retention_days` above 0,
    conversations untouched for longer are deleted for good, at the first `start` or `conversations` and daily
    thereafter. `people`, `sources`, `journal` and `overview` lie in the same database.
    A user is any key, such as the subject of a login. Every method raises RecordsUnavailable and
    RecordsNewer; those that name a conversation or turn raise RecordNotFound where it is not this user's.
    """

    def __init__(
        self, database: str | Path, *, retention_days: int = 0, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._database = Database(database)
        self.retention_days = retention_days
        self._clock = clock or (lambda: datetime.now(UTC))
        self._looked: float | None = None
        self.people = People(self._database, clock=self._clock)
        self.sources = Sources(self._database, clock=self._clock)
        self.journal = Journal(self._database, clock=self._clock)
        self.overview = Overview(self._database, clock=self._clock)

    @property
    def where(self) -> str:
        """The file or address, without a password."""
        return self._database.where

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def start(self, user: str, title: str = "") -> str:
        """Begin a conversation and return its id. Without a title it takes the first question's words."""
        self._expire_daily()
        key, id_, now = _key(user), uuid.uuid4().hex, self._clock()
        with self._database.writing() as connection:
            _put(connection, users, {"key": key, "created": now})
            values = {"id": id_, "user_key": key, **_titled(title), "created": now, "updated": now}
            connection.execute(insert(conversations).values(values))
        return id_

    def asked(self, conversation: str, user: str, question: str, cities: Sequence[str] = ()) -> int:
        """Write down that a question was asked, before it is answered; returns the turn's number."""
        said, now = clean(question), self._clock()
        first = _titled(" ".join(said.split())[:_TITLE])
        new = {
            name: case((conversations.c.title == "", value), else_=conversations.c[name])
            for name, value in first.items()
        }
        with self._database.writing() as connection:
            _touch(connection, conversation, user, {"updated": now, **new})
            turn = {
                "conversation_id": conversation,
                "question": said,
                "cities": to_json(list(cities)),
                "state": ASKED,
                "text": "",
                "standalone": "",
                "model": "",
                "words": folded(said),
                "asked": now,
            }
            return int(connection.execute(insert(turns).values(turn).returning(turns.c.id)).scalar_one())

    def answered(self, turn: int, answer: Answer) -> None:
        """Complete a turn with its answer, kept exactly."""
        kept = {
            "state": ANSWERED,
            "text": clean(answer.text),
            "answer": to_json(to_stored(answer)),
            "standalone": clean(answer.standalone),
            "model": clean(answer.model),
        }
        self._end(turn, kept)

    def stopped(self, turn: int, text: str) -> None:
        """The user stopped the answer; `text` is what had been said. An answer that was complete stays."""
        self._end(turn, {"state": STOPPED, "text": clean(text)})

    def failed(self, turn: int, words: str) -> None:
        """There was an error instead of an answer; `words` are those that the user saw."""
        self._end(turn, {"state": FAILED, "text": clean(words)})

    def conversations(self, user: str, words: str = "", limit: int = 200) -> list[Summary]:
        """This user's conversations, the last used first: all, or those in which every one of `words` occurs,
        in a title, a question or an answer, Simplified or Traditional. Those without a question are left out.
        """
        self._expire_daily()
        key, c = _key(user), conversations.c
        asked = turns.c.conversation_id == c.id
        count = select(func.count()).select_from(turns).where(asked).scalar_subquery()
        wanted: list[ColumnElement[bool]] = [c.user_key == key, count > 0]
        for word in filter(None, map(folded, words[:_SEARCH].split()[:_WORDS])):
            said = exists().where(asked, turns.c.words.contains(word, autoescape=True))
            wanted.append(or_(c.title_words.contains(word, autoescape=True), said))
        found = select(c.id, c.title, c.created, c.updated, count).where(*wanted)
        with self._database.reading() as connection:
            rows = connection.execute(found.order_by(c.updated.desc(), c.id).limit(limit)).all()
        return [Summary(*row) for row in rows]

    def conversation(self, id_: str, user: str) -> Conversation:
        """One conversation as it was."""
        with self._database.reading() as connection:
            c = conversations.c
            wanted = select(c.id, c.title, c.created, c.updated).where(_mine(id_, user))
            head = connection.execute(wanted).one_or_none()
            if head is None:
                raise _no_conversation(id_)
            return Conversation(*head, turns=self._turns(connection, id_))

    def rename(self, id_: str, user: str, title: str) -> None:
        """Give a conversation another title. Raises RecordsError for an empty one."""
        if not (said := " ".join(clean(title).split())):
            raise RecordsError("标题是空的，请写几个字。")
        with self._database.writing() as connection:
            _touch(connection, id_, user, _titled(said))

    def delete(self, id_: str, user: str) -> None:
        """Delete a conversation for good, its turns and feedback with it."""
        with self._database.writing() as connection:
            if not connection.execute(delete(conversations).where(_mine(id_, user))).rowcount:
                raise _no_conversation(id_)
        self._database.forget()

    def delete_all(self, user: str) -> int:
        """Delete all that is kept of a user for good; returns the number of conversations."""
        with self._database.writing() as connection:
            count = connection.execute(delete(conversations).where(conversations.c.user_key == _key(user))).rowcount
            connection.execute(delete(users).where(users.c.key == user))
        self._database.forget()
        return count

    def expire(self, days: int) -> int:
        """Delete for good the conversations not touched for so many days, and return how many; 0 deletes none."""
        if days <= 0:
            return 0
        past = conversations.c.updated < self._clock() - timedelta(days=days)
        with self._database.writing() as connection:
            count = connection.execute(delete(conversations).where(past)).rowcount
        if count:
            self._database.forget()
        return count

    def rate(self, turn: int, user: str, up: bool | None, reason: str = "") -> None:
        """A thumb up or down on an answer, with why; it replaces an earlier one, and None takes it back."""
        _check_turn(turn)
        with self._database.writing() as connection:
            mine = (
                select(turns.c.id).join(conversations).where(turns.c.id == turn, conversations.c.user_key == _key(user))
            )
            if connection.execute(mine).first() is None:
                raise _no_turn(turn)
            if up is None:
                connection.execute(delete(feedback).where(feedback.c.turn_id == turn, feedback.c.user_key == user))
                return
            said = {"up": up, "reason": clean(reason).strip()[:_REASON], "rated": self._clock()}
            _put(connection, feedback, {"turn_id": turn, "user_key": user, **said}, replacing=said)

    def feedback(self, limit: int | None = None) -> list[Feedback]:
        """Everybody's feedback, the newest first, for those who look after the assistant."""
        with self._database.reading() as connection:
            newest = turns_with_rating(rated_only=True).order_by(feedback.c.rated.desc(), feedback.c.id.desc())
            return [feedback_from(row) for row in connection.execute(newest.limit(limit)).mappings()]

    def one_feedback(self, id_: int) -> Feedback:
        """One piece of feedback, with what was said before the turn that it is about."""
        with self._database.reading() as connection:
            wanted = turns_with_rating(rated_only=True).where(feedback.c.id == id_)
            row = connection.execute(wanted).mappings().one_or_none() if 0 < id_ < _MOST_ROWS else None
            if row is None:
                raise RecordNotFound(f"没有编号为「{id_}」的反馈，可能已被删除。用 fatiao feedback 看有哪些。")
            before = [t for t in self._turns(connection, row["conversation_id"]) if t.id < row["turn_id"]]
            return feedback_from(row, tuple(history(tuple(before))))

    def _turns(self, connection: Connection, conversation: str) -> tuple[KeptTurn, ...]:
        mine = turns_with_rating().where(turns.c.conversation_id == conversation).order_by(turns.c.id)
        return tuple(turn_from(row) for row in connection.execute(mine).mappings())

    def _end(self, turn: int, kept: dict[str, Any]) -> None:
        """The first that ends a turn counts, except that an answer replaces what is not one."""
        open_ = (ASKED, STOPPED, FAILED) if kept["state"] == ANSWERED else (ASKED,)
        now = self._clock()
        _check_turn(turn)
        with self._database.writing() as connection:
            row = connection.execute(
                select(turns.c.question, turns.c.conversation_id).where(turns.c.id == turn)
            ).one_or_none()
            if row is None:
                raise _no_turn(turn)
            words = f"{folded(row.question)}\n{folded(kept['text'])}"
            values = {**kept, "words": words, "ended": now}
            connection.execute(update(turns).where(turns.c.id == turn, turns.c.state.in_(open_)).values(values))
            connection.execute(
                update(conversations).where(conversations.c.id == row.conversation_id).values(updated=now)
            )

    def _expire_daily(self) -> None:
        now = time.monotonic()
        if self.retention_days > 0 and (self._looked is None or now - self._looked > _DAY):
            self.expire(self.retention_days)
            self._looked = now


def _key(user: str) -> str:
    if not user or len(user) > MAX_KEY or clean(user) != user:
        raise RecordsError(f"用户标识「{clean(user[:40])}」不能用：应为 1 至 {MAX_KEY} 个可见字符。")
    return user


def _mine(id_: str, user: str) -> ColumnElement[bool]:
    if not _ID.fullmatch(id_):
        raise _no_conversation(id_)
    return and_(conversations.c.id == id_, conversations.c.user_key == _key(user))


def _titled(title: str) -> dict[str, str]:
    said = clean(title)[:MAX_TITLE]
    return {"title": said, "title_words": folded(said)}


def _touch(connection: Connection, id_: str, user: str, values: dict[str, Any]) -> None:
    if not connection.execute(update(conversations).where(_mine(id_, user)).values(values)).rowcount:
        raise _no_conversation(id_)


def _put(connection: Connection, table: Table, row: dict[str, Any], replacing: dict[str, Any] | None = None) -> None:
    """Insert a row; where it is there already, leave it, or replace what is to be replaced."""
    new = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table).values(row)
    key = [c.name for c in table.primary_key] if replacing is None else ["turn_id", "user_key"]
    done = new.on_conflict_do_update(index_elements=key, set_=replacing) if replacing else new.on_conflict_do_nothing()
    connection.execute(done)


def _no_conversation(id_: str) -> RecordNotFound:
    return RecordNotFound(f"没有这个对话（「{clean(str(id_))[:40]}」），可能已被删除，或是别人的。")


def _check_turn(turn: int) -> None:
    if not 0 < turn < _MOST_ROWS:
        raise _no_turn(turn)


def _no_turn(turn: int) -> RecordNotFound:
    return RecordNotFound(f"没有第「{turn}」号问答，可能已被删除，或是别人的。")
