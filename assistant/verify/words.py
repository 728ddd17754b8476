"""`words.toml` and `synonyms.toml`, read and compiled once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns over plain text: NFKC, Simplified, lower case, no white space."""

    marks: re.Pattern[str]
    at_will: re.Pattern[str]
    empty_duty: re.Pattern[str]
    promotes: re.Pattern[str]
    postposed: re.Pattern[str]
    noun: re.Pattern[str]
    adjacent: re.Pattern[str]
    allowed: dict[str, frozenset[str]]
    binding: re.Pattern[str]
    pointing: re.Pattern[str]
    attributive: re.Pattern[str]
    absolute: re.Pattern[str]
    sufficient: re.Pattern[str]
    qualifying: re.Pattern[str]
    excepting: re.Pattern[str]
    negated: re.Pattern[str]
    no_negation: re.Pattern[str]
    takes_away: re.Pattern[str]
    takes: re.Pattern[str]
    added: Patterns
    excuse: dict[str, re.Pattern[str]]
    actors: re.Pattern[str]
    actor_groups: dict[str, str]
    not_acting: re.Pattern[str]
    under: re.Pattern[str]
    receiving: re.Pattern[str]
    fields: re.Pattern[str]
    field_of: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    wider: dict[str, frozenset[str]]
    synonyms: dict[str, tuple[str, ...]]
    connective: re.Pattern[str]
    silent: re.Pattern[str]
    silent_on: Patterns
    penalties: tuple[str, ...]
    carried: dict[str, re.Pattern[str]]
    opposites: tuple[tuple[str, str], ...]
    unlimited: re.Pattern[str]
    limited: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Everything of the two files."""
    said = _read("words.toml")
    other = _read("synonyms.toml")
    modality, negation, who = said["modality"], said["negation"], said["actors"]
    excuse = said["added"].pop("excuse")
    groups = {f"x{n}": name for n, name in enumerate(who["classes"])}
    fields = who["fields"].split("|")
    return Words(
        marks=re.compile("|".join(f"(?P<{n}>{p})" for n, p in modality.items() if n in _MARKS)),
        at_will=re.compile(modality["at_will"]),
        empty_duty=re.compile(modality["empty_duty"]),
        promotes=re.compile(modality["promotes"]),
        postposed=re.compile(modality["postposed"]),
        noun=re.compile(modality["noun"]),
        adjacent=re.compile(modality["adjacent"]),
        allowed={name: frozenset(values) for name, values in modality["allowed"].items()},
        binding=re.compile(said["conditions"]["binding"]),
        pointing=re.compile(said["conditions"]["pointing"]),
        attributive=re.compile(said["conditions"]["attributive"]),
        absolute=re.compile(said["conditions"]["absolute"]),
        sufficient=re.compile(said["conditions"]["sufficient"]),
        qualifying=re.compile(said["conditions"]["qualifying"]),
        excepting=re.compile(said["conditions"]["excepting"]),
        negated=re.compile(negation["words"]),
        takes_away=re.compile(negation["taking"]["away"]),
        takes=re.compile(negation["taking"]["either"]),
        no_negation=re.compile(negation["ruled_out"]),
        added=_patterns(said["added"]),
        excuse={word: re.compile(pattern) for word, pattern in excuse.items()},
        actors=re.compile("|".join([
            who["government"], who["department"] % {"fields": who["fields"]},
            *(f"(?P<{g}>{who['classes'][name]})" for g, name in groups.items()),
        ])),
        actor_groups=groups,
        not_acting=re.compile(who["roles"]["not_acting"]),
        under=re.compile(who["roles"]["under"]),
        receiving=re.compile(who["receiving"]["verbs"]),
        fields=re.compile("|".join(sorted(fields, key=len, reverse=True))),
        field_of={f: group[0] for group in who["same_field"] for f in group},
        aliases={f: next((tuple(g) for g in who["same_field"] if f in g), (f,)) for f in fields},
        wider={name: frozenset(values) for name, values in who["wider"].items()},
        synonyms=_synonyms(other["groups"]),
        connective=re.compile("|".join(other["connectives"])),
        silent=re.compile(said["silence"]["said"]),
        silent_on=_patterns(said["silence"]["kinds"]),
        penalties=tuple(said["silence"]["penalties"]),
        carried=dict(_patterns(said["silence"]["carried"])),
        opposites=tuple((one, other) for one, other in said["opposites"]["pairs"]),
        unlimited=re.compile(said["opposites"]["unlimited"]),
        limited=re.compile(said["opposites"]["limited"]),
    )  # fmt: skip


#: In this order: a word that bans is looked for before one that allows.
_MARKS = ("ban", "duty", "need", "may", "urge", "explore")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.verify") / name).read_text("utf-8"))


def _patterns(said: dict[str, str]) -> Patterns:
    return tuple((name, re.compile(pattern)) for name, pattern in said.items())


def _synonyms(groups: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """Of every word, the others of all its groups, longest first."""
    table: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: tuple(sorted(others, key=lambda w: (-len(w), w))) for word, others in table.items()}
