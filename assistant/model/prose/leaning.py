"""A sentence that says nothing without the one before it: 其中…, 但…, 因此…."""

from collections.abc import Mapping
from functools import lru_cache

from law.text.rules import Rule, load_rules
from law.text.script import plain


def leans(text: str) -> bool:
    """Whether a sentence leans on the one before it.

    >>> leans("其中软件类项目最高百分之五十。"), leans("该条例自公布之日起施行。")
    (True, False)
    """
    return _rules()["leans"].search(plain(text)) is not None


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return load_rules("assistant.model.prose", "leaning.toml")
