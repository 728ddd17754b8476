"""A run as plain data: `report.json`, which a later run takes as its baseline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.evaluation import Evaluation
from evals.questions.case import DatasetError
from evals.scores.bars import BarResult
from evals.scores.figures import FIGURES
from evals.scores.scoring import Score

FORMAT = 1
NAME = "report.json"
#: What a later comparison reads of each case.
COMPARED = {"id", "kind", "question", "history", "unscored", "why", "values"}


def as_dict(result: Evaluation, held: Sequence[BarResult] = ()) -> dict[str, Any]:
    """Figures by kind ("" is all), bars, and every case with its values and its reason."""
    return {
        "format": FORMAT,
        "about": result.about,
        "figures": {k: {f: asdict(e) for f, e in mine.items()} for k, mine in result.figures.items()},
        "bars": [{"kind": b.kind, "figure": b.figure, "bar": b.bar, "ok": b.ok, "said": b.said} for b in held],
        "cases": [case_as_dict(s) for s in result.scores],
    }


def case_as_dict(one: Score) -> dict[str, Any]:
    """One case: what was asked and expected, what came, what was found, and why it failed."""
    case, answer = one.case, one.answer
    values = {f.key: v for f in FIGURES if f.key != "seconds" and (v := getattr(one, f.key)) is not None}
    return {
        "id": case.id,
        "kind": case.kind,
        "question": case.question,
        "history": list(case.history),
        "cities": list(case.cities),
        "expected": {
            "gold": [_place(g.city, g.article, g.heading) for g in case.gold],
            "also_ok": [_place(g.city, g.article, g.heading) for g in case.also_ok],
            "must_contain": list(case.must_contain),
            "must_not_contain": list(case.must_not_contain),
            "unstated": list(case.unstated),
            "refuse": case.refuse,
            "reason": case.reason,
        },
        "note": case.note,
        "failed": one.failed,
        "unscored": one.unscored,
        "why": one.why,
        "verdict": one.verdict,
        "values": values if not one.unscored else {},
        "seconds": None if one.seconds is None else round(one.seconds, 4),
        "got": None
        if answer is None
        else {
            "text": answer.text,
            "refused": answer.refused,
            "reason": answer.reason,
            "standalone": answer.standalone,
            "unstated": list(answer.unstated),
            "cited": [_place(c.city.removesuffix("市"), c.article, c.heading, c.paragraph) for c in answer.citations],
            "retrieved": [
                {"place": _place(h.city.removesuffix("市"), h.article, h.heading), "score": h.score}
                for h in answer.hits
            ],
        },
    }


def load_result(path: Path) -> dict[str, Any]:
    """A former `report.json`, or the folder that holds it. Raises DatasetError."""
    file = path / NAME if path.is_dir() else path
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"读不到基线「{file}」（{error}）。") from error
    if not isinstance(said, Mapping) or said.get("format") != FORMAT:
        raise DatasetError(f"「{file}」不是 fatiao eval --report 写下的 {NAME}（格式 {FORMAT}）。")
    cases = said.get("cases")
    if not isinstance(cases, list) or not all(isinstance(c, Mapping) and c.keys() >= COMPARED for c in cases):
        raise DatasetError(f"「{file}」缺少每题的结果（{'、'.join(sorted(COMPARED))}），不能拿来比较，请重新生成。")
    return dict(said)


def _place(city: str, article: int, heading: str = "", paragraph: int = 0) -> str:
    """武汉58, 武汉55【总体设计】, 武汉58#2 for its second 款."""
    return f"{city}{article}" + (f"【{heading}】" if heading else "") + (f"#{paragraph}" if paragraph else "")
