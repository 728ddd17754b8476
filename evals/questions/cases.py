"""Sets of evaluation questions, read from JSON lines or tables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from evals.questions.case import Case, DatasetError
from evals.questions.tables import load_table


def _with_kind(row: object) -> object:
    return {"kind": "", **row} if isinstance(row, dict) else row


_ADAPTER: TypeAdapter[Case] = TypeAdapter(Annotated[Case, BeforeValidator(_with_kind)])
#: What a line may get wrong, by the validator's own names, as it is told.
_FAULTS = {
    "json_invalid": "不是 JSON",
    "unexpected_keyword_argument": "不认识 {field}",
    "missing": "缺 {field}",
    "string_type": "{field} 应是文字",
    "tuple_type": "{field} 应是列表",
    "bool_type": "{field} 应是 true 或 false",
    "int_parsing": "{field} 应是整数",
    "dataclass_type": "{field} 应是 {{…}}",
    "dict_type": "{field} 应是 {{…}}",
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
        return _ADAPTER.validate_json(line)
    except ValidationError as error:
        told = "；".join(_told(e) for e in error.errors(include_url=False)[:3])
        raise DatasetError(f"题集「{path}」第 {number} 行读不懂：{told}。") from error


def _told(error: ErrorDetails) -> str:
    """One fault of a line: which field, and what it should be."""
    field = ".".join(str(part) for part in error["loc"]) or "这一行"
    known = _FAULTS.get(error["type"])
    return known.format(field=field) if known else f"{field}：{error['msg']}"
