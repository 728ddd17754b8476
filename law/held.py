"""The regulations that are held together, and what has been gathered from all of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from law.regulation import Regulation

T = TypeVar("T")


class Held(tuple[Regulation, ...]):
    """The regulations of one library. What is gathered from all of them is kept with them, and goes with them."""

    def __init__(self, _: Iterable[Regulation] = ()) -> None:
        self.kept: dict[Callable[..., Any], Any] = {}


def gathered(gather: Callable[[Sequence[Regulation]], T], held: Sequence[Regulation]) -> T:
    """What `gather` makes of all that is held: asked once of a library, anew of other regulations."""
    if not isinstance(held, Held):
        return gather(held)
    if gather not in held.kept:
        held.kept[gather] = gather(held)
    made: T = held.kept[gather]
    return made


def with_ids(ids: Iterable[str], held: Sequence[Regulation]) -> list[Regulation]:
    """Those of the regulations held that have some ids, in the order of these."""
    table = gathered(_by_id, held)
    return [table[i] for i in ids if i in table]


def _by_id(held: Sequence[Regulation]) -> dict[str, Regulation]:
    return {r.id: r for r in held}
