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

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from law.regulation import Regulation
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION
from vectorstore.errors import IndexMismatch
from vectorstore.everyday import words_of_the_law
from vectorstore.query_map import QueryMap
from vectorstore.rows import Rows
from vectorstore.snapshot import Stored, Vectors
from vectorstore.words import Scores, Words


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each standardised signal counts; fitted by `python -m evals.calibrate`."""

    article: float
    paragraph: float
    question: float
    questions: float
    words: float
    everyday: float


#: For the articles of a regulation with likely questions, and of one without.
WITH_QUESTIONS = Weights(0.3, 0.5, 1.0, 0.5, 0.7, 0.2)
WITHOUT_QUESTIONS = Weights(1.0, 1.5, 0.0, 0.0, 0.5, 0.7)
#: And of one without, where the question's vector is mapped; words then count up to so many deviations, since among
#: thousands of articles a rare word stands sixteen above the mean and the nearest article five.
MAPPED, _MOST = Weights(1.5, 1.0, 0.0, 0.0, 0.2, 0.4), 5.0
#: Where no regulation is named, those of so many best articles are ranked.
RUNNING = 30
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
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

    def similarity_at(self, place: int) -> float:
        """The best cosine of an article, its paragraphs and its likely questions."""
        return max(float(s[place]) for s in (self.article, self.paragraph, self.question) if not np.isnan(s[place]))


class Ranking(Protocol):
    """What scores articles, however it holds them: `Searcher` in memory, `engine.searcher` beside Chroma's index."""

    asked_about: frozenset[str]

    @property
    def article_ids(self) -> Sequence[str]:
        """In the order of every score array."""
        ...

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
        ...

    def paragraph_scores(self, vector: Sequence[float] | Vectors, article_id: str) -> dict[int, float]:
        """Cosine of each 款 of one article; of its best part where it is long."""
        ...

    def question_scores(
        self, vector: Sequence[float] | Vectors, article_id: str
    ) -> list[tuple[tuple[int, ...], float]]:
        """Cosine of each likely question of one article, with the 款 that answer it."""
        ...

    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""
        ...

    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array. Raises KeyError."""
        ...

    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""
        ...

    def owner_of(self, place: int) -> str:
        """The regulation of the article at a place."""
        ...

    def places(self, regulations: Sequence[Regulation]) -> Mapping[str, Places]:
        """Of each regulation where its articles stand in every score array, in the order of its text."""
        ...

    def sharing(self, words: str, at_most: int | None = None) -> list[str]:
        """Ids of the articles whose text, or likely questions, have every bigram of some words; the first so many."""
        ...

    def likeness(self, some: Places, others: Places) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""
        ...


class Searcher:
    """A generation in memory. Reading is safe from many threads.

    `article_ids` and `owners`, the regulation ids, are in the order of every score array; `asked_about` are the
    regulations that have likely questions.
    """

    def __init__(
        self,
        stored: Stored,
        *,
        likely_questions: bool = True,
        weights: Weights | None = None,
        query_map: QueryMap | None = None,
    ) -> None:
        seen = dict.fromkeys(str(m["article_id"]) for m in stored.metadatas if "article_id" in m)
        self.article_ids: list[str] = list(seen)
        self.owners = np.array([id_.partition("/")[0] for id_ in self.article_ids])
        codes = {id_: n for n, id_ in enumerate(dict.fromkeys(self.owners.tolist()))}
        self._codes, self._owner_codes = codes, np.array([codes[id_] for id_ in self.owners.tolist()], dtype=np.intp)
        self._at = {id_: i for i, id_ in enumerate(self.article_ids)}
        self._dimension = int(stored.vectors.shape[1])
        self._query_map = query_map
        self._kinds = {
            kind: self._rows(stored, kind)
            for kind in (ARTICLE, PARAGRAPH, QUESTION)
            if kind != QUESTION or likely_questions
        }
        rows = self._kinds.get(QUESTION)
        asked = self.owners[rows.owners].tolist() if rows is not None and rows.numbers else []
        self.asked_about: frozenset[str] = frozenset(asked)
        has = np.isin(self.owners, list(self.asked_about))
        self._sum = Sum(has, mapped=query_map is not None, weights=weights)
        self._words = Words(self._texts(stored, likely_questions))

    def score(
        self,
        vector: Sequence[float] | Vectors,
        text: str,
        within: Collection[str] | None = None,
        also: Collection[str] = (),
    ) -> Scored:
        """Score every article, whichever are asked for."""
        query = checked(vector, self._dimension)
        article = self._best(ARTICLE, query)
        paragraph = self._best(PARAGRAPH, query)
        question, pair, mean = self._asked(query)
        words = self._words.score(text)
        z = _standardised
        near_article, near_paragraph = article, paragraph
        if self._query_map:
            near = self._query_map(query)
            near_article, near_paragraph = self._best(ARTICLE, near), self._best(PARAGRAPH, near)
        everyday = self._words.score_any(words_of_the_law(text))
        total = self._sum.of(*map(z, (near_article, near_paragraph, pair, mean, words, everyday)))
        return Scored(total, article, paragraph, question, words, np.fmax(near_article, near_paragraph), everyday)

    def paragraph_scores(self, vector: Sequence[float] | Vectors, article_id: str) -> dict[int, float]:
        """Cosine of each 款 of one article; of its best part where it is long."""
        query = np.asarray(vector, dtype=np.float32)
        result: dict[int, float] = {}
        for number, score in self._of_article(PARAGRAPH, query, article_id):
            result[number] = max(score, result.get(number, -1.0))
        return result

    def question_scores(
        self, vector: Sequence[float] | Vectors, article_id: str
    ) -> list[tuple[tuple[int, ...], float]]:
        """Cosine of each likely question of one article, with the 款 that answer it."""
        rows = self._kinds.get(QUESTION)
        if rows is None or not rows.numbers:
            return []
        begin, end = rows.span(self._at[article_id])
        scores = np.vecdot(rows.vectors[begin:end], np.asarray(vector, dtype=np.float32))
        return [
            (tuple(int(n) for n in tag.split(",") if n), float(s))
            for tag, s in zip(rows.tags[begin:end], scores, strict=True)
        ]

    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""
        if len(regulation_ids) >= len(self._codes):
            return np.ones(len(self.article_ids), dtype=np.bool_)
        return np.isin(self._owner_codes, [self._codes[i] for i in regulation_ids if i in self._codes])

    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array."""
        return self._at[article_id]

    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""
        return [self.article_ids[i] for i in places]

    def owner_of(self, place: int) -> str:
        """The regulation of the article at a place."""
        return str(self.owners[place])

    def places(self, regulations: Sequence[Regulation]) -> Mapping[str, Places]:
        """Of each regulation where its articles stand in every score array, in the order of its text."""
        return {r.id: np.array([self._at[a.id] for a in r.articles], dtype=np.intp) for r in regulations}

    def sharing(self, words: str, at_most: int | None = None) -> list[str]:
        """Ids of the articles whose text, or likely questions, have every bigram of some words; the first so many."""
        return [self.article_ids[i] for i in self._words.sharing(words)[:at_most]]

    def likeness(self, some: npt.NDArray[np.intp], others: npt.NDArray[np.intp]) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""
        rows = self._kinds[ARTICLE]
        first = np.zeros((len(self.article_ids), self._dimension), dtype=np.float32)
        first[rows.owners] = np.asarray(rows.vectors[rows.starts], dtype=np.float32)
        result: Vectors = first[some] @ first[others].T
        return result

    def _of_article(self, kind: str, query: Vectors, article_id: str) -> list[tuple[int, float]]:
        rows = self._kinds[kind]
        begin, end = rows.span(self._at[article_id])
        scores = np.vecdot(rows.vectors[begin:end], query)
        return [(n, float(s)) for n, s in zip(rows.numbers[begin:end], scores, strict=True)]

    def _best(self, kind: str, query: Vectors) -> Scores:
        best = np.full(len(self.article_ids), np.nan)
        rows = self._kinds.get(kind)
        if rows is not None and rows.numbers:
            best[rows.owners] = np.maximum.reduceat(rows.cosines(query), rows.starts)
        return best

    def _asked(self, query: Vectors) -> tuple[Scores, Scores, Scores]:
        """Of each article's likely questions: the best cosine, the mean of the best two, the mean of all."""
        best, pair, mean = (np.full(len(self.article_ids), np.nan) for _ in range(3))
        rows = self._kinds.get(QUESTION)
        if rows is None or not rows.numbers:
            return best, pair, mean
        scores = rows.cosines(query)
        counts = np.diff([*rows.starts, len(scores)])
        ranked = scores[np.lexsort((-scores, np.repeat(rows.owners, counts)))]
        second = np.minimum(rows.starts + 1, rows.starts + counts - 1)
        best[rows.owners] = ranked[rows.starts]
        pair[rows.owners] = (ranked[rows.starts] + ranked[second]) / 2
        mean[rows.owners] = np.add.reduceat(scores, rows.starts) / counts
        return best, pair, mean

    def _rows(self, stored: Stored, kind: str) -> Rows:
        mine = [i for i, m in enumerate(stored.metadatas) if m["kind"] == kind]
        mine.sort(key=lambda i: self._at[str(stored.metadatas[i]["article_id"])])
        owners = np.array([self._at[str(stored.metadatas[i]["article_id"])] for i in mine], dtype=np.intp)
        first, starts = np.unique(owners, return_index=True) if mine else (owners, owners)
        vectors = np.ascontiguousarray(stored.vectors[mine]) if mine else np.zeros((0, self._dimension), np.float32)
        numbers = [int(stored.metadatas[i].get("paragraph", 0)) for i in mine]
        tags = [str(stored.metadatas[i].get("answered_by", "")) for i in mine]
        return Rows(vectors, starts.astype(np.intp), first, numbers, tags)

    def _texts(self, stored: Stored, likely_questions: bool) -> list[str]:
        texts = [""] * len(self.article_ids)
        for text, metadata in zip(stored.texts, stored.metadatas, strict=True):
            if metadata["kind"] == ARTICLE or (metadata["kind"] == QUESTION and likely_questions):
                texts[self._at[str(metadata["article_id"])]] += "\n" + text
        return texts


@dataclass(frozen=True, slots=True, init=False)
class Sum:
    """What the standardised signals of articles come to. `has` (articles,) says which have likely questions."""

    weights: tuple[Scores, ...]  # one a signal, each (articles,)
    most: Scores

    def __init__(self, has: npt.NDArray[np.bool_], *, mapped: bool, weights: Weights | None = None) -> None:
        bare = MAPPED if mapped else WITHOUT_QUESTIONS
        pairs = zip(astuple(weights or WITH_QUESTIONS), astuple(weights or bare), strict=True)
        object.__setattr__(self, "weights", tuple(np.where(has, a, b) for a, b in pairs))
        object.__setattr__(self, "most", np.where(has | (not mapped), np.inf, _MOST))

    def at(self, places: Places) -> "Sum":
        """The same of some articles alone."""
        made = object.__new__(Sum)
        object.__setattr__(made, "weights", tuple(w[places] for w in self.weights))
        object.__setattr__(made, "most", self.most[places])
        return made

    def of(
        self, article: Scores, paragraph: Scores, pair: Scores, mean: Scores, words: Scores, everyday: Scores
    ) -> Scores:
        """(articles,) the sum; each signal is standardised, NaN where an article lacks it."""
        # An article without 款 or without likely questions is neither favoured nor punished for it.
        paragraph = np.where(np.isnan(paragraph), article, paragraph)
        usual = (article + paragraph) / 2
        asked = [np.where(np.isnan(signal), usual, signal) for signal in (pair, mean)]
        said = [np.minimum(signal, self.most) for signal in (words, everyday)]
        total = np.zeros(len(article))
        for weight, signal in zip(self.weights, (article, paragraph, *asked, *said), strict=True):
            total += weight * signal
        return total


def checked(vector: Sequence[float] | Vectors, dimension: int) -> Vectors:
    """A query's vector. Raises IndexMismatch when it has another dimension than the index."""
    query = np.asarray(vector, dtype=np.float32)
    if query.shape != (dimension,):
        raise IndexMismatch(
            f"索引里的向量是 {dimension} 维，现在的向量模型给出 {query.size} 维，请运行 fatiao ingest 重新编入。"
        )
    return query


def _standardised(scores: Scores) -> Scores:
    """Mean 0, deviation 1 over the articles that have the signal; NaN stays NaN."""
    missing = np.isnan(scores)
    have = scores[~missing] if missing.any() else scores
    return (scores - have.mean()) / (float(have.std()) or 1.0) if len(have) else scores
