"""Which of the articles that a sentence is marked with carry it: each mark must carry its part."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.model.context import MarkedArticle
from assistant.model.prose.slots import short_place
from assistant.verify import Verdict, superfluous
from assistant.verify.coverage import told_words
from assistant.verify.source import source_of
from law.regulation import Regulation
from law.text.figures import figures, unstated
from law.text.references import blank_references
from law.text.script import plain

#: More marks than this on one sentence of one city are marks on everything: the likeliest are looked at.
_MOST = 3
#: The share of a clause with a figure that the article of the figure must say as well.
_SAME_MATTER = 0.5
Judge = Callable[[str, Sequence[MarkedArticle]], Verdict]


@dataclass(frozen=True, slots=True)
class CarriedSentence:
    """The verdict on a sentence, and those of its articles that carry it."""

    verdict: Verdict
    entries: tuple[MarkedArticle, ...]


def carried(text: str, entries: tuple[MarkedArticle, ...], judge: Judge, held: Sequence[Regulation]) -> CarriedSentence:
    """Judge a sentence by its articles, without those that carry no part of it."""
    if len(entries) < 2:
        return CarriedSentence(judge(text, entries), entries)
    likeliest = _likeliest(text, entries)
    verdict = judge(text, likeliest)
    if not verdict.supported:
        for one in _alone(text, entries):
            if (alone := judge(text, (one,))).supported:
                return CarriedSentence(alone, (one,))
        return CarriedSentence(verdict, likeliest)
    if strange := _of_two_matters(text, likeliest):
        return CarriedSentence(Verdict(False, strange), likeliest)
    return CarriedSentence(verdict, _needed(text, likeliest, held))


def _alone(text: str, entries: tuple[MarkedArticle, ...]) -> tuple[MarkedArticle, ...]:
    """Those of which one may carry a sentence by itself: of several cities only those of the one that it names."""
    ids = {e.regulation.id for e in entries}
    if len(ids) == 1:
        return entries
    named = {e.regulation.id for e in entries if short_place(e.regulation) in text}
    return tuple(e for e in entries if e.regulation.id in named) if len(named) == 1 else ()


def _likeliest(text: str, entries: tuple[MarkedArticle, ...]) -> tuple[MarkedArticle, ...]:
    """Of each regulation the articles that tell most of a sentence, in their order."""
    chosen: list[MarkedArticle] = []
    for id_ in dict.fromkeys(e.regulation.id for e in entries):
        mine = [e for e in entries if e.regulation.id == id_]
        chosen += sorted(mine, key=lambda e: -_told(text, e))[:_MOST]
    return tuple(e for e in entries if e in chosen)


def _needed(text: str, entries: tuple[MarkedArticle, ...], held: Sequence[Regulation]) -> tuple[MarkedArticle, ...]:
    """Without those that the rest can spare, the one that tells least first."""
    left = list(entries)
    while len(left) > 1:
        groups = [[(e.regulation, e.article)] for e in left]
        extra = {g[0][1].id for g in superfluous(text, groups, others=held)}
        if not extra:
            break
        left.remove(min((e for e in left if e.article.id in extra), key=lambda e: _told(text, e)))
    return tuple(left)


def _of_two_matters(text: str, entries: Sequence[MarkedArticle]) -> tuple[str, ...]:
    """Reasons where a clause has its figure from one article and its matter from another."""
    strange: list[str] = []
    for clause in re.split(r"[,;:。]", blank_references(plain(text))):
        if not (said := figures(clause)):
            continue
        sources = [source_of(e.article) for e in entries]
        with_figure = [s for s in sources if not unstated(said, s.figures)]
        if with_figure and max(told_words(clause, s.known) for s in with_figure) < _SAME_MATTER:
            strange.append(f"「{clause}」的数和所说的事不在同一条里")
    return tuple(strange)


def _told(text: str, entry: MarkedArticle) -> float:
    return told_words(plain(text), source_of(entry.article).known)
