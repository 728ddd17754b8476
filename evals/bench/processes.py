"""Whole processes: a cold question, what `--help` imports, and memory."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.questions import PLAIN
from evals.bench.rows import BenchRow, p50, seconds
from evals.servers.serving import serving_page

LIMIT_COLD, RUNS = 1.6, 5
HEAVY = ("chromadb", "streamlit", "langchain_openai")
FATIAO = (sys.executable, "-m", "fatiao.cli")
_ROOT = Path(__file__).resolve().parents[2]
#: Linux tells a child the peak of its parent as ru_maxrss, so there /proc is asked, which counts from exec on.
_MEMORY = """
import pathlib, resource, sys
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
high = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
print(high[0] / 1e3 if high else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""
_MODEL = f"from vectorstore.embeddings import make_embeddings; make_embeddings().embed_query('条')\n{_MEMORY}"
_ANSWERS = f"from assistant import Assistant; h = Assistant(); [h.ask(q) for q in {PLAIN!r}]\n{_MEMORY}"


def processes() -> list[BenchRow]:
    """Uses the index of the settings, which has to be there."""
    cold, chroma = _median(*FATIAO, "ask", PLAIN[0]), _median(sys.executable, "-c", "import chromadb")
    model, answers = _peak(_MODEL), _peak(_ANSWERS)
    return [
        BenchRow("冷启动 fatiao ask / import chromadb", cold / chroma, LIMIT_COLD),
        BenchRow("冷启动 fatiao ask", cold, unit="秒"),
        *(BenchRow(f"fatiao --help 载入 {name}", float(name in imported()), 0) for name in HEAVY),
        BenchRow("答 30 问的进程 / 只载入向量模型的进程，内存峰值", answers / model),
        BenchRow("答 30 问的进程，内存峰值", answers, unit="MB"),
        BenchRow("页面服务启动后、有人提问前，内存", _page_memory(), unit="MB"),
    ]


def imported() -> set[str]:
    """The top names of what `fatiao --help` imports."""
    command = (sys.executable, "-X", "importtime", *FATIAO[1:], "--help")
    said = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in said.splitlines()}


def _median(*command: str) -> float:
    """Wall seconds of a process, after one run that warms the disk."""

    def run() -> None:
        subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run()
    return p50([seconds(run) for _ in range(RUNS)])


def _peak(program: str) -> float:
    """MB that a Python program had resident at most, which it prints itself."""
    said = subprocess.run((sys.executable, "-c", program), cwd=_ROOT, check=True, capture_output=True, text=True).stdout
    return float(said.split()[-1])


def _page_memory() -> float:
    """MB of `fatiao ui` and its children once it answers on a free port."""
    with serving_page() as page:
        return sum(map(_resident, _family(page.pid)))


def _family(pid: int) -> Sequence[int]:
    said = subprocess.run(("ps", "-eo", "pid=,ppid="), check=True, capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in said.splitlines()]
    return [pid, *(child for child, parent in pairs if parent == pid)]


def _resident(pid: int) -> float:
    said = subprocess.run(("ps", "-o", "rss=", "-p", str(pid)), check=False, capture_output=True, text=True).stdout
    return int(said.strip() or 0) / 1e3
