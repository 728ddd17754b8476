"""`make bench-start`: from an empty clone to the first answer in the page, every cache empty; exit 1 beyond the limit.

Needs git, make and a package index. Nothing of this environment is used: the clone makes its own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from evals.bench.rows import BenchRow, say, seconds

#: Seconds.
LIMIT_START = 60
ROOT = Path(__file__).resolve().parents[2]
QUESTION = "武汉的企业买科技保险有补助吗？"
#: The page as a visitor's browser runs it, without the browser: it builds the index first, then answers with a quote.
_PAGE = f"""
import fatiao, pathlib
from streamlit.testing.v1 import AppTest
at = AppTest.from_file(str(pathlib.Path("ui/app.py").absolute()), default_timeout=120).run()
at.chat_input(key="question").set_value({QUESTION!r}).run()
assert not at.exception
assert "blockquote" in "".join(drawn.proto.json for drawn in at.get("bidi_component"))
"""


def start() -> list[BenchRow]:
    """One clone, set up and asked in the page; then once more on the command line, the index being there."""
    with tempfile.TemporaryDirectory() as name:
        there = Path(name) / "clone"
        caches = {"UV_CACHE_DIR": f"{name}/uv", "PIP_CACHE_DIR": f"{name}/pip", "FATIAO_DATA_DIR": f"{name}/data"}
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")} | caches

        def run(*command: str) -> None:
            subprocess.run(command, cwd=there, env=environment, check=True, stdout=subprocess.DEVNULL)

        subprocess.run(["git", "clone", "-q", str(ROOT), str(there)], check=True)
        python = str(there / ".venv" / "bin" / "python")
        base = str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")
        before = _processor()
        set_up = seconds(lambda: run("make", "-s", ".venv/.runs", f"PYTHON={base}"))
        page = seconds(lambda: run(python, "-c", _PAGE))
        used = _processor() - before
        cold = seconds(lambda: run(python, "-m", "fatiao.cli", "ask", QUESTION))
        size = sum(f.stat().st_size for f in (there / ".venv").rglob("*") if f.is_file())
    return [
        BenchRow("空的克隆 → 页面里的第一个回答", set_up + page, LIMIT_START, "秒"),
        BenchRow("其中处理器用时（机器忙时也一样）", used, unit="秒"),
        BenchRow("其中安装", set_up, unit="秒"),
        BenchRow("其中打开页面、建立索引、回答", page, unit="秒"),
        BenchRow("此后新进程里的一个回答", cold, unit="秒"),
        BenchRow(".venv", size / 1e6, unit="MB"),
    ]


def _processor() -> float:
    """Seconds of processor time that the programs run so far have used."""
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    rows = start()
    say(rows)
    sys.exit(0 if all(row.ok for row in rows) else 1)
