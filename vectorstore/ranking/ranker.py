"""Scores for every article, from one query vector and the question's words.

Six signals, each standardised over the articles of the index and added (adding standardised
scores keeps the margin that rank fusion throws away):

article     similarity to the article as a whole
paragraph   similarity to its best 款
question    similarity to its likely questions: the mean of the best two
questions   and the mean of them all, which tells the article's matter from a chance likeness
words       BM25 over character bigrams of the article and its likely questions
everyday    BM25 of the law's words for the question's everyday ones, of each the best of them
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from law.regulation import Regulation
from vectorstore.arrays import Numbers, Places, Scores, Vectors
from vectorstore.errors import IndexMismatch
from vectorstore.ranking.everyday import words_of_the_law
from vectorstore.ranking.query_map import MapFor, QueryMap


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """How much each standardised signal counts; fitted by `python -m evals.calibrate`."""

    article: float
    paragraph: float
    question: float
    questions: float
    words: float
    everyday: float


#: For the articles of a regulation with likely questions, and of one without.
WITH_QUESTIONS = SignalWeights(0.3, 0.5, 1.0, 0.5, 0.7, 0.2)
WITHOUT_QUESTIONS = SignalWeights(1.0, 1.5, 0.0, 0.0, 0.5, 0.7)
#: And of one without, where the question's vector is mapped; words then count up to so many deviations, since among
#: thousands of articles a rare word stands sixteen above the mean and the nearest article five.
MAPPED, _MOST = SignalWeights(1.5, 1.0, 0.0, 0.0, 0.2, 0.4), 5.0
#: Where no regulation is named, those of so many best articles are ranked.
RUNNING = 30


@dataclass(frozen=True)
class Scored:
    """Scores of all articles, each array (articles,) in the order of `Searcher.article_ids`.

    `total` is what ranks; `near` the best cosine of an article and its paragraphs with the mapped question (with the
    question itself where there is no map), `everyday` the law's words for the question's everyday ones.
    """

    total: Scores
    article: Scores
    paragraph: Scores
    question: Scores
    words: Scores
    near: Scores
    everyday: Scores

    @cached_property
    def nearest(self) -> Scores:
        """The best cosine of each article and its paragraphs with the question as it is put."""
        return np.fmax(self.article, self.paragraph)

    def similarity_at(self, places: Places | int) -> Numbers:
        """The best cosine of the article at a place, or of each at some, its paragraphs and its likely questions."""
        best: Numbers = np.fmax(np.fmax(self.article[places], self.paragraph[places]), self.question[places])
        return best


@dataclass(frozen=True, slots=True)
class RankedQuestion:
    """A question as it is ranked: its vector, the same led to the law's words (`near`), and what words say of each
    article; the regulations asked for where any is named, and articles that are wanted in any case."""

    query: Vectors
    near: Vectors
    words: Scores
    everyday: Scores
    within: Collection[str] | None = None
    also: Collection[str] = ()


class ByWords(Protocol):
    """What scores texts by their words."""

    def score(self, text: str) -> Scores:
        """(texts,) what each scores for the words of a text."""
        ...

    def score_both(self, text: str, groups: Sequence[Sequence[str]]) -> tuple[Scores, Scores]:
        """The same, and the sum over groups of words of the best word's score."""
        ...

    def sharing(self, words: str) -> npt.NDArray[np.integer]:
        """Places, ascending, of the texts that have every bigram of some words."""
        ...


class Ranker(ABC):
    """What scores articles, however it holds them: `Searcher` in memory, `engine.searcher` beside Chroma's index."""

    asked_about: frozenset[str]
    _dimension: int
    _map_for: MapFor
    _every_asked_about: bool
    _words: ByWords

    @property
    @abstractmethod
    def article_ids(self) -> Sequence[str]:
        """In the order of every score array."""

    def score(
        self,
        vector: Sequence[float] | Vectors,
        text: str,
        within: Collection[str] | None = None,
        also: Collection[str] = (),
    ) -> Scored:
        """Scores for a query vector (dimension,) of unit length and its words. Raises IndexMismatch.

        `within` are the regulations asked for where any is named, `also` articles that are wanted in any case.
        """
        return self._score(self._sought(vector, text, within, also))

    def words_of(self, text: str) -> Scores:
        """(articles,) what each scores for a text's own words."""
        return self._words.score(text)

    def paragraph_scores(self, vector: Sequence[float] | Vectors, article_id: str) -> dict[int, float]:
        """Cosine of each 款 of one article; of its best part where it is long."""
        result: dict[int, float] = {}
        for number, score in self._paragraphs(np.asarray(vector, dtype=np.float32), article_id):
            result[number] = max(score, result.get(number, -1.0))
        return result

    def nearest_paragraph(self, vector: Sequence[float] | Vectors, article_id: str) -> Vectors:
        """(dimension,) that of the 款 of one article (of a part where it is long) that lies nearest to a vector; of the
        article as a whole where it has none, zeros where nothing of it was embedded."""
        rows = self._paragraph_vectors(article_id)
        if not len(rows):
            return np.zeros(self._dimension, dtype=np.float32)
        nearest: Vectors = rows[int(np.vecdot(rows, np.asarray(vector, dtype=np.float32)).argmax())]
        return nearest

    def led(self, vector: Sequence[float] | Vectors, text: str, within: Collection[str] | None = None) -> Vectors:
        """A question's vector as it is ranked: led to the law's words where a map was fitted, else as it is.

        `within` are the regulations asked for, None for all: by one map where each of them has likely questions, by
        another where not.
        """
        query, query_map = checked(vector, self._dimension), self._map_of(within)
        return query_map(query, text) if query_map else query

    def led_by_words(self, text: str, within: Collection[str] | None = None) -> Vectors:
        """(dimension,) where the words of a question lead by themselves, by the map that leads its vector; zeros where
        there is none, or it knows none of them."""
        query_map = self._map_of(within)
        led = query_map.words(text) if query_map and query_map.words else None
        return np.zeros(self._dimension, dtype=np.float32) if led is None else led

    def _map_of(self, within: Collection[str] | None) -> QueryMap | None:
        return self._map_for(self._every_asked_about if within is None else self.asked_about.issuperset(within))

    @abstractmethod
    def question_scores(
        self, vector: Sequence[float] | Vectors, article_id: str
    ) -> list[tuple[tuple[int, ...], float]]:
        """Cosine of each likely question of one article, with the 款 that answer it."""

    @abstractmethod
    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""

    @abstractmethod
    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array. Raises KeyError."""

    @abstractmethod
    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""

    @abstractmethod
    def owner_of(self, place: int) -> str:
        """The regulation of the article at a place."""

    @abstractmethod
    def places(self, regulations: Sequence[Regulation]) -> Mapping[str, Places]:
        """Of each regulation where its articles stand in every score array, in the order of its text."""

    @abstractmethod
    def sharing(self, words: str, at_most: int | None = None, within: Collection[str] | None = None) -> list[str]:
        """Ids of the articles, of some regulations where these are told, whose text, or likely questions, have every
        bigram of some words; the first so many."""

    @abstractmethod
    def how_many_share(self, words: str) -> int:
        """Of how many articles `sharing` would give the id: none is looked up."""

    @abstractmethod
    def likeness(self, some: Places, others: Places) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""

    @abstractmethod
    def _score(self, sought: RankedQuestion) -> Scored: ...

    @abstractmethod
    def _paragraphs(self, query: Vectors, article_id: str) -> Iterable[tuple[int, float]]:
        """Cosine of each row of an article's 款, with its number."""

    @abstractmethod
    def _paragraph_vectors(self, article_id: str) -> Vectors:
        """(rows, dimension) of an article's 款, of the article as a whole where it has none."""

    def _sought(
        self,
        vector: Sequence[float] | Vectors,
        text: str,
        within: Collection[str] | None = None,
        also: Collection[str] = (),
    ) -> RankedQuestion:
        query, near = checked(vector, self._dimension), self.led(vector, text, within)
        words, everyday = self._words.score_both(text, words_of_the_law(text))
        return RankedQuestion(query, near, words, everyday, within, also)


@dataclass(frozen=True, slots=True, init=False)
class Sum:
    """What the standardised signals of articles come to. `has` (articles,) says which have likely questions."""

    weights: tuple[Numbers | float, ...]  # one a signal, each (articles,), or () where it is the same of all
    most: Numbers | float

    def __init__(self, has: npt.NDArray[np.bool_], *, mapped: bool, weights: SignalWeights | None = None) -> None:
        bare = MAPPED if mapped else WITHOUT_QUESTIONS
        pairs = zip(astuple(weights or WITH_QUESTIONS), astuple(weights or bare), strict=True)
        one = has[:1] if len(has) and (has == has[0]).all() else has
        object.__setattr__(self, "weights", tuple(_of_all(np.where(one, a, b)) for a, b in pairs))
        object.__setattr__(self, "most", _of_all(np.where(one | (not mapped), np.inf, _MOST)))

    def at(self, places: Places) -> "Sum":
        """The same of some articles alone."""
        made = object.__new__(Sum)
        object.__setattr__(made, "weights", tuple(_at(w, places) for w in self.weights))
        object.__setattr__(made, "most", _at(self.most, places))
        return made

    def of(
        self, article: Numbers, paragraph: Numbers, pair: Numbers, mean: Numbers, words: Numbers, everyday: Numbers
    ) -> Numbers:
        """(articles,) the sum; each signal is standardised, NaN where an article lacks it."""
        # An article without 款 or without likely questions is neither favoured nor punished for it.
        paragraph = np.where(np.isnan(paragraph), article, paragraph)
        total: Numbers = self.weights[0] * article
        total += self.weights[1] * paragraph
        for weight, signal in zip(self.weights[2:4], (pair, mean), strict=True):
            if np.any(weight):
                total += weight * np.where(np.isnan(signal), (article + paragraph) / 2, signal)
        total += self.of_words(words, everyday)
        return total

    def of_words(self, words: Numbers, everyday: Numbers) -> Numbers:
        """(articles,) the sum of articles of which nothing else tells more or less than of any."""
        said: Numbers = self.weights[4] * np.minimum(words, self.most)
        said += self.weights[5] * np.minimum(everyday, self.most)
        return said


def _at(values: Numbers | float, places: Places) -> Numbers | float:
    return values[places] if isinstance(values, np.ndarray) else values


def _of_all(values: Numbers) -> Numbers | float:
    """What is the same of all as one number."""
    return float(values[0]) if len(values) == 1 else values


def checked(vector: Sequence[float] | Vectors, dimension: int) -> Vectors:
    """A query's vector. Raises IndexMismatch when it has another dimension than the index."""
    query = np.asarray(vector, dtype=np.float32)
    if query.shape != (dimension,):
        raise IndexMismatch(
            f"索引里的向量是 {dimension} 维，现在的向量模型给出 {query.size} 维，请运行 fatiao ingest 重新编入。"
        )
    return query
