"""What is asked of the assistant, from whichever door it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Request:
    """One question as it was put: `history` as {"role", "content"}, `cities` a filter (empty: all).

    With `explain` the answer carries a trace. What the fields hold is checked where the question is read.
    """

    question: Any
    history: Sequence[Mapping[str, str]] | None = None
    cities: Iterable[str] | None = None
    explain: bool = False


#: What chains may be given: a question, or a mapping with question, history, cities, explain.
Asked = str | Mapping[str, Any] | Request


def request_of(asked: Asked) -> Request:
    """A request from whatever a chain is given. Raises QuestionError."""
    if isinstance(asked, Request):
        return asked
    if isinstance(asked, str):
        return Request(asked)
    if not isinstance(asked, Mapping) or "question" not in asked:
        raise QuestionError("问题应是文字，或含 question、history、cities 的字典。")
    return Request(asked["question"], asked.get("history"), asked.get("cities"), bool(asked.get("explain")))
