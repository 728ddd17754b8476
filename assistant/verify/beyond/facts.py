"""What a sentence says of the asker's case, as the question tells it, and what follows where a condition is not met."""

import re
from collections.abc import Iterable, Sequence

from assistant.verify.beyond.applied import only_says
from assistant.verify.coverage import cut, is_filler, stands, told_words
from assistant.verify.source import Source
from law.text.rules import Rule, load_rules
from law.text.script import plain

_CLAUSE = re.compile(r"[^,;:。]+[,;:。]?")
#: How much of a clause the question says for it to be a fact of the case, and the law for it to be about the rule.
_ASKED, _RULED = 0.5, 0.5


def facts(said: str, sources: Sequence[Source], asked: str) -> tuple[list[str], str]:
    """Reasons against what a plain stretch concludes from a fact of the case, and the stretch without those that decide it.

    Where the case lacks what the law's condition names (or has what it excludes), what is denied for it follows, and
    what is granted does not.
    """
    question = plain(asked)
    conditions = [c for s in sources for n in s.norms for c in n.conditions]
    text = "\n".join(s.text for s in sources)
    reasons: list[str] = []
    kept: list[str] = []
    unmet = ""
    for m in _CLAUSE.finditer(said):
        clause = m[0].strip(",;:。")
        if question and _is_fact(clause, question) and (lacking := _unmet(clause, conditions)):
            unmet = lacking
            continue
        if unmet and told_words(_rules()["frame"].sub("", clause), text) >= _RULED:
            if _rules()["denied"].search(clause):
                continue
            if _rules()["granted"].search(clause):
                reasons.append(f"条文以「{unmet}」为条件,推不出「{clause}」")
        kept.append(m[0])
    return reasons, "".join(kept).strip(",;:。")


def _is_fact(clause: str, question: str) -> bool:
    """Whether a clause says of the asker what the question says of him, both affirmed or both denied."""
    if not _rules()["of_asker"].search(clause) or not only_says(clause):
        return False
    bare = _rules()["of_asker"].sub("", clause)
    shared = [w for w in _named(bare) if stands(w, question)]
    if told_words(bare, question) < _ASKED or not shared:
        return False
    return all(_denied(w, bare) == _denied(w, question) for w in shared if w in question)


def _unmet(fact: str, conditions: Iterable[str]) -> str:
    """The condition of the law that a fact does not meet: it denies what that affirms, or the other way round."""
    for condition in conditions:
        for word in _named(fact):
            if word in condition and _denied(word, fact) != _denied(word, condition):
                return condition
    return ""


def _named(text: str) -> list[str]:
    return [w for w in cut(text) if len(w) > 1 and not is_filler(w)]


def _denied(word: str, text: str) -> bool:
    """Whether a word stands behind a negation in its clause; 有 right before it affirms it again."""
    before = text[: text.find(word)] if word in text else text
    return _rules()["denies"].search(before) is not None


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.verify.beyond", "facts.toml")
