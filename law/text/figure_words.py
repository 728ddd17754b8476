"""`figures.toml`, read and compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from law.text.numerals import NUMERAL

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Patterns over plain text: NFKC, Simplified, lower case, no white space."""

    counters: re.Pattern[str]
    indefinite: frozenset[str]
    once: re.Pattern[str]
    own_counting: re.Pattern[str]
    bounds_after: Patterns
    bounds_before: Patterns
    bounds_of_topic: dict[str, re.Pattern[str]]
    range_to: re.Pattern[str]
    date_roles: re.Pattern[str]
    ruled_out: re.Pattern[str]


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """Everything of the file."""
    figures = tomllib.loads((files("law.text") / "figures.toml").read_text("utf-8"))["figures"]
    return FigureWords(
        counters=re.compile(rf"(?P<n>{NUMERAL})(?:余|多)?(?P<c>{'|'.join(figures['counters'])})"),
        indefinite=frozenset(figures["indefinite"]),
        once=re.compile(figures["once"]),
        own_counting=re.compile(figures["own_counting"]),
        bounds_after=_patterns(figures["after"]),
        bounds_before=_patterns(figures["before"]),
        bounds_of_topic=dict(_patterns(figures["topic"])),
        range_to=re.compile(figures["range"]["to"]),
        date_roles=re.compile(figures["roles"]["date"]),
        ruled_out=re.compile(figures["outcome"]["ruled_out"]),
    )


def _patterns(said: dict[str, str]) -> Patterns:
    return tuple((name, re.compile(pattern)) for name, pattern in said.items())
