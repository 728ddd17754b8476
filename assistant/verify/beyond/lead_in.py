"""What a writer says of his own answer beside what the law says: 最相近的是……, 没有把……排除在外."""

from collections.abc import Sequence

from assistant.verify.coverage import told_words
from assistant.verify.source import Source
from assistant.verify.words import grammar
from law.text.rules import Rule, load_rules

#: How much of what is said not to be excepted an exception says.
_EXCEPTED = 0.5


def without_lead(said: str) -> str:
    """A plain sentence without the words that only lead to what it says."""
    bare = said.strip(",;:。")
    rest = rules()["nearest"].sub("", bare)
    return said if rest == bare else rest


def spared(said: str, sources: Sequence[Source]) -> tuple[list[str], str]:
    """Reasons against what a plain stretch says not to be excepted, and the stretch without it."""
    reasons: list[str] = []
    for m in rules()["spares"].finditer(said):
        what = m["what"] or m["who"]
        excepting = [e for s in sources for e in _exceptions(s)]
        reasons += [f"条文的例外写到了「{what}」:「{e}」" for e in excepting if told_words(what, e) >= _EXCEPTED][:1]
    return reasons, rules()["spares"].sub("", said).strip(",;。")


def rules() -> dict[str, Rule]:
    """The rules of `lead_in.toml`."""
    return load_rules("assistant.verify.beyond", "lead_in.toml")


def _exceptions(source: Source) -> list[str]:
    found = [e for n in source.norms for e in n.exceptions]
    return found or [m[0] for m in grammar("excepts").finditer(source.text)]
