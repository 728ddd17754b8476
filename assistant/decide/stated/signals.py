"""What tells whether an article states what is asked: the sort of fact, what it holds of it, how near it is."""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.decide.stated.facts import SENTENCE, TOLD, actor_share, bound_held, figure_share, tells
from assistant.decide.stated.wanted import FIGURES, wants_of
from assistant.decide.stated.words import asked_words, held, own_words, rarity, share_held, share_in_best
from assistant.retrieve import Found
from assistant.understand.language import kinds_asked
from law.text.grams import bigrams
from law.text.script import plain
from vectorstore.arrays import Scores, mean_of, spread_of
from vectorstore.library import Library

Floats = npt.NDArray[np.float64]
#: How the article ranks within its regulation, as a whole, in its 款, in its likely questions, and how far one of these
#: stands out; the share of what is asked that it holds, that its best sentence does, and of the words beside what asks;
#: whether a kind of fact is named that it lacks; how much of what is asked is new to it and to its likely questions, by
#: words, by bigrams and by characters, and how rare that is; then of each sort of want: whether it is asked for,
#: whether it is lacked, and how much of what is asked stands beside it.
FEATURES = (
    *("total", "lead", "near", "question", "peak", "cover", "sentence", "asked", "nothing_asked", "lacks_kind"),
    *("grams", "characters", "missing", "rarest_missing", "likely_cover", "likely_grams", "either_cover"),
    *("figure", "figure_lacks", "figure_share", "figure_peak", "figure_lead", "figure_bound"),
    *("who", "who_lacks", "who_share", "who_asked", "who_peak"),
    *(f"lacks_{want}" for want in TOLD),
    "told_share",
    *("whether", "whether_gap", "whether_asked", "whether_peak", "whether_near", "what", "how", "no_want"),
)
_CLAUSE, _CHINESE = re.compile("[,，。;；?？!！]"), re.compile("[一-鿿]")
#: What brings scores to about one; how many likely questions tell whether one stands out.
_TEN, _SPREADS, _MOST, _FEW = 10.0, 3.0, 20.0, 3


def signals(asked: str, found: Found, library: Library, article_id: str) -> Floats:
    """(features,) of one article for one asked thing, in the order of `FEATURES`."""
    article = library.by_id[article_id][1]
    text = plain(f"{article.heading}\n{article.text}")
    wants = wants_of(asked)
    words = own_words("，".join([c for c in _CLAUSE.split(asked) if wants_of(c)] or [asked]))
    beside = asked_words(asked, words)
    sentences = [s for s in SENTENCE.split(text) if s]
    kinds = kinds_asked(asked)
    values = _ranked(found, library, article_id)
    values |= {
        "cover": share_held(words, text, 0.5),
        "sentence": max((share_held(words, s, 0.5) for s in sentences), default=0.0),
        "asked": share_held(beside, text, 0.0),
        "nothing_asked": float(not beside),
        "lacks_kind": float(bool(kinds) and not any(k.carried.search(text) for k in kinds)),
        "what": float(wants == {"what"}),
        "how": float("how" in wants),
        "no_want": float(not wants),
    }
    values |= _of_words(asked, text, library, article_id)
    norms = library.norms_of_article(article_id)
    if wants & FIGURES:
        values |= _of_figures(figure_share(wants, asked, words, sentences), values)
        values["figure_bound"] = float(bound_held(wants, plain(asked), sentences))
    elif "whether" in wants:
        values |= _of_whether(values, asks=bool(beside))
    if "who" in wants and "recipient" not in wants:
        values |= _of_who(actor_share(beside or words, norms), values)
    for want in (w for w in TOLD if w in wants and not (w in FIGURES and not values.get("figure_lacks"))):
        values[f"lacks_{want}"] = float(not tells(want, text, norms))
        telling = [share_held(words, s, 0.5) for s in sentences if tells(want, s, ())]
        values["told_share"] = max([values.get("told_share", 0.0), *telling])
    return np.array([values.get(name, 0.0) for name in FEATURES])


def _of_words(asked: str, text: str, library: Library, article_id: str) -> dict[str, float]:
    """How much of what is asked stands in an article, or in what is likely asked of it."""
    words, grams = rarity(asked, library), bigrams(asked)
    characters = [c for c in dict.fromkeys(plain(asked)) if _CHINESE.match(c)]
    most = math.log(2 * (len(library.searcher.article_ids) + 1))
    missing = [weight / most * (1 - held(word, text)) for word, weight in words.items()]
    likely = [plain(q) for q in library.likely_questions(article_id)]
    every = "\n".join([text, *likely])
    return {
        "grams": _share(grams, text),
        "characters": _share(characters, text),
        "missing": sum(missing),
        "rarest_missing": max(missing, default=0.0),
        "likely_cover": share_in_best([*words], likely, 0.5),
        "likely_grams": max([_share(grams, q) for q in likely], default=0.0),
        "either_cover": share_held([*words], every, 0.5),
    }


def _share(pieces: Sequence[str], text: str) -> float:
    return [piece in text for piece in pieces].count(True) / len(pieces) if pieces else 0.5


def _of_figures(share: float | None, values: Mapping[str, float]) -> dict[str, float]:
    held = share is not None
    return {
        "figure": 1.0,
        "figure_lacks": float(not held),
        "figure_share": share or 0.0,
        "figure_peak": values["peak"],
        "figure_lead": values["lead"] if held else 0.0,
    }


def _of_whether(values: Mapping[str, float], *, asks: bool) -> dict[str, float]:
    return {
        "whether": 1.0,
        "whether_gap": 1 - values["cover"],
        "whether_asked": 1 - values["asked"] if asks else 0.5,
        "whether_peak": values["peak"],
        "whether_near": values["near"],
    }


def _of_who(share: float | None, values: Mapping[str, float]) -> dict[str, float]:
    return {
        "who": 1.0,
        "who_lacks": float(share is None),
        "who_share": share or 0.0,
        "who_asked": values["asked"],
        "who_peak": values["peak"],
    }


def _ranked(found: Found, library: Library, article_id: str) -> dict[str, float]:
    scored, at = found.scored, library.searcher.index_of(article_id)
    mine = library.places(article_id.partition("/")[0])
    others = mine[mine != at]
    total = float(scored.total[at])
    ahead = total - (float(scored.total[others].max()) if len(others) else 0.0)
    peak = _peak([s for _, s in library.searcher.question_scores(found.vector, article_id)], scored.question[mine])
    return {
        "total": min(total, _MOST) / _TEN,
        "lead": max(-_TEN, min(1.5 * _TEN, ahead)) / _TEN,
        "near": _above(scored.nearest, at, mine),
        "question": _above(scored.question, at, mine),
        "peak": peak,
    }


def _above(scores: Scores, at: int, mine: npt.NDArray[np.intp]) -> float:
    """How many deviations (thirds) a score stands above the mean of its regulation; 0 where it is none."""
    if math.isnan(scores[at]):
        return 0.0
    return float((scores[at] - mean_of(scores[mine])) / spread_of(scores[mine]) / _SPREADS)


def _peak(likely: Sequence[float], of_all: Scores) -> float:
    """How far the nearest of an article's likely questions stands above their mean, in deviations (halves) of all."""
    if len(likely) < _FEW:
        return 0.0
    return (max(likely) - sum(likely) / len(likely)) / spread_of(of_all) / 2
