"""`python -m evals.bench.beside FOLDER [URL]`: memory of a process that answers from a large index.

Beside a Chroma server (URL) or embedded, with Streamlit in it. `private` is what this process alone has; the
files of the volumes are mapped and shared by all processes of a machine, which `resident` counts to each.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.questions import MATTERS
from evals.bench.rows import BenchRow
from evals.bench.several import path_beside, several
from evals.servers.serving import free_port, serving

#: MB of a page process beside a Chroma server.
LIMIT = 600


def memory(folder: Path) -> list[BenchRow]:
    """Of a process of each kind, after the questions of the benchmark; and how many a second several answer."""
    with _server(folder / "chroma") as url:
        beside, rates = _of(folder, url), several(folder, url)
    embedded = _of(folder, "")
    return [
        BenchRow("Chroma 服务旁的一个页面进程，自用内存", beside[0], LIMIT, unit="MB"),
        BenchRow("同上，连共用的文件", beside[1], LIMIT, unit="MB"),
        BenchRow("内嵌 Chroma 的一个页面进程，自用内存", embedded[0], unit="MB"),
        BenchRow("同上，连共用的文件", embedded[1], unit="MB"),
        *rates,
    ]


def _of(folder: Path, url: str) -> tuple[float, float]:
    command = (sys.executable, "-m", "evals.bench.beside", str(folder), *([url] if url else ()))
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[-2]), float(said[-1])


@contextmanager
def _server(path: Path) -> Iterator[str]:
    url = f"http://127.0.0.1:{(port := free_port())}"
    chroma = str(Path(sys.executable).parent / "chroma")
    command = (chroma, "run", "--path", str(path), "--host", "127.0.0.1", "--port", str(port))
    with serving(command, f"{url}/api/v2/heartbeat"):
        yield url


def main(folder: Path, url: str = "") -> None:
    """Answer the questions, and print MB: private, resident."""
    import streamlit  # noqa: F401 (what a page has in memory)

    path = path_beside(folder, url)
    for question in MATTERS:
        path.answer(question)
    rows = [line.split() for line in Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()]
    said = {r[0]: int(r[1]) / 1e3 for r in rows if r[0].endswith(":")}
    sys.stdout.write(f"{said['Private_Clean:'] + said['Private_Dirty:']:.0f} {said['Rss:']:.0f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
