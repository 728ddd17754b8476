"""How binding a clause is and by what means it works: the records of `marks.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from law.norms.grammar import GRAMMAR
from law.norms.norm import Binding, Means
from law.text.rules import load_rules


@dataclass(frozen=True, slots=True)
class Record:
    """One value of a closed vocabulary, the words for it, and examples.

    `only_done`: a means by which something is done; what is banned is not done by it.
    """

    name: str
    meaning: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    only_done: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that says how binding a clause is."""

    binding: Binding
    start: int
    end: int


def marks_in(text: str) -> tuple[Mark, ...]:
    """Every mark of a plain text, in order, those ruled out that are part of a noun (营造鼓励创新的氛围)."""
    nouns = [m.span() for m in _BY_WAY.finditer(text)] + [(m.start("m"), m.end()) for m in _NOUN.finditer(text)]
    if (verb := _VERB.match(text)) and (m := _IN_ATTRIBUTE.search(text, max(2, verb.end()))):
        nouns.append(m.span())
    nouns += [m.span() for m in _ADVISED.finditer(text)]
    nouns += [m.span("m") for m in _OF_THE_THING.finditer(text)]
    return tuple(
        Mark(_binding(m), m.start(), m.end())
        for m in _marks().finditer(text)
        if not any(a <= m.start() < b for a, b in nouns)
    )


def means_in(text: str) -> tuple[Means, ...]:
    """By what a rule works, in the order of the vocabulary; none where no record fits."""
    return tuple(cast("Means", r.name) for r in records("means") if r.pattern.search(text))


@lru_cache(maxsize=1)
def only_done() -> frozenset[Means]:
    """The means by which something is only done, never banned: 不得进行广告宣传 works by none of them."""
    return frozenset(cast("Means", r.name) for r in records("means") if r.only_done)


@lru_cache(maxsize=2)
def records(kind: str) -> tuple[Record, ...]:
    """The records of `binding` or of `means`."""
    said = _file()[kind]
    return tuple(
        Record(
            r["name"],
            r["meaning"],
            re.compile(r["pattern"]),
            tuple(r["yes"]),
            tuple(r["no"]),
            "only_done" in r,
        )
        for r in said
    )


#: In these a mark is part of a noun: 营造鼓励创新的氛围, 建立支持产学研合作的机制.
_NOUN = GRAMMAR["marks.noun"]
#: In a phrase that says by what way or in which respects, too: 通过倡导创新政策、参与标准制定等活动, 在创业扶持等方面.
_BY_WAY = GRAMMAR["marks.by_way"]


#: A consequence that is only advised or announced: 提出追究责任的检察建议.
_ADVISED = GRAMMAR["marks.advised"]
#: 对 (可以形成较大规模) 的项目: only of which thing the next clause speaks.
_OF_THE_THING = GRAMMAR["marks.of_the_thing"]
#: Asked of every clause, so that nobody hears it.
_VERB = load_rules("law.norms", "marks.toml")["marks.verb"].pattern
#: In what only says which thing a verb before it is about: 打通各类资源支持企业的通道.
_IN_ATTRIBUTE = GRAMMAR["marks.in_attribute"]


def _binding(m: re.Match[str]) -> Binding:
    return cast("Binding", records("binding")[int((m.lastgroup or "b0")[1:])].name)


def begins_with_verb(text: str) -> bool:
    """Whether a clause begins with what somebody does, so that who does it stands before it."""
    return bool(_VERB.match(text))


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return tomllib.loads((files("law.norms") / "marks.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<b{n}>{r.pattern.pattern})" for n, r in enumerate(records("binding"))))
