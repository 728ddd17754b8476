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

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION
from vectorstore.errors import IndexMismatch
from vectorstore.everyday import words_of_the_law
from vectorstore.script import plain
from vectorstore.snapshot import Stored, Vectors

Scores = npt.NDArray[np.float64]


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


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of all articles, each array (articles,) in the order of `Searcher.article_ids`.

    `similarity` is the best cosine of any chunk of the article; `total` is what ranks.
    """

    total: Scores
    article: Scores
    paragraph: Scores
    question: Scores
    words: Scores

    @property
    def similarity(self) -> Scores:
        """(articles,) the best cosine over article, paragraphs and likely questions."""
        return np.fmax(np.fmax(self.article, self.paragraph), self.question)

    def similarity_at(self, place: int) -> float:
        """The same of one article."""
        return max(float(s[place]) for s in (self.article, self.paragraph, self.question) if not np.isnan(s[place]))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The chunks of one kind, sorted by article: `starts` are the first rows, `owners` their articles."""

    vectors: Vectors
    starts: npt.NDArray[np.intp]
    owners: npt.NDArray[np.intp]
    numbers: list[int]
    tags: list[str]


class Searcher:
    """A generation in memory. Reading is safe from many threads.

    `article_ids` and `owners`, the regulation ids, are in the order of every score array; `asked_about` are the
    regulations that have likely questions.
    """

    def __init__(self, stored: Stored, *, likely_questions: bool = True, weights: Weights | None = None) -> None:
        seen = dict.fromkeys(str(m["article_id"]) for m in stored.metadatas if "article_id" in m)
        self.article_ids: list[str] = list(seen)
        self.owners = np.array([id_.partition("/")[0] for id_ in self.article_ids])
        self._at = {id_: i for i, id_ in enumerate(self.article_ids)}
        self._dimension = int(stored.vectors.shape[1])
        self._kinds = {
            kind: self._rows(stored, kind)
            for kind in (ARTICLE, PARAGRAPH, QUESTION)
            if kind != QUESTION or likely_questions
        }
        rows = self._kinds.get(QUESTION)
        asked = self.owners[rows.owners].tolist() if rows is not None and rows.numbers else []
        self.asked_about: frozenset[str] = frozenset(asked)
        has = np.isin(self.owners, list(self.asked_about))
        pairs = zip(astuple(weights or WITH_QUESTIONS), astuple(weights or WITHOUT_QUESTIONS), strict=True)
        self._weights: list[Scores] = [np.where(has, a, b) for a, b in pairs]  # one a signal, each (articles,)
        self._words = _Words(self._texts(stored, likely_questions))

    def score(self, vector: Sequence[float] | Vectors, text: str) -> Scored:
        """Score every article for a query vector (dimension,) of unit length and its words.

        Raises IndexMismatch when the vector has another dimension than the index.
        """
        query = np.asarray(vector, dtype=np.float32)
        if query.shape != (self._dimension,):
            raise IndexMismatch(
                f"索引里的向量是 {self._dimension} 维，现在的向量模型给出 {query.size} 维，"
                "请运行 fatiao ingest 重新编入。"
            )
        article = self._best(ARTICLE, query)
        paragraph = self._best(PARAGRAPH, query)
        question, pair, mean = self._asked(query)
        words = self._words.score(text)
        z = _standardised
        base_article, base_paragraph = z(article), z(paragraph)
        # An article without 款 or without likely questions is neither favoured nor punished for it.
        base_paragraph = np.where(np.isnan(base_paragraph), base_article, base_paragraph)
        usual = (base_article + base_paragraph) / 2
        asked = [np.where(np.isnan(signal), usual, signal) for signal in (z(pair), z(mean))]
        everyday = self._words.score_any(words_of_the_law(text))
        signals = (base_article, base_paragraph, *asked, z(words), z(everyday))
        total: Scores = np.sum([w * s for w, s in zip(self._weights, signals, strict=True)], axis=0)
        return Scored(total, article, paragraph, question, words)

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
        begin, end = self._span(rows, article_id)
        scores = _cosines(rows.vectors[begin:end], np.asarray(vector, dtype=np.float32))
        return [
            (tuple(int(n) for n in tag.split(",") if n), float(s))
            for tag, s in zip(rows.tags[begin:end], scores, strict=True)
        ]

    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array."""
        return self._at[article_id]

    def sharing(self, words: str) -> list[str]:
        """Ids of the articles whose text, or likely questions, have every bigram of some words."""
        return [self.article_ids[i] for i in self._words.sharing(words)]

    def _of_article(self, kind: str, query: Vectors, article_id: str) -> list[tuple[int, float]]:
        rows = self._kinds[kind]
        begin, end = self._span(rows, article_id)
        scores = _cosines(rows.vectors[begin:end], query)
        return [(n, float(s)) for n, s in zip(rows.numbers[begin:end], scores, strict=True)]

    def _span(self, rows: _Rows, article_id: str) -> tuple[int, int]:
        here = np.flatnonzero(rows.owners == self._at[article_id])
        if not len(here):
            return 0, 0
        first = int(here[0])
        end = int(rows.starts[first + 1]) if first + 1 < len(rows.starts) else len(rows.numbers)
        return int(rows.starts[first]), end

    def _best(self, kind: str, query: Vectors) -> Scores:
        best = np.full(len(self.article_ids), np.nan)
        rows = self._kinds.get(kind)
        if rows is not None and rows.numbers:
            best[rows.owners] = np.maximum.reduceat(_cosines(rows.vectors, query), rows.starts)
        return best

    def _asked(self, query: Vectors) -> tuple[Scores, Scores, Scores]:
        """Of each article's likely questions: the best cosine, the mean of the best two, the mean of all."""
        best, pair, mean = (np.full(len(self.article_ids), np.nan) for _ in range(3))
        rows = self._kinds.get(QUESTION)
        if rows is None or not rows.numbers:
            return best, pair, mean
        scores = _cosines(rows.vectors, query)
        counts = np.diff([*rows.starts, len(scores)])
        ranked = scores[np.lexsort((-scores, np.repeat(rows.owners, counts)))]
        second = np.minimum(rows.starts + 1, rows.starts + counts - 1)
        best[rows.owners] = ranked[rows.starts]
        pair[rows.owners] = (ranked[rows.starts] + ranked[second]) / 2
        mean[rows.owners] = np.add.reduceat(scores, rows.starts) / counts
        return best, pair, mean

    def _rows(self, stored: Stored, kind: str) -> _Rows:
        mine = [i for i, m in enumerate(stored.metadatas) if m["kind"] == kind]
        mine.sort(key=lambda i: self._at[str(stored.metadatas[i]["article_id"])])
        owners = np.array([self._at[str(stored.metadatas[i]["article_id"])] for i in mine], dtype=np.intp)
        first, starts = np.unique(owners, return_index=True) if mine else (owners, owners)
        vectors = np.ascontiguousarray(stored.vectors[mine]) if mine else np.zeros((0, self._dimension), np.float32)
        numbers = [int(stored.metadatas[i].get("paragraph", 0)) for i in mine]
        tags = [str(stored.metadatas[i].get("answered_by", "")) for i in mine]
        return _Rows(vectors, starts.astype(np.intp), first, numbers, tags)

    def _texts(self, stored: Stored, likely_questions: bool) -> list[str]:
        texts = [""] * len(self.article_ids)
        for text, metadata in zip(stored.texts, stored.metadatas, strict=True):
            if metadata["kind"] == ARTICLE or (metadata["kind"] == QUESTION and likely_questions):
                texts[self._at[str(metadata["article_id"])]] += "\n" + text
        return texts


class _Words:
    """BM25 (bm25s) over character bigrams, and whole Latin words and numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._size = len(texts)
        self._model = bm25s.BM25(k1=1.2, b=0.75)
        grams = [bigrams(t) for t in texts]
        self._known = frozenset(g for words in grams for g in words)
        if self._known:
            self._model.index(grams, show_progress=False)

    def sharing(self, words: str) -> list[int]:
        """Places of the texts that have every bigram of some words."""
        grams = set(bigrams(words))
        if not grams or not grams <= self._known:
            return []
        begins, places, tokens = self._model.scores["indptr"], self._model.scores["indices"], self._model.vocab_dict
        lists = sorted((places[begins[t] : begins[t + 1]] for t in map(tokens.__getitem__, grams)), key=len)
        held = lists[0]
        for more in lists[1:]:
            held = np.intersect1d(held, more, assume_unique=True)
        return [int(i) for i in np.sort(held)]

    def score(self, text: str) -> Scores:
        known = [g for g in dict.fromkeys(bigrams(text)) if g in self._known]
        if not known:
            return np.zeros(self._size)
        return np.asarray(self._model.get_scores(known), dtype=np.float64)

    def score_any(self, groups: Sequence[Sequence[str]]) -> Scores:
        """The sum over groups of words of the best word's score, each word's being the mean of its bigrams'."""
        total = np.zeros(self._size)
        for words in groups:
            best = np.zeros(self._size)
            for word in words:
                known = [g for g in bigrams(word) if g in self._known]
                if known:
                    best = np.maximum(best, self._sum(known) / len(known))
            total += best
        return total

    def _sum(self, grams: Sequence[str]) -> Scores:
        """What bm25s adds up for these tokens, without its way in, which takes longer than the adding."""
        begins, places, scores = (self._model.scores[k] for k in ("indptr", "indices", "data"))
        total = np.zeros(self._size)
        for token in map(self._model.vocab_dict.__getitem__, grams):
            one = slice(begins[token], begins[token + 1])
            total[places[one]] += scores[one]
        return total


def bigrams(text: str) -> list[str]:
    """Character bigrams of the Chinese runs, and Latin words and numbers whole.

    >>> bigrams("科技保险70%")
    ['科技', '技保', '保险', '70']
    """
    result: list[str] = []
    for run in re.findall(r"[一-鿿]+|[a-z0-9]+", plain(text)):
        if run[0].isascii() or len(run) == 1:
            result.append(run)
        else:
            result += [run[i : i + 2] for i in range(len(run) - 1)]
    return result


def _cosines(vectors: Vectors, query: Vectors) -> npt.NDArray[np.float32]:
    """Of unit vectors (n, dimension) with one (dimension,). On one thread: waking others takes longer than this."""
    result: npt.NDArray[np.float32] = np.vecdot(vectors, query)
    return result


def _standardised(scores: Scores) -> Scores:
    """Mean 0, deviation 1 over the articles that have the signal; NaN stays NaN."""
    have = scores[~np.isnan(scores)]
    spread = float(have.std()) if len(have) else 0.0
    return (scores - (float(have.mean()) if len(have) else 0.0)) / (spread or 1.0)
