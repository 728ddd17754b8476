"""`fatiao batch`: one answer a line; a line that fails says so and the run goes on."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import QuestionError
from vectorstore.errors import DocumentError, FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def run_batch(helper: "Assistant", source: Path, target: Path) -> None:
    """Answer every line of `source` into `target`. Raises DocumentError where a file cannot be used."""
    try:
        lines = source.read_text("utf-8-sig").split("\n")  # splitlines would also cut at U+2028 inside a string
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"读不到「{source}」（{error}），需要 UTF-8 的 JSONL 文件。") from error
    if target.exists() and target.samefile(source):
        raise DocumentError(f"「{target}」既是输入又是输出，写进去会丢掉问题，请换一个输出文件。")
    failed = 0
    try:
        with target.open("w", encoding="utf-8", errors="backslashreplace") as out:
            for line in lines:
                if line.strip():
                    row = _answer(helper, line)
                    failed += "error" in row
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    out.flush()
    except OSError as error:
        raise DocumentError(f"写不进「{target}」（{error.strerror or error}），请检查路径、权限和磁盘空间。") from error
    total = sum(1 for line in lines if line.strip())
    sys.stderr.write(f"共 {total} 行，成功 {total - failed} 行，出错 {failed} 行。\n")


def _answer(helper: "Assistant", line: str) -> dict[str, Any]:
    id_: Any = None
    try:
        said = json.loads(line)
        if not isinstance(said, dict):
            raise QuestionError(f"这一行应是 JSON 对象，不是「{line[:60]}」。")
        id_ = said.get("id")
        answer = helper.ask(said.get("question", ""), history=said.get("history"), cities=said.get("cities"))
    except (ValueError, RecursionError) as error:
        return {"id": id_, "error": f"这一行不是合法的 JSON（{error}）。"}
    except FatiaoError as error:
        return {"id": id_, "error": str(error)}
    row = answer.as_dict()
    if id_ is not None:
        row["id"] = id_
    return row
