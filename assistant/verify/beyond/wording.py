"""What a sentence says of the wording of its article: 「用语是『鼓励』」, 「并不强制」, 「『等』字表示没有列完」."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.coverage import bigrams, told_words
from assistant.verify.quotes import QUOTED, unquoted
from assistant.verify.source import Source, in_own_words
from assistant.verify.words import words
from law.text.rules import Rule, load_rules

_CLAUSE = re.compile(r"(?:[^,;:。「」“”『』]|「[^「」]*」|“[^“”]*”|『[^『』]*』)+[,;:。]?")
_SENTENCE = re.compile(r"[^。;\n]+")
#: How much of what a quoted word is said of stands in the sentence of the law that has it.
_OF_IT = 0.5
#: How much of what is not demanded a sentence of the law says to be about it; of fewer characters nothing is named.
_ABOUT, _NAMED = 0.4, 2
#: How much of it is told for the law to demand it after all.
_SURELY = 0.75
_BINDS = frozenset({"duty", "ban"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of the law, the share of a matter that it tells, and how binding it is."""

    text: str
    share: float
    marks: frozenset[str]


def wording(said: str, sources: Sequence[Source]) -> tuple[list[str], str]:
    """Reasons against what a plain stretch with its quotation marks says of the wording, and the stretch without it."""
    reasons: list[str] = []
    kept: list[str] = []
    freed = False
    for m in _CLAUSE.finditer(said):
        clause = m[0].strip(",;:。")
        if used := rules()["uses"].search(clause):
            reasons += _uses(used["of"], used["quotes"], sources)
        elif rules()["no_duty"].search(unquoted(clause)) and (law := _about(unquoted(clause), said, sources)):
            freed = bool(law.marks) and not law.marks & _BINDS
            if law.marks & _BINDS and law.share >= _SURELY:
                reasons.append(f"条文里是应当:「{law.text}」")
            elif not freed:
                kept.append(m[0])
        elif not (freed and rules()["no_ban"].search(clause)) and not _is_open(clause, sources):
            kept.append(m[0])
    return reasons, "".join(kept)


def only_of_text(clause: str) -> bool:
    """Whether a plain clause only names a text and says that it speaks: 收录的文本规定."""
    return rules()["of_text"].search(clause) is not None


def _uses(of: str, quotes: str, sources: Sequence[Source]) -> list[str]:
    """Reasons against quoted words that the law does not use there."""
    matter = _without_meta(of)
    sentences = [s for source in sources for s in _SENTENCE.findall(source.text)]
    return [
        f"条文在这里写的不是「{quote}」"
        for found in QUOTED.finditer(quotes)
        for quote in [next(q for q in found.groups() if q)]
        if not any(quote in s and told_words(matter, s) >= _OF_IT for s in sentences)
    ]


def _about(clause: str, said: str, sources: Sequence[Source]) -> _Told | None:
    """The sentence of the law that tells most of what a clause calls no duty; None where none tells enough."""
    matter = _without_meta(rules()["no_duty"].sub(lambda m: f",{m['what']},", clause))
    if len(matter) < _NAMED:
        matter = _without_meta(said.replace(clause, ","))
    told: list[tuple[int, _Told]] = []
    for sentence in (s for source in sources for s in _SENTENCE.findall(source.text)):
        marks = frozenset(m.lastgroup or "" for m in words().marks.finditer(sentence))
        shared = len(bigrams(in_own_words(unquoted(said), sentence)) & bigrams(sentence))
        told.append((shared, _Told(sentence, told_words(in_own_words(matter, sentence), sentence), marks)))
    best = max(told, key=lambda t: t[0], default=(0, None))[1]
    return best if best and best.share >= _ABOUT else None


def _is_open(clause: str, sources: Sequence[Source]) -> bool:
    open_list = rules()["open_list"].search(clause) is not None
    return open_list and any(rules()["list_goes_on"].search(s.text) for s in sources)


def _without_meta(text: str) -> str:
    return unquoted(words().silent.sub(",", text)).strip(",;:。")


def rules() -> dict[str, Rule]:
    """The rules of `wording.toml`."""
    return load_rules("assistant.verify.beyond", "wording.toml")
