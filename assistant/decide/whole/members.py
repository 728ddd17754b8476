"""Which articles of a regulation belong to a set that is asked for: a calibrated logistic over what the ranking shows.

A question that wants several articles has no best one behind which the others fall off: what stands beside it in the
text, what has its words, what is like its best ones belong to it too.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from assistant.decide.heads import fitted
from assistant.retrieve import Found
from assistant.understand.breadth import Breadth
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.held import gathered
from law.regulation import Regulation
from law.text.script import plain
from vectorstore.engine.lazy import Kept
from vectorstore.library import Library

Floats = npt.NDArray[np.float64]
#: Of an article within its regulation: how far its score stands above the mean, as a share of the best, and its
#: place (logarithm); each signal by itself; the share of the question's words that it has, and the rarest of them;
#: how much of what ranks high is of its chapter; how high its neighbours rank; how like it is to the best ones.
#: Each standardised where it has no scale of its own, so that none depends on how many regulations are held.
FEATURES = (
    "total",
    "share",
    "place",
    "article",
    "paragraph",
    "question",
    "words",
    "everyday",
    "covered",
    "rarest",
    "chapter",
    "beside",
    "like_best",
)
#: Beside these, of a set of one regulation: whether an article is of the chapter of the best one, how far away it
#: stands in the text (logarithm), and whether it is the next one of that chapter.
NEAR = ("of_its_chapter", "away", "next")
#: An article belongs to a set by matter from this likelihood on; where it is not known how easily one does, from the
#: second over how likely a set is wanted to this power; where several cities are asked each for itself from the last.
#: Chosen on questions left out (`python -m evals.calibrate.sets.fit_spread`, `fit_members`).
_BELONGS, _ALONE, _POWER, _BELONGS_EACH = 0.085, 0.08, 3.0, 0.6
#: So many articles are the best; how fast the next ones count for less, as summed standard scores.
_BEST, _FADES = 4, 4.0
#: A deviation up to this is none.
_SAME = 1e-9
#: So many regulations are kept laid out.
_LAID_OUT = 64


@dataclass(frozen=True, slots=True)
class BelongingCurve:
    """A logistic: `weights` (features,) over features as they are."""

    weights: Floats
    bias: float

    def chances(self, rows: Floats) -> Floats:
        """(n,) how likely each row belongs, 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-np.clip(rows @ self.weights + self.bias, -50, 50))))


@dataclass(frozen=True, slots=True)
class Membership:
    """A curve for regulations that have likely questions, and one for those that have none."""

    asked_about: BelongingCurve
    bare: BelongingCurve

    def chances(self, topic: str, found: Found, library: Library, regulation_id: str) -> dict[str, float]:
        """Of each numbered article of a regulation, by id, how likely it belongs to what the topic names."""
        curve = self.asked_about if library.asked_about(regulation_id) else self.bare
        articles = library.regulation(regulation_id).numbered
        if not articles:
            return {}
        chances = curve.chances(features(topic, found, library, regulation_id))
        return {a.id: float(c) for a, c in zip(articles, chances, strict=True)}


def within_one(question: Question, found: Found, library: Library, regulation_id: str) -> dict[str, float]:
    """Of each numbered article of the one regulation that is asked, by id, how likely it belongs to the set: by what
    the ranking shows of it, and by how easily anything belongs (`Breadth.ease`)."""
    weights, ease = load_weights(library.manifest.model), question.breadth.ease
    if weights is None or ease is None:
        return load_membership().chances(question.topic, found, library, regulation_id)
    chances = BelongingCurve(weights, ease).chances(features_within(question.topic, found, library, regulation_id))
    articles = library.regulation(regulation_id).numbered
    return {a.id: float(c) for a, c in zip(articles, chances, strict=True)}


def least_likely(breadth: Breadth, *, several: bool) -> float:
    """From which likelihood on an article belongs to a set."""
    if several:
        return _BELONGS_EACH
    if breadth.ease is not None:
        return _BELONGS
    least: float = _ALONE / max(breadth.chance, _ALONE) ** _POWER
    return least


@lru_cache(maxsize=4)
def load_weights(model: str) -> Floats | None:
    """(FEATURES and NEAR,) for an embedding model; None where none were fitted for it."""
    held = fitted(model, "whole", ("belongs",))
    return held["belongs"].astype(np.float64) if held else None


@lru_cache(maxsize=1)
def load_membership() -> Membership:
    """The curves of `members.toml`."""
    held = tomllib.loads((files("assistant.decide.whole") / "members.toml").read_text("utf-8"))
    return Membership(
        *(BelongingCurve(np.array([held[n][f] for f in FEATURES]), held[n]["bias"]) for n in ("asked_about", "bare"))
    )


def features(topic: str, found: Found, library: Library, regulation_id: str) -> Floats:
    """(numbered articles, features) in the order of the text and of `FEATURES`."""
    return features_within(topic, found, library, regulation_id)[:, : len(FEATURES)]


def features_within(topic: str, found: Found, library: Library, regulation_id: str) -> Floats:
    """(numbered articles, features) in the order of the text, of `FEATURES` and then of `NEAR`; kept with what was
    found."""
    rows = found.within.get((topic, regulation_id))
    if rows is None:
        rows = found.within[topic, regulation_id] = _features(topic, found, laid_out(library, regulation_id), library)
    return rows


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The numbered articles of a regulation in the order of its text: their ids, where each stands in every score
    array, its words in Simplified, and the number of its chapter among all."""

    ids: tuple[str, ...]
    at: npt.NDArray[np.intp]
    texts: tuple[str, ...]
    chapters: npt.NDArray[np.intp]


def laid_out(library: Library, regulation_id: str) -> LaidOut:
    """A regulation as the features read it; those used lately are kept with the library. Raises KeyError."""

    def lay() -> LaidOut:
        articles = library.regulation(regulation_id).numbered
        at = np.array([library.searcher.index_of(a.id) for a in articles], dtype=np.intp)
        number = {chapter: n for n, chapter in enumerate(dict.fromkeys(a.chapter for a in articles))}
        chapters = np.array([number[a.chapter] for a in articles], dtype=np.intp)
        return LaidOut(tuple(a.id for a in articles), at, tuple(plain(a.text) for a in articles), chapters)

    return gathered(_shelf, library.regulations).get(regulation_id, lay)


def _shelf(_: Sequence[Regulation]) -> Kept[str, LaidOut]:
    return Kept(_LAID_OUT)


def _features(topic: str, found: Found, laid: LaidOut, library: Library) -> Floats:
    scored, at = found.scored, laid.at
    total = scored.total[at]
    order = np.argsort(-total, kind="stable")
    place = np.empty(len(at))
    place[order] = np.arange(len(at))
    best = int(np.argmax(total))
    away = np.abs(np.arange(len(at)) - best)
    of_its_chapter = (laid.chapters == laid.chapters[best]).astype(np.float64)
    like_best = _like_best(library, at, total, order[:_BEST])
    signals = (scored.article, scored.paragraph, scored.question, scored.words, scored.everyday)
    standing, *of_signals, alike = _standardised(np.array([total, *(s[at] for s in signals), like_best]))
    columns = (
        standing,
        total / max(float(total.max()), 1.0),
        np.log1p(place),
        *of_signals,
        *_words_held(topic, laid.texts),
        *_around(laid.chapters, total),
        alike,
        of_its_chapter,
        np.log1p(away),
        (away == 1) * of_its_chapter,
    )
    return np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1)


def _words_held(topic: str, texts: Sequence[str]) -> tuple[Floats, Floats]:
    """Of the words of a topic the share that each article has, rare ones counting for more, and the rarest it has."""
    import rjieba

    words = dict.fromkeys(w for w in rjieba.cut(matter_in(plain(topic))) if len(w) > 1)
    if not words:
        return np.zeros(len(texts)), np.zeros(len(texts))
    held = np.array([w in text for text in texts for w in words], dtype=np.float64).reshape(len(texts), len(words))
    rarity = np.log1p(len(texts) / np.maximum(held.sum(axis=0), 1))
    return held @ rarity / rarity.sum(), (held * rarity).max(axis=1)


def _around(chapters: npt.NDArray[np.intp], total: Floats) -> tuple[Floats, Floats]:
    """How much of what ranks high is of an article's chapter, itself aside; how high its better neighbour ranks."""
    weight = np.exp((total - total.max()) / _FADES)
    share = np.bincount(chapters, weights=weight)[chapters] - weight
    beside = np.full(len(total), -np.inf)
    alike = chapters[1:] == chapters[:-1]
    beside[1:][alike] = total[:-1][alike]
    beside[:-1][alike] = np.maximum(beside[:-1][alike], total[1:][alike])
    beside[np.isneginf(beside)] = 0.0
    return share / weight.sum(), beside / max(float(total.max()), 1.0)


def _like_best(library: Library, at: npt.NDArray[np.intp], total: Floats, best: npt.NDArray[np.intp]) -> Floats:
    """How like each article is to the best ones, itself aside."""
    likeness = np.asarray(library.searcher.likeness(at, at[best]), dtype=np.float64)
    weights = np.tile(np.exp((total[best] - total.max()) / _FADES), (len(at), 1))
    weights[best, np.arange(len(best))] = 0.0
    sums = weights.sum(axis=1)
    return np.asarray((likeness * weights).sum(axis=1) / np.where(sums, sums, 1.0))


def _standardised(rows: Floats) -> Floats:
    """(signals, articles), each row with mean 0 and deviation 1; 0 where a signal is missing, or everywhere alike."""
    missing = np.isnan(rows)
    if not missing.any():
        aside = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt((aside * aside).mean(axis=1, keepdims=True))
        return np.asarray(aside / np.where(spread > _SAME, spread, np.inf))
    made = np.zeros_like(rows)
    for row, absent, into in zip(rows, missing, made, strict=True):
        if len(have := row[~absent]):
            into[~absent] = (have - have.mean()) / (float(have.std()) or math.inf)
    return made
