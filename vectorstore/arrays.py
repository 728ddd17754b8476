"""Names for the arrays that many rooms pass on; their mean and spread where some are NaN, and the best of many."""

import numpy as np
import numpy.typing as npt

#: (n, dimension), or one of (dimension,).
Vectors = npt.NDArray[np.float32]
#: (articles,) one number for each; of all articles of a large index a scan tells numbers of four bytes.
Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating]
#: Where articles stand in every score array.
Places = npt.NDArray[np.intp]
#: Of so many scores one is looked at first where few are wanted, that is one in so many.
_EVERY, _FEW = 16, 64


def mean_of(scores: Scores) -> float:
    """The mean of those that there are: NaN is none. Takes a fifth of the time of `np.nanmean`."""
    mean = float(scores.mean())
    return float(scores[~np.isnan(scores)].mean()) if np.isnan(mean) else mean


def spread_of(scores: Scores) -> float:
    """Their standard deviation, 1 where they do not differ."""
    return float(scores[~np.isnan(scores)].std()) or 1.0


def highest(scores: Numbers, count: int) -> Places:
    """Places of the best, in no order; no score may be NaN."""
    if count >= len(scores):
        return np.arange(len(scores))
    places: Places | None = None
    if count * _FEW <= len(scores):  # none of the best is below the one that is so many-th of every sixteenth
        some = scores[::_EVERY]
        places = np.flatnonzero(scores >= np.partition(some, len(some) - count)[len(some) - count])
        scores = scores[places]
    best = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
    return best if places is None else places[best]
