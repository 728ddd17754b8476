"""Fit how likely an article states what is asked: `python -m evals.calibrate.fit_stated [--write]`.

On what the messages of `messages.jsonl` and the turns of talks ask (`of_messages`), on `stated.jsonl` and
`stated_near.jsonl` (asked things of one article each, stated or not), on those messages of `whole_dev` of which all
that is asked is stated, or nothing, and on the facts and absent facts of `dev`, also by the clauses in which a fact is
told. What is printed is of articles left out: how many of the unstated things are seen where so many of the stated ones
are lost. With likely questions and without.

A second head (`alone`) judges a question that asks one thing by itself. Instead of what messages ask and what is near
it is fitted on `silent_train.jsonl` too (questions in everyday words that an article answers, or none), and the facts
of `dev` count in full; below the chance that loses LOST_ALONE of these, each left out, an article is not cited. That of
regulations without likely questions is fitted by `fit_confirmation`, which weighs it.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.decide.calibration import load_calibration
from assistant.decide.heads import HeadName, keep
from assistant.decide.stated.head import Curve, beside_nearest
from assistant.decide.stated.signals import Floats, signals
from assistant.retrieve import Found, retrieve
from assistant.understand.parts import take_apart
from assistant.understand.question import Question, understand
from evals.calibrate.net import FEW_DIRECTIONS, LITTLE, StatedRow, fit_net, odds
from evals.calibrate.of_messages import message_rows, turn_rows
from evals.calibrate.thresholds import store
from evals.questions.case import Case, Gold
from evals.questions.cases import bundled_set, load_cases
from vectorstore.embeddings import model_name
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant import Assistant

#: Questions by themselves, for the head that judges such.
_ALONE = "silent_train"
_OFF_TOPIC = "off_topic"
#: Things near to what is stated, for the head that judges the things of a message.
_NEAR = "stated_near"
#: What the rows of facts of `dev` are called that are told in several breaths.
_IN_BREATHS = "dev_in_breaths"
#: Kinds of messages of which all that is asked is stated, or nothing.
_WHOLLY = ("two_things", "absent", "fact")
_FACTS = ("fact_law", "fact_everyday", "number", "traditional", "typo", "no_city")
#: Facts of `dev` are long and in everyday words: each counts for less than a thing of a message.
_FACT_COUNTS = 0.3
_FOLDS = 8
#: All directions of the vectors want a greater penalty and more nets: fewer stated things are denied.
_HOW = {"penalty": 40.0, "nets": 6}
_LOST = (0.01, 0.02, 0.03, 0.05)
#: So much of what is stated may be left open where one thing is asked by itself.
LOST_ALONE = 0.005


def main() -> None:
    """Print what is seen and lost; with --write write the head."""
    from assistant import Assistant, load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what is judged wrongly")
    args = parser.parse_args()
    model, least = "", 0.0
    held: dict[HeadName, dict[str, Floats]] = {"stated": {}, "alone": {}}
    for name, asked in (("asked_about", True), ("bare", False)):
        helper = Assistant(load_settings().model_copy(update={"likely_questions": asked}))
        model = model_name(helper.embeddings)
        every = list(rows_of(helper))
        fitted_on: dict[HeadName, list[StatedRow]] = {"stated": [r for r in every if r.source != _ALONE]}
        if asked:
            fitted_on["alone"] = [replace(r, counts=1.0) for r in every if r.source != _IN_BREATHS]
        fitted_on["stated"] += [*_one_by_one(helper, _NEAR), *message_rows(helper), *turn_rows(helper)]
        for head, rows in fitted_on.items():
            if asked and head == "stated":
                rows = [beside_its_nearest(r, helper.library()) for r in rows]
            how = _HOW if head == "stated" else {"directions": FEW_DIRECTIONS, "weight": LITTLE}  # rows are fewer
            chances = left_out(rows, **how)
            print(f"{head}, {name}: {len(rows)} asked things")
            _print(rows, chances, show=args.show and asked)
            curve = _curve(rows, **how)
            held[head] |= curve_arrays(name, curve)
            if head == "alone":
                alone = [c for r, c in zip(rows, chances, strict=True) if r.source == "dev" and r.stated]
                least = round(float(np.quantile(alone, LOST_ALONE)), 3)
                print(f"  cited from {least} on")
    if args.write:
        for head, weights in held.items():
            keep(model, head, weights)
        store(model, replace(load_calibration(model), stated=least))


def curve_arrays(name: str, curve: Curve) -> dict[str, Floats]:
    """A curve as it is kept, under its name where it has one."""
    before = f"{name}_" if name else ""
    return {f"{before}{f.name}": getattr(curve, f.name).astype(np.float32) for f in fields(curve)}


def beside_its_nearest(row: StatedRow, library: Library) -> StatedRow:
    """A row with the nearest 款 of its article beside its vector: what an article of a regulation whose likely
    questions are known holds is learnt, of any other it would be guessed."""
    return replace(row, vector=np.asarray(beside_nearest(row.vector, library, row.article), dtype=np.float64))


def rows_of(helper: "Assistant") -> Iterator[StatedRow]:
    """All rows: of `stated.jsonl`, of `whole_dev`, of `dev`, of `silent_train`."""
    library = helper.library()
    yield from _one_by_one(helper, "stated")
    for case in load_cases([bundled_set("whole_dev")]):
        if case.kind in _WHOLLY and not case.history:
            yield from _of_message(helper, library, case, "whole_dev")
    for case in load_cases([bundled_set("dev")]):
        if not case.history and (case.kind in _FACTS or case.kind == "absent"):
            yield from _of_fact(helper, library, case)
        if not case.history and case.kind in _FACTS:  # one fact, told in several breaths
            yield from _of_message(helper, library, case, _IN_BREATHS)
    for case in load_cases([bundled_set(_ALONE)]):
        yield from _of_question(helper, library, case)


def _one_by_one(helper: "Assistant", name: str) -> Iterator[StatedRow]:
    """The things of a set that were written one by one, each of one article."""
    library = helper.library()
    for line in bundled_set(name).read_text("utf-8").splitlines():
        said = json.loads(line)
        yield _row(helper, library, name, said["asked"], said.get("after", ""), said["article"], said["stated"])


def off_topic_rows(helper: "Assistant") -> Iterator[StatedRow]:
    """Of questions about something else the best article, which does not state what is asked."""
    library = helper.library()
    for case in load_cases([bundled_set(_OFF_TOPIC)]):
        question = understand(case.question, library.regulations)
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        for best in found.hits[:1]:
            yield _made(helper, library, _OFF_TOPIC, question.topic, found, best.id, stated=False)


def _of_message(helper: "Assistant", library: Library, case: Case, source: str) -> Iterator[StatedRow]:
    question = understand(case.question, library.regulations)
    gold = [i for g in case.gold for i in _ids(g, library)]
    for part in take_apart(question, library.regulations):
        if part.question.status:
            continue
        found = retrieve(part.question, library, helper.path.deciding.embed(part.question.topic))
        mine = [i for i in gold if i.partition("/")[0] in part.question.regulation_ids] or [
            h.id for h in found.hits[:1]
        ]
        best = max(mine, key=lambda i: float(found.scored.total[library.searcher.index_of(i)]))
        yield _made(helper, library, source, part.own, found, best, not case.refuse)


def _of_fact(helper: "Assistant", library: Library, case: Case) -> Iterator[StatedRow]:
    question = understand(case.question, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    golds = [i for g in case.gold for i in _ids(g, library)] or [h.id for h in found.hits[:1]]
    for article in golds[:1]:
        counts = 1.0 if case.refuse else _FACT_COUNTS
        yield _made(helper, library, "dev", question.topic, found, article, not case.refuse, counts)


def _of_question(helper: "Assistant", library: Library, case: Case) -> Iterator[StatedRow]:
    """Of each regulation that it asks of, the article that states it, or the best one."""
    question = understand(case.question, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    golds = [i for g in case.gold for i in _ids(g, library)]
    for regulation, hits in found.by_regulation.items():
        mine = [i for i in golds if i.partition("/")[0] == regulation]
        if mine or (not golds and hits):
            yield _made(helper, library, _ALONE, question.topic, found, mine[0] if mine else hits[0].id, bool(mine))


def _row(
    helper: "Assistant", library: Library, source: str, asked: str, after: str, article: str, stated: bool
) -> StatedRow:
    topic = f"{after} {asked}".strip()
    question: Question = understand(asked, library.regulations)
    question = replace(
        question, topic=topic, regulation_ids=(article.partition("/")[0],), named=True, references=(), unread=()
    )
    found = retrieve(question, library, helper.path.deciding.embed(topic))
    return _made(helper, library, source, asked, found, article, stated)


def _made(
    helper: "Assistant",
    library: Library,
    source: str,
    asked: str,
    found: Found,
    article: str,
    stated: bool,
    counts: float = 1.0,
) -> StatedRow:
    vector = np.asarray(helper.path.deciding.embed(asked), dtype=np.float64)
    return StatedRow(source, asked, article, stated, counts, signals(asked, found, library, article), vector)


def _ids(gold: Gold, library: Library) -> list[str]:
    held = (r for r in library.regulations if r.place.removesuffix("市") == gold.city)
    return [a.id for r in held for a in r.find(gold.article) if gold.heading in ("", a.heading)]


def left_out(rows: Sequence[StatedRow], **how: Any) -> Floats:
    """(n,) the chance of each by a head that has not seen its article; `how` as of `fit_net`."""
    articles = sorted({r.article for r in rows})
    fold = {a: n % _FOLDS for n, a in enumerate(np.random.default_rng(0).permutation(articles).tolist())}
    folds = np.array([fold[r.article] for r in rows])
    scores = np.zeros(len(rows))
    for k in range(_FOLDS):
        curve = _curve([r for r, f in zip(rows, folds, strict=True) if f != k], **how)
        mine = [r for r, f in zip(rows, folds, strict=True) if f == k]
        scores[folds == k] = odds(curve, np.array([r.values for r in mine]), np.array([r.vector for r in mine]))
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))))


def _curve(rows: Sequence[StatedRow], **how: Any) -> Curve:
    values, vectors = np.array([r.values for r in rows]), np.array([r.vector for r in rows])
    stated, counts = np.array([r.stated for r in rows], dtype=float), np.array([r.counts for r in rows])
    return fit_net(values, vectors, stated, counts, **how)


def _print(rows: Sequence[StatedRow], chances: Floats, *, show: bool) -> None:
    for source in dict.fromkeys(r.source for r in rows):
        stated = np.array([c for r, c in zip(rows, chances, strict=True) if r.source == source and r.stated])
        not_stated = np.array([c for r, c in zip(rows, chances, strict=True) if r.source == source and not r.stated])
        cuts = [(lost, float(np.quantile(stated, lost))) for lost in _LOST]
        told = "  ".join(f"{(not_stated < cut).mean():.2f} at {lost:.0%} (below {cut:.2f})" for lost, cut in cuts)
        print(f"  {source}: {len(stated)} stated, {len(not_stated)} not: {told}")
    if show:
        for r, chance in sorted(zip(rows, chances, strict=True), key=lambda rc: float(rc[1])):
            if r.source != "dev" and (chance < 0.4) == r.stated:
                print(f"    {chance:.2f} {'stated' if r.stated else 'not'} {r.source} {r.article} {r.asked}")


if __name__ == "__main__":
    main()
