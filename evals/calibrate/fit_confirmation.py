"""Fit how likely the best article answers:

    python -m evals.calibrate.fit_confirmation --samples FOLDER… --maps FOLDER [--curated] [--write]

A logistic over `confirmation.FEATURES` for regulations that have likely questions (`dev` as it is; written with
--curated alone), one for those that have none: each part of `other_cities.jsonl` asked of its published texts, which
the FOLDERs hold (`other_cities.toml`; an index of each is kept in the data folder), and `dev` without likely
questions. Each is ranked by a map that has learnt nothing of its regulations, `dev` by one that has learnt from no
question on them, as it is with a regulation that nobody knew of (--maps: `python -m evals.calibrate.fit_query_map
train … --unseen FOLDER`); what `elsewhere` learns from beside these sets is ranked by the map in service. An article
that lacks the sort of figure that is asked for does not come to the point where a curve judges. How likely an article
states what is asked is one of the features; the net that says so (`elsewhere`) is fitted here too, on these sets and
others, and of each set it is told by nets that have not seen the regulation. Where nobody has written likely
questions another net is added to the curve (`sureness`). What is printed of each set comes from curves and nets that
have not seen the regulation, whatever set asks of it. `test` is not looked at. Last are the parts of
`other_cities_fresh.jsonl`, of which no question is fitted on, ranked by the map in service. A part whose texts are
not all in the FOLDERs is left out, which is said. Beside it stands, of each set and of all of them, what share of the
right articles is among the first five, which no curve changes.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.decide.calibration import Logistic, load_calibration
from assistant.decide.confirmation import FEATURES, MOST_ODDS, WITH_QUESTIONS_ALONE, features, led_apart
from assistant.decide.decide import decide
from assistant.decide.heads import keep
from assistant.decide.stated.head import Curve
from assistant.decide.stated.signals import signals
from assistant.retrieve import hit_of, retrieve
from assistant.settings import load_settings
from assistant.understand.question import understand
from evals.ablate import EVERYDAY
from evals.calibrate.fit_stated import curve_arrays, off_topic_rows, rows_of
from evals.calibrate.net import StatedRow, odds
from evals.calibrate.thresholds import fit_logistic, relevance_of, store
from evals.calibrate.without_questions.elsewhere import Asked, curve_of, joined, of_published, of_rows, unseen_odds
from evals.calibrate.without_questions.parts import parts_of
from evals.calibrate.without_questions.risk_coverage import Confirmations, Floats, print_curve, print_set
from evals.calibrate.without_questions.sureness import confidence_by, with_net
from evals.questions.case import Case, Gold
from evals.questions.cases import bundled_set, load_cases
from evals.scores.ranking import named, rank_measures, same
from vectorstore.embeddings import model_name
from vectorstore.library import Library, Shelf
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import read_query_map

#: From that likelihood on it is cited. More than a third of the questions that are fitted on have no answer, each of
#: them close to what is stated; where fewer have none, what is told is too little.
THRESHOLD = 0.5
#: With likely questions, of what is cited rightly so much may be left open.
LOST = 0.0
_STRENGTH = 0.02
#: Any article comes to the point, except one that lacks what is asked for whatever speaks for it.
_ANY = 0.01
#: Which features are weighed where nobody has written likely questions.
_BARE = np.array([name not in WITH_QUESTIONS_ALONE for name in FEATURES])
_STATED = FEATURES.index("stated")


def gather(name: str, helper: Assistant, library: Library, cases: Sequence[Case]) -> Confirmations:
    """The rows of one set: of one regulation each, since several are judged each for itself."""
    calibration = load_calibration(model_name(helper.embeddings))
    blank = Logistic(0.0, (0.0,) * len(FEATURES))  # what is fitted may have other features than what it replaces
    calibration = replace(
        calibration,
        confirmation=blank,
        confirmation_without_questions=blank,
        confirmed=_ANY,
        confirmed_without_questions=_ANY,
    )
    kept: list[tuple[tuple[float, ...], bool, bool, bool, str]] = []
    read: list[StatedRow] = []
    apart: list[Floats] = []
    ranked: list[list[Gold]] = []
    beside = left_open = refused = 0
    for case in cases:
        question = understand(case.question, library.regulations, case.history, case.cities)
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        ranked.append([named(h) for h in found.hits])
        decision = decide(question, found, library, calibration)
        answerable = bool(case.gold) and not case.refuse
        if decision.confidence is None or len({e.regulation.id for e in decision.evidence}) != 1:
            beside += answerable and bool(decision.evidence)
            left_open += answerable and not decision.evidence
            refused += not answerable and not decision.evidence
            continue
        best = max((hit_of(library, found.scored, e.article.id) for e in decision.evidence), key=lambda h: h.score)
        right = answerable and any(same(g, named(best)) for g in (*case.gold, *case.also_ok))
        seen = features(question, found, library, best)
        kept.append((seen, right, answerable, case.kind == EVERYDAY, best.regulation))
        apart.append(np.asarray(led_apart(question.topic, found, library, best.id), dtype=np.float64))
        own, vector = signals(question.topic, found, library, best.id), np.asarray(found.vector, dtype=np.float64)
        read.append(StatedRow(name, question.topic, best.id, right, 1.0, own, vector))
    rights, answerables, spoken, titles = (np.array([row[at] for row in kept]) for at in (1, 2, 3, 4))
    values = np.array([row[0] for row in kept])
    pairs = zip(cases, rank_measures(cases, ranked), strict=True)
    first = tuple((m.recall_5, c.kind == EVERYDAY) for c, m in pairs if m and not c.refuse)
    asked = of_rows(read, titles.tolist())
    return Confirmations(
        name, values, rights, answerables, spoken, titles, beside, left_open, refused, first, asked, np.array(apart)
    )


def judged_anew(
    sets: Sequence[Confirmations], fresh: Sequence[Confirmations], given: Asked
) -> tuple[list[Confirmations], list[Confirmations], Curve]:
    """The sets with how likely each article states what is asked (log odds) by nets that have not seen its regulation,
    in the place of what the head in service says, which may have learnt from these questions; the fresh ones by the net
    fitted on all; that net."""
    asked = joined([rows.asked for rows in sets])
    net = curve_of(joined([given, asked]))
    ends = np.cumsum([len(rows.values) for rows in sets])[:-1]
    unseen = np.split(unseen_odds(asked, given), ends)
    seen = [odds(net, rows.asked.signals, rows.asked.vectors) for rows in fresh]
    return list(map(_with_odds, sets, unseen)), list(map(_with_odds, fresh, seen)), net


def _with_odds(rows: Confirmations, scores: Floats) -> Confirmations:
    values = rows.values.copy()
    values[:, _STATED] = np.clip(scores, -MOST_ODDS, MOST_ODDS)
    return replace(rows, values=values)


def fitted(sets: Sequence[Confirmations], *, bare: bool = True) -> Logistic:
    """The curve over some sets, each question weighing the same; `bare` of such without likely questions."""
    values, labels = np.vstack([s.values for s in sets]), np.concatenate([s.labels for s in sets])
    return fit_logistic(np.where(_BARE, values, 0.0) if bare else values, labels, _STRENGTH, balanced=False)


def left_out(sets: Sequence[Confirmations]) -> list[Floats]:
    """Of each set the confidences by curves fitted on all questions on other regulations."""
    titles = np.concatenate([s.titles for s in sets])
    values, labels = np.where(_BARE, np.vstack([s.values for s in sets]), 0.0), np.concatenate([s.labels for s in sets])
    confidence = np.zeros(len(labels))
    for title in np.unique(titles):
        mine = titles == title
        curve = fit_logistic(values[~mine], labels[~mine], _STRENGTH, balanced=False)
        confidence[mine] = relevance_of(curve, values[mine])
    return np.split(confidence, np.cumsum([len(s.values) for s in sets])[:-1])


def _widened(curve: Logistic) -> Logistic:
    """A curve that is not fitted anew: features that have joined since count for nothing in it."""
    return Logistic(curve.bias, (*curve.weights, *((0.0,) * (len(FEATURES) - len(curve.weights)))))


def _library(helper: Assistant, query_map: Path | None = None, *, likely_questions: bool = True) -> Library:
    """What is held, ranked by a map of one's own where a file is named."""
    library = Shelf(helper.store, model_name(helper.embeddings), likely_questions=likely_questions).library()
    if query_map is None:
        return library
    stored = helper.store.read(library.manifest.generation)
    assert stored is not None  # the library has just been read from it
    with query_map.open("rb") as raw:
        made = read_query_map(raw)
    searcher = Searcher(stored, likely_questions=likely_questions, map_for=lambda _: made)
    return Library(library.manifest, library.regulations, searcher, library.by_id, library.packed_norms)


def _map_of(maps: Path | None, name: str) -> Path | None:
    """The map of a part that has learnt nothing of its regulations."""
    return maps / f"{name}.npz" if maps else None


def main() -> None:
    """Fit the curves, print, and with --write store them."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate.fit_confirmation")
    parser.add_argument("--samples", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--maps", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--curated", action="store_true")
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    if said.samples and not said.maps:
        parser.error("--samples 要有 --maps：fit_query_map train … --unseen 写出映射的文件夹")
    helper = Assistant()
    helper.library()
    model, cases = model_name(helper.embeddings), load_cases([bundled_set("dev")])
    unseen = _map_of(said.maps, "dev")
    bare = gather("dev，不用常见问法", helper, _library(helper, unseen, likely_questions=False), cases)
    sets, fresh = (
        [
            gather(p.name, p.helper, _library(p.helper, _map_of(maps, p.name)), p.cases)
            for p in parts_of(of, said.samples, helper.data)
        ]
        if said.samples
        else []
        for of, maps in (("other_cities", said.maps), ("other_cities_fresh", None))
    )
    given = _given(said.samples, helper.data)
    every, fresh, stated = judged_anew([*sets, bare], fresh, given)
    (confidences, sureness), curve = with_net(every, left_out(every)), fitted(every)
    for rows, confidence in zip(every, confidences, strict=True):
        print_set(rows, confidence, THRESHOLD)
    print_curve(every[:-1] or every, confidences[: len(sets) or None])
    for rows in fresh:
        print_set(rows, confidence_by(sureness, curve, rows), THRESHOLD)
    calibration = load_calibration(model)
    calibration = replace(
        calibration,
        confirmation=_widened(calibration.confirmation),
        confirmation_without_questions=curve,
        confirmed_without_questions=THRESHOLD,
    )
    if said.curated:
        rows = gather("dev", helper, helper.library(), cases)
        own = fitted([rows], bare=False)
        confidence = relevance_of(own, rows.values)
        low = float(np.quantile(confidence[rows.right], LOST))
        print_set(rows, confidence, low)
        calibration = replace(calibration, confirmation=own, confirmed=round(low, 3))
    if said.write:
        keep(model, "alone", curve_arrays("bare", stated))
        keep(model, "sure", {**curve_arrays("", sureness.net), "share": np.array(sureness.share)})
        store(model, calibration)


def _given(folders: Sequence[Path], data: Path) -> Asked:
    """What the net learns from beside the sets: the three cities without likely questions, questions about something
    else, and published texts."""
    helper = Assistant(load_settings().model_copy(update={"likely_questions": False}))
    rows = [*rows_of(helper), *off_topic_rows(helper)]
    titles = {r.id: r.title for r in helper.library().regulations}
    own = of_rows(rows, [titles[r.article.partition("/")[0]] for r in rows])
    published = of_published(folders, data) if folders else None
    return joined([own, published]) if published else own


if __name__ == "__main__":
    main()
