"""Scores over volumes: Chroma's index and the words name candidates, these are scored exactly.

Where regulations are named, all of their articles are scored, whatever they resemble. Where none is: the nearest
articles, 款 and likely questions (by Chroma), the best by words, and then all articles of the regulations that have
one of the best, since an answer is judged among its neighbours. Every signal of a scored article is exact. What is not
scored stands at the mean. Mean and deviation are those of a sample, the same at every question.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from law.regulation import Article, Regulation
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION
from vectorstore.engine.lazy import Kept
from vectorstore.engine.postings import WordsOnDisk
from vectorstore.engine.volume import ASKED, PART, Block, Volume
from vectorstore.engine.volume import PARAGRAPH as PARAGRAPHS
from vectorstore.everyday import words_of_the_law
from vectorstore.query_map import QueryMap
from vectorstore.search import RUNNING, Places, Scored, Sum, checked
from vectorstore.snapshot import Vectors
from vectorstore.words import Scores

#: Candidates of each kind by Chroma, and by the words.
NEAREST, BY_WORDS = 400, 400
#: Likely questions of other regulations that are looked at where some are named.
BESIDE = 50
#: Regulations that are named are scored whole up to so many articles together.
WHOLE = 5_000
#: Articles whose scores say what is usual.
SAMPLE = 2_000
#: Regulations of which the places of the articles are kept by id.
_KEPT = 300
#: Ids of the chunks of a kind nearest to each of some vectors: `nearest(volume, kind, vectors, count)`.
Nearest = Callable[[str, str, Vectors, int], list[list[str]]]


@dataclass(frozen=True, slots=True)
class _Signals:
    """Of some articles, NaN where one lacks a signal: cosines with the question and, `near`, with the mapped one."""

    article: Scores
    paragraph: Scores
    question: Scores
    pair: Scores
    mean: Scores
    near_article: Scores
    near_paragraph: Scores

    @classmethod
    def of(cls, block: Block, query: Vectors, near: Vectors) -> "_Signals":
        cosines, mapped = (np.vecdot(block.vectors, vector) for vector in (query, near))
        size = len(block.counts)
        article, paragraph, near_article, near_paragraph, question, pair, mean = (
            np.full(size, np.nan) for _ in range(7)
        )
        for kind, own, moved in ((PART, article, near_article), (PARAGRAPHS, paragraph, near_paragraph)):
            having, rows, starts = block.rows_of(kind)
            if len(having):
                own[having] = np.maximum.reduceat(cosines[rows], starts)
                moved[having] = np.maximum.reduceat(mapped[rows], starts)
        having, rows, starts = block.rows_of(ASKED)
        if len(having):
            scores, counts = cosines[rows], block.counts[having, ASKED]
            ranked = scores[np.lexsort((-scores, np.repeat(having, counts)))]
            question[having] = ranked[starts]
            pair[having] = (ranked[starts] + ranked[np.minimum(starts + 1, starts + counts - 1)]) / 2
            mean[having] = np.add.reduceat(scores, starts) / counts
        return cls(article, paragraph, question, pair, mean, near_article, near_paragraph)


class EngineSearcher:
    """Ranks the articles of an index's volumes. Safe to share between threads."""

    def __init__(
        self,
        volumes: Sequence[Volume],
        nearest: Nearest,
        *,
        likely_questions: bool = True,
        query_map: QueryMap | None = None,
    ) -> None:
        self._volumes, self._nearest, self._query_map = volumes, nearest, query_map
        self._dimension = volumes[0].about.dimension
        sizes = [v.about.articles for v in volumes]
        self._offsets = np.cumsum([0, *sizes])
        self._size = int(self._offsets[-1])
        self._words = WordsOnDisk([v.words for v in volumes], sizes)
        self._spans, self._codes, self._live = self._regulations()
        self._names = list(self._spans)
        self._code_of = {id_: n for n, id_ in enumerate(self._names)}
        self._places_in: Kept[str, dict[str, int]] = Kept(_KEPT)
        self._counts = np.concatenate([v.counts for v in volumes])
        if not likely_questions:
            self._counts = self._counts * np.array([1, 1, 0])
        asked = self._counts[:, ASKED] > 0
        self._likely_questions = likely_questions
        self.asked_about: frozenset[str] = frozenset(self._names[c] for c in _distinct(self._codes[asked & self._live]))
        has = np.isin(self._codes, [n for n, name in enumerate(self._names) if name in self.asked_about])
        self._has = has
        self._sum = Sum(has, mapped=query_map is not None)
        self._usual = [_every(np.flatnonzero(mask & self._live)) for mask in (np.ones_like(asked), asked)]
        self._sample = [self._block(places) for places in self._usual]

    @property
    def article_ids(self) -> Sequence[str]:
        """In the order of every score array."""
        return _Ids(self._volumes, self._offsets)

    @property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Of every regulation in service its first place and how many articles it has."""
        return self._spans

    def score(
        self,
        vector: Sequence[float] | Vectors,
        text: str,
        within: Collection[str] | None = None,
        also: Collection[str] = (),
    ) -> Scored:
        """As `Ranking.score`; exact for what is named, for candidates and for their neighbours."""
        query = checked(vector, self._dimension)
        near = self._query_map(query) if self._query_map else query
        words, everyday = self._words.score(text), self._words.score_any(words_of_the_law(text))
        wanted = self._places_of(also)
        mine = self._live if within is None else self._live & self.belonging(within)
        usual = [_Signals.of(block, query, near) for block in self._sample]
        if within is not None and int(mine.sum()) <= WHOLE:
            # Whether a question is about the law at all is also told by likely questions of what is not asked for.
            beside = self._nearest_places(QUESTION, query, BESIDE) if self.asked_about - set(within) else []
            places = _distinct(np.concatenate([np.flatnonzero(mine), wanted, *beside]))
            return self._scored(places, _Signals.of(self._block(places), query, near), usual, words, everyday)
        first = _distinct(np.concatenate([self._candidates(query, near, words, everyday), wanted]))
        first = first[mine[first] | np.isin(first, wanted)]
        own = _Signals.of(self._block(first), query, near)
        total = self._total(first, own, usual, [_standard(s[first], s[self._live]) for s in (words, everyday)])
        best = first[np.argsort(-total, kind="stable")][:RUNNING]
        spans = [self._spans[self._names[c]] for c in dict.fromkeys(self._codes[best].tolist())]
        places = _distinct(np.concatenate([first, *(np.arange(at, at + count) for at, count in spans)]))
        return self._scored(places, _Signals.of(self._block(places), query, near), usual, words, everyday)

    def exactly(self, vector: Sequence[float] | Vectors, text: str) -> Scored:
        """Every article scored, as an index in memory does it: what candidates are measured against."""
        query = checked(vector, self._dimension)
        near = self._query_map(query) if self._query_map else query
        words, everyday = self._words.score(text), self._words.score_any(words_of_the_law(text))
        places = np.flatnonzero(self._live)
        own = _Signals.of(self._block(places), query, near)
        return self._scored(places, own, (own, own), words, everyday)

    def paragraph_scores(self, vector: Sequence[float] | Vectors, article_id: str) -> dict[int, float]:
        """Cosine of each 款 of one article; of its best part where it is long."""
        place = self.index_of(article_id)
        volume, own = self._volume_at(place)
        scores = self._of_kind(place, PARAGRAPHS, vector)
        result: dict[int, float] = {}
        for number, score in zip(volume.numbers_of(own), scores, strict=True):
            result[number] = max(score, result.get(number, -1.0))
        return result

    def question_scores(
        self, vector: Sequence[float] | Vectors, article_id: str
    ) -> list[tuple[tuple[int, ...], float]]:
        """Cosine of each likely question of one article, with the 款 that answer it."""
        place = self.index_of(article_id)
        if not self._likely_questions or not self._counts[place, ASKED]:
            return []
        volume, own = self._volume_at(place)
        _, asked = next(volume.texts.articles(own, 1))
        return list(zip((q.paragraphs for q in asked), self._of_kind(place, ASKED, vector), strict=True))

    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""
        if len(regulation_ids) >= len(self._spans):
            return self._live
        codes = [self._code_of[i] for i in regulation_ids if i in self._code_of]
        named = np.zeros(len(self._names) + 1, dtype=np.bool_)
        named[codes] = True
        mine: npt.NDArray[np.bool_] = named[self._codes]  # what is not in service has the last code
        return mine

    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array. Raises KeyError."""
        id_ = article_id.partition("/")[0]
        return self._places_in.get(id_, lambda: self._within(id_))[article_id]

    def _within(self, regulation_id: str) -> dict[str, int]:
        at, count = self._spans[regulation_id]
        volume, own = self._volume_at(at)
        return {id_.decode(): at + n for n, id_ in enumerate(volume.ids[own : own + count].tolist())}

    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""
        ids = self.article_ids
        return [ids[int(i)] for i in places]

    def heads(self, places: Places) -> dict[str, Article]:
        """The articles at some places without their text, by id."""
        found: list[Article] = []
        ordered = np.sort(places)
        cuts = np.searchsorted(ordered, self._offsets[1:-1])
        for volume, some, at in zip(self._volumes, np.split(ordered, cuts), self._offsets, strict=False):
            found += volume.texts.heads([int(p) for p in some - at]) if len(some) else []
        return {a.id: a for a in found}

    def owner_of(self, place: int) -> str:
        """The regulation of the article at a place."""
        return self._names[int(self._codes[place])]

    def places(self, regulations: Sequence[Regulation]) -> Mapping[str, Places]:
        """Of each regulation where its articles stand in every score array, in the order of its text."""
        return _Spans(self._spans)

    def sharing(self, words: str, at_most: int | None = None) -> list[str]:
        """Ids of the articles whose text, or likely questions, have every bigram of some words; the first so many."""
        places = self._words.sharing(words)
        return [self.article_ids[int(i)] for i in places[self._live[places]][:at_most]]

    def likeness(self, some: Places, others: Places) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""
        result: Vectors = self._wholes(some) @ self._wholes(others).T
        return result

    def norms_at(self, place: int) -> str | None:
        """The norms of the article at a place, packed."""
        volume, own = self._volume_at(place)
        return volume.texts.norms(own)

    def volume_at(self, place: int) -> tuple[Volume, int]:
        """The volume of a place, and the place within it."""
        return self._volume_at(place)

    def _scored(
        self, places: Places, own: _Signals, usual: Sequence[_Signals], words: Scores, everyday: Scores
    ) -> Scored:
        whole, _ = usual
        said = [_standard(s, s[self._live]) for s in (words, everyday)]
        zero = np.zeros(self._size)
        total = self._sum.of(zero, zero, zero, zero, *said)
        total[~self._live] = -np.inf
        total[places] = self._total(places, own, usual, [s[places] for s in said])
        return Scored(
            total,
            self._spread(places, own.article, whole.article, PART),
            self._spread(places, own.paragraph, whole.paragraph, PARAGRAPHS),
            self._spread(places, own.question, usual[1].question, ASKED),
            words,
            self._spread(
                places,
                np.fmax(own.near_article, own.near_paragraph),
                np.fmax(whole.near_article, whole.near_paragraph),
                PART,
            ),
            everyday,
        )

    def _total(self, places: Places, own: _Signals, usual: Sequence[_Signals], said: Sequence[Scores]) -> Scores:
        """What the signals of the articles at some places come to; `said` are those of the words, standardised."""
        whole, asked = usual
        return self._sum.at(places).of(
            _standard(own.near_article, whole.near_article),
            _standard(own.near_paragraph, whole.near_paragraph),
            _standard(own.pair, asked.pair),
            _standard(own.mean, asked.mean),
            *said,
        )

    def _spread(self, places: Places, scores: Scores, usual: Scores, kind: int) -> Scores:
        """(articles,) the scores where there are any, what is usual elsewhere, NaN where there can be none."""
        having = (self._counts[:, kind] > 0) & self._live
        mean = float(np.nanmean(usual)) if having.any() and not np.isnan(usual).all() else np.nan
        # What is left stands where the mean of all comes out as that of the sample.
        left = int(having.sum()) - int(having[places].sum())
        rest = (mean * int(having.sum()) - float(np.nansum(scores))) / left if left else mean
        result = np.where(having, max(rest, -1.0), np.nan)
        result[places] = scores
        return result

    def _candidates(self, query: Vectors, near: Vectors, words: Scores, everyday: Scores) -> Places:
        found = [_best(scores, BY_WORDS) for scores in (words, everyday)]
        for kind, vector in ((ARTICLE, near), (PARAGRAPH, near), (QUESTION, query)):
            found += self._nearest_places(kind, vector, NEAREST)
        places = _distinct(np.concatenate(found))
        return places[self._live[places]]

    def _nearest_places(self, kind: str, vector: Vectors, count: int) -> list[Places]:
        """Where the articles of the chunks of a kind stand that Chroma finds nearest, of each volume."""
        found: list[Places] = []
        for volume, offset in zip(self._volumes, self._offsets.tolist(), strict=False):
            most = min(count, volume.about.kinds.get(kind, 0))
            if not most or (kind == QUESTION and not self._likely_questions):
                continue
            (ids,) = self._nearest(volume.about.name, kind, vector[None], most)
            places = volume.find(list(dict.fromkeys(i.rpartition("#")[0] for i in ids)))
            places = places[places >= 0] + offset
            found.append(places[self._live[places]])
        return found

    def _block(self, places: Places) -> Block:
        """The rows of articles at some places, ascending, of whichever volume."""
        cuts = np.searchsorted(places, self._offsets[1:-1])
        parts = [
            v.block(p - at) for v, p, at in zip(self._volumes, np.split(places, cuts), self._offsets, strict=False)
        ]
        whole = (
            parts[0]
            if len(parts) == 1
            else Block(np.concatenate([p.vectors for p in parts]), np.concatenate([p.counts for p in parts]))
        )
        return whole if self._likely_questions else whole.without_questions()

    def _of_kind(self, place: int, kind: int, vector: Sequence[float] | Vectors) -> list[float]:
        block = self._block(np.array([place]))
        _, rows, _ = block.rows_of(kind)
        return [float(s) for s in np.vecdot(block.vectors[rows], np.asarray(vector, dtype=np.float32))]

    def _wholes(self, places: Places) -> Vectors:
        order = np.argsort(places, kind="stable")
        block = self._block(places[order])
        first = np.concatenate([[0], np.cumsum(block.counts.sum(1))[:-1]]).astype(np.intp)
        result = np.empty((len(places), self._dimension), dtype=np.float32)
        result[order] = block.vectors[first]
        return result

    def _places_of(self, ids: Collection[str]) -> Places:
        held = [self.index_of(i) for i in ids if i.partition("/")[0] in self._spans]
        return np.array(sorted(held), dtype=np.intp)

    def _volume_at(self, place: int) -> tuple[Volume, int]:
        n = int(np.searchsorted(self._offsets, place, side="right")) - 1
        n = min(n, len(self._volumes) - 1)
        return self._volumes[n], place - int(self._offsets[n])

    def _regulations(self) -> tuple[dict[str, tuple[int, int]], Places, npt.NDArray[np.bool_]]:
        """Where the regulations in service stand, the number of each article's regulation, and which are in service."""
        spans: dict[str, tuple[int, int]] = {}
        gone = {id_ for v in self._volumes for id_ in v.about.gone}
        for n, (volume, offset) in enumerate(zip(self._volumes, self._offsets.tolist(), strict=False)):
            for entry in volume.texts.entries():
                if n or entry.id not in gone:
                    spans[entry.id] = (offset + entry.first, entry.count)
        spans = dict(sorted(spans.items()))
        codes, live = np.full(self._size, len(spans), dtype=np.intp), np.zeros(self._size, dtype=np.bool_)
        for code, (at, count) in enumerate(spans.values()):
            codes[at : at + count] = code
            live[at : at + count] = True
        return spans, codes, live


class _Ids(Sequence[str]):
    """The ids of all articles, decoded as they are looked at."""

    def __init__(self, volumes: Sequence[Volume], offsets: npt.NDArray[np.intp]) -> None:
        self._volumes, self._offsets = volumes, offsets

    def __len__(self) -> int:
        return int(self._offsets[-1])

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        n = int(np.searchsorted(self._offsets, at, side="right")) - 1
        return bytes(self._volumes[n].ids[at - int(self._offsets[n])]).decode()


class _Spans(Mapping[str, Places]):
    """Places by regulation, counted out as they are looked at."""

    def __init__(self, spans: Mapping[str, tuple[int, int]]) -> None:
        self._spans = spans

    def __getitem__(self, id_: str) -> Places:
        at, count = self._spans[id_]
        return np.arange(at, at + count)

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def _distinct(places: Places) -> Places:
    """Each once, ascending. numpy's own way imports its masked arrays at the first call."""
    ordered = np.sort(places)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _every(places: Places) -> Places:
    """SAMPLE of them, evenly."""
    return places if len(places) <= SAMPLE else places[np.linspace(0, len(places) - 1, SAMPLE).astype(np.intp)]


def _best(scores: Scores, count: int) -> Places:
    """Places of the best that are above nothing."""
    if count >= len(scores):
        return np.flatnonzero(scores > 0)
    best = np.argpartition(-scores, count)[:count]
    return best[scores[best] > 0]


def _standard(scores: Scores, usual: Scores) -> Scores:
    """By mean and deviation of what is usual; NaN stays NaN."""
    have = usual[~np.isnan(usual)]
    result: Scores = (scores - have.mean()) / (float(have.std()) or 1.0) if len(have) else scores
    return result
