"""`make chat`, `make test`: a folder with Python and the pinned packages, set up by uv, else by pip.

    python deploy/environment.py .venv requirements.txt [requirements-test.txt]

Needs nothing but Python with `venv`. uv is brought by pip, into the folder itself. It does not read pip's settings, so
the package index, the certificates and the constraints that pip is set to are handed on to it.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Seconds within which uv must have brought a first package, and within which an index must send something.
PATIENCE = 10
#: What is brought first, to see whether uv reaches the index: small, and needed by everything.
FIRST = "typing-extensions"
OLDEST = (3, 11)
#: pip's option, uv's variable for it, and what stands between several values there.
_HANDED_ON = (
    ("index-url", "UV_DEFAULT_INDEX", ""),
    ("extra-index-url", "UV_INDEX", " "),
    ("find-links", "UV_FIND_LINKS", ","),
    ("constraint", "UV_CONSTRAINT", " "),
    ("trusted-host", "UV_INSECURE_HOST", " "),
    ("cert", "SSL_CERT_FILE", ""),
    ("client-cert", "SSL_CLIENT_CERT", ""),
    ("proxy", "ALL_PROXY", ""),
)
#: pip's sections from the weakest to the strongest; `:env:` is what variables say.
_SECTIONS = ("global", "install", ":env:")


def main(folder: Path, requirements: Sequence[Path]) -> None:
    """Make the folder where there is none, and bring into it what the files pin and this project."""
    python = _python_of(folder)
    if not _runs(python):
        _run([sys.executable, "-m", "venv", "--clear", folder])
    environment = uv_environment(pip_settings(python), os.environ)
    installed = bring_uv(python, requirements) and with_uv(python, requirements, environment)
    if not installed:
        with_pip(python, requirements)


def pip_settings(python: Path) -> dict[str, list[str]]:
    """What pip is set to, by option: of its files and variables, the strongest that says something."""
    said = _run([python, "-m", "pip", "config", "list"], quiet=True, check=False).stdout
    found: dict[str, list[str]] = {}
    for section in _SECTIONS:
        for line in said.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(f"{section}."):
                found[name.removeprefix(f"{section}.").replace("_", "-")] = str(ast.literal_eval(value)).split()
    return found


def uv_environment(settings: Mapping[str, Sequence[str]], environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that uv is run with. What uv itself is set to already is left as it is."""
    handed = {
        variable: (between or " ").join(_absolute(settings[option]) if option == "find-links" else settings[option])
        for option, variable, between in _HANDED_ON
        if settings.get(option)
    }
    if settings.get("no-index", ["0"])[0].lower() in ("1", "true", "yes", "on"):
        handed["UV_NO_INDEX"] = "1"
    if "SSL_CERT_FILE" not in handed:
        handed["UV_SYSTEM_CERTS"] = "1"  # as pip does
    if set(environ) & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"}:
        handed.pop("UV_DEFAULT_INDEX", None)
    handed |= {
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip looks for a version in every index
        "UV_HTTP_TIMEOUT": str(PATIENCE),
        "UV_HTTP_RETRIES": "1",
        "UV_LINK_MODE": environ.get("UV_LINK_MODE", ""),
    }
    return {k: v for k, v in {**handed, **environ}.items() if v}


def bring_uv(python: Path, requirements: Sequence[Path]) -> bool:
    """Whether uv is in the folder, at the version that is pinned where one is."""
    pins = [pin for file in [*requirements, ROOT / "requirements-test.txt"] if (pin := pinned(file, "uv"))]
    have = _run([python, "-m", "uv", "--version"], quiet=True, check=False).stdout.split()
    if len(have) > 1 and (not pins or pins[0] == f"uv=={have[1]}"):
        return True
    print("准备 uv ……", flush=True)
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "-q", *(pins[:1] or ["uv"])]
    return _run(command, quiet=True, check=False).returncode == 0


def with_uv(
    python: Path, requirements: Sequence[Path], environment: Mapping[str, str], project: Path | None = ROOT
) -> bool:
    """Install with uv, the project too; False, having said so, where it gets nothing in time or fails."""
    install = [python, "-m", "uv", "pip", "install", "--python", python, "-q"]
    first = [pin for file in requirements if (pin := pinned(file, FIRST))]
    files = [part for file in requirements for part in ("-r", file)]
    own = ["--no-deps", "--build-constraints", ROOT / "requirements-test.txt", "-e", project or ""]
    print("用 uv 安装 ……", flush=True)
    try:
        if first:
            _run([*install, "--no-deps", first[0]], environment, quiet=True, patience=PATIENCE)
        # Python compiles what it imports when it does: all of it beforehand takes longer than all the rest.
        _run([*install, *files], environment, quiet=True)
        if project:
            _run([*install, *own], environment, quiet=True)
    except subprocess.TimeoutExpired:
        print(f"uv 在 {PATIENCE} 秒内没有取到任何软件包，改用 pip 安装（要慢一些）。", flush=True)
        return False
    except subprocess.CalledProcessError as failed:
        print(f"uv 没有装成（{reason(failed.stderr)}），改用 pip 安装（要慢一些）。", flush=True)
        return False
    return True


def with_pip(python: Path, requirements: Sequence[Path]) -> None:
    """Install with pip, which reads its own settings."""
    install = [python, "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    _run([*install, *(part for file in requirements for part in ("-r", file))])
    _run([*install, "--no-deps", "-e", ROOT])


def pinned(file: Path, name: str) -> str:
    """A package as a requirements file pins it, `name==version`; empty where it does not."""
    try:
        found = re.search(rf"^{re.escape(name)}==[^\s;]+", file.read_text("utf-8"), re.MULTILINE)
    except FileNotFoundError:
        return ""
    return found[0] if found else ""


def reason(complaint: str) -> str:
    """The last thing that a program complained of, in one line and without the names and passwords within addresses."""
    lines = [line.strip(" ×╰─▶├│·\t") for line in complaint.splitlines()]
    last = next((line for line in reversed(lines) if line), "没有说明原因")
    return re.sub(r"//[^/@\s]+@", "//…@", last)[:200]


def _absolute(places: Sequence[str]) -> list[str]:
    """uv takes a folder of wheels from the project's folder on, pip from where it is called."""
    return [place if "://" in place else str(Path(place).absolute()) for place in places]


def _python_of(folder: Path) -> Path:
    return folder.absolute() / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _runs(python: Path) -> bool:
    """Whether the folder's Python is there with its pip, and is the one that would make it now."""
    if not python.exists():
        return False
    said = _run([python, "-c", "import pip, sys; print(*sys.version_info[:2])"], quiet=True, check=False)
    return said.returncode == 0 and said.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _run(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    *,
    quiet: bool = False,
    check: bool = True,
    patience: float | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env=environment,
        capture_output=quiet,
        encoding="utf-8",
        errors="replace",
        check=check,
        timeout=patience,
    )


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        need, have = (".".join(map(str, part)) for part in (OLDEST, sys.version_info[:2]))
        sys.exit(f"错误：需要 Python {need} 或更新的版本（现在是 {have}），可用 make PYTHON=python3.12 指定另一个。")
    try:
        main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
    except subprocess.CalledProcessError as failure:
        sys.exit(f"错误：没有装成（{reason(failure.stderr or '')}）。请检查 pip 的软件源设置和网络，再运行一次。")
