"""What the messages of `messages.jsonl` ask: each thing in its own words, with the article that states it or not; and
the turns about something else of `asides.jsonl`."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from evals.questions.cases import bundled_set
from law.text.script import plain

#: Of the shorter of two texts so large a part must be the same for them to ask the same; fewer characters tell nothing.
_SAME, _LEAST = 0.6, 4


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a message asks of a city (常州), as the message says it, and the number of the article that states
    it; of what is stated nowhere the article nearest in matter."""

    said: str
    city: str
    article: int
    stated: bool


def load_things() -> dict[str, list[Thing]]:
    """The things that are asked, in order, by the id of the message."""
    found: dict[str, list[Thing]] = defaultdict(list)
    for line in bundled_set("things").read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]].append(Thing(row["said"], row["city"], row["article"], row["stated"]))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Aside:
    """A turn about something else; `writer` wrote it."""

    writer: str
    said: str


def load_asides() -> list[Aside]:
    """Those of `asides.jsonl`."""
    rows = map(json.loads, bundled_set("asides").read_text("utf-8").splitlines())
    return [Aside(row["id"].partition("-")[0], row["say"]) for row in rows]


def meant_by(text: str, things: Sequence[Thing]) -> list[Thing]:
    """Those of the things that a text asks: several where one clause asks the same of two cities, none where it asks
    something else.

    >>> asked = [Thing("保费补不补", "洛阳", 39, True), Thing("几天内赔", "洛阳", 39, False)]
    >>> [t.said for t in meant_by("科技保险的保费补不补", asked)]
    ['保费补不补']
    """
    shares = [_shared(plain(text), plain(t.said)) for t in things]
    most = max(shares, default=0.0)
    return [t for t, share in zip(things, shares, strict=True) if share >= max(_SAME, most)]


def asks_the_same(one: str, other: str) -> bool:
    """Whether two texts ask the same, one of them perhaps with more around it.

    >>> asks_the_same("他社保一直在外地交,行吗", "社保一直在外地交,行吗(条件)"), asks_the_same("几年", "由谁")
    (True, False)
    """
    return min(len(one), len(other)) >= _LEAST and _shared(plain(one), plain(other)) >= _SAME


def _shared(one: str, other: str) -> float:
    """The longest run of characters that both have, over the length of the shorter."""
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return run / (min(len(one), len(other)) or 1)
