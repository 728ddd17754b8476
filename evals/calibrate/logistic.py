"""A logistic with a penalty on its weights, for the heads that are fitted on labelled questions."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def logistic(
    x: Floats, y: Floats, *, strength: float, steps: int, counts: Floats | None = None
) -> tuple[Floats, float]:
    """Weights (features,) and bias over features (rows, features) as they are, for labels (rows,) of 0 and 1.

    By Newton's steps over standardised features; the bias is not penalised. A row counts as much as `counts` (rows,)
    says, one where it is not given.
    """
    mean, spread = x.mean(axis=0), np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    x = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    penalty = strength * np.r_[np.ones(x.shape[1] - 1), 1e-9]
    weights = np.zeros(x.shape[1])
    each = np.ones(len(x)) if counts is None else counts
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (each * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.solve(hessian, x.T @ (each * (p - y)) + penalty * weights)
    own = weights[:-1] / spread
    return own, float(weights[-1] - own @ mean)
