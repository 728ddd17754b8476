"""Question sets, scores and measurements: what the assistant gets right, and how fast.

`evaluate` scores any callable that turns (question, history, cities) into an `Answer`.
"""

from evals.cases import Case, load_cases
from evals.run import evaluate
from evals.scoring import Score, score

__all__ = ["Case", "Score", "evaluate", "load_cases", "score"]
