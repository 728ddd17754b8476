"""`fatiao batch` and `fatiao verify`: one result a line; a line that fails says so and the run goes on."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import QuestionError
from law.errors import DocumentError, FatiaoError
from law.text.shown import json_shown

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.verify.scope import Cited
    from law.regulation import Regulation

Row = dict[str, Any]


def run_batch(helper: "Assistant", source: Path, target: Path) -> None:
    """Answer every line of `source` into `target`. Raises DocumentError where a file cannot be used."""

    def answer(said: Row) -> Row:
        row = helper.ask(said.get("question", ""), history=said.get("history"), cities=said.get("cities")).as_dict()
        return {**row, "id": row["id"] if said.get("id") is None else said["id"]}

    run_lines(source, target, answer)


def run_verify(helper: "Assistant", source: Path, target: Path) -> None:
    """Judge the sentence of every line by the articles it cites. Raises DocumentError where a file cannot be used."""
    from assistant.verify import judge, superfluous

    held = helper.regulations()

    def verdict(said: Row) -> Row:
        sentence, ids = said.get("sentence"), said.get("articles", [])
        if not isinstance(sentence, str) or not sentence.strip():
            raise QuestionError("这一行没有 sentence，应是一句话。")
        if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
            raise QuestionError('articles 应是条文编号的列表，例如 ["changzhou/20"]。')
        groups = {i: cited_by(i, held) for i in ids}
        cited = [c for group in groups.values() for c in group]
        found = judge(sentence, cited, others=held, looking=helper.looking())
        extra = superfluous(sentence, list(groups.values()), others=held) if found.supported else []
        reasons = [
            *found.reasons,
            *(f"「{i}」没有承载这句话的任何部分" for i, group in groups.items() if group in extra),
        ]
        return {"id": said.get("id"), "supported": not reasons, "reasons": reasons}

    run_lines(source, target, verdict)


def cited_by(id_: str, held: "tuple[Regulation, ...]") -> "list[Cited]":
    """The articles that an id names: `wuhan/55` every one of that number, `wuhan/55-2` the second alone.

    Raises QuestionError where none is held.
    """
    named = [(r, a) for r in held for a in r.articles if a.id == id_]
    found = [
        (r, b)
        for r, a in named
        for b in r.articles
        if b is a or (f"{r.id}/{_numbered(a.number, a.suffix)}" == id_ and (b.number, b.suffix) == (a.number, a.suffix))
    ]
    if not found:
        raise QuestionError(f"没有收录条文「{id_}」，编号应如 changzhou/20。")
    return found


def _numbered(number: int, suffix: int) -> str:
    return f"{number}.{suffix}" if suffix else str(number)


def run_lines(source: Path, target: Path, result_of: Callable[[Row], Row]) -> None:
    """Write the result of every JSON line of `source` to `target`, or its id and its `error`."""
    try:
        lines = source.read_text("utf-8-sig").split("\n")  # splitlines would also cut at U+2028 inside a string
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"读不到「{source}」（{error}），需要 UTF-8 的 JSONL 文件。") from error
    if target.exists() and target.samefile(source):
        raise DocumentError(f"「{target}」既是输入又是输出，写进去会丢掉输入，请换一个输出文件。")
    failed = 0
    try:
        with target.open("w", encoding="utf-8", errors="backslashreplace") as out:
            for line in lines:
                if line.strip():
                    row = _row(line, result_of)
                    failed += "error" in row
                    out.write(json_shown(json.dumps(row, ensure_ascii=False)) + "\n")
                    out.flush()
    except OSError as error:
        raise DocumentError(f"写不进「{target}」（{error.strerror or error}），请检查路径、权限和磁盘空间。") from error
    total = sum(1 for line in lines if line.strip())
    sys.stderr.write(f"共 {total} 行，成功 {total - failed} 行，出错 {failed} 行。\n")


def _row(line: str, result_of: Callable[[Row], Row]) -> Row:
    id_: Any = None
    try:
        said = json.loads(line)
        if not isinstance(said, dict):
            raise QuestionError(f"这一行应是 JSON 对象，不是「{line[:60]}」。")
        id_ = said.get("id")
        return result_of(said)
    except (ValueError, RecursionError) as error:
        return {"id": id_, "error": f"这一行不是合法的 JSON（{error}）。"}
    except FatiaoError as error:
        return {"id": id_, "error": str(error)}
    except Exception as error:  # the promise of a batch: whatever one line does, the others are answered
        logging.getLogger("fatiao").debug("a line of a batch failed", exc_info=True)
        return {"id": id_, "error": f"这一行没有答成（{type(error).__name__}），请检查内容后再试。"}
