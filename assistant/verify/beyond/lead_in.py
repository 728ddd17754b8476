"""What a writer says of his own answer beside what the law says: 最相近的是……, 主要有以下几项, 没有把……排除在外."""

from collections.abc import Sequence

from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.coverage import told_words
from assistant.verify.source import Source
from assistant.verify.words import grammar, words
from law.text.rules import Rule, load_rules

#: How much of how a rule is called its article says; how much of what is said not to be excepted an exception says.
_CALLED, _EXCEPTED = 0.5, 0.5


def without_lead(said: str, held: str) -> str:
    """A plain sentence without the words that only lead to what it says; `held` is the text of its articles.

    What is called undecided goes where the sentence says what the law leaves open, or what one would have to know.
    """
    bare = said.strip(",;:。")
    if rules()["counts"].search(bare):
        return ""
    rest = rules()["nearest"].sub("", bare)
    if rest != bare and rules()["names"].search(rest) and told_words(rest, held) >= _CALLED:
        return ""
    rest = rules()["follows"].sub("", rest)
    if words().silent.search(rest) or soft_rules()["need"].search(rest):
        rest = rules()["undecided"].sub("", rest)
    return said if rest == bare else rest


def joins_conditions(line: str) -> bool:
    """Whether a plain line before a list only says that its conditions must be met together."""
    return rules()["together"].search(line) is not None


def stands_before(line: str, held: str) -> bool:
    """Whether a line may lead to what `held`, the law, says: where that asks for one of several, not for all."""
    return not (joins_conditions(line) and rules()["alternatives"].search(held))


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
