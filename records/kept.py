"""What the records give back: conversations, their turns, and feedback. Times are aware, in UTC."""

from dataclasses import dataclass
from datetime import datetime

from assistant.answer import Answer

#: A turn is written when it is asked. One that stays `asked` was cut off with the program that was answering.
ASKED, ANSWERED, STOPPED, FAILED = STATES = ("asked", "answered", "stopped", "failed")


@dataclass(frozen=True, slots=True)
class Rating:
    """What a user said of an answer: a thumb and why."""

    up: bool
    reason: str
    rated: datetime


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and what became of it.

    `text` is the answer's text, what had been said when it was stopped, or why it failed; `answer` is
    None unless `state` is `answered`. `cities` is the filter it was asked with, empty for all.
    """

    id: int
    question: str
    state: str
    asked: datetime
    cities: tuple[str, ...] = ()
    text: str = ""
    answer: Answer | None = None
    ended: datetime | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list, with the number of its turns."""

    id: str
    title: str
    created: datetime
    updated: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it was, its turns in the order asked."""

    id: str
    title: str
    created: datetime
    updated: datetime
    turns: tuple[KeptTurn, ...] = ()

    @property
    def history(self) -> list[dict[str, str]]:
        """What `Assistant.ask` takes as `history`: the turns that were answered."""
        return history(self.turns)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A rating with the turn it is about; `history` is what was said before that turn."""

    id: int
    user: str
    conversation: str
    rating: Rating
    turn: KeptTurn
    history: tuple[dict[str, str], ...] = ()


def history(turns: tuple[KeptTurn, ...]) -> list[dict[str, str]]:
    """The answered turns as messages."""
    return [
        {"role": role, "content": content}
        for turn in turns
        if turn.state == ANSWERED
        for role, content in (("user", turn.question), ("assistant", turn.text))
    ]
