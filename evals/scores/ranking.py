"""Recall, nDCG and reciprocal rank of ranked articles, by ir-measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Citation, Hit
from evals.questions.case import Case, Gold
from law.errors import FatiaoError


@dataclass(frozen=True, slots=True)
class Ranking:
    """Measures of one case, each between 0 and 1."""

    recall_1: float
    recall_5: float
    recall_10: float
    ndcg_10: float
    rr: float


def rank_measures(cases: Sequence[Case], ranked: Sequence[Sequence[Gold]]) -> list[Ranking | None]:
    """Of each case with gold articles, from the articles ranked for it, best first; None without gold."""
    try:
        from ir_measures import RR, Qrel, R, ScoredDoc, iter_calc, nDCG
    except ImportError as error:
        raise FatiaoError(
            "打分要用 ir-measures，它没有装上：请运行 make setup，或 pip install ir-measures。"
        ) from error

    names = {R @ 1: "recall_1", R @ 5: "recall_5", R @ 10: "recall_10", nDCG @ 10: "ndcg_10", RR: "rr"}
    qrels: list[Qrel] = []
    run: list[ScoredDoc] = []
    for at, (case, hits) in enumerate(zip(cases, ranked, strict=True)):
        qrels += [Qrel(str(at), f"gold{n}", 1) for n in range(len(case.gold))]
        run += [ScoredDoc(str(at), name, -place) for place, name in enumerate(_names(case, hits))]
    found: list[dict[str, float]] = [{} for _ in cases]
    for one in iter_calc(list(names), qrels, run) if qrels else ():
        found[int(one.query_id)][names[one.measure]] = float(one.value)
    empty = dict.fromkeys(names.values(), 0.0)
    return [Ranking(**(empty | f)) if c.gold else None for c, f in zip(cases, found, strict=True)]


def named(one: Hit | Citation) -> Gold:
    """A hit or a citation as labels name it."""
    return Gold(one.city.removesuffix("市"), one.article, one.heading, getattr(one, "suffix", 0))


def same(gold: Gold, got: Gold) -> bool:
    """Whether an article is the one labelled; a heading counts only where the label has one."""
    there = (gold.city, gold.article) == (got.city, got.article) and gold.heading in ("", got.heading)
    return there and gold.suffix == got.suffix


def _names(case: Case, hits: Sequence[Gold]) -> list[str]:
    """The ranked articles as documents: a gold one by its place among the labels, each at most once."""
    names: list[str] = []
    for place, got in enumerate(hits):
        mine = (f"gold{n}" for n, gold in enumerate(case.gold) if same(gold, got) and f"gold{n}" not in names)
        names.append(next(mine, f"other{place}"))
    return names
