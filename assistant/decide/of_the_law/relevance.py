"""Is the question about the corpus at all? A calibrated logistic over what the ranking shows."""

import math

import numpy as np
import numpy.typing as npt

from assistant.decide.calibration import Calibration, Logistic
from assistant.retrieve import Found
from assistant.understand.question import Question
from law.text.rules import load_rules
from vectorstore.arrays import Scores, mean_of
from vectorstore.library import Library
from vectorstore.ranking.ranker import Scored

Rows = npt.NDArray[np.bool_]
#: Best and mean similarity of likely questions and of paragraphs, best word score, best total, length, and whether the
#: question or its conversation names a city that is held, or all of them, or regulations at all.
FEATURES = ("question", "questions_mean", "paragraph", "paragraphs_mean", "words", "total", "length", "names")
#: A topic of so few characters, with its city named, needs only this much relevance.
_FEW_WORDS, _LEAST_OF_FEW = 9, 0.2
#: Of a named city a question is about its law where its own vector makes that so likely (`of_the_matter`): of questions
#: left out four in a thousand about something else are; and where the ranking sees at least so much.
_OF_THE_MATTER, _SEEN = 0.9, 0.02
#: Where no city is named its vector must say so more surely, the ranking see more of it, and an article be so good: of
#: 240 questions about something else none is.
_OF_NONE, _SEEN_OF_NONE, _GOOD_OF_NONE = 0.95, 0.05, 8.0
#: And only where an article is at least so good (summed standard scores).
_SOME = 6.0
#: Of a few words (如何揽才) this is enough where the best article has so much of the law's words for an everyday one.
_OF_FEW_WORDS, _EVERYDAY = 0.75, 1.5
#: Of a named city a question for money or help needs only this much to be called unstated, not beside the law.
LEAST_OF_HELP = 0.05


def names_regulations(question: Question) -> bool:
    """Whether it speaks of regulations: 条例里有没有写, 草案怎么说."""
    return bool(load_rules("assistant.decide", "decide.toml")["regulations"].search(question.text))


def features(question: Question, scored: Scored, rows: Rows, topic: str | None = None) -> tuple[float, ...]:
    """What tells a question about these articles from any other, in the order of `FEATURES`; its `topic` where it was
    looked up by another than its own."""
    # Looked for once: a mask for each signal takes twice the time.
    places = None if rows.all() else np.flatnonzero(rows)
    question_, paragraph, words, total = (
        s if places is None else s.take(places) for s in (scored.question, scored.paragraph, scored.words, scored.total)
    )
    return (
        *_best_and_mean(question_),
        *_best_and_mean(paragraph),
        math.log1p(float(words.max(initial=0.0))),
        float(total.max()),
        float(min(len(question.topic if topic is None else topic), 60)),
        float(question.named or question.every or names_regulations(question)),
    )


def _best_and_mean(scores: Scores) -> tuple[float, float]:
    best = float(np.fmax.reduce(scores, initial=-np.inf))
    return (best, mean_of(scores)) if best > -np.inf else (0.0, 0.0)


def relevance(question: Question, found: Found, calibration: Calibration) -> float:
    """How likely the question is about the corpus at all, 0 to 1 (a calibrated logistic).

    Articles that have likely questions and articles that have none are judged each by their own curve,
    the latter only where they are asked for; the more hopeful of the two counts.
    """
    with_questions = ~np.isnan(found.scored.question)
    without = found.asked & ~with_questions
    curves = ((calibration.relevance, with_questions), (calibration.relevance_without_questions, without))
    return max((_on_curve(c, features(question, found.scored, rows)) for c, rows in curves if rows.any()), default=0.0)


def _on_curve(curve: Logistic, values: tuple[float, ...]) -> float:
    x = curve.bias + sum(w * v for w, v in zip(curve.weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def is_beside(question: Question, found: Found, library: Library, calibration: Calibration) -> bool:
    """Whether a question is about something else: far from what the ranking shows, and no matter of the regulations
    that the head was fitted on either."""
    likely = relevance(question, found, calibration)
    if likely >= _least_relevance(question, found, calibration):
        return False
    if likely < _SEEN or not found.hits or found.hits[0].score < _SOME:
        return True
    known = library.asked_about(*question.regulation_ids)
    told = len(question.topic) <= _FEW_WORDS and any(
        found.scored.everyday[library.searcher.index_of(h.id)] >= _EVERYDAY for h in found.hits[:1]
    )
    if not question.itself:
        known = known and likely >= _SEEN_OF_NONE and found.hits[0].score >= _GOOD_OF_NONE and not question.rewritten
    least = (_OF_FEW_WORDS if told else _OF_THE_MATTER) if question.itself else _OF_NONE
    return not (known and calibration.matter and calibration.matter.chance(found.vector) >= least)


def _least_relevance(question: Question, found: Found, calibration: Calibration) -> float:
    """A few words of a named city (常州经费从哪来) say little, but that they are about its law is likely."""
    if question.blend and any(h.id in question.blend.cited for h in found.hits[:1]):
        return LEAST_OF_HELP  # asked of what was cited just now
    few = (question.named or question.every) and (len(question.topic) <= _FEW_WORDS or question.breadth.counts)
    return _LEAST_OF_FEW if few or (question.blend and question.inherits) else calibration.off_topic
