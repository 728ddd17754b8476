"""Whether the last turn of a talk says all that it asks: it is then read as if nothing had been said before.

A turn that names its city may go over to another matter or ask the same of that city; no word tells it surely. Signs of
the turn are weighed by a logistic, fitted by `python -m evals.calibrate.talks.fit_itself` on turns of talks, and on
questions asked after an answer about something else.
"""

import math
from collections.abc import Sequence

from assistant.understand.breadth import breadth_of, names_a_whole
from assistant.understand.cities import Cities
from assistant.understand.language import has_matter, status_asked
from assistant.understand.matter import matter_in
from assistant.understand.thread.blend import weights
from assistant.understand.thread.said import Said, names_a_law, without_kinds, without_this_law, without_whereabouts
from assistant.understand.thread.scope import without_cities
from assistant.understand.thread.talk import of_the_rule
from law.text.rules import load_rules
from law.text.script import plain

#: How much of a matter it names, and how long it is; whether it has a word for what was spoken of, goes over to
#: something else, speaks of a law or of what is ruled, opens or ends as one that leans, asks whether it goes for
#: somebody as well; whether it names the city that was asked of last, several, or none and means all; whether it asks
#: for somebody's duties, for an outline of a law and has none of these words, for the place of words, since when a law
#: is in force.
SIGNS = (
    *("matter", "long", "points", "shifts", "law", "leans", "also"),
    *("same_city", "several", "every", "duties", "outline", "words", "status"),
)
#: So many characters of a matter, and of a turn, are half of much.
_MATTER, _LONG, _MOST = 8.0, 16.0, 2.0
#: Only from this chance on: taken for one that stands by itself a turn that goes on loses all, the other way about it
#: loses little.
LEAST = 0.7


def by_itself(said: Said, found: Cities, before: Sequence[str]) -> bool:
    """Whether a turn whose cities are `found` stands by itself, ids of regulations `before` having been asked of last.

    See `may_be` for those that never do.
    """
    if not may_be(said, found):
        return False
    fitted = weights().itself
    x = sum(w * s for w, s in zip(fitted, (*signs(said, found, before), 1.0), strict=True))
    return 1 / (1 + math.exp(-x)) >= LEAST


def may_be(said: Said, found: Cities) -> bool:
    """Whether a turn can stand by itself: one that names no city has it from the talk, one that names nothing besides,
    or only asks how that is ruled, the matter too (常州有什么规定), and one that corrects the last answer goes on with
    its question."""
    own = without_cities(found.topic)
    names = has_matter(own) and not of_the_rule(own)
    names = names and (names_a_law(said.text) or bool(matter_in(plain(without_kinds(own, said)))))
    return bool(found.ids or found.every) and not said.corrects and names


def signs(said: Said, found: Cities, before: Sequence[str]) -> tuple[float, ...]:
    """What is told of a turn, in the order of `SIGNS`."""
    own = without_this_law(without_whereabouts(without_cities(found.topic)))
    leaning = load_rules("assistant.understand.thread", "readings.toml")
    asked = breadth_of(said.text, own, several=False, named=True).kind
    law = names_a_law(said.text)
    leans = leaning["turn"].search(own) is not None
    told = (
        min(len(matter_in(plain(without_kinds(own, said)))) / _MATTER, _MOST),
        min(len(own) / _LONG, _MOST),
        said.points,
        said.shifts,
        names_a_whole(said.text),
        leans,
        leaning["also"].search(own) is not None,
        bool(found.ids) and set(found.ids) <= set(before),
        len(found.ids) > 1,
        found.every and not found.ids,
        asked == "duties",
        asked == "outline" and law and not (leans or said.points),
        asked == "words",
        law and bool(status_asked(said.text, own, named=True)),
    )
    return tuple(float(sign) for sign in told)
