"""A text in plain form, each character knowing where it stood in the print."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from law.text.script import mainland_terms, same_length_simplified


@dataclass(frozen=True, slots=True)
class Spelt:
    """`plain` is NFKC, Simplified, lower case, without white space.

    `places[i]` is where its character i stands in `printed`.
    """

    printed: str
    plain: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the print."""
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.printed)
            return at, at
        last = self.places[end - 1]
        return self.places[start], last + 1

    def verbatim(self, start: int, end: int) -> str:
        """A stretch of the plain text as it is printed."""
        first, last = self.span(start, end)
        return self.printed[first:last]


@lru_cache(maxsize=4096)
def spelt(printed: str) -> Spelt:
    """The plain form of a printed text.

    >>> spelt("軟體 企業，").plain, spelt("軟體 企業，").verbatim(0, 2)
    ('软件企业,', '軟體')
    """
    simplified = same_length_simplified(printed)
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(simplified):
        for c in _plain(character):
            characters.append(c)
            places.append(place)
    plain = "".join(characters)
    if simplified != printed:
        plain, places = _mainland(plain, places)
    return Spelt(printed, plain, tuple(places))


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    return "".join(unicodedata.normalize("NFKC", character).split()).lower()


def _mainland(plain: str, places: list[int]) -> tuple[str, list[int]]:
    """Words of Taiwan as the mainland has them, every character with a place."""
    words: list[str] = []
    kept: list[int] = []
    done = 0
    for m in _taiwan().finditer(plain):
        word, here = mainland_terms()[m[0]], places[m.start() : m.end()]
        words += [plain[done : m.start()], word]
        kept += places[done : m.start()]
        kept += [here[min(i, len(here) - 1)] for i in range(len(word) - 1)] + [here[-1]]
        done = m.end()
    return "".join((*words, plain[done:])), kept + places[done:]


@lru_cache(maxsize=1)
def _taiwan() -> re.Pattern[str]:
    return re.compile("|".join(sorted(mainland_terms(), key=len, reverse=True)))
