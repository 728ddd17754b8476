"""An answer as plain data and back, exactly: for those who keep answers. `Answer.as_dict` is what is printed."""

from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from assistant.answer import Answer


def to_stored(answer: Answer) -> dict[str, Any]:
    """Every field, the blocks included, as what JSON can hold."""
    return asdict(answer)


def from_stored(said: dict[str, Any]) -> Answer:
    """The same answer. A field that was not known then has its default, one that is not known now is left out.

    Raises ValueError where what is left is no answer.
    """
    try:
        answer: Answer = _made(Answer, said)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a stored answer: {error}") from error
    return answer


@lru_cache
def _kinds(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _made(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (inner, *_) = [k for k in get_args(kind) if k is not NoneType]
        return None if value is None else _made(inner, value)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], v) for v in value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _made(k, value[name]) for name, k in _kinds(kind).items() if name in value})
    return value
