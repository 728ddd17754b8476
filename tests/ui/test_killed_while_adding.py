"""kill -9 while a file is taken in: what was held still answers, nothing is half there, and adding again succeeds."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow
LAW = "".join(f"第{n}条　甲市人民政府应当建立停车泊位共享机制，编制第{n}号目录。\n" for n in "一二三四五六七八九")
TEXT = f"甲市停车泊位条例\n（2023年3月1日甲市人民代表大会常务委员会通过）\n{LAW}第十条　本条例自2023年6月1日起施行。\n"
#: As `ui/adding.py` takes a file in; the process is killed at a step of its own, -1 for never.
ADDS = """
import os, signal, sys
from pathlib import Path
from assistant import Assistant
from assistant.desk.taking_in import confirmed, propose
from assistant.settings import load_settings
from records import Records
step, at = int(sys.argv[1]), 0
def pass_(*_):
    global at
    if at == step:
        os.kill(os.getpid(), signal.SIGKILL)
    at += 1
settings = load_settings()
data = Path(sys.argv[2]).read_bytes()
found = propose(data, "停车.txt")
pass_()
regulation = confirmed(found, found.read)
records = Records(settings.records_database)
records.journal.note("desk", "", "adding", found.read.title, found.name)
pass_()
records.sources.keep(regulation.id, found.name, found.document.sha256, data, {}, "desk")
pass_()
with Assistant(settings) as helper:
    helper.change_corpus(add=[regulation], progress=pass_)
pass_()
print(at)
"""


def adds(folder: Path, document: Path, step: int) -> subprocess.CompletedProcess[str]:
    said = {**os.environ, "FATIAO_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", ADDS, str(step), str(document)]
    return subprocess.run(command, env=said, capture_output=True, text=True, timeout=300)


def held(folder: Path) -> tuple[list[str], str]:
    """The titles in service, and what an old question is answered."""
    code = (
        "from assistant import Assistant\nwith Assistant() as h:\n    print('|'.join(r.title for r in h.regulations()))"
        "\n    print([c.label for c in h.ask('武汉的企业买科技保险有补助吗？').citations])"
    )
    said = {**os.environ, "FATIAO_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, "-c", code], env=said, capture_output=True, text=True, timeout=300)
    titles, answer = made.stdout.splitlines()
    return titles.split("|"), answer


def test_a_kill_at_each_step_loses_nothing(index: Path, tmp_path: Path) -> None:
    document = tmp_path / "停车.txt"
    document.write_text(TEXT, "utf-8")
    whole = tmp_path / "whole"
    shutil.copytree(index, whole)
    done = adds(whole, document, -1)
    assert done.returncode == 0, done.stderr
    before = held(index)
    after = held(whole)
    assert len(after[0]) == len(before[0]) + 1
    steps = int(done.stdout)
    for step in sorted({1, 3, steps // 2, steps - 2, steps - 1}):  # noted, kept, embedded, switching, in service
        folder = tmp_path / f"step-{step}"
        shutil.copytree(index, folder)
        killed = adds(folder, document, step)
        assert killed.returncode == -signal.SIGKILL, (step, killed.stderr)
        titles, answer = held(folder)
        assert answer == before[1], step
        assert sorted(titles) in (sorted(before[0]), sorted(after[0])), step
        assert adds(folder, document, -1).returncode == 0, step
        assert held(folder) == after, step
        shutil.rmtree(folder)
