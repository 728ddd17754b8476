"""Is the question about the corpus at all? A calibrated logistic over what the ranking shows."""

import math

import numpy as np
import numpy.typing as npt

from assistant.decide.calibration import Calibration, Logistic
from assistant.retrieve import Found
from assistant.understand.question import Question
from law.text.rules import load_rules
from vectorstore.arrays import Scores
from vectorstore.ranking.ranker import Scored

Rows = npt.NDArray[np.bool_]
#: Best and mean similarity of likely questions and of paragraphs, best word score, best total, length, and whether the
#: question or its conversation names a city that is held, or all of them, or regulations at all.
FEATURES = ("question", "questions_mean", "paragraph", "paragraphs_mean", "words", "total", "length", "names")


def names_regulations(question: Question) -> bool:
    """Whether it speaks of regulations: 条例里有没有写, 草案怎么说."""
    return bool(load_rules("assistant.decide", "decide.toml")["regulations"].search(question.text))


def features(question: Question, scored: Scored, rows: Rows) -> tuple[float, ...]:
    """What tells a question about these articles from any other, in the order of `FEATURES`."""
    every = bool(rows.all())
    question_, paragraph, words, total = (
        s if every else s[rows] for s in (scored.question, scored.paragraph, scored.words, scored.total)
    )
    return (
        *_best_and_mean(question_),
        *_best_and_mean(paragraph),
        math.log1p(float(words.max(initial=0.0))),
        float(total.max()),
        float(min(len(question.topic), 60)),
        float(question.named or question.every or names_regulations(question)),
    )


def _best_and_mean(scores: Scores) -> tuple[float, float]:
    there = scores[~np.isnan(scores)]
    return (float(there.max()), float(there.mean())) if len(there) else (0.0, 0.0)


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
