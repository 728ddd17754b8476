"""Which articles of a regulation belong to a set that is asked for: a calibrated logistic over what the ranking shows.

A question that wants several articles has no best one behind which the others fall off: what stands beside it in the
text, what has its words, what is like its best ones belong to it too.
"""

import math
import tomllib
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
from law.regulation import Article
from law.text.script import plain
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
    articles = library.regulation(regulation_id).numbered
    at = np.array([library.searcher.index_of(a.id) for a in articles], dtype=np.intp)
    scored = found.scored
    total = scored.total[at]
    best = max(float(total.max()), 1.0)
    order = np.argsort(-total, kind="stable")
    place = np.empty(len(at))
    place[order] = np.arange(len(at))
    columns = (
        _standardised(total),
        total / best,
        np.log1p(place),
        *(_standardised(s[at]) for s in (scored.article, scored.paragraph, scored.question)),
        *(_standardised(s[at]) for s in (scored.words, scored.everyday)),
        *_words_held(topic, articles),
        *_around(articles, total),
        _standardised(_like_best(library, at, total, order[:_BEST])),
    )
    return np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1)


def features_within(topic: str, found: Found, library: Library, regulation_id: str) -> Floats:
    """(numbered articles, features) in the order of the text, of `FEATURES` and then of `NEAR`."""
    articles = library.regulation(regulation_id).numbered
    at = np.array([library.searcher.index_of(a.id) for a in articles], dtype=np.intp)
    best = int(np.argmax(found.scored.total[at]))
    away = np.abs(np.arange(len(articles)) - best)
    of_its_chapter = np.array([a.chapter == articles[best].chapter for a in articles], dtype=np.float64)
    near = np.stack([of_its_chapter, np.log1p(away), (away == 1) * of_its_chapter], axis=1)
    return np.hstack([features(topic, found, library, regulation_id), near])


def _words_held(topic: str, articles: tuple[Article, ...]) -> tuple[Floats, Floats]:
    """Of the words of a topic the share that each article has, rare ones counting for more, and the rarest it has."""
    import rjieba

    words = dict.fromkeys(w for w in rjieba.cut(matter_in(plain(topic))) if len(w) > 1)
    held = np.array([[w in text for w in words] for text in (plain(a.text) for a in articles)], dtype=np.float64)
    if not words:
        return np.zeros(len(articles)), np.zeros(len(articles))
    rarity = np.log1p(len(articles) / np.maximum(held.sum(axis=0), 1))
    return held @ rarity / rarity.sum(), (held * rarity).max(axis=1)


def _around(articles: tuple[Article, ...], total: Floats) -> tuple[Floats, Floats]:
    """How much of what ranks high is of an article's chapter, itself aside; how high its better neighbour ranks."""
    weight = np.exp((total - total.max()) / _FADES)
    of_chapter: dict[str, float] = {}
    for article, mine in zip(articles, weight.tolist(), strict=True):
        of_chapter[article.chapter] = of_chapter.get(article.chapter, 0.0) + mine
    share = np.array([of_chapter[a.chapter] for a in articles]) - weight
    beside = [
        max((total[j] for j in (i - 1, i + 1) if 0 <= j < len(total) and articles[j].chapter == a.chapter), default=0.0)
        for i, a in enumerate(articles)
    ]
    return share / weight.sum(), np.array(beside) / max(float(total.max()), 1.0)


def _like_best(library: Library, at: npt.NDArray[np.intp], total: Floats, best: npt.NDArray[np.intp]) -> Floats:
    """How like each article is to the best ones, itself aside."""
    likeness = np.asarray(library.searcher.likeness(at, at[best]), dtype=np.float64)
    weights = np.tile(np.exp((total[best] - total.max()) / _FADES), (len(at), 1))
    weights[best, np.arange(len(best))] = 0.0
    sums = weights.sum(axis=1)
    return np.asarray((likeness * weights).sum(axis=1) / np.where(sums, sums, 1.0))


def _standardised(values: Floats) -> Floats:
    """Mean 0, deviation 1; 0 where a signal is missing."""
    have = values[~np.isnan(values)]
    if not len(have):
        return np.zeros(len(values))
    spread = float(have.std()) or math.inf
    return np.where(np.isnan(values), 0.0, (values - have.mean()) / spread)
