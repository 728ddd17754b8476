"""How a regulation's ranking spreads, as numbers: one article far ahead of the others answers a fact, many alike a set.

`decide.whole.plural` weighs them beside how the question is put. Nothing here decides.
"""

import math

import numpy as np
import numpy.typing as npt

from assistant.decide.whole.members import laid_out, load_membership
from assistant.retrieve import Found
from assistant.understand.language import kinds_asked
from assistant.understand.question import Question
from law.text.rules import load_rules
from vectorstore.library import Library

Floats = npt.NDArray[np.float64]
#: Of the totals: the best, how far it is ahead of the next and of the mean of the next three, how far these are ahead
#: of the ones behind; the second and fourth as shares of it. Of the likelihoods that articles belong together (log
#: odds): the four best, and how many are likely. Of each signal by itself, standardised: its best, how far that is
#: ahead of the next and of the next three, how far the best article of all is behind it. How many signals agree on that
#: one; the best cosines and word score; how like the best articles are to each other, how many are of one chapter.
#: Then how the question is put.
SIGNALS = ("article", "paragraph", "question", "words", "everyday")
SHAPE = (
    *("best", "lead", "lead_of_three", "second_ahead", "middle_ahead", "second_share", "fourth_share"),
    *("belongs_1", "belongs_2", "belongs_3", "belongs_5", "likely_members"),
    *(f"{s}_{of}" for s in SIGNALS for of in ("best", "lead", "lead_of_three", "agrees")),
    *("agreed", "question_cosine", "paragraph_cosine", "word_score", "alike", "alike_first", "one_chapter"),
    *("length", "brief", "short", "kinds", "rewritten", "ruled", "firm", "sign", "other", "closed"),
)
_LOOKED_AT, _NONE, _LIKELY, _LEAST = 12, -5.0, 0.3, 1e-4
_BRIEF, _SHORT = 9, 14


def shape(question: Question, found: Found, library: Library) -> Floats:
    """(SHAPE,) of the regulation that has the best article."""
    id_ = max(found.by_regulation, key=lambda i: found.by_regulation[i][0].score if found.by_regulation[i] else _NONE)
    laid = laid_out(library, id_)
    at = laid.at
    scored = found.scored
    total = scored.total[at]
    order = np.argsort(-total, kind="stable")
    signals = [s[at] for s in (scored.article, scored.paragraph, scored.question, scored.words, scored.everyday)]
    members = sorted(load_membership().chances(question.topic, found, library, id_).values(), reverse=True)
    members += [0.0] * 5
    own = [_of_signal(s, int(order[0])) for s in signals]
    alike = np.asarray(library.searcher.likeness(at[order[:5]], at[order[:5]]), dtype=np.float64)
    best = len(alike)
    values = (
        *_of_totals(total[order]),
        *(_odds(members[n]) for n in (0, 1, 2, 4)),
        sum(m > _LIKELY for m in members),
        *(v for of_signal, _ in own for v in of_signal),
        sum(agrees for _, agrees in own),
        *(float(np.nan_to_num(s).max()) for s in (signals[2], signals[1])),
        math.log1p(float(signals[3].max())),
        (alike.sum() - np.trace(alike)) / max(best * (best - 1), 1),
        float(alike[0, 1:4].mean()) if best > 1 else 0.0,
        int((laid.chapters[order[1:6]] == laid.chapters[order[0]]).sum()),
        *_of_question(question),
    )
    return np.array(values, dtype=np.float64)


def _of_totals(ranked: Floats) -> tuple[float, ...]:
    s = np.concatenate([ranked[:_LOOKED_AT], np.full(max(0, _LOOKED_AT - len(ranked)), _NONE)])
    best = max(float(s[0]), 1.0)
    return (
        float(s[0]),
        float(s[0] - s[1]),
        float(s[0] - s[1:4].mean()),
        float(s[1] - s[2:6].mean()),
        float(s[2:5].mean() - s[5:10].mean()),
        float(s[1]) / best,
        float(s[3]) / best,
    )


def _of_signal(values: npt.NDArray[np.float32] | Floats, first: int) -> tuple[tuple[float, ...], bool]:
    """Of one signal its best, its leads, and how far the best article of all is behind; whether that is its best."""
    if np.isnan(values).all() or len(values) < 2:
        return (0.0, 0.0, 0.0, 0.0), False
    filled = np.where(np.isnan(values), np.nanmin(values), values)
    z = (filled - filled.mean()) / (filled.std() + 1e-9)
    s = np.sort(z)[::-1]
    told = (float(s[0]), float(s[0] - s[1]), float(s[0] - s[1:4].mean()), float(z[first] - s[0]))
    return told, int(np.argmax(z)) == first


def _of_question(question: Question) -> tuple[float, ...]:
    length, breadth = len(question.topic), question.breadth
    return (
        length / 20,
        length < _BRIEF,
        length < _SHORT,
        bool(kinds_asked(question.text)),
        question.rewritten,
        breadth.kind == "set",
        breadth.firm,
        breadth.sign,
        breadth.kind in ("words", "duties", "outline", "differences"),
        load_rules("assistant.understand", "breadth.toml")["whether"].search(question.text) is not None,
    )


def _odds(chance: float) -> float:
    return math.log(max(chance, _LEAST) / max(1 - chance, _LEAST))
