"""One evaluation question: what is asked, which articles answer it, what must and must not be said."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from law.errors import FatiaoError


class DatasetError(FatiaoError):
    """A question set cannot be read."""


#: A line with a key that is not known is an error.
_EXACT = ConfigDict(extra="forbid")
City = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(lambda name: name.removesuffix("市"))]


@dataclass(frozen=True, slots=True)
class Gold:
    """An article: city without 市, or the regulation's id; number, and the heading where a number repeats.

    `suffix` is that of 之一, 0 for none.
    """

    __pydantic_config__ = _EXACT

    city: City
    article: int
    heading: str = ""
    suffix: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known of its answer. `refuse` cases have no gold."""

    __pydantic_config__ = _EXACT

    id: Annotated[str, Field(coerce_numbers_to_str=True)]
    kind: str
    question: str
    history: tuple[dict[str, str], ...] = ()
    cities: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    also_ok: tuple[Gold, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()  # asked, and stated nowhere: an answer says so beside what is stated
    unstated_asked: tuple[str, ...] = ()  # how the question asks for each of these, where that is known
    refuse: Annotated[bool, Field(strict=True)] = False
    reason: str = ""
    note: str = ""
