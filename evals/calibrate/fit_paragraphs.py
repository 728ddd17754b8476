"""Fit which 款 of an article answers: `python -m evals.calibrate.fit_paragraphs [--write]`.

On the questions of `dev` that name in `must_contain` what carries their answer, each gold article of several 款 a row;
once as they are asked, once without likely questions. What is printed is of articles left out, whatever asks of them:
how often all 款 that carry the answer are quoted, how often any, and how many are quoted.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.assistant import Assistant
from assistant.decide.calibration import Choice, load_calibration
from assistant.decide.evidence import in_its_words
from assistant.decide.stated.paragraphs import FEATURES, paragraph_rows
from assistant.retrieve import retrieve
from assistant.understand.question import understand
from evals.calibrate.thresholds import store
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from law.regulation import Article
from law.text.script import plain
from vectorstore.embeddings import model_name
from vectorstore.library import Library, Shelf

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
_FOLDS, _STEPS, _RATE, _PULL, _SEED = 5, 600, 0.3, 0.03, 20241107
#: Shares that are printed; the one that is kept quotes as many 款 as are wanted, and a few more.
SHARES = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """One article as one question sees it: `rows` (款, features), and which 款 carry the answer."""

    article_id: str
    rows: Floats
    right: Marks


def gather(helper: Assistant, library: Library, cases: Sequence[Case]) -> list[Asked]:
    """All rows of a set."""
    kept: list[Asked] = []
    for case in cases:
        question = understand(case.question, library.regulations, case.history, case.cities)
        if case.refuse or question.references or question.status:
            continue
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        if found.lookups:
            continue
        for article in _gold(case, library):
            said = [plain(p.full) for p in article.paragraphs]
            right = np.array([any(plain(m) in text for m in case.must_contain) for text in said])
            if len(said) > 1 and right.any():
                kept.append(
                    Asked(article.id, paragraph_rows(in_its_words(question), found.vector, library, article), right)
                )
    return kept


def fitted(rows: Sequence[Asked]) -> Floats:
    """(features,) weights under which the right 款 are likely: softmax over the 款 of each article, pulled to zero."""
    spread = np.vstack([r.rows - r.rows.mean(0) for r in rows]).std(0)
    spread[spread == 0] = 1.0
    most = max(len(r.rows) for r in rows)
    inputs, right = np.zeros((len(rows), most, len(FEATURES))), np.zeros((len(rows), most), dtype=np.bool_)
    there = np.full((len(rows), most), -np.inf)  # added to what is no 款
    for n, row in enumerate(rows):
        held = len(row.rows)
        inputs[n, :held] = (row.rows - row.rows.mean(0)) / spread
        right[n, :held], there[n, :held] = row.right, 0.0
    weights = np.zeros(len(FEATURES))
    for _ in range(_STEPS):
        likely = _softmax(inputs @ weights + there)
        own = likely * right
        own /= own.sum(1, keepdims=True)
        slope = np.einsum("npf,np->f", inputs, likely - own) / len(rows)
        weights -= _RATE * (slope + 2 * _PULL * weights)
    result: Floats = weights / spread
    return result


def left_out(rows: Sequence[Asked]) -> list[Floats]:
    """Of each row how likely each 款 is, by weights that have not seen its article."""
    names = sorted({r.article_id for r in rows})
    order = np.random.default_rng(_SEED).permutation(len(names))
    fold = {name: int(at) % _FOLDS for name, at in zip(names, order, strict=True)}
    made = [fitted([r for r in rows if fold[r.article_id] != k]) for k in range(_FOLDS)]
    return [_softmax(r.rows @ made[fold[r.article_id]]) for r in rows]


def _softmax(scores: Floats) -> Floats:
    likely = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = likely / likely.sum(-1, keepdims=True)
    return result


def _gold(case: Case, library: Library) -> Iterator[Article]:
    for gold in case.gold:
        for regulation in library.regulations:
            if regulation.place.startswith(gold.city):
                held = (a for a in regulation.articles if a.number == gold.article)
                yield from (a for a in held if not gold.heading or a.heading == gold.heading)


def _say(name: str, rows: Sequence[Asked], likely: Sequence[Floats]) -> None:
    for share in SHARES:
        quoted = [p >= share * p.max() for p in likely]
        pairs = [(q, r.right) for q, r in zip(quoted, rows, strict=True)]
        every = np.mean([not (right & ~q).any() for q, right in pairs])
        some = np.mean([(right & q).any() for q, right in pairs])
        many = np.mean([q.sum() for q in quoted])
        sys.stdout.write(
            f"{name}：{len(rows)} 条，份额 {share}：全引 {every:.3f}，引到 {some:.3f}，每条引 {many:.2f} 款\n"
        )


def main() -> None:
    """Fit both, print, and with --write store them."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate.fit_paragraphs")
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    helper = Assistant()
    helper.library()
    model, cases = model_name(helper.embeddings), load_cases([bundled_set("dev")])
    calibration = load_calibration(model)
    for likely, field in ((True, "paragraphs"), (False, "paragraphs_without_questions")):
        rows = gather(helper, Shelf(helper.store, model, likely_questions=likely).library(), cases)
        _say("有常见问法" if likely else "无常见问法", rows, left_out(rows))
        weights = fitted(rows)
        sys.stdout.write("  " + "  ".join(f"{n} {w:.2f}" for n, w in zip(FEATURES, weights, strict=True)) + "\n")
        made = Choice(tuple(round(float(w), 4) for w in weights), SHARE)
        calibration = replace(calibration, **{field: made})  # type: ignore[arg-type]
    if said.write:
        store(model, calibration)


if __name__ == "__main__":
    main()
