"""Sets of evaluation questions, read from JSON lines or tables."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.questions.case import Case, DatasetError, Gold
from evals.questions.tables import load_table

#: The keys of a case and what each holds; an id may be a number too.
TYPES: dict[str, type | tuple[type, ...]] = {
    "id": (str, int),
    "kind": str,
    "question": str,
    "history": list,
    "cities": list,
    "gold": list,
    "also_ok": list,
    "must_contain": list,
    "must_not_contain": list,
    "unstated": list,
    "refuse": bool,
    "reason": str,
    "note": str,
}


def bundled_set(name: str) -> Path:
    """A question set that comes with the project: `dev` (thresholds are set on it) or `test` (nothing is)."""
    return Path(__file__).resolve().parents[1] / "datasets" / f"{name}.jsonl"


def load_cases(paths: Sequence[Path]) -> list[Case]:
    """Read question sets, JSON lines or tables. Raises DatasetError naming the file and line."""
    cases: list[Case] = []
    for path in paths:
        cases += load_table(path) if path.suffix.lower() in (".csv", ".tsv") else _load_lines(path)
    if twice := [name for name, times in Counter(c.id for c in cases).items() if times > 1]:
        raise DatasetError(f"题集里有重复的编号：{'、'.join(twice[:5])}。")
    if not cases:
        raise DatasetError("题集是空的：.jsonl 每行一个 {id, kind, question, gold, …}，.csv 至少有问题和应引条文两列。")
    return cases


def _load_lines(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"读不到题集「{path}」（{error}）。") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _case(path, number, line)


def _case(path: Path, number: int, line: str) -> Case:
    try:
        said: dict[str, Any] = json.loads(line)
        for key, kind in TYPES.items():
            if key in said and not isinstance(said[key], kind):
                raise ValueError(f"{key} 应是{'列表' if kind is list else '文字' if kind is str else ' true 或 false'}")
        if unknown := said.keys() - TYPES.keys():
            raise ValueError(f"不认识 {'、'.join(sorted(unknown))}")
        return Case(
            id=str(said["id"]),
            kind=str(said.get("kind", "")),
            question=str(said["question"]),
            history=tuple(said.get("history", ())),
            cities=tuple(said.get("cities", ())),
            gold=_golds(said.get("gold", ())),
            also_ok=_golds(said.get("also_ok", ())),
            must_contain=tuple(said.get("must_contain", ())),
            must_not_contain=tuple(said.get("must_not_contain", ())),
            unstated=tuple(said.get("unstated", ())),
            refuse=bool(said.get("refuse", False)),
            reason=str(said.get("reason", "")),
            note=str(said.get("note", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(f"题集「{path}」第 {number} 行读不懂：{error!r}。") from error


def _golds(rows: Sequence[dict[str, Any]]) -> tuple[Gold, ...]:
    return tuple(Gold(str(r["city"]).removesuffix("市"), int(r["article"]), str(r.get("heading", ""))) for r in rows)
