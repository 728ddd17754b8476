"""A word of a turn that may stand for one of two: 那个部门 after an answer in which two departments act.

Whom it may stand for are those of its kind whom the last question names or, where it names none, those who act in the
rules that were quoted in answer to it. Who only takes part (会同) is not meant. Where there is one, the word is clear.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.understand.bodies.task import tasked
from assistant.understand.language import has_matter
from assistant.understand.thread.said import asks_itself
from assistant.understand.thread.turns import Turn, turns_of
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT, Norm
from law.text.rules import Rule, load_rules
from law.text.script import half_width, plain, to_simplified
from vectorstore.library import Library

#: Of more than so many a word is asked back in vain: then the list itself is meant.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Either:
    """A word with two or three meanings: the `word`, and for each a whole question, which needs no talk before it."""

    word: str
    readings: tuple[str, ...]


def either(text: str, history: Sequence[Mapping[str, str]] | None, library: Library) -> Either | None:
    """The meanings of a turn's word for somebody; None where it has none, or one that is clear."""
    said = to_simplified(half_width(text))
    word = _rule("stands_for").search(said) if history else None
    beside = said[: word.start()] + "、" + said[word.end() :] if word else ""
    if word is None or not asks_itself(beside):  # 那个部门负责?: 哪个 is meant
        return None
    turns = turns_of(history or (), library.regulations)
    fits = _rule(word.lastgroup or "unit")
    if not turns or _named(beside, fits):
        return None
    bodies = _named(turns[-1].asked, fits) or _acting(turns[-1], history or (), library, fits)
    if not 1 < len(bodies) <= _MOST:
        return None
    before, after = _rule("leads").sub("", said[: word.start()]), _rule("besides").sub("", said[word.end() :])
    matter = "" if has_matter(beside) or tasked(f"{bodies[0]}{after}", actors_in(bodies[0])) else f"{turns[-1].topic}，"
    ids = {a.id.partition("/")[0] for a in turns[-1].cited}
    place = next(r.place for r in library.regulations if r.id in ids) if len(ids) == 1 else ""
    return Either(word[0], tuple(f"{place}{matter}{before}{body}{after}" for body in bodies))


def _named(text: str, fits: Rule) -> tuple[str, ...]:
    """Those of a kind whom a text names."""
    found = (a for a in actors_in(text) if any(fits.search(c) for c in a.classes))
    return tuple(dict.fromkeys(name for a in found for name in _names(a.classes, text[a.start : a.end])))


def _acting(turn: Turn, history: Sequence[Mapping[str, str]], library: Library, fits: Rule) -> tuple[str, ...]:
    """Those of a kind who act in the rules that the last answer quotes."""
    answers = [m["content"] for m in history if m["role"] != "user"]
    content = _bare(answers[-1]) if answers else ""
    names: dict[str, None] = {}
    for norm in (n for a in turn.cited for n in library.norms_of_article(a.id)):
        if _bare(norm.quote) in content:
            names |= dict.fromkeys(_who_acts(norm, fits))
    return tuple(names)


def _who_acts(norm: Norm, fits: Rule) -> Iterator[str]:
    one_each = len(norm.actors) == len(norm.actors_said)
    for at, class_ in enumerate(norm.actors):
        if fits.search(class_):
            yield from _names((class_,), norm.actors_said[at] if one_each else "")


def _names(classes: Sequence[str], said: str) -> Iterator[str]:
    """How those of some classes are called: departments by their field, whatever their level is called."""
    for class_ in classes:
        field = class_.partition(f"{DEPARTMENT}:")[2]
        yield f"{field}部门" if field else said or class_


def _bare(text: str) -> str:
    """A text without spaces, marks of emphasis and punctuation, so that a quote is found in an answer."""
    return re.sub(r"\W", "", plain(text))


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.thread", "either.toml")[name]
