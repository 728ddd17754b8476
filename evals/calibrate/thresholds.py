"""Fit the thresholds of the answer to data: `python -m evals.calibrate [--write]`.

Is the question about the corpus at all? A logistic curve over the features of `relevance.features`, fitted to
the answerable questions of `dev` against the off-topic ones of `off_topic`, once with and once without
likely questions; refusing is set where a share LOST of the answerable ones is refused.

Which articles and paragraphs are quoted? Margins behind the best one, each tried on a grid, the best
by `merit` on `dev` kept.

Another embedding model gets its own section of `assistant/decide/calibration.toml` from one run.
"""

import argparse
import itertools
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

import assistant.decide.calibration as calibration_module
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.decide.calibration import Calibration, Logistic, Margins, load_calibration
from assistant.decide.decide import decide
from assistant.decide.of_the_law.relevance import features
from assistant.retrieve import Found, retrieve
from assistant.understand.question import Question, understand
from assistant.verify import verify
from assistant.write.blocks import write
from assistant.write.compose import compose
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.scores.scoring import Score, score
from law.text.places import short_name
from vectorstore.embeddings import model_name
from vectorstore.library import Library, Shelf

Floats = npt.NDArray[np.float64]
#: The share of answerable questions that the off-topic threshold may cost on the data it is set on.
LOST = 0.0125
GRID: dict[str, tuple[float, ...]] = {
    "second_margin": (0.0, 0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0),
    "most_articles": (2, 3),
    "elsewhere_margin": (4.0, 6.0, 8.0, 10.0),
    "city_margin": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6),
    "city_margin_named": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
}


class Bench:
    """The answer path with the slow half, embedding and ranking, done once for each case."""

    def __init__(self, helper: Assistant, library: Library, cases: Sequence[Case]) -> None:
        self.library = library
        self.articles = {a.id: a for r in library.regulations for a in r.articles}
        self.prepared: list[tuple[Case, Question, Found]] = []
        for case in cases:
            question = understand(case.question, library.regulations, case.history, case.cities)
            self.prepared.append(
                (case, question, retrieve(question, library, helper.path.deciding.embed_all(question.topics)))
            )

    def scores(self, calibration: Calibration) -> list[Score]:
        """Score every case with these thresholds."""
        return [score(c, self._answer(q, f, calibration), self.articles) for c, q, f in self.prepared]

    def _answer(self, question: Question, found: Found, calibration: Calibration) -> Answer:
        decision = decide(question, found, self.library, calibration)
        return compose(question, found, decision, verify(write(question, decision), self.library)).answer


def fit_logistic(
    rows: Floats, labels: Floats, strength: float = 0.001, rounds: int = 100, *, balanced: bool = True
) -> Logistic:
    """Newton's method with a ridge on standardised features. Shapes (n, f), (n,).

    Balanced, both classes weigh the same; else each row does, and the curve gives probabilities.
    """
    mean, spread = rows.mean(0), rows.std(0)
    spread[spread == 0] = 1.0
    x = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    weight = np.full(len(labels), 1 / len(labels))
    if balanced:
        weight = np.where(labels == 1, 0.5 / labels.sum(), 0.5 / (len(labels) - labels.sum()))
    beta = np.zeros(x.shape[1])
    ridge = strength * np.diag([0.0, *([1.0] * rows.shape[1])])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (labels - p)) - ridge @ beta
        hessian = (x.T * (weight * p * (1 - p))) @ x + ridge
        beta += np.linalg.solve(hessian, gradient)
    weights = beta[1:] / spread
    bias = float(beta[0] - (weights * mean).sum())
    return Logistic(bias, tuple(float(w) for w in weights))


def relevance_of(curve: Logistic, rows: Floats) -> Floats:
    """(n,) probabilities."""
    result: Floats = 1 / (1 + np.exp(-(rows @ np.array(curve.weights) + curve.bias)))
    return result


def main() -> None:
    """Fit, print how, and with --write store the result."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate", description="用 dev 题集算出回答的各个阈值。")
    parser.add_argument("--write", action="store_true", help="写入 assistant/decide/calibration.toml")
    write = parser.parse_args().write
    helper = Assistant()
    helper.library()
    model = model_name(helper.embeddings)
    cases = load_cases([bundled_set("dev")])
    off_topic = with_cities(load_off_topic(), [short_name(r.place) for r in helper.regulations()])
    calibration = load_calibration(model)
    curves: list[Logistic] = []
    benches: list[Bench] = []
    for likely in (True, False):
        library = Shelf(helper.store, model, likely_questions=likely).library()
        benches.append(Bench(helper, library, cases))
        on = [c for c in cases if c.kind not in ("off_topic", "other_city", "missing_article", "lookup", "injection")]
        yes = _features(Bench(helper, library, on))
        no = _features(Bench(helper, library, off_topic))
        curve = fit_logistic(np.vstack([yes, no]), np.array([1.0] * len(yes) + [0.0] * len(no)))
        p_yes, p_no = relevance_of(curve, yes), relevance_of(curve, no)
        cut = float(np.quantile(p_yes, LOST))
        auc = float((p_yes[:, None] > p_no[None, :]).mean())
        sys.stdout.write(
            f"{'有' if likely else '无'}常见问法：{len(yes)} 道有关、{len(no)} 道无关；AUC {auc:.4f}；"
            f"阈值 {cut:.3f} 时误拒 {np.mean(p_yes < cut):.3f}，无关题拒绝 {np.mean(p_no < cut):.3f}\n"
        )
        curves.append(Logistic(curve.bias - float(np.log(cut / (1 - cut))), curve.weights))
    calibration = replace(calibration, relevance=curves[0], relevance_without_questions=curves[1], off_topic=0.5)
    for name, bench in zip(("margins", "margins_without_questions"), benches, strict=True):
        calibration = _search(name, bench, calibration)
    if write:
        store(model, calibration)


def with_cities(cases: Sequence[Case], cities: Sequence[str]) -> list[Case]:
    """Every other one once more with a city before it: a city's name alone must not make a question one of the law."""
    return [*cases, *(replace(c, question=f"{cities[n % len(cities)]}{c.question}") for n, c in enumerate(cases[::2]))]


def load_off_topic() -> list[Case]:
    """The off-topic questions, as cases to be refused."""
    lines = bundled_set("off_topic").read_text("utf-8").split("\n")
    return [
        Case(f"off-{n}", "off_topic", json.loads(line)["question"], refuse=True, reason="off_topic")
        for n, line in enumerate(lines, 1)
        if line.strip()
    ]


def _features(bench: Bench) -> Floats:
    rows: list[tuple[float, ...]] = []
    for _, question, found in bench.prepared:
        if not found.lookups and not question.rewritten:
            rows.append(features(question, found.scored, np.ones_like(found.asked)))
    return np.array(rows)


def merit(scores: Sequence[Score]) -> float:
    """Citation recall and facts stated, citation precision as much as both, and some of paragraphs to the point."""
    shares = {"cited": 1.0, "right": 2.0, "facts": 1.0, "to_the_point": 0.25}
    total = 0.0
    for field, share in shares.items():
        values = [v for s in scores if (v := getattr(s, field)) is not None]
        total += share * sum(values) / len(values)
    return total / sum(shares.values())


def _search(name: str, bench: Bench, calibration: Calibration) -> Calibration:
    """Coordinate search over the grid for the margins of that name, two rounds."""

    def tried_with(margins: Margins) -> float:
        return merit(bench.scores(replace(calibration, **{name: margins})))  # type: ignore[arg-type]

    best: Margins = getattr(calibration, name)
    top = tried_with(best)
    for _, (field, values) in itertools.product(range(2), GRID.items()):
        for value in values:
            tried = replace(best, **{field: value})  # type: ignore[arg-type]
            reached = tried_with(tried)
            if reached > top + 1e-9:
                best, top = tried, reached
        sys.stdout.write(f"{name}.{field} = {getattr(best, field)}（目标 {top:.4f}）\n")
    return replace(calibration, **{name: best})  # type: ignore[arg-type]


def store(model: str, calibration: Calibration) -> None:
    """Write the section of one model, keeping those of the others."""
    import tomllib

    path = Path(calibration_module.__file__).parent / "calibration.toml"
    models = tomllib.loads(path.read_text("utf-8")).get("models", {})
    said = asdict(replace(calibration, matter=None))  # which has a file of its own
    del said["matter"]
    models[model] = {
        **{k: v for k, v in said.items() if isinstance(v, dict)},
        "thresholds": {k: v for k, v in said.items() if not isinstance(v, dict)},
    }
    lines = ["# Written by `python -m evals.calibrate --write`; its output says which data and how."]
    for name, sections in models.items():
        for section, values in sections.items():
            lines.append(f'[models."{name}".{section}]')
            lines += [f"{k} = {json.dumps(v if not isinstance(v, tuple) else list(v))}" for k, v in values.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"已写入 {path}\n")
