"""A generation in memory, ranked: every article is scored, whichever are asked for."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from law.regulation import Regulation
from vectorstore.arrays import Places, Scores, Vectors, deviation
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION
from vectorstore.ranking.query_map import MapFor, no_map
from vectorstore.ranking.ranker import RankedQuestion, Ranker, Scored, SignalWeights, Sum
from vectorstore.ranking.rows import Rows
from vectorstore.ranking.words import ListsInMemory, Words
from vectorstore.snapshot import Stored

#: Of so many words it is kept how many articles share them, and of so many which: the things that a message asks are
#: looked for in its own words.
_COUNTED, _SHARED = 4096, 512


class Searcher(Ranker):
    """A generation in memory. Reading is safe from many threads.

    `article_ids` and `owners`, the regulation ids, are in the order of every score array; `asked_about` are the
    regulations that have likely questions.
    """

    def __init__(
        self,
        stored: Stored,
        *,
        likely_questions: bool = True,
        weights: SignalWeights | None = None,
        map_for: MapFor = no_map,
    ) -> None:
        seen = dict.fromkeys(str(m["article_id"]) for m in stored.metadatas if "article_id" in m)
        self._ids: list[str] = list(seen)
        self.owners = np.array([id_.partition("/")[0] for id_ in self.article_ids])
        codes = {id_: n for n, id_ in enumerate(dict.fromkeys(self.owners.tolist()))}
        self._codes, self._owner_codes = codes, np.array([codes[id_] for id_ in self.owners.tolist()], dtype=np.intp)
        self._at = {id_: i for i, id_ in enumerate(self.article_ids)}
        self._dimension = int(stored.vectors.shape[1])
        self._map_for = map_for
        self._kinds = {
            kind: self._rows(stored, kind)
            for kind in (ARTICLE, PARAGRAPH, QUESTION)
            if kind != QUESTION or likely_questions
        }
        wholes = self._kinds[ARTICLE]
        self._first_rows = np.full(len(self._ids), -1, dtype=np.intp)
        self._first_rows[wholes.owners] = wholes.starts
        rows = self._kinds.get(QUESTION)
        asked = self.owners[rows.owners].tolist() if rows is not None and rows.numbers else []
        self.asked_about: frozenset[str] = frozenset(asked)
        has = np.isin(self.owners, list(self.asked_about))
        self._every_asked_about = bool(has.all())
        self._mapped = map_for(self._every_asked_about) is not None
        self._sum = Sum(has, mapped=self._mapped, weights=weights)
        self._words = Words([ListsInMemory(self._texts(stored, likely_questions))], [len(self._ids)])
        sharing = self._words.sharing  # not of self: a generation that is replaced is let go at once
        self._counted = lru_cache(maxsize=_COUNTED)(lambda words: len(sharing(words)))
        self._shared = lru_cache(maxsize=_SHARED)(sharing)

    @property
    def article_ids(self) -> list[str]:
        """In the order of every score array."""
        return self._ids

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
        wanted = np.zeros(len(self._codes), dtype=np.bool_)
        wanted[[self._codes[i] for i in regulation_ids if i in self._codes]] = True
        return wanted[self._owner_codes]

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

    def sharing(self, words: str, at_most: int | None = None, within: Collection[str] | None = None) -> list[str]:
        """Ids of the articles, of some regulations where these are told, that have every bigram of some words."""
        places = self._shared(words)
        if within is not None:
            places = places[self.belonging(within)[places]]
        return [self.article_ids[i] for i in places[:at_most]]

    def how_many_share(self, words: str) -> int:
        """Of how many articles `sharing` would give the id."""
        return self._counted(words)

    def likeness(self, some: Places, others: Places) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""
        result: Vectors = self._wholes(some) @ self._wholes(others).T
        return result

    def _wholes(self, places: Places) -> Vectors:
        """(places, dimension) of the articles at some places; zeros where one has no vector."""
        first = self._first_rows[places]
        vectors = np.zeros((len(first), self._dimension), dtype=np.float32)
        vectors[first >= 0] = self._kinds[ARTICLE].vectors[first[first >= 0]]
        return vectors

    def _score(self, sought: RankedQuestion) -> Scored:
        query, near = sought.query, sought.near
        article, paragraph = self._best(ARTICLE, query), self._best(PARAGRAPH, query)
        question, pair, mean = self._asked(query)
        near_article, near_paragraph = article, paragraph
        if self._mapped:
            near_article, near_paragraph = self._best(ARTICLE, near), self._best(PARAGRAPH, near)
        ranks = (near_article, near_paragraph, pair, mean, sought.words, sought.everyday)
        total = np.asarray(self._sum.of(*_standardised(np.array(ranks))), dtype=np.float64)
        likest = np.fmax(near_article, near_paragraph)
        return Scored(total, article, paragraph, question, sought.words, likest, sought.everyday)

    def _paragraphs(self, query: Vectors, article_id: str) -> list[tuple[int, float]]:
        rows = self._kinds[PARAGRAPH]
        begin, end = rows.span(self._at[article_id])
        scores = np.vecdot(rows.vectors[begin:end], query)
        return [(n, float(s)) for n, s in zip(rows.numbers[begin:end], scores, strict=True)]

    def _paragraph_vectors(self, article_id: str) -> Vectors:
        for kind in (PARAGRAPH, ARTICLE):
            rows = self._kinds[kind]
            begin, end = rows.span(self._at[article_id])
            if begin < end:
                break
        return rows.vectors[begin:end]

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
        counts = rows.counts
        first = np.maximum.reduceat(scores, rows.starts)
        others = scores.copy()
        others[rows.first_of(scores, first)] = -np.inf
        second = np.where(counts > 1, np.maximum.reduceat(others, rows.starts), first)
        best[rows.owners] = first
        pair[rows.owners] = (first + second) / 2
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


def _standardised(signals: Scores) -> Scores:
    """(signals, articles), each with mean 0 and deviation 1 over the articles that have it; NaN stays NaN."""
    count = signals.shape[1] or 1
    apart = signals - np.add.reduce(signals, axis=1, keepdims=True) / count
    spread = np.sqrt(np.add.reduce(apart * apart, axis=1, keepdims=True) / count)
    apart /= np.where(spread == 0, 1.0, spread)
    for row in np.flatnonzero(np.isnan(spread)):
        have = signals[row][~np.isnan(signals[row])]
        if len(have):
            apart[row] = (signals[row] - np.add.reduce(have) / len(have)) / (deviation(have) or 1.0)
    return apart
