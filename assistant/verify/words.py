"""`words.toml` and the rule files beside it, `synonyms.toml` and `thresholds.toml`, read and compiled once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from law.text.rules import FirstOf, Rule, load_rules

Rules = tuple[tuple[str, Rule], ...]
#: The files of rules that are read as one.
_FILES = ("words", "added", "silence", "pairs")


@dataclass(frozen=True, slots=True)
class Words:
    """Rules and words over plain text: NFKC, Simplified, lower case, no white space."""

    marks: FirstOf
    at_will: Rule
    empty_duty: Rule
    promotes: Rule
    postposed: Rule
    noun: Rule
    means: Rule
    adjacent: Rule
    allowed: dict[str, frozenset[str]]
    binding: Rule
    pointing: Rule
    pointed_to: Rule
    attributive: Rule
    absolute: Rule
    sufficient: Rule
    qualifying: Rule
    excepting: Rule
    negated: Rule
    state: Rule
    decides: Rule
    no_negation: Rule
    takes_away: Rule
    takes: Rule
    added: Rules
    excuse: dict[str, re.Pattern[str]]
    extent: Rule
    room: Rule
    kinds: dict[str, tuple[re.Pattern[str], ...]]
    not_acting: Rule
    under: Rule
    denies_actor: Rule
    receiving: Rule
    wider: dict[str, frozenset[str]]
    synonyms: dict[str, tuple[str, ...]]
    connective: re.Pattern[str]
    silent: Rule
    silent_on: Rules
    penalties: tuple[str, ...]
    carried: dict[str, Rule]
    opposites: tuple[tuple[str, str], ...]
    unlimited: Rule
    limited: Rule
    given: Rule
    level: Rule
    base: Rule
    done: Rule
    start_frame: Rule
    office_level: Rule
    one_level: Rule
    equal: Rule
    unequal: Rule
    purpose: Rule
    special: Rule
    denied: Rule
    excepted_one: Rule
    agreed: Rule
    agreement: Rule
    together: Rule


@lru_cache(maxsize=1)
def words() -> Words:
    """Everything of these files."""
    rules = {r.id: r for name in _FILES for r in load_rules("assistant.verify", f"{name}.toml").values()}
    said, silence = _read("words.toml"), _read("silence.toml")["silence"]
    other = _read("synonyms.toml")
    who = said["actors"]

    def family(name: str) -> Rules:
        return tuple((id_.removeprefix(f"{name}."), rule) for id_, rule in rules.items() if id_.startswith(f"{name}."))

    return Words(
        marks=FirstOf({name: rules[f"modality.{name}"] for name in _MARKS}),
        at_will=rules["modality.at_will"],
        empty_duty=rules["modality.empty_duty"],
        promotes=rules["modality.promotes"],
        postposed=rules["modality.postposed"],
        noun=rules["modality.noun"],
        means=rules["modality.means"],
        adjacent=rules["modality.adjacent"],
        allowed={name: frozenset(values) for name, values in said["allowed"].items()},
        binding=rules["condition.binding"],
        pointing=rules["condition.pointing"],
        pointed_to=rules["condition.pointed_to"],
        attributive=rules["condition.attributive"],
        absolute=rules["condition.absolute"],
        sufficient=rules["condition.sufficient"],
        qualifying=rules["condition.qualifying"],
        excepting=rules["condition.excepting"],
        negated=rules["negation.words"],
        state=rules["modality.state"],
        decides=rules["modality.decides"],
        takes_away=rules["negation.away"],
        takes=rules["negation.either"],
        no_negation=rules["negation.ruled_out"],
        added=family("added"),
        extent=rules["extent.whole"],
        room=rules["extent.room"],
        excuse={word: re.compile(pattern) for word, pattern in _read("added.toml")["excuse"].items()},
        kinds={name: tuple(map(re.compile, patterns)) for name, patterns in who["kinds"].items()},
        not_acting=rules["role.not_acting"],
        under=rules["role.under"],
        denies_actor=rules["role.ruled_out_actor"],
        receiving=rules["role.receiving"],
        wider={name: frozenset(values) for name, values in who["wider"].items()},
        synonyms=_synonyms(other["groups"]),
        connective=re.compile("|".join(other["connectives"])),
        silent=rules["silence.said"],
        silent_on=family("silence.kind"),
        penalties=tuple(silence["penalties"]),
        carried={
            **dict(family("silence.carried")),
            "growth": load_rules("assistant.understand", "answered.toml")["growth"],
        },
        opposites=tuple((one, other) for one, other in said["opposites"]["pairs"]),
        unlimited=rules["opposite.unlimited"],
        limited=rules["opposite.limited"],
        given=rules["pair.given"],
        level=rules["pair.level"],
        base=rules["pair.base"],
        done=rules["pair.done"],
        start_frame=rules["pair.start_frame"],
        office_level=rules["pair.office_level"],
        one_level=rules["pair.one_level"],
        equal=rules["pair.equal"],
        unequal=rules["pair.unequal"],
        purpose=rules["pair.purpose"],
        special=rules["pair.special"],
        denied=rules["pair.denied"],
        excepted_one=rules["pair.excepted_one"],
        agreed=rules["pair.agreed"],
        agreement=rules["pair.agreement"],
        together=rules["pair.together"],
    )


#: In this order: a word that bans is looked for before one that allows.
_MARKS = ("ban", "duty", "need", "may", "urge", "explore")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.verify") / name).read_text("utf-8"))


def _synonyms(groups: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """Of every word, the others of all its groups, longest first."""
    table: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: tuple(sorted(others, key=lambda w: (-len(w), w))) for word, others in table.items()}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares from 0 to 1 of weighted bigrams, of words (untold*, told*), or numbers of bigrams (misplaced, short).

    `aligned*`: how like a clause of the law must be before this is checked against it. `told_whole`: the share of
    a clause that must be told before its conditions must be. `condition*`, `attributive`, `exception`: the share of
    them that counts as told. `untold*`: the share of a sentence or of one of its clauses that may be missing.
    `told_of_each`: how much of what several cities have in common the articles of each must say.
    `elsewhere*`: by how much, and how many times, another article may fit better.
    """

    aligned: float
    aligned_modality: float
    aligned_closely: float
    aligned_agents: float
    aligned_conditions: float
    aligned_negation: float
    condition: float
    condition_words: float
    attributive: float
    told_whole: float
    condition_absolute: float
    exception: float
    exception_told: float
    untold: float
    untold_clause: float
    elsewhere: float
    elsewhere_ratio: float
    misplaced: int
    short: int
    short_told: float
    told: float
    told_of_each: float


T = Thresholds(**tomllib.loads((files("assistant.verify") / "thresholds.toml").read_text("utf-8")))


def grammar(name: str) -> Rule:
    """A rule of the small grammar: `grammar.toml`."""
    return load_rules("assistant.verify", "grammar.toml")[name]
