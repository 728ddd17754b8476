"""Scores over volumes: few articles are scored exactly, and these are all that can be among the best.

Where regulations are named, all of their articles are scored, whatever they resemble. Where none is, a scan of all
rows' sketches (up to SCANNED chunks) or Chroma's own index (beyond) names candidates; they are scored exactly, and with
them the articles of the regulations that have one of the best, since an answer is judged among its neighbours. What is
not scored exactly stands where the scan sees it, or at the mean. What is usual of a signal is
told by sums kept at ingest (`usual`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from law.regulation import Article, Regulation
from vectorstore.arrays import Numbers, Places, Scores, Vectors, highest
from vectorstore.chunks import QUESTION
from vectorstore.engine.candidates import ByIndex, Nearest, distinct, every
from vectorstore.engine.layout import Spans, VolumeLayout
from vectorstore.engine.lazy import Kept
from vectorstore.engine.rows import ASKED, KINDS, PARAGRAPH, PART, ArticleRows
from vectorstore.engine.scan import Scan
from vectorstore.engine.signal_means import SUMMED, Moments, Several, Statistics, Usual, standard
from vectorstore.engine.signals import Likeness, RowsOfArticles, Signals
from vectorstore.engine.volume import Volume
from vectorstore.ranking.query_map import MapFor, no_map
from vectorstore.ranking.ranker import RUNNING, RankedQuestion, Ranker, Scored, Sum
from vectorstore.ranking.words import Words

#: An index of at most so many chunks is scanned; of a larger one Chroma's index names the candidates.
SCANNED = 3_000_000
#: Of a scan so many articles are looked at more nearly at most, of these so many scored exactly, and the regulations of
#: so many whole.
NEARER, EXACTLY, NEIGHBOURS = 12_000, 1_000, 10
#: And none that lies further behind the best RUNNING, in the sum that ranks: the few axes of the scan, then the more
#: axes of the nearer look, do not err by so much.
_FEW_AXES, _MORE_AXES = 3.5, 2.0
#: Likely questions of other regulations that are looked at where some are named.
BESIDE = 50
#: Regulations that are named are scored whole up to so many articles together.
WHOLE = 5_000
#: Articles with several rows of a kind, and articles with likely questions, whose scores say what is usual of these.
SAMPLE = 6_000
#: Words of which it is kept how many articles have them.
_COUNTED = 20_000


class EngineSearcher(Ranker):
    """Ranks the articles of an index's volumes. Safe to share between threads."""

    def __init__(
        self,
        volumes: Sequence[Volume],
        nearest: Nearest,
        *,
        likely_questions: bool = True,
        map_for: MapFor = no_map,
    ) -> None:
        self._layout = layout = VolumeLayout(volumes)
        self._likely_questions, self._map_for = likely_questions, map_for
        self._dimension = volumes[0].about.dimension
        self._sharers: Kept[str, int] = Kept(_COUNTED)
        self._words = Words([v.words for v in volumes], [v.about.articles for v in volumes])
        self._index = ByIndex(layout, nearest, likely_questions)
        counts = np.concatenate([v.counts for v in volumes])
        self._counts = counts if likely_questions else counts * np.array([1, 1, 0])
        self._rows = [RowsOfArticles.of(self._counts[:, kind]) for kind in KINDS]
        self.scans = sum(v.about.rows for v in volumes) <= SCANNED
        self._having = [(self._counts[:, kind] > 0) & layout.live for kind in KINDS]
        self._many = [int(having.sum()) for having in self._having]
        asked = self._counts[:, ASKED] > 0
        codes = distinct(layout.codes[asked & layout.live])
        self.asked_about: frozenset[str] = frozenset(layout.names[c] for c in codes)
        has = np.isin(layout.codes, codes)
        self._every_asked_about = bool(has[layout.live].all())
        self._sum = Sum(has, mapped=map_for(self._every_asked_about) is not None)
        sample = self._block(every(np.flatnonzero(asked & layout.live), SAMPLE))
        self._statistics = Statistics(
            Moments.joined([v.moments for v in volumes]), [self._several(kind) for kind in SUMMED], sample
        )

    @property
    def article_ids(self) -> Sequence[str]:
        """In the order of every score array."""
        return self._layout.ids

    def exactly(self, vector: Sequence[float] | Vectors, text: str) -> Scored:
        """Every article scored, as an index in memory does it: what candidates are measured against."""
        sought = self._sought(vector, text)
        said = [standard(s, self._layout.dead) for s in (sought.words, sought.everyday)]
        places = np.flatnonzero(self._layout.live)
        own = Signals.of(self._block(places), sought.query, sought.near)
        total = self._totals(places, own, Usual.of(own.ranks), said, None)
        return self._scored(places, own, (0.0,) * 4, total, (sought.words, sought.everyday), None)

    def question_scores(
        self, vector: Sequence[float] | Vectors, article_id: str
    ) -> list[tuple[tuple[int, ...], float]]:
        """Cosine of each likely question of one article, with the 款 that answer it."""
        place = self.index_of(article_id)
        if not self._counts[place, ASKED]:
            return []
        volume, own = self._layout.volume_at(place)
        _, asked, _ = next(volume.texts.articles(own, 1))
        return list(zip((q.paragraphs for q in asked), self._of_kind(place, ASKED, vector), strict=True))

    def belonging(self, regulation_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """(articles,) whether each article is of one of these regulations."""
        return self._layout.belonging(regulation_ids)

    def index_of(self, article_id: str) -> int:
        """The place of an article in every score array. Raises KeyError."""
        return self._layout.index_of(article_id)

    def within_its_own(self, article_id: str) -> int:
        """Which of the articles of its regulation it is, from 0. Raises KeyError."""
        return self.index_of(article_id) - self._layout.spans[article_id.partition("/")[0]][0]

    def ids_at(self, places: Places) -> list[str]:
        """The ids of the articles at some places."""
        return self._layout.ids_at(places)

    def heads(self, places: Places) -> dict[str, Article]:
        """The articles at some places without their text, by id."""
        return self._layout.heads(places)

    def owner_of(self, place: int) -> str:
        """The regulation of the article at a place."""
        return self._layout.names[int(self._layout.codes[place])]

    def places(self, regulations: Sequence[Regulation]) -> Mapping[str, Places]:
        """Of each regulation where its articles stand in every score array, in the order of its text."""
        return Spans(self._layout.spans)

    def sharing(self, words: str, at_most: int | None = None, within: Collection[str] | None = None) -> list[str]:
        """Ids of the articles, of some regulations where these are told, that have every bigram of some words."""
        places = self._words.sharing(words)
        mine = self._layout.live if within is None else self.belonging(within)
        return self.ids_at(places[mine[places]][:at_most])

    def how_many_share(self, words: str) -> int:
        """Of how many articles `sharing` would give the id. Kept: questions go on asking for the same words."""
        return self._sharers.get(words, lambda: int(np.count_nonzero(self._layout.live[self._words.sharing(words)])))

    def likeness(self, some: Places, others: Places) -> Vectors:
        """(some, others) cosines of the articles at some places with those at others, each as a whole."""
        result: Vectors = self._wholes(some) @ self._wholes(others).T
        return result

    def norms_at(self, place: int) -> str | None:
        """The norms of the article at a place, packed."""
        volume, own = self._layout.volume_at(place)
        return volume.texts.norms(own)

    def norms_with(self, words: str, regulation_id: str) -> list[tuple[int, str]]:
        """Of a regulation the places of the articles in whose packed norms some words stand, and these norms."""
        at, count = self._layout.spans[regulation_id]
        volume, own = self._layout.volume_at(at)
        return [(at - own + place, said) for place, said in volume.texts.norms_with(words, own, count)]

    def volume_at(self, place: int) -> tuple[Volume, int]:
        """The volume of a place, and the place within it."""
        return self._layout.volume_at(place)

    def _score(self, sought: RankedQuestion) -> Scored:
        """Exact for what is named, for candidates and for the neighbours of the best."""
        query, near, words, everyday, within = sought.query, sought.near, sought.words, sought.everyday, sought.within
        wanted = self._layout.places_of(sought.also)
        mine = self._layout.live if within is None else self.belonging(within)
        said = [standard(s.astype(np.float32), self._layout.dead) for s in (words, everyday)]
        total: Numbers | None = None
        named = within is not None and int(mine.sum()) <= WHOLE
        scan = Scan(self._layout.volumes, self._rows, query, near) if self.scans and not named else None
        rough = scan.likeness() if scan else None
        usual, means = self._statistics.usual(query, near, rough)
        if named:
            # Whether a question is about the law at all is also told by likely questions of what is not asked for.
            others = self.asked_about - set(within or ())
            beside = self._index.nearest(QUESTION, query, BESIDE) if others else []
            places = np.concatenate([np.flatnonzero(mine), wanted, *beside])
        elif scan and rough:
            total = usual.total(self._sum, rough, said)
            places = np.concatenate([self._seen(scan, total, usual, said, mine), wanted])
        else:
            first = self._index.candidates(query, near, (words, everyday))
            places = self._with_neighbours(first[mine[first]], query, near, usual, said)
            places = np.concatenate([places, wanted])
        places = distinct(places)
        own = Signals.of(self._counted(self._layout.block_kept(places)), query, near)
        total = self._totals(places, own, usual, said, total)
        return self._scored(places, own, means, total, (words, everyday), rough)

    def _several(self, kind: int) -> Several:
        everyone = np.flatnonzero((self._counts[:, kind] > 1) & self._layout.live)
        places = every(everyone, SAMPLE)
        return Several.of(everyone, places, self._block(places), kind)

    def _paragraphs(self, query: Vectors, article_id: str) -> Iterable[tuple[int, float]]:
        place = self.index_of(article_id)
        volume, own = self._layout.volume_at(place)
        return zip(volume.numbers_of(own), self._of_kind(place, PARAGRAPH, query), strict=True)

    def _paragraph_vectors(self, article_id: str) -> Vectors:
        block = self._block(np.array([self.index_of(article_id)]))
        rows = block.vectors[block.rows[PARAGRAPH]]
        return rows if len(rows) else block.vectors[block.rows[PART]]

    def _seen(
        self, scan: Scan, total: Numbers, usual: Usual, said: Sequence[Numbers], mine: npt.NDArray[np.bool_]
    ) -> Places:
        """What a scan says to score exactly: the best, and all articles of the regulations of the very best."""
        every_one = mine is self._layout.live and self._layout.all_live
        near = np.sort(not_far_behind(total if every_one else np.where(mine, total, -np.inf), NEARER, _FEW_AXES))
        nearer = usual.total(self._sum.at(near), scan.finer(self._layout.split(near)), [s[near] for s in said])
        best = not_far_behind(nearer, EXACTLY, _MORE_AXES)
        order = near[best[np.argsort(-nearer[best], kind="stable")]]
        order = order[mine[order]]
        return np.concatenate([order, self._layout.regulations_of(order[:NEIGHBOURS])])

    def _with_neighbours(
        self, first: Places, query: Vectors, near: Vectors, usual: Usual, said: Sequence[Numbers]
    ) -> Places:
        """Candidates, and all articles of the regulations of those that are best by their exact scores."""
        own = Signals.of(self._block(first), query, near)
        total = usual.total(self._sum.at(first), own.ranks, [s[first] for s in said])
        best = first[np.argsort(-total, kind="stable")][:RUNNING]
        return np.concatenate([first, self._layout.regulations_of(best)])

    def _totals(
        self, places: Places, own: Signals, usual: Usual, said: Sequence[Numbers], total: Numbers | None
    ) -> Scores:
        """(articles,) what ranks: exact at some places, elsewhere what a scan says (`total`), or the mean."""
        if total is None:
            total = self._sum.of_words(*said)
        result: Scores = total.astype(np.float64)
        if not self._layout.all_live:
            result[~self._layout.live] = -np.inf
        result[places] = usual.total(self._sum.at(places), own.ranks, [s[places] for s in said])
        return result

    def _scored(
        self,
        places: Places,
        own: Signals,
        means: Sequence[float],
        total: Scores,
        said: tuple[Scores, Scores],
        rough: Likeness | None,
    ) -> Scored:
        """`means` are what is usual of parts, 款, likely questions, and of parts by the mapped question."""
        near = np.fmax(own.ranks.article, own.ranks.paragraph)
        if rough is None:
            best = self._spread(places, near, means[3], PART)
        else:
            best = np.fmax(rough.article, rough.paragraph).astype(np.float64)
            best[places] = near
        shown = zip((own.article, own.paragraph, own.question), means, (PART, PARAGRAPH, ASKED), strict=False)
        article, paragraph, question = (self._spread(places, *one) for one in shown)
        return Scored(total, article, paragraph, question, said[0], best, said[1])

    def _spread(self, places: Places, scores: Numbers, mean: float, kind: int) -> Scores:
        """(articles,) the scores where there are any, NaN where there can be none, elsewhere so that the mean of all is
        the usual one."""
        having = self._having[kind]
        many, here = self._many[kind], int(having[places].sum())
        rest = (mean * many - float(np.nansum(scores))) / (many - here) if many > here else 0.0
        result = np.full(len(having), max(rest, -1.0))
        if many < len(having):
            result[~having] = np.nan
        result[places] = scores
        return result

    def _block(self, places: Places) -> ArticleRows:
        """The rows that count of the articles at some places, ascending."""
        return self._counted(self._layout.block(places))

    def _counted(self, block: ArticleRows) -> ArticleRows:
        return block if self._likely_questions else block.without_questions()

    def _of_kind(self, place: int, kind: int, vector: Sequence[float] | Vectors) -> list[float]:
        block = self._block(np.array([place]))
        rows = block.vectors[block.rows[kind]]
        return [float(s) for s in np.vecdot(rows, np.asarray(vector, dtype=np.float32))]

    def _wholes(self, places: Places) -> Vectors:
        order = np.argsort(places, kind="stable")
        result = np.empty((len(places), self._dimension), dtype=np.float32)
        result[order] = self._layout.wholes(places[order])
        return result


def not_far_behind(total: Numbers, most: int, by: float) -> Places:
    """Places of the best `most`, in no order, but for those that lie more than `by` behind the best RUNNING."""
    best = highest(total, most)
    if len(best) <= RUNNING:
        return best
    own = total[best]
    found: Places = best[own >= np.partition(own, -RUNNING)[-RUNNING] - by]
    return found
