"""Patterns of `language.toml`: question frames, status questions, kinds of fact asked for."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from law.text.references import without_references

#: More characters than this left of a question of status are a matter of its own.
_STATUS_MATTER = 10
#: And of one that asks how many articles there are.
_COUNT_MATTER = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: how it is asked for, and what a text must say to carry it."""

    name: str
    asked: re.Pattern[str]
    carried: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A way of asking (who, when, whether, a figure) and the words (group `words`) that answer it in a quote."""

    name: str
    asked: re.Pattern[str]
    answered: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    frames: re.Pattern[str]
    same: re.Pattern[str]
    lookup: re.Pattern[str]
    subject: re.Pattern[str]
    effect: re.Pattern[str]
    passage: re.Pattern[str]
    rest: re.Pattern[str]
    instruction: re.Pattern[str]
    joint: str
    about: dict[str, re.Pattern[str]]
    kinds: tuple[Kind, ...]
    emphases: tuple[Emphasis, ...]
    claims: re.Pattern[str]
    compared: frozenset[str]
    own: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    said: dict[str, Any] = tomllib.loads((files("assistant.understand") / "language.toml").read_text("utf-8"))
    frames = said["scaffold"]["compare"]
    status = said["status"]
    return _Patterns(
        re.compile("|".join(f"(?:{f})" for f in frames)), re.compile("|".join(said["scaffold"]["same"])),
        re.compile(said["scaffold"]["lookup"]),
        re.compile(status["subject"]), re.compile(status["effect"]), re.compile(status["passage"]),
        re.compile(status["rest"]),
        re.compile("|".join(f"(?:{c})" for c in said["instructions"]["clause"]), re.I), said["instructions"]["joint"],
        {name: re.compile(pattern, re.I) for name, pattern in said["about"].items()},
        tuple(Kind(k["name"], re.compile(k["asked"]), re.compile(k["carried"])) for k in said["kinds"]),
        tuple(Emphasis(e["name"], re.compile(e["asked"]), re.compile(e["answered"])) for e in said["emphasis"]),
        re.compile(said["premise"]["claims"]), frozenset(said["premise"]["compared"]),
        re.compile(said["premise"]["own"]),
    )  # fmt: skip


def matter_of(topic: str) -> str:
    """The topic of a comparison without its frame: 「孵化器怎么扶，列个三城对照」 → 「孵化器怎么扶」. Never empty.

    >>> matter_of("孵化器怎么扶,列个三城对照")
    '孵化器怎么扶'
    """
    cut = re.sub(r"[,，、:：;；\s]+", ",", _patterns().frames.sub("", topic)).strip(",。?？!！的")
    return cut if len(cut) >= 3 else topic


def has_matter(topic: str) -> bool:
    """Whether anything is left of a question besides 「有没有差不多的」.

    >>> has_matter("有没有差不多的"), has_matter("工资是不是停发")
    (False, True)
    """
    return len(re.sub(r"\s", "", _patterns().same.sub("", topic))) >= 2


def matter_beside(topic: str) -> str:
    """What a look-up by number asks besides the wording of that number; "" where it asks nothing else.

    >>> matter_beside("第五十九条写的什么"), matter_beside("第四十条规定的伦理审查,做医学的都得过吧?")
    ('', '规定的伦理审查,做医学的都得过吧?')
    """
    left = _patterns().lookup.sub("", without_references(topic))
    return topic_without_references(topic) if len(left) >= 5 else ""


def topic_without_references(topic: str) -> str:
    """The topic with article, paragraph and item numbers cut out."""
    return without_references(topic).strip(" ,，。的")


def about_asked(text: str, topic: str) -> str:
    """`held` (what is in the index), `count` (how many articles), `greeting`, or ""."""
    p = _patterns()
    for name, pattern in p.about.items():
        if pattern.search(text) and (name != "count" or len(p.rest.sub("", pattern.sub("", topic))) <= _COUNT_MATTER):
            return name
    return ""


def claims_of_the_rule(text: str, kind: str, start: int) -> bool:
    """Whether a question tells a figure of that kind, standing at `start`, of the rule rather than of the asker."""
    p = _patterns()
    return kind in p.compared and bool(p.claims.search(text)) and not p.own.search(text[:start])


def emphases() -> tuple[Emphasis, ...]:
    """The ways of asking whose answer stands out in a quote."""
    return _patterns().emphases


def instruction_patterns() -> tuple[re.Pattern[str], str]:
    """What an instruction to the machine looks like, and what may join it to a real question."""
    p = _patterns()
    return p.instruction, p.joint


def status_asked(text: str, topic: str = "") -> str:
    """`effect` (in force, since when, repealed, draft), `passage` (adopted, approved, announced), or "".

    `topic` is the text without the names of regulations; where it holds a matter besides, that is what is asked.
    """
    p = _patterns()
    asked = "passage" if p.passage.search(text) else "effect" if p.effect.search(text) else ""
    if not asked or not p.subject.search(text):
        return ""
    left = p.rest.sub("", p.subject.sub("", p.effect.sub("", p.passage.sub("", topic))))
    return asked if len(left) <= _STATUS_MATTER else ""


def kinds_asked(text: str) -> tuple[Kind, ...]:
    """The kinds of fact a question asks for; none for whether, who and how."""
    *special, any_figure = _patterns().kinds
    found = tuple(k for k in special if k.asked.search(text))
    return found or ((any_figure,) if any_figure.asked.search(text) else ())
