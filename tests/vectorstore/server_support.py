"""A program that listens on loopback, ended by its process id."""

import os
import subprocess
import time
import urllib.error
import urllib.request


class Server:
    """A program that listens on loopback; it can die and come back at the same address."""

    def __init__(self, *command: str, port: int, health: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command, self._health = command, self.url + health
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(self._command, env=environment, **quiet)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self._health, timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                assert self._process.poll() is None, "the server ended by itself"
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None
