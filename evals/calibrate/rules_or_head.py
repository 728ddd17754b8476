"""Rules, or a small head over the question's own vector? `python -m evals.calibrate.rules_or_head`.

What kind of fact is asked for, and whether it is asked whether, who or when: read by the rules of `asked.toml`, and by
a logistic head over the vector that the search computes anyway. The head is trained on the questions of `dev` that
`datasets/asked.jsonl` labels and on the rules' own examples, so that both mechanisms know the same. Its strength is
chosen on folds of these. Both are measured on `datasets/asked_fresh.jsonl`, written before either was run on them.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.understand.language import emphases, kinds_asked
from evals.questions.cases import bundled_set, load_cases
from law.text.rules import load_rules
from law.text.script import plain

Floats = npt.NDArray[np.float64]
#: What is asked where no kind of fact, and no such way, is.
NO_KIND, NO_WAY = "", "other"
_FOLDS, _STEPS, _RATE = 5, 400, 1.0
_STRENGTHS = (0.00003, 0.0001, 0.0003, 0.001, 0.01)
#: Where the rules say nothing, the head is believed from this probability on (the third column).
SURE = 0.8


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its label: a kind of fact or a way of asking."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Multinomial logistic regression: `weights` is (features + 1, classes)."""

    names: tuple[str, ...]
    mean: Floats
    weights: Floats

    def chances(self, vectors: Floats) -> Floats:
        """(n, classes), each row summing to one."""
        return _softmax(_with_one(vectors - self.mean) @ self.weights)


def fit(vectors: Floats, labels: Sequence[str], strength: float) -> LinearHead:
    """A head by gradient descent, with an L2 penalty of that strength."""
    names = tuple(sorted(set(labels)))
    wanted = np.asarray([[name == label for name in names] for label in labels], dtype=float)
    mean = vectors.mean(axis=0)
    rows = _with_one(vectors - mean)
    weights = np.zeros((rows.shape[1], len(names)))
    for _ in range(_STEPS):
        weights -= _RATE * (rows.T @ (_softmax(rows @ weights) - wanted) / len(rows) + strength * weights)
    return LinearHead(names, mean, weights)


def best_strength(vectors: Floats, labels: Sequence[str]) -> float:
    """The penalty with the least log loss over folds."""
    folds = np.arange(len(labels)) % _FOLDS
    losses = []
    for strength in _STRENGTHS:
        loss = 0.0
        for fold in range(_FOLDS):
            head = fit(vectors[folds != fold], [n for n, f in zip(labels, folds, strict=True) if f != fold], strength)
            for label, row in zip(
                [n for n, f in zip(labels, folds, strict=True) if f == fold],
                head.chances(vectors[folds == fold]),
                strict=True,
            ):
                loss -= np.log(max(row[head.names.index(label)] if label in head.names else 0.0, 1e-6))
        losses.append(loss)
    return _STRENGTHS[int(np.argmin(losses))]


def kind_by_rule(text: str, wanted: str) -> str:
    """The kind that the rules hear; of several the wanted one, else the first."""
    names = [k.name for k in kinds_asked(text)]
    return wanted if wanted in names else names[0] if names else NO_KIND


def way_by_rule(text: str, wanted: str) -> str:
    """The way of asking that the rules hear, likewise."""
    names = [e.name for e in emphases() if e.name != "figure" and e.asked.search(text)]
    return wanted if wanted in names else names[0] if names else NO_WAY


def examples(family: str, none: str) -> list[LabelledQuestion]:
    """The examples of the rules of `asked.toml`: yes of its own name, no of none."""
    told = []
    for name, rule in load_rules("assistant.understand", "asked.toml").items():
        if rule.id.startswith(f"{family}.") and name != "figure":
            told += [LabelledQuestion(text, name) for text in rule.yes] + [
                LabelledQuestion(text, none) for text in rule.no
            ]
    return told


def main() -> None:
    """Print how many of the fresh questions each mechanism reads right."""
    from assistant import Assistant

    questions = {c.id: c.question for c in load_cases([bundled_set("dev")])}
    labelled = [{**row, "question": questions[str(row["id"])]} for row in _rows("asked")]
    fresh = _rows("asked_fresh")
    embed = Assistant().embeddings.embed_query
    for key, none, by_rule, family in (
        ("kinds", NO_KIND, kind_by_rule, "kind"),
        ("way", NO_WAY, way_by_rule, "emphasis"),
    ):
        known = [a for row in labelled for a in _asked(row, key)] + examples(family, none)
        _compare(key, known, [a for row in fresh for a in _asked(row, key)], by_rule, embed)


def _compare(
    key: str,
    known: Sequence[LabelledQuestion],
    fresh: Sequence[LabelledQuestion],
    by_rule: Callable[[str, str], str],
    embed: Callable[[str], list[float]],
) -> None:
    labels = [a.label for a in known]
    vectors = np.asarray([embed(a.text) for a in known])
    strength = best_strength(vectors, labels)
    head = fit(vectors, labels, strength)
    rows = head.chances(np.asarray([embed(a.text) for a in fresh]))
    ruled = [by_rule(plain(a.text), a.label) for a in fresh]
    headed = [head.names[int(row.argmax())] for row in rows]
    silent = by_rule("", "")
    both = [h if r == silent and row.max() >= SURE else r for r, h, row in zip(ruled, headed, rows, strict=True)]
    print(f"{key}: trained on {len(known)}, penalty {strength}; fresh {len(fresh)}")
    for name, said in (("rules", ruled), ("head", headed), ("rules, then head where sure", both)):
        right = [s == a.label for s, a in zip(said, fresh, strict=True)]
        told = [ok for ok, a in zip(right, fresh, strict=True) if a.label != silent]
        none = [ok for ok, a in zip(right, fresh, strict=True) if a.label == silent]
        print(f"  {name}: {sum(right)}/{len(right)}; asked for {sum(told)}/{len(told)}, not {sum(none)}/{len(none)}")
    for a, r, h in zip(fresh, ruled, headed, strict=True):
        if r != a.label:
            print(f"    {a.text} | {a.label or '-'} | rules {r or '-'} | head {h or '-'}")


def _asked(row: dict[str, object], key: str) -> list[LabelledQuestion]:
    text = str(row["question"])
    if key == "way":
        return [LabelledQuestion(text, str(row["way"]))] if "way" in row else []
    kinds = row["kinds"]
    assert isinstance(kinds, list)
    return [LabelledQuestion(text, kind) for kind in kinds or [NO_KIND]]


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in bundled_set(name).read_text("utf-8").splitlines()]


def _with_one(rows: Floats) -> Floats:
    """Vectors of unit length differ by little: they are brought to unit spread, and a bias is added."""
    return np.hstack([rows * np.sqrt(rows.shape[1]), np.ones((len(rows), 1))])


def _softmax(rows: Floats) -> Floats:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
