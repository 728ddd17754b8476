"""A rule is a record: an id, what it means, its pattern made of named parts, what it must and must not match.

Rules lie in TOML files beside the code that uses them. While somebody listens, each rule that matches is heard, so that
an answer can tell which rules spoke; `without` silences one, to see what it is good for.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, wraps
from importlib.resources import files
from itertools import chain
from typing import Any, ParamSpec, TypeVar, cast

from law.text.numerals import DIGITS, NUMBER, NUMERAL

_Read = ParamSpec("_Read")
_T = TypeVar("_T")
_PART = re.compile(r"\{([a-z_]+)\}")
_heard: ContextVar[dict[str, None] | None] = ContextVar("heard", default=None)
_silenced: ContextVar[frozenset[str]] = ContextVar("silenced", default=frozenset())


@dataclass(frozen=True)
class Rule:
    """`id` is unique in the project; `yes` and `no` are texts that it must and must not be found in.

    `source` says where a word list came from, "" where the words are the grammar of the language. `alternatives` are
    what the rule was written as with `any`, each of them alone. `written` is the whole of it, compiled when first used:
    all rules together take longer to compile than a question needs.
    """

    id: str
    means: str
    written: str
    flags: int
    yes: tuple[str, ...]
    no: tuple[str, ...]
    source: str = ""
    alternatives: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """`written`, compiled. Raises ValueError naming the rule where it is no pattern."""
        try:
            return re.compile(self.written, self.flags)
        except re.error as error:
            raise ValueError(f"{self.id}: {error}") from error

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place between `start` and `end` that the rule matches, None also while it is silenced."""
        found = self.pattern.search(text, start, end)
        return found and self.heard(found)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The same at `start` alone."""
        found = self.pattern.match(text, start)
        return found and self.heard(found)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The same over the whole text."""
        found = self.pattern.fullmatch(text)
        return found and self.heard(found)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every place between `start` and `end` that the rule matches."""
        return (m for m in self.pattern.finditer(text, start, end) if self.heard(m))

    def findall(self, text: str) -> list[str]:
        """What is matched, place by place, of a rule without groups."""
        return [m[0] for m in self.finditer(text)]

    def split(self, text: str) -> list[str]:
        """The text between the matches, of a rule without groups; the whole where there is none."""
        return self.pattern.split(text) if self.search(text) else [text]

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        return self.pattern.sub(by, text) if self.search(text) else text

    def heard(self, match: re.Match[str] | None) -> re.Match[str] | None:
        """The match, told to whoever listens; None while the rule is silenced."""
        if match is None or self.id in _silenced.get():
            return None
        heard = _heard.get()
        if heard is not None:
            heard[self.id] = None
        return match


def unheard() -> bool:
    """Whether nobody listens and no rule is silenced: then what was read before may be taken again."""
    return _heard.get() is None and not _silenced.get()


def read_once(most: int) -> Callable[[Callable[_Read, _T]], Callable[_Read, _T]]:
    """Keep what a reader made of the last texts, so that one read in several places is read once.

    While somebody listens or a rule is silenced nothing is kept: then what is read must be read anew.
    """

    def keep(read: Callable[_Read, _T]) -> Callable[_Read, _T]:
        kept = cast("Callable[_Read, _T]", lru_cache(maxsize=most)(read))

        @wraps(read)
        def reader(*said: _Read.args, **how: _Read.kwargs) -> _T:
            return kept(*said, **how) if unheard() else read(*said, **how)

        return reader

    return keep


class FirstOf:
    """Rules of which the first that fits at a place counts; the name of a match is its `lastgroup`.

    The rules must have no named groups of their own.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = dict(rules)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that one of the rules matches."""
        for match in self._pattern().finditer(text):
            self._rules[match.lastgroup or ""].heard(match)
            yield match

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        for _ in self.finditer(text) if _heard.get() is not None else ():
            pass  # heard
        return self._pattern().sub(by, text)

    def _pattern(self) -> re.Pattern[str]:
        return self._but(_silenced.get()) if _silenced.get() else self._whole

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return self._but(frozenset())

    def _but(self, silenced: frozenset[str]) -> re.Pattern[str]:
        return _first_of(tuple((n, r.written) for n, r in self._rules.items() if r.id not in silenced))


@lru_cache(maxsize=128)
def _first_of(named: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in named) or "(?!)")


@cache  # as many as there are files
def load_rules(package: str, file: str) -> dict[str, Rule]:
    """The rules of `file` in `package` by their id without its first word, in the order of the file.

    The file has [parts], patterns (or lists of alternatives) by name, and [[rule]] with id, means, pattern (or any, a
    list of alternatives), yes, no and, for a word list, source. A part may also be a table, of words by what they stand
    for. It stands as {name} in a pattern or another part written after it; {number} is a numeral in any notation,
    {ordinal} the number of an article, {digit} one character of such; they stand in every file. Raises ValueError
    naming the rule whose parts or name are wrong.
    """
    said = tomllib.loads((files(package) / file).read_text("utf-8"))
    parts: dict[str, str] = {"number": NUMERAL, "ordinal": NUMBER, "digit": f"[{DIGITS}]"}
    for name, written in said.get("parts", {}).items():
        parts[name] = f"(?:{_composed(_alternation(written), parts, name)})"
    rules: dict[str, Rule] = {}
    for row in said["rule"]:
        rule = _rule(row, parts)
        name = rule.id.partition(".")[2]
        if name in rules:
            raise ValueError(f"{file}: {rule.id}: the name {name} is taken by {rules[name].id}")
        rules[name] = rule
    return rules


def _alternation(written: str | list[str] | dict[str, list[str]]) -> str:
    """A part as one pattern; of a table the longest words first, so that none hides another."""
    if isinstance(written, str):
        return written
    words = written
    if isinstance(written, dict):
        words = sorted(dict.fromkeys(chain.from_iterable(written.values())), key=len, reverse=True)
    return "|".join(words)


def _rule(row: dict[str, Any], parts: dict[str, str]) -> Rule:
    flags = re.IGNORECASE if row.get("ignore_case") else 0
    written = row["any"] if "any" in row else [row["pattern"]]
    composed = [_composed(one, parts, row["id"]) for one in written]
    alternatives = tuple(composed) if "any" in row else ()
    whole = "|".join(f"(?:{one})" for one in composed) if alternatives else composed[0]
    yes, no = tuple(row["yes"]), tuple(row["no"])
    return Rule(row["id"], row["means"], whole, flags, yes, no, row.get("source", ""), alternatives)


def _composed(pattern: str, parts: dict[str, str], where: str) -> str:
    def part(hit: re.Match[str]) -> str:
        if hit[1] not in parts:
            raise ValueError(f"{where}: no part {hit[1]}")
        return parts[hit[1]]

    return _PART.sub(part, pattern)


@contextmanager
def listening() -> Iterator[dict[str, None]]:
    """The ids of the rules that match within, in the order in which they first spoke. Must not span a `yield`."""
    heard: dict[str, None] = {}
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
        if (outer := _heard.get()) is not None:
            outer |= heard


@contextmanager
def without(*ids: str) -> Iterator[None]:
    """Within, these rules match nothing."""
    token = _silenced.set(_silenced.get() | set(ids))
    try:
        yield
    finally:
        _silenced.reset(token)
