"""An answer as plain data and back, exactly: for those who keep answers. `Answer.as_dict` is what is printed."""

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def to_stored(answer: Answer) -> dict[str, Any]:
    """Every field, the blocks included, as what JSON can hold."""
    return asdict(answer)


def from_stored(said: dict[str, Any]) -> Answer:
    """The same answer. A field that was not known then has its default, one that is not known now is left out.

    Raises ValueError where what is left is no answer.
    """
    try:
        return _adapter().validate_python(said)
    except ValueError as error:
        raise ValueError(f"not a stored answer: {error}") from error


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)
