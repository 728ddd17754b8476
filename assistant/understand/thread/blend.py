"""The last turn by itself and with what was spoken of: how much each counts.

A turn may ask something new or go on; mostly its words alone do not tell. Both readings are looked up and their scores
added, each by its share. The share is a logistic over signs of the turn, and what was cited before (in another city its
counterpart) is raised a little: fitted by `python -m evals.calibrate.talks.fit_talks`.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.understand.matter import matter_in
from assistant.understand.thread.said import Said
from assistant.understand.thread.turns import Turn
from law.text.grams import bigrams
from law.text.script import plain

#: What says how far a turn stands by itself: how much of a matter it names, whether it goes over to something else, and
#: whether it points at what was spoken of.
SIGNS = ("content", "shifts", "points")
#: What an article is raised by: likeness with what was cited, where another city is asked of (in deviations); that it
#: was cited itself; the share of the turn's words that it has.
RAISES = ("like", "cited", "covered")
#: What tells which of a regulation's best articles is meant: the share of the turn's own words that it has, its score
#: for them; as far as the turn does not stand by itself likeness with an article just cited of another regulation, and
#: whether it is of the chapter of one just cited of its own; whether it was cited itself and the turn asks who.
TOLD = ("held", "words", "like", "chapter", "who")
#: So many characters of a matter are half of much; a reading with so large a share is the only one that is looked up.
_HALF, _MOST, ALONE = 8.0, 2.0, 0.97


@dataclass(frozen=True, slots=True)
class Blend:
    """Two topics to look up, and the share `own` of the first, the turn by itself.

    `cited` are ids of the articles of the last answer, `swapped` says that another city is asked of; `words` are the
    bigrams of the turn's own matter; `asks` is what the turn asks in its own words.
    """

    alone: str
    carried: str
    own: float
    signs: tuple[float, ...]
    cited: tuple[str, ...] = ()
    swapped: bool = False
    words: frozenset[str] = frozenset()
    asks: str = ""
    doubted: tuple[str, ...] = ()  # articles of the last answer, which was not what was meant
    before: str = ""  # what was asked before, where the turn names nothing but where
    quote: str = ""  # the first words that the last answer quotes
    somebody: bool = False  # it names but somebody, or a level: the same matter for them

    @property
    def topics(self) -> tuple[str, ...]:
        """What is looked up: both, or the one that has nearly all."""
        if self.own >= ALONE:
            return (self.alone,)
        return (self.carried,) if self.own <= 1 - ALONE else (self.alone, self.carried)


@dataclass(frozen=True, slots=True)
class Weights:
    """`itself` over the signs of `itself.SIGNS` and one, `own` over SIGNS and one, `articles` over RAISES, `told` over
    TOLD."""

    itself: tuple[float, ...]
    own: tuple[float, ...]
    articles: tuple[float, ...]
    told: tuple[float, ...]


def blended(said: Said, topic: str, bare: str, carried: str, last: Turn | None, *, swapped: bool) -> Blend:
    """The two readings of a turn about `topic`; `bare` is it without the kind of fact that is asked for."""
    matter = matter_in(plain(bare)) if topic else ""
    words = frozenset(bigrams(matter))
    signs = (min(len(matter) / _HALF, _MOST) - 1, float(said.shifts), float(said.points))
    own = share(signs) if words else 0.0
    cited, quote = (tuple(a.id for a in last.cited), last.quote) if last else ((), "")
    return Blend(topic, carried, own, signs, cited, swapped, words, said.text, quote=quote)


def share(signs: Sequence[float]) -> float:
    """How much of the sum is the turn by itself, 0 to 1."""
    x = sum(w * s for w, s in zip(weights().own, (*signs, 1.0), strict=True))
    return 1 / (1 + math.exp(-x))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The fitted numbers."""
    told = tomllib.loads((files("assistant.understand.thread") / "weights.toml").read_text("utf-8"))
    return Weights(tuple(told["itself"]), tuple(told["own"]), tuple(told["articles"]), tuple(told["told"]))
