"""Question sets, scores and measurements: what the assistant gets right, and how fast.

`evaluate` scores any callable that turns (question, history, cities) into an `Answer`.
"""

from evals.evaluation import Evaluation, evaluate
from evals.questions.case import Case, Gold
from evals.questions.cases import load_cases
from evals.scores.scoring import Score, score

__all__ = ["Case", "Evaluation", "Gold", "Score", "evaluate", "load_cases", "score"]
