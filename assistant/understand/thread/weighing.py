"""The scores of a turn of a talk: its two readings added, each by its share, and what was cited before raised."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from assistant.understand.thread.blend import Blend, weights
from law.text.script import plain
from vectorstore.library import Library
from vectorstore.ranking.ranker import Scored

Vector = npt.NDArray[np.float32]
#: Likeness with what was cited counts within so many deviations.
_LEAST, _MOST = -2.0, 4.0
#: By so much for each deviation an article of another city is raised that has the words of what was cited, as far as
#: the turn leans on that.
_WORDED = 0.8
#: By so much (summed standard scores) an article falls behind that was quoted where something else was meant: it may
#: have that in another of its 款.
_DOUBTED = 3.0
#: Of more articles only so many of the best are raised: their words are read one by one.
_RAISED = 400


def weigh(
    blend: Blend,
    library: Library,
    vectors: Sequence[Vector],
    within: Collection[str] | None,
    asked: npt.NDArray[np.bool_],
    also: Collection[str],
) -> tuple[Scored, Scored | None]:
    """The blended scores of all articles, and those of the turn by itself where it was looked up so; `vectors` are
    those of `blend.topics`, `asked` marks what is asked for."""
    read: list[Scored] = [
        library.searcher.score(vector, topic, within, (*also, *blend.cited, *blend.doubted))
        for vector, topic in zip(vectors, blend.topics, strict=True)
    ]
    scored = read[0] if len(read) == 1 else _added(blend.own, *read)
    best = _best(scored.total, asked)
    total = scored.total + _raised(blend, library, best)
    if within is not None and len(within) == 1:  # of several each has its own
        total[best] += _WORDED * _worded(blend, library, best)
    total[[library.searcher.index_of(i) for i in blend.doubted]] -= _DOUBTED
    return replace(scored, total=total), read[0] if blend.topics[0] == blend.alone else None


def _best(total: npt.NDArray[np.floating], asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What is asked for, or the best of it where that is much."""
    at = np.flatnonzero(asked)
    if len(at) <= _RAISED:
        return asked
    best = np.zeros_like(asked)
    best[at[np.argpartition(-total[at], _RAISED)[:_RAISED]]] = True
    return best


def _added(own: float, alone: Scored, carried: Scored) -> Scored:
    pairs = ((getattr(alone, f.name), getattr(carried, f.name)) for f in fields(Scored))
    return Scored(*(own * one + (1 - own) * other for one, other in pairs))


def mixed(blend: Blend | None, vectors: Sequence[Vector]) -> Vector:
    """One vector for both readings, of unit length."""
    if blend is None or len(vectors) == 1:
        return vectors[0]
    mean = blend.own * vectors[0] + (1 - blend.own) * vectors[1]
    result: Vector = (mean / (float(np.linalg.norm(mean)) or 1.0)).astype(np.float32)
    return result


def raises(blend: Blend, library: Library, asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """(asked articles, RAISES) what each is raised for."""
    at = np.flatnonzero(asked)
    index = library.searcher.index_of
    cited = np.array([index(i) for i in blend.cited], dtype=np.intp)
    like = np.zeros(len(at))
    if len(cited) and blend.swapped:
        like = _deviations(library.searcher.likeness(cited, at).max(axis=0))
    held = np.isin(at, cited)
    covered = np.zeros(len(at))
    if blend.words:
        for n, id_ in enumerate(library.searcher.ids_at(at)):
            article = library.by_id[id_][1]
            text = plain(f"{article.heading}{article.text}")
            covered[n] = sum(w in text for w in blend.words) / len(blend.words)
    return np.stack([like, held, covered], axis=1)


def _worded(blend: Blend, library: Library, asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """(asked articles,) how much each of another city has of the words of what was cited, as far as a turn leans on it;
    0 of the same city."""
    if not (blend.swapped and blend.cited):
        return np.zeros(int(asked.sum()))
    texts = (plain(library.by_id[i][1].text) for i in blend.cited)
    words = np.max([library.searcher.words_of(t)[asked] for t in texts], axis=0)
    return (1 - blend.own) * _deviations(words)


def _deviations(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    result: npt.NDArray[np.float64] = np.clip((scores - scores.mean()) / (float(scores.std()) or 1.0), _LEAST, _MOST)
    return result


def _raised(blend: Blend, library: Library, asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    result = np.zeros(len(asked), dtype=np.float32)
    result[asked] = raises(blend, library, asked) @ np.array(weights().articles)
    return result
