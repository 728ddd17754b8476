"""A question set as a table (.csv, .tsv): a column of questions and one of expected articles is enough."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evals.questions.case import Case, DatasetError, Gold
from law.text.numerals import NUMBER, to_int

#: What each column may be called.
COLUMNS = {
    "question": ("question", "问题", "题目"),
    "expected": ("expected", "expected article", "article", "articles", "gold", "条文", "应引条文", "标准条文"),
    "must_contain": ("must_contain", "要点"),
    "kind": ("kind", "题型"),
    "id": ("id", "编号"),
}
REFUSE = ("拒答", "refuse")
KIND = "自带"
_SUFFIX = r"(?:之([一二三四五六七八九十]{1,3}|[0-9]{1,2}))?"
#: 武汉 第五十八条第二款【标题】; the 款 is read and not scored, for an answer is scored by its articles.
_PLACE = re.compile(
    rf"^([^\d第条款/]*?)(?:第\s*)?({NUMBER})\s*条?{_SUFFIX}\s*(?:第?\s*{NUMBER}\s*款)?\s*(?:【(.+)】)?$"
)
#: The program's own: wuhan/58, x/10.1, wuhan/55-2.
_ID = re.compile(r"^([a-z0-9_-]+)/([0-9]{1,5})(?:\.([0-9]{1,2}))?(?:-[0-9]{1,2})?$", re.ASCII)
_SEVERAL, _FRAGMENTS = re.compile(r"[;；、，,\n]"), re.compile(r"[;；\n]")


def load_table(path: Path) -> Iterator[Case]:
    """The cases of a table in UTF-8 or GB18030. Raises DatasetError quoting the line."""
    text = _text(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" or "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        at = {name: next((head.index(n) for n in names if n in head), -1) for name, names in COLUMNS.items()}
        for name, told in (("question", "问题"), ("expected", "应引条文")):
            if at[name] < 0:
                known = "、".join(COLUMNS[name])
                raise DatasetError(f"题集「{path}」第 1 行没有{told}一列（可叫 {known}），只有：{'、'.join(head)}。")
        for row in reader:
            if any(cell.strip() for cell in row[len(head) :]):
                raise DatasetError(
                    f"题集「{path}」第 {reader.line_num} 行有 {len(row)} 格，"
                    f"表头只有 {len(head)} 格：多出「{row[len(head)]}」。"
                    "一格里有逗号的，用双引号括起来，或改用分号隔开。"
                )
            if any(cell.strip() for cell in row):
                cells = {name: row[i].strip() if 0 <= i < len(row) else "" for name, i in at.items()}
                yield _case(path, reader.line_num, cells)
    except csv.Error as error:
        raise DatasetError(f"题集「{path}」第 {reader.line_num} 行不是表格：{error}。") from error


def golds_in(said: str) -> tuple[Gold, ...]:
    """常州20; 武汉 第五十八条; a part without a city is of the city before it. Raises ValueError quoting the part.

    >>> golds_in("常州20；21; 武汉市第五十五条【总体设计】")[1:]
    (Gold(city='常州', article=21, heading='', suffix=0), Gold(city='武汉', article=55, heading='总体设计', suffix=0))
    """
    found: list[Gold] = []
    for part in filter(None, (p.strip() for p in _SEVERAL.split(said))):
        if own := _ID.match(part):
            found.append(Gold(own[1], int(own[2]), suffix=int(own[3] or 0)))
            continue
        hit = _PLACE.match(part)
        number = to_int(hit[2]) if hit else None
        city = re.sub(r"[\s《》]|市$", "", hit[1].strip()) if hit else ""
        city = city or (found[-1].city if found else "")
        if hit is None or number is None or not city:
            raise ValueError(part)
        found.append(Gold(city, number, hit[4] or "", to_int(hit[3] or "") or 0))
    return tuple(found)


def _case(path: Path, line: int, cells: dict[str, str]) -> Case:
    if not cells["question"]:
        raise DatasetError(f"题集「{path}」第 {line} 行没有问题：{'，'.join(filter(None, cells.values()))}。")
    needed = tuple(filter(None, (m.strip() for m in _FRAGMENTS.split(cells["must_contain"]))))
    case = Case(cells["id"] or f"第{line}行", cells["kind"] or KIND, cells["question"], must_contain=needed)
    if cells["expected"].lower() in REFUSE:
        return replace(case, refuse=True)
    try:
        gold = golds_in(cells["expected"])
    except ValueError as error:
        gold, shown = (), str(error)
    else:
        shown = cells["expected"]
    if not gold:
        raise DatasetError(
            f"题集「{path}」第 {line} 行的应引条文「{shown}」读不懂："
            "应写城市和条号，如 常州20、武汉 第五十八条 或 wuhan/58，"
            f"几条用分号隔开，应拒答的写「{REFUSE[0]}」。"
        )
    return replace(case, gold=gold)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"读不到题集「{path}」（{error}）。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DatasetError(f"题集「{path}」不是 UTF-8 或 GB18030 编码的文字。")
