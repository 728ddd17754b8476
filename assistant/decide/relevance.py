"""Is the question about the corpus at all? A calibrated logistic over what the ranking shows."""

import math

import numpy as np
import numpy.typing as npt

from assistant.decide.calibration import Calibration, Logistic
from assistant.retrieve import Found
from assistant.understand.question import Question
from law.text.rules import load_rules
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
    asked = scored.question[rows]
    asked = asked[~np.isnan(asked)]
    best, mean = (float(asked.max()), float(asked.mean())) if len(asked) else (0.0, 0.0)
    paragraphs = scored.paragraph[rows]
    return (
        best,
        mean,
        float(np.nanmax(paragraphs)),
        float(np.nanmean(paragraphs)),
        math.log1p(float(scored.words[rows].max(initial=0.0))),
        float(scored.total[rows].max()),
        float(min(len(question.topic), 60)),
        float(question.named or question.every or names_regulations(question)),
    )


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
