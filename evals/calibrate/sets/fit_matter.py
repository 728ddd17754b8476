"""Fit what tells a question about the bundled regulations' matter from any other:
`python -m evals.calibrate.sets.fit_matter [--write]`.

On `sets_train.jsonl`, what `breadth_train.jsonl` asks of one of these regulations by its city, and every third likely
question of the corpus, against the questions of `sets_train` about other
laws of the same cities and those of `off_topic.jsonl`. What is printed is of questions left out; the facts and sets of
`dev` and `whole_dev`, which it never sees, stand beside them.
"""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.heads import keep
from evals.calibrate.logistic import logistic
from evals.calibrate.sets.fit_breadth import LIKELY, examples, sets_train
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
_FOLDS, _STEPS, _STRENGTH = 5, 15, 30.0
#: What is about the matter of a regulation, where its city is named; the others are about its text.
_OF_A_MATTER = ("fact", "set", "duties", "two_things", "half_stated")
_CUTS = (0.5, 0.7, 0.785, 0.9)


def main() -> None:
    """Print what questions left out are taken for; with --write write the head of the embedding model in use."""
    from assistant import Assistant
    from vectorstore.embeddings import model_name

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    helper = Assistant()
    others = [c for c in (*sets_train(), *load_cases([bundled_set("off_topic")])) if c.refuse]
    own = [c.question for c in sets_train() if not c.refuse] + [e.text for e in examples() if e.weight == LIKELY]
    own += _of_one_held(helper)
    inside, outside = _vectors(helper, own), _vectors(helper, [c.question for c in others])
    _print(helper, inside, outside)
    if writes:
        matter = fit(inside, outside).astype(np.float32)
        file = keep(model_name(helper.embeddings), "whole", {"matter": matter})
        print(f"写入 {file.name}")


def _of_one_held(helper: "Assistant") -> list[str]:
    """The questions of `breadth_train` on a matter that name a city whose regulation is held."""
    from assistant.understand.question import understand

    rows = [json.loads(line) for line in bundled_set("breadth_train").read_text("utf-8").splitlines()]
    held = helper.regulations()
    told = [(understand(str(r["question"]), held), str(r["question"])) for r in rows if r["label"] in _OF_A_MATTER]
    return [text for q, text in told if q.named and not (q.references or q.status)]


def fit(inside: Floats, outside: Floats) -> Floats:
    """(dimension + 1,) weights and bias."""
    y = np.r_[np.ones(len(inside)), np.zeros(len(outside))]
    own, bias = logistic(np.vstack([inside, outside]), y, strength=_STRENGTH, steps=_STEPS)
    return np.append(own, bias)


def _vectors(helper: "Assistant", texts: Sequence[str]) -> Floats:
    """(texts, dimension) of their topics, the names of cities left out."""
    from assistant.understand.question import understand

    held = helper.regulations()
    return np.array([helper.path.deciding.embed(understand(t, held).topic) for t in texts], dtype=np.float64)


def _print(helper: "Assistant", inside: Floats, outside: Floats) -> None:
    folds = np.arange(len(outside)) % _FOLDS
    chances = np.zeros(len(outside))
    for fold in range(_FOLDS):
        chances[folds == fold] = _chances(fit(inside, outside[folds != fold]), outside[folds == fold])
    asked = [c.question for c in load_cases([bundled_set("dev"), bundled_set("whole_dev")]) if c.gold and not c.history]
    answered = _chances(fit(inside, outside), _vectors(helper, asked[::2]))
    for cut in _CUTS:
        print(f"from {cut}: of {len(outside)} others {np.mean(chances >= cut):.3f}, own {np.mean(answered >= cut):.3f}")


def _chances(weights: Floats, vectors: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(vectors @ weights[:-1] + weights[-1]))))


if __name__ == "__main__":
    main()
