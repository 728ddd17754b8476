"""Rows of the database become what the records give back."""

import json
import logging
from typing import Any

from sqlalchemy import RowMapping, Select, and_, select

from assistant.answer import Answer
from assistant.desk.storing import from_stored
from records.database.tables import conversations, feedback, turns
from records.kept import Feedback, KeptTurn, Rating

log = logging.getLogger("fatiao")


def turns_with_rating(*, rated_only: bool = False) -> Select[Any]:
    """Turns with what their own user said of them."""
    t, f = turns.c, feedback.c
    mine = and_(f.turn_id == t.id, f.user_key == conversations.c.user_key)
    rows = turns.join(conversations).join(feedback, mine, isouter=not rated_only)
    return select(
        t.id.label("turn_id"),
        t.conversation_id,
        t.question,
        t.cities,
        t.state,
        t.text,
        t.answer,
        t.asked,
        t.ended,
        conversations.c.user_key,
        f.id.label("feedback_id"),
        f.up,
        f.reason,
        f.rated,
    ).select_from(rows)


def turn_from(row: RowMapping) -> KeptTurn:
    """One turn; an answer that can no longer be read leaves its text."""
    rating = None if row["up"] is None else Rating(row["up"], row["reason"], row["rated"])
    return KeptTurn(
        row["turn_id"],
        row["question"],
        row["state"],
        row["asked"],
        _cities(row),
        row["text"],
        _answer(row),
        row["ended"],
        rating,
    )


def feedback_from(row: RowMapping, before: tuple[dict[str, str], ...] = ()) -> Feedback:
    """One piece of feedback with its turn."""
    turn = turn_from(row)
    assert turn.rating is not None
    return Feedback(row["feedback_id"], row["user_key"], row["conversation_id"], turn.rating, turn, before)


def _cities(row: RowMapping) -> tuple[str, ...]:
    try:
        held = json.loads(row["cities"])
        if isinstance(held, list) and all(isinstance(city, str) for city in held):
            return tuple(held)
    except (ValueError, RecursionError):
        pass
    log.warning("第 %s 号问答的城市读不出来，按没有限定城市显示。", row["turn_id"])
    return ()


def _answer(row: RowMapping) -> Answer | None:
    if not row["answer"]:
        return None
    try:
        return from_stored(json.loads(row["answer"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__} {error}"[:200]
        log.warning("第 %s 号问答的回答读不出来（%s），只显示文字。", row["turn_id"], reason)
        return None
