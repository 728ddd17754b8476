"""`words.toml` read and compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.verify.numerals import NUMERAL

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns over plain text: NFKC, Simplified, lower case, no white space."""

    counters: re.Pattern[str]
    indefinite: frozenset[str]
    own_counting: re.Pattern[str]
    bounds_after: Patterns
    bounds_before: Patterns
    ruled_out: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Everything of `words.toml`."""
    said: dict[str, Any] = tomllib.loads((files("assistant.verify") / "words.toml").read_text("utf-8"))
    figures = said["figures"]
    counters = "|".join(figures["counters"])
    return Words(
        counters=re.compile(rf"(?P<n>{NUMERAL})(?:余|多)?(?P<c>{counters})"),
        indefinite=frozenset(figures["indefinite"]),
        own_counting=re.compile(figures["own_counting"]),
        bounds_after=_patterns(figures["after"]),
        bounds_before=_patterns(figures["before"]),
        ruled_out=re.compile(figures["outcome"]["ruled_out"]),
    )


def _patterns(said: dict[str, str]) -> Patterns:
    return tuple((name, re.compile(pattern)) for name, pattern in said.items())
