"""`python -m evals.bench.several FOLDER URL`: one of several page processes that answer from a large index at once.

Each opens the index beside a Chroma server, answers the questions of the benchmark once, says that it is ready, and
from a line on its standard input on answers as many as it can for `SECONDS`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from evals.bench.questions import MATTERS
from evals.bench.rows import BenchRow

if TYPE_CHECKING:
    from assistant.path import AnswerPath

#: How long the questions of several processes are counted; how many processes.
SECONDS, PAGES = 10.0, 3


def several(folder: Path, url: str, pages: Sequence[int] = (1, PAGES)) -> list[BenchRow]:
    """Questions a second of one process and of several, beside the server at `url`."""
    return [BenchRow(f"{many} 个页面进程同时作答，每秒", _rate(folder, url, many), unit="问") for many in pages]


def _rate(folder: Path, url: str, many: int) -> float:
    command = (sys.executable, "-m", "evals.bench.several", str(folder), url)
    with ExitStack() as running:
        started = [
            running.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
            )
            for _ in range(many)
        ]
        for one in started:
            assert one.stdout
            one.stdout.readline()  # ready
        for one in started:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        return sum(float(one.stdout.readline()) for one in started if one.stdout)


def path_beside(folder: Path, url: str = "") -> "AnswerPath":
    """The path over the index in `folder`, with the Chroma server at `url` or embedded."""
    from assistant.path import AnswerPath
    from vectorstore.chroma import ChromaStore
    from vectorstore.embeddings import make_embeddings, model_name
    from vectorstore.library import Shelf

    store = ChromaStore(url=url, beside=folder) if url else ChromaStore(folder / "chroma")
    if url and (manifest := ChromaStore(folder / "chroma").manifest()):
        store.switch(manifest)  # a server keeps it in a collection, a folder in a file
    embeddings = make_embeddings()
    return AnswerPath(Shelf(store, model_name(embeddings)), embeddings)


def _asked(questions: Iterator[str], folder: Path, url: str) -> None:
    path = path_beside(folder, url)
    for question in MATTERS:
        path.answer(question)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began, many = time.perf_counter(), 0
    while (spent := time.perf_counter() - began) < SECONDS:
        path.answer(next(questions))
        many += 1
    sys.stdout.write(f"{many / spent:.2f}\n")


if __name__ == "__main__":
    _asked(cycle(MATTERS), Path(sys.argv[1]), sys.argv[2])
