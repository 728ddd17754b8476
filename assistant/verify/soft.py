"""What no rule can tell by itself: verdicts and conclusions. Whether they fit their ground, as far as words go."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.verify.verdict import Open
from assistant.verify.words import words
from law.text.figures import figures
from law.text.rules import Rule, load_rules

#: Characters that an answer of yes or no has at most.
_SHORT = 12
_ONLY = re.compile(r"只|仅|限|除[^,;。]{2,40}外|除外")


def concludes(clause: str, values: frozenset[float] = frozenset()) -> bool:
    """Whether a clause applies a rule to a case or draws a conclusion, so that nothing in it is a hard fact.

    A figure of the case, one of the question's `values` that the articles have not, makes it one.
    """
    if any(f.value in values for f in figures(clause)):
        return True
    return is_opener(clause) or soft_rules()["conclusion"].search(clause) is not None


def is_opener(text: str) -> bool:
    """Whether a plain sentence only answers yes or no: 「可以。」, 「都支持」."""
    bare = text.strip(",;。.!!?")
    return len(bare) <= _SHORT and soft_rules()["opener"].search(bare) is not None


def against_verdict(said: str) -> list[str]:
    """A reason where a sentence begins with a yes or no that its own ground does not have."""
    opener, _, ground = said.partition(",")
    if not ground or not is_opener(opener):
        return []
    rules = soft_rules()
    if rules["denies"].search(opener):
        fits = rules["limits"].search(ground) is not None
    elif rules["demands"].fullmatch(opener):
        fits = any(m.lastgroup in ("duty", "need", "ban") for m in words().marks.finditer(ground))
    else:
        fits = True
    return [] if fits else [Open(f"「{opener}」和后面说的根据对不上")]


def changed_ground(said: str, text: str) -> list[str]:
    """Reasons where something is done by other rules than those of the law: 按照本条例规定 for 按照国家有关规定."""
    held = {m["whose"] for m in soft_rules()["by_law"].finditer(text)}
    if not held:
        return []
    own = {m["whose"]: m[0] for m in soft_rules()["by_law"].finditer(said)}
    strange = [m for whose, m in own.items() if not any(whose in h or h in whose for h in held)]
    return [f"条文没有写「{m}」" for m in strange]


def left_out(said: str, text: str) -> list[str]:
    """Reasons where something is said not to be among what the law names, and it names it."""
    reasons: list[str] = []
    for m in soft_rules()["left_out"].finditer(said):
        what = re.escape(m["what"])
        if m["what"] in text and not re.search(f"除[^,;。]{{0,30}}{what}|{what}[^,;。]{{0,12}}(?:除外|例外|不|另有)", text):
            reasons.append(f"条文写到了「{m['what']}」")
    return reasons


def narrowed(said: str, text: str) -> list[str]:
    """A reason where a rule is told as holding for something only, and the law has no such word."""
    if _ONLY.search(text):
        return []
    return [Open(f"条文没有写「{m[0]}」") for m in soft_rules()["narrows"].finditer(said)]


def loosened(reasons: Sequence[str], clause: str, values: frozenset[float] = frozenset()) -> list[str]:
    """The reasons against a clause, none of them hard where it only concludes."""
    return [Open(r) for r in reasons] if concludes(clause, values) else list(reasons)


@lru_cache(maxsize=1)
def soft_rules() -> dict[str, Rule]:
    """The rules of `soft.toml`."""
    return load_rules("assistant.verify", "soft.toml")
