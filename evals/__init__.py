"""Question sets, scores and measurements: what the assistant gets right, and how fast.

`evaluate` scores any callable that turns (question, history, cities) into an `Answer`.
"""

from evals.case import Case, Gold
from evals.cases import load_cases
from evals.evaluation import Evaluation, evaluate
from evals.scoring import Score, score

__all__ = ["Case", "Evaluation", "Gold", "Score", "evaluate", "load_cases", "score"]
