"""`make lock`: the two pinned sets, anew from the ranges in pyproject.toml, naming no package index.

requirements.txt holds what runs; requirements-test.txt what tests, linters and optional parts need in addition.
What is pinned stays as it is where the ranges allow it; `make lock UPGRADE=1` takes the newest.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))
from environment import ROOT, pip_settings, uv_environment

RUNS, TESTS = ROOT / "requirements.txt", ROOT / "requirements-test.txt"


def main(*, upgrade: bool) -> None:
    """Write both files."""
    _compile(RUNS, *(["--upgrade"] if upgrade else []))
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", RUNS.read_text("utf-8"), re.MULTILINE)
    more = ["--all-extras", "--group", "dev", "--constraints", "requirements.txt"]
    left_out = [part for name in dict.fromkeys(names) for part in ("--no-emit-package", name)]
    _compile(TESTS, *more, *left_out, *(["--upgrade"] if upgrade else []))


def _compile(target: Path, *options: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "-q"]
    command += ["--no-emit-index-url", "--custom-compile-command", "make lock"]
    environment = uv_environment(pip_settings(Path(sys.executable)), os.environ)
    environment.pop("UV_CONSTRAINT", None)  # one machine's limits are not the project's
    subprocess.run([*command, *options, "pyproject.toml", "-o", target.name], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main(upgrade=os.environ.get("UPGRADE") == "1")
