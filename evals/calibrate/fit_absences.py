"""Fit how likely what a sentence calls unstated is stated: `python -m evals.calibrate.fit_absences [--write]`.

On `absences_train.jsonl`: questions with a sentence that says that the law is silent, which it is or not. The odds of
the question with what is called unstated, those of that alone, by the head that `fit_stated` fits (fit it first), and
the share of its words that the article lacks are weighed.
What is printed is of articles left out.
"""

import argparse
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from assistant.decide.heads import keep
from assistant.decide.stated.absent import Likely, Looking
from assistant.understand.question import understand
from assistant.verify import judge
from evals.calibrate.logistic import Floats, logistic
from evals.questions.cases import bundled_set
from vectorstore.embeddings import model_name

if TYPE_CHECKING:
    from assistant import Assistant

_STRENGTH, _STEPS, _FOLDS = 1.0, 20, 10
_BOUNDS = (0.05, 0.35, 0.5, 0.8)


@dataclass(slots=True)
class Listening:
    """Stands for what looks, and keeps what it is asked for."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, regulation_id: str, matter: str, cited: object, *, local: bool = False) -> Likely | None:
        """Nothing, and what was asked for is kept."""
        self.heard.append((regulation_id, matter))
        return None


def main() -> None:
    """Print what comes of articles left out; with --write keep the weights."""
    from assistant import Assistant, load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    helper = Assistant(load_settings(model=""))
    rows, stated, articles = rows_of(helper)
    chances = np.zeros(len(rows))
    folds = np.array([sorted(set(articles)).index(a) % _FOLDS for a in articles])
    for k in range(_FOLDS):
        own, bias = logistic(rows[folds != k], stated[folds != k], strength=_STRENGTH, steps=_STEPS)
        chances[folds == k] = 1 / (1 + np.exp(-(rows[folds == k] @ own + bias)))
    print(f"{len(rows)} sentences, {int(stated.sum())} of what is stated")
    for bound in _BOUNDS:
        below = chances < bound
        print(f"  below {bound}: absent {np.mean(below[stated == 0]):.3f}, stated {np.mean(below[stated == 1]):.3f}")
    weights, bias = logistic(rows, stated, strength=_STRENGTH, steps=_STEPS)
    print("  together {:.2f}  alone {:.2f}  missing {:.2f}  bias {:.2f}".format(*weights, bias))
    if args.write:
        keep(model_name(helper.embeddings), "stated", {"absence": np.array([*weights, bias])})


def rows_of(helper: "Assistant") -> tuple[Floats, Floats, list[str]]:
    """(n, 3) what is weighed, (n,) whether it is stated, and the articles."""
    library, rows, stated, articles = helper.library(), [], [], []
    looking = helper.path.deciding.looking("", library, weights=np.zeros(4))
    assert looking is not None, "fit_stated first"
    for line in bundled_set("absences_train").read_text("utf-8").splitlines():
        said = json.loads(line)
        ear, question = Listening(), understand(said["question"], library.regulations)
        judge(said["said"], [library.by_id[said["article"]]], asked=question.text, looking=cast(Looking, ear))
        for regulation_id, matter in ear.heard[:1]:
            rows.append(
                replace(looking, asked=question.topic).odds(regulation_id, matter, [said["article"]], local=False)[0]
            )
            stated.append(float(said["stated"]))
            articles.append(said["article"])
    return np.array(rows), np.array(stated), articles


if __name__ == "__main__":
    main()
