"""The rules of `figures.toml`."""

import re
from dataclasses import dataclass
from functools import lru_cache

from law.text.rules import Rule, load_rules

Rules = tuple[tuple[str, Rule], ...]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Rules over plain text: NFKC, Simplified, lower case, no white space.

    `any_after` and `any_before` find nothing where none of their bounds does: most figures have none.
    """

    counters: Rule
    indefinite: Rule
    once: Rule
    own_counting: Rule
    bounds_after: Rules
    bounds_before: Rules
    any_after: re.Pattern[str]
    any_before: re.Pattern[str]
    bounds_of_topic: dict[str, Rule]
    range_to: Rule
    date_roles: Rule
    ruled_out: Rule


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """Everything of the file."""
    rules = load_rules("law.text", "figures.toml")

    def family(name: str) -> Rules:
        return tuple((key.partition(".")[2], rule) for key, rule in rules.items() if key.startswith(f"{name}."))

    return FigureWords(
        counters=rules["counted"],
        indefinite=rules["indefinite"],
        once=rules["once"],
        own_counting=rules["own_counting"],
        bounds_after=family("after"),
        bounds_before=family("before"),
        any_after=_any(family("after")),
        any_before=_any(family("before")),
        bounds_of_topic=dict(family("topic")),
        range_to=rules["range_to"],
        date_roles=rules["date_roles"],
        ruled_out=rules["ruled_out"],
    )


def _any(rules: Rules) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.written})" for _, rule in rules))
