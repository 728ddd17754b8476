"""A page served for the time of a `with`."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(folder: Path, data: Path, port: int = 0, **environment: str) -> Iterator[str]:
    """`fatiao ui` on a free port, started from a folder of no meaning, ended by its own process id."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("localhost", port))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "fatiao.cli", "ui", "--port", str(port), "--headless"], cwd=folder,
        env={**os.environ, "FATIAO_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait(20)
