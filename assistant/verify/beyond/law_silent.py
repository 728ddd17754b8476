"""「条例没有规定金额」: it is looked for in the whole regulation, sentence by sentence; nowhere is absent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.decide.stated.wanted import asks_who_acts, clause_with
from assistant.verify.coverage import cut, is_filler, stands
from assistant.verify.source import Neighbours, Source, source_of
from assistant.verify.words import grammar, words
from law.text.figures import figures
from law.text.references import blank_references

#: How much of a matter, rare words weighing more, a sentence that states it says: with a fact of the kind, and without.
_WITH_KIND, _BARE = 0.7, 0.85
#: How much of all that is said the article says.
_ITS_MATTER = 0.6
#: Of a matter so much a rule says that tells a fact of a kind about it, and one that tells who acts; of the act itself.
_OF_KIND, _OF_ACTING, _THE_ACT = 0.5, 0.6, 0.5
#: Characters of a matter: of fewer nothing can be said.
_LEAST = 4
_SENTENCE = re.compile(r"[^。\n]+")
_KINDS = {
    "share": ("share",),
    "money": ("money",),
    "period": ("months", "days", "workdays", "hours"),
    "date": ("date",),
    "age": ("age",),
}


@dataclass(frozen=True, slots=True)
class StatedThere:
    """Where something is stated that was said not to be."""

    label: str
    text: str


def is_local(clause: str) -> bool:
    """Whether a clause speaks of the cited article alone."""
    return grammar("here").search(clause) is not None


def stated(about: str, kinds: Sequence[str], near: Neighbours, said: str) -> StatedThere | None:
    """The sentence of a regulation that states what a clause calls unstated, if any; `kinds` of fact are looked for.

    `said` is all that is said along with it: an article that speaks of something else states nothing of this.
    """
    named = "|".join(rule.written for _, rule in words().silent_on)
    bare = words().silent.sub(",", about)
    matter = grammar("no_matter").sub(",", re.sub(named, ",", bare) if kinds else bare)
    tokens = tuple(w for w in cut(re.sub(r"[|,;。]+", ",", matter)) if w.strip(","))
    if len("".join(re.findall(r"[一-鿿]", "".join(tokens)))) < _LEAST:
        return None
    around = tuple(w for w in cut(grammar("no_matter").sub(",", words().silent.sub(",", said))) if w.strip(",;。|"))
    for article, _ in near.articles:
        if not article.number or _share(around, source_of(article).known, near) < _ITS_MATTER:
            continue
        for sentence in _sentences(source_of(article).text):
            if kinds and not any(_has(kind, sentence) for kind in kinds):
                continue
            if _share(tokens, sentence, near) >= (_WITH_KIND if kinds else _BARE):
                return StatedThere(article.label, sentence)
    return None


def told_nowhere(matter: str, named: Sequence[str], kinds: Sequence[str], sources: Sequence[Source]) -> bool:
    """Whether no sentence tells a fact of the kind that a matter asks for about it: by whom it is done, what follows,
    under which conditions. `named` are the words of the matter; of figures and of what has no kind nothing is said.
    """
    if not named or not all(kind in words().carried for kind in kinds):
        return False
    if kinds:
        return filled(named, kinds, sources) < _OF_KIND
    if not asks_who_acts(matter):
        return False
    clause, end = clause_with("who", matter)
    act = [w for w in cut(clause[end:]) if w in named]
    quotes = [n.quote for source in sources for n in source.norms if n.actors_said]
    return not any(_told(named, q) >= _OF_ACTING and (not act or _told(act, q) >= _THE_ACT) for q in quotes)


def filled(named: Sequence[str], kinds: Sequence[str], sources: Sequence[Source]) -> float:
    """How much of a matter's words, at most, stands in a sentence that tells a fact of a kind; -1 where none does."""
    carrying = (s for source in sources for s in _clauses(source.text) if any(_has(kind, s) for kind in kinds))
    return max((_told(named, s) if named else 0.0 for s in carrying), default=-1.0)


def _told(named: Sequence[str], held: str) -> float:
    total = sum(map(len, named))
    return sum(len(w) * stands(w, held) for w in named) / total


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^。;\n]+", text))


def _share(tokens: Sequence[str], sentence: str, near: Neighbours) -> float:
    weighed = [(_weight(w, near), stands(w, sentence)) for w in tokens if not is_filler(w)]
    total = sum(n for n, _ in weighed)
    return sum(n * s for n, s in weighed) / total if total else 0.0


def _weight(word: str, near: Neighbours) -> float:
    pairs = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
    return sum(near.weight(p) for p in pairs)


def _has(kind: str, sentence: str) -> bool:
    if kind in words().carried:
        return words().carried[kind].search(sentence) is not None
    wanted = _KINDS.get(kind)
    return any(wanted is None or f.kind in wanted for f in figures(blank_references(sentence)))


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(_SENTENCE.findall(text))
