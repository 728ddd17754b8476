"""What a sentence says of the wording of its article: 「用语是『鼓励』」, 「并不强制」, 「『等』字表示没有列完」."""

import re
from collections.abc import Sequence

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
_BINDS = frozenset({"duty", "ban"})


def wording(said: str, sources: Sequence[Source]) -> str:
    """A plain stretch, its quotation marks kept, without what it says rightly of the wording of the law."""
    kept: list[str] = []
    freed = False
    there: list[str] = []
    for m in _CLAUSE.finditer(said):
        clause = m[0].strip(",;:。")
        if (used := rules()["uses"].search(clause)) and (found := _uses(used["of"], used["quotes"], sources)):
            there, freed = found, freed or _frees(found)
            continue
        if there and (unused := rules()["unused"].search(clause)) and _unused(unused["quotes"], there):
            continue
        if rules()["no_duty"].search(unquoted(clause)) and _leaves(unquoted(clause), said, sources):
            freed = True
        elif not (freed and rules()["no_ban"].search(clause)) and not _is_open(clause, sources):
            kept.append(m[0])
    return "".join(kept)


def only_of_text(clause: str) -> bool:
    """Whether a plain clause only says that a text speaks, or that two things are not alike: 收录的文本规定."""
    return any(rules()[name].search(clause) for name in ("of_text", "not_alike"))


def _uses(of: str, quotes: str, sources: Sequence[Source]) -> list[str]:
    """The sentences of the law that use quoted words there, where each of them is used."""
    matter = _without_meta(of)
    sentences = [s for source in sources for s in _SENTENCE.findall(source.text)]
    using = [[s for s in sentences if q in s and told_words(matter, s) >= _OF_IT] for q in _quoted(quotes)]
    return [s for one in using for s in one] if all(using) else []


def _unused(quotes: str, there: Sequence[str]) -> bool:
    """Whether a sentence of the law that uses other words has none of the quoted ones."""
    return any(not any(q in s for q in _quoted(quotes)) for s in there)


def _quoted(quotes: str) -> list[str]:
    return [next(q for q in found.groups() if q) for found in QUOTED.finditer(quotes)]


def _frees(sentences: Sequence[str]) -> bool:
    """Whether a sentence of the law encourages or allows, and does not bind."""
    marks = [{m.lastgroup for m in words().marks.finditer(s)} for s in sentences]
    return any(one and not one & _BINDS for one in marks)


def _leaves(clause: str, said: str, sources: Sequence[Source]) -> bool:
    """Whether the sentence of the law about what a clause calls no duty encourages or allows it, and does not bind."""
    matter = _without_meta(rules()["no_duty"].sub(lambda m: f",{m['what']},", clause))
    if len(matter) < _NAMED:
        matter = _without_meta(said.replace(clause, ","))
    shared: dict[str, int] = {}
    for sentence in (s for source in sources for s in _SENTENCE.findall(source.text)):
        shared[sentence] = len(bigrams(in_own_words(unquoted(said), sentence)) & bigrams(sentence))
    best = max(shared, key=lambda s: shared[s], default="")
    if told_words(in_own_words(matter, best), best) < _ABOUT:
        return False
    return _frees([best])


def _is_open(clause: str, sources: Sequence[Source]) -> bool:
    open_list = rules()["open_list"].search(clause) is not None
    return open_list and any(rules()["list_goes_on"].search(s.text) for s in sources)


def _without_meta(text: str) -> str:
    return unquoted(words().silent.sub(",", text)).strip(",;:。")


def rules() -> dict[str, Rule]:
    """The rules of `wording.toml`."""
    return load_rules("assistant.verify.beyond", "wording.toml")
