"""The one reader of when a text was adopted, takes effect and ends; and of the days in its lines.

A day within a rule of the law (不迟于2025年底) is a figure and read by `figures`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from law.text.numerals import DIGITS, to_int
from law.text.rules import Rule, load_rules
from law.text.script import to_simplified

_CHINESE = re.compile(rf"([{DIGITS}]{{4}})(\s*年\s*)([{DIGITS}]{{1,3}})(\s*月\s*)([{DIGITS}]{{1,3}})(?=\s*日)")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
#: How a person may write a day: 2025年1月1日, 2025-1-1, 2025/01/01.
_WRITTEN = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
EVENTS = ("effective", "announced", "approved", "adopted")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands; `iso` is "" where no calendar has it (2月30日)."""

    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a text, as ISO, and the words that tell it."""

    iso: str
    words: str


def readable(text: str) -> str:
    """A line Simplified, its dates in Arabic numerals.

    >>> readable("二〇一九年五月九日通過")
    '2019年5月9日通过'
    """

    def arabic(m: re.Match[str]) -> str:
        year, month, day = (to_int(m[n]) for n in (1, 3, 5))
        return m[0] if None in (year, month, day) else f"{year}{m[2]}{month}{m[4]}{day}"

    return _CHINESE.sub(arabic, to_simplified(text))


def days_in(text: str) -> list[Day]:
    """The days of a line in their order.

    >>> [day.iso for day in days_in("2019年5月9日通过 2019年 7月26日批准")]
    ['2019-05-09', '2019-07-26']
    """
    return [Day(_iso(m), *m.span()) for m in _DAY.finditer(text)]


def written_day(text: str) -> str:
    """A day that somebody has typed, as ISO; "" for anything else.

    >>> written_day("2025/1/1"), written_day("2025年2月30日")
    ('2025-01-01', '')
    """
    found = _WRITTEN.fullmatch(text.strip())
    return _iso(found) if found else ""


def event_of(words: str) -> str:
    """What happened on a day, by the words that follow it: one of EVENTS, the first that is named; "" for none."""
    hits = {event: m.start() for event in EVENTS if (m := rules()[f"event.{event}"].search(words))}
    return min(hits, key=lambda event: hits[event]) if hits else ""


def effective_day(text: str) -> Day | None:
    """The day from which a text counts by these words of its own."""
    found = rules()["takes_effect"].search(text)
    return days_in(found[0])[0] if found else None


def end_of(text: str, effective: str) -> End | None:
    """When a text that counts from `effective` (ISO or "") ends by these words: 有效期至…, 有效期五年."""
    if (found := rules()["ends"].search(text)) and (iso := days_in(found[0])[0].iso):
        return End(iso, found[0])
    if (found := rules()["counts_for"].search(text)) and effective:
        return End(f"{int(effective[:4]) + (to_int(found[1]) or 0):04d}{effective[4:]}", found[0])
    return None


def printed_date(iso: str) -> str:
    """A day as print has it.

    >>> printed_date("2025-01-01")
    '2025年1月1日'
    """
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """The rules of `dates.toml` by name, for those who ask no more than whether one speaks."""
    return load_rules("law.text", "dates.toml")


def _iso(found: re.Match[str]) -> str:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""
