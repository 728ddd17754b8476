"""Fit the head that says how much a question asks for: `python -m evals.calibrate.sets.fit_breadth [--write]`.

On `datasets/breadth_train.jsonl`, questions in many styles by somebody who had seen neither the program nor its
questions, each labelled with what is wanted; on `sets_train.jsonl`, short and plain questions for a set, one fact or
duties; on `wholes.jsonl`; and on every third likely question of the corpus, which asks one fact. No evaluation
question is among them. What is printed is of questions left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.heads import keep
from assistant.decide.whole.plural import WANTED, design
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
#: Two things in one message are each a fact, unless they ask for more.
_AS_FACTS = ("two_things", "half_stated", "fact")
#: What the kinds of `sets_train` want.
_AS_SETS = ("overview",)
#: How much a question of each source counts; a run of characters is known from so many questions on.
_OWN, _WHOLES, LIKELY, _KNOWN = 1.0, 0.35, 0.5, 4
_EACH_LIKELY, _FOLDS, _STEPS, _RATE, _MOMENTUM, _STRENGTH = 3, 5, 300, 0.1, 0.9, 0.003


@dataclass(frozen=True, slots=True)
class Example:
    """A question, what is wanted (an index of WANTED), and how much it counts."""

    text: str
    wanted: int
    weight: float


@dataclass(frozen=True, slots=True)
class BreadthExamples:
    """Examples as numbers: vectors (n, dimension), signs (n, signs)."""

    examples: list[Example]
    texts: list[str]
    vectors: Floats
    signs: Floats


def examples() -> list[Example]:
    """All that it is fitted on."""
    own = [json.loads(line) for line in bundled_set("breadth_train").read_text("utf-8").splitlines()]
    wholes = [json.loads(line) for line in bundled_set("wholes").read_text("utf-8").splitlines()]
    told = [Example(str(r["question"]), _index(str(r["label"])), _OWN) for r in own]
    told += [Example(c.question, _index(c.kind), _OWN) for c in sets_train() if not c.refuse]
    told += [Example(str(r["text"]), _index(str(r["label"])), _WHOLES) for r in wholes]
    likely = [
        str(q["text"])
        for file in sorted(Path(str(files("corpus"))).glob("*/questions.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        for q in json.loads(line)["questions"]
    ]
    return told + [Example(text, 0, LIKELY) for text in likely[::_EACH_LIKELY]]


def sets_train() -> list[Case]:
    """Short and plain questions with the articles that they want, and such as are about something else."""
    return load_cases([bundled_set("sets_train")])


def main() -> None:
    """Print what questions left out are read as; with --write write the head of the embedding model in use."""
    from assistant import Assistant
    from vectorstore.embeddings import model_name

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    helper = Assistant()
    seen = seen_by(helper)
    _print(seen)
    if writes:
        known, mean, weights = fitted(seen, range(len(seen.examples)))
        runs = np.array(sorted(known, key=lambda r: known[r]))
        arrays = {"breadth": weights.astype(np.float32), "mean": mean.astype(np.float32), "runs": runs}
        file = keep(model_name(helper.embeddings), "whole", arrays)
        print(f"写入 {file.name}")


def fitted(seen: BreadthExamples, rows: Sequence[int]) -> tuple[dict[str, int], Floats, Floats]:
    """The known runs, the mean vector and the weights of a head fitted on some of the examples."""
    known, mean = _known(seen, rows), seen.vectors[list(rows)].mean(axis=0)
    return known, mean, _fit(seen, rows, known, mean)


def seen_by(helper: "Assistant") -> BreadthExamples:
    """All examples as the assistant reads them."""
    from assistant.decide.whole.manner import signs
    from assistant.understand.question import understand

    told, held = examples(), helper.regulations()
    questions = [understand(e.text, held) for e in told]
    vectors = np.array([helper.path.deciding.embed(q.topic) for q in questions], dtype=np.float64)
    return BreadthExamples(told, [q.text for q in questions], vectors, np.array([signs(q) for q in questions]))


def _known(seen: BreadthExamples, rows: Sequence[int]) -> dict[str, int]:
    from assistant.decide.whole.manner import runs

    counts = Counter(r for i in rows if seen.examples[i].weight != LIKELY for r in runs(seen.texts[i]))
    return {run: at for at, run in enumerate(sorted(r for r, n in counts.items() if n >= _KNOWN))}


def _rows(seen: BreadthExamples, rows: Sequence[int], known: dict[str, int], mean: Floats) -> Floats:
    return np.array([design(seen.texts[i], seen.signs[i], seen.vectors[i], known, mean) for i in rows])


def _fit(seen: BreadthExamples, rows: Sequence[int], known: dict[str, int], mean: Floats) -> Floats:
    """(features, wanted) a multinomial logistic with a penalty."""
    x = _rows(seen, rows, known, mean)
    told = [seen.examples[i] for i in rows]
    y, counts = np.eye(len(WANTED))[[e.wanted for e in told]], np.array([e.weight for e in told])[:, None]
    weights, speed = np.zeros((x.shape[1], len(WANTED))), np.zeros((x.shape[1], len(WANTED)))
    for _ in range(_STEPS):
        slope = x.T @ ((_softmax(x @ weights) - y) * counts) / counts.sum() + _STRENGTH * weights
        speed = _MOMENTUM * speed + slope
        weights -= _RATE * speed
    return weights


def _print(seen: BreadthExamples) -> None:
    own = [i for i, e in enumerate(seen.examples) if e.weight == _OWN]
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(seen.examples))
    chances = np.zeros((len(seen.examples), len(WANTED)))
    for fold in range(_FOLDS):
        kept = np.flatnonzero(folds != fold)
        known, mean, weights = fitted(seen, kept.tolist())
        out = [i for i in own if folds[i] == fold]
        chances[out] = _softmax(_rows(seen, out, known, mean) @ weights)
    truth, more = np.array([seen.examples[i].wanted for i in own]), 1 - chances[own, 0]
    facts = np.sort(more[truth == 0])
    for false in (0.01, 0.02, 0.05):
        found = np.mean(more[truth > 0] > np.quantile(facts, 1 - false))
        print(f"more than a fact found at {false:.0%} false: {found:.2f}")
    for n, name in enumerate(WANTED):
        print(f"{name}: {np.mean(chances[own].argmax(axis=1)[truth == n] == n):.2f} of {int((truth == n).sum())}")


def _index(label: str) -> int:
    return 0 if label in _AS_FACTS else WANTED.index("set" if label in _AS_SETS else label)


def _softmax(rows: Floats) -> Floats:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
