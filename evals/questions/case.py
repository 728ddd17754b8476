"""One evaluation question: what is asked, which articles answer it, what must and must not be said."""

from dataclasses import dataclass

from law.errors import FatiaoError


class DatasetError(FatiaoError):
    """A question set cannot be read."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An article: city without 市, or the regulation's id; number, and the heading where a number repeats.

    `suffix` is that of 之一, 0 for none.
    """

    city: str
    article: int
    heading: str = ""
    suffix: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known of its answer. `refuse` cases have no gold."""

    id: str
    kind: str
    question: str
    history: tuple[dict[str, str], ...] = ()
    cities: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    also_ok: tuple[Gold, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()  # asked, and stated nowhere: an answer says so beside what is stated
    refuse: bool = False
    reason: str = ""
    note: str = ""
