"""Scores of answers that are sets or have a silence beside them: chapters of an outline, counts, what is not stated."""

import re
from collections.abc import Sequence

import rjieba

from assistant import Answer, Regulation
from evals.questions.case import Case, Gold
from evals.questions.things import asks_the_same
from evals.scores.ranking import named, same
from law.text.script import plain

OUTLINE, COUNT = "outline", "count"
_HAN = re.compile(r"[一-鿿]{2,}")
#: Words that a phrase of silence and its label may share without meaning the same.
_EMPTY = frozenset(("具体", "规定", "条文", "没有", "写明", "是否", "多少", "什么", "哪些", "标准", "要求"))


def lost_of(case: Case, answer: Answer, regulations: Sequence[Regulation]) -> list[Gold]:
    """Gold articles that are not cited; in an outline of one city any article of the same chapter stands for one."""
    cited = [named(c) for c in answer.citations]
    lost = [g for g in case.gold if not any(same(g, c) for c in cited)]
    if case.kind != OUTLINE or len({g.city for g in case.gold}) > 1:
        return lost
    spoken_of = {c.chapter for c in answer.citations}
    return [g for g in lost if not _chapters(g, regulations) & spoken_of]


def _chapters(gold: Gold, regulations: Sequence[Regulation]) -> set[str]:
    mine = (r for r in regulations if r.place.removesuffix("市") == gold.city)
    return {a.chapter for r in mine for a in r.find(gold.article) if gold.heading in ("", a.heading)}


def counted(case: Case, answer: Answer) -> float | None:
    """Whether the number of gold articles is said, where one asked how many there are."""
    if case.kind != COUNT:
        return None
    return float(bool(re.search(rf"(?<!\d){len(case.gold)}\s*(?:条|個条文|个条文)", plain(answer.text))))


def silence(case: Case, answer: Answer) -> float | None:
    """Of what is stated nowhere the share that `Answer.unstated` says: they share a word that means something, or it
    repeats how the question asks for it."""
    if not case.unstated:
        return None
    words = {w for phrase in answer.unstated for w in _words(phrase)}
    asked = case.unstated_asked if len(case.unstated_asked) == len(case.unstated) else ("",) * len(case.unstated)
    said = [
        bool(words & _words(phrase)) or bool(how and any(asks_the_same(how, u) for u in answer.unstated))
        for phrase, how in zip(case.unstated, asked, strict=True)
    ]
    return sum(said) / len(said)


def false_silence(case: Case, answer: Answer) -> float:
    """Whether an answer calls something unstated where all that was asked is stated."""
    return float(bool(answer.unstated) and not case.unstated)


def _words(phrase: str) -> set[str]:
    """The words of a phrase, and those that one is made of: 电话 of 举报电话."""
    words = {w for w in rjieba.cut_for_search(plain(phrase)) if _HAN.fullmatch(w)}
    return (words - _EMPTY) or words
