"""The net that is added to the curve of `fit_confirmation` for regulations without likely questions.

It learns from the same questions, over all that the curve weighs, the signals of `stated`, what lies between the
question and the best 款, and where the question's words lead. What it says of a question comes from nets that have not
seen the regulation; how much it and the curve count is fitted on what both say of regulations that they have not seen.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.decide.calibration import Logistic
from assistant.decide.confirmation import Sureness
from assistant.decide.stated.head import Curve
from evals.calibrate.net import LITTLE, fit_net, odds
from evals.calibrate.thresholds import fit_logistic, relevance_of
from evals.calibrate.without_questions.elsewhere import Asked, joined, unseen_odds
from evals.calibrate.without_questions.risk_coverage import Confirmations, Floats

_STRENGTH = 1e-6
#: Of what lies between and of words more directions tell something than of a question's own vector, and so many rows
#: want a greater penalty: both chosen by regulations left out.
_DIRECTIONS, _PENALTY = 256, 80.0


def with_net(sets: Sequence[Confirmations], confidences: Sequence[Floats]) -> tuple[list[Floats], Sureness]:
    """Of each set the confidences by both, told by what has not seen the regulation; the net fitted on all and the
    share of the curve beside it. `confidences` are those by curves that have not seen the regulation."""
    rows, labels = joined([_rows(s) for s in sets]), np.concatenate([s.labels for s in sets])
    said = np.column_stack([_odds(np.concatenate(confidences)), unseen_odds(rows, fit=_net_of)])
    blend = fit_logistic(said, labels, _STRENGTH, balanced=False)
    ends = np.cumsum([len(s.values) for s in sets])[:-1]
    return np.split(relevance_of(blend, said), ends), Sureness(_counting(_net_of(rows), blend), blend.weights[0])


def confidence_by(made: Sureness, curve: Logistic, rows: Confirmations) -> Floats:
    """(n,) how sure each is, by the curve and the net together."""
    own = _rows(rows)
    score = made.share * _odds(relevance_of(curve, rows.values)) + odds(made.net, own.signals, own.vectors)
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -50, 50))))


def _net_of(rows: Asked) -> Curve:
    counts, own = np.ones(len(rows.stated)), rows.vectors
    return fit_net(rows.signals, own, rows.stated, counts, directions=_DIRECTIONS, weight=LITTLE, penalty=_PENALTY)


def _rows(one: Confirmations) -> Asked:
    """The rows of a set for the net: whether the article is right, over all that is weighed of it."""
    width = one.values.shape[1] + one.asked.signals.shape[1]
    signals = np.hstack([one.values, one.asked.signals]) if len(one.values) else np.zeros((0, width))
    return replace(one.asked, signals=signals, vectors=one.between, stated=one.labels)


def _counting(net: Curve, blend: Logistic) -> Curve:
    """A net that counts as much as the blend says, the blend's bias with it."""
    share, signals, own, bias = blend.weights[1], net.signals.copy(), net.own.copy(), net.bias.copy()
    signals[:, -1] *= share
    own[:, -1] *= share
    bias[-1] = bias[-1] * share + blend.bias
    return replace(net, signals=signals, own=own, bias=bias, out=net.out * share)


def _odds(chances: Floats) -> Floats:
    inside = np.clip(chances, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(inside / (1 - inside)))
