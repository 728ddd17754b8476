"""Setting up: pip's settings are handed on to uv; where it gets nothing, one line says so and pip does it."""

import ast
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.append(str(Path(__file__).resolve().parents[2] / "deploy"))
import environment
from environment import ROOT, pinned, pip_settings, reason, uv_environment, with_uv

SECRET = "geheim-4712"
PINS = re.compile(r"^([A-Za-z0-9_.-]+)==", re.MULTILINE)
#: The server of `make model`, the plain recipe that `make bench` compares with, a browser, what fits talks, what draws
#: PDFs.
OF_THE_TESTS = (
    "evals/servers/llama_server.py",
    "evals/bench/peer.py",
    "evals/bench/page.py",
    "evals/calibrate/talks/fit_talks.py",
    "evals/calibrate/talks/fit_told.py",
    "evals/calibrate/query_map.py",
    "evals/files/papers.py",
)
PROGRAM = ("assistant", "evals", "fatiao", "law", "prompts", "records", "ui", "vectorstore")


@pytest.fixture
def no_pip_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip is set to nothing but what the test writes into the file; uv has a cache of its own."""
    for name in [n for n in os.environ if n.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "none"))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    return tmp_path / "pip.conf"


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of an empty environment that sees this one's pip and uv."""
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "this.pth").write_text(next(p for p in sys.path if p.endswith("site-packages")) + "\n")
    return folder / "bin" / "python"


def make_index(folder: Path, name: str = "kite", version: str = "1.0") -> str:
    """A package index in a folder, with one package in it; its address."""
    wheel = folder / "files" / f"{name}-{version}-py3-none-any.whl"
    wheel.parent.mkdir(parents=True)
    held = {
        f"{name}.py": "FLIES = True\n",
        f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in (*held, f"{name}-{version}.dist-info/RECORD"))
    with zipfile.ZipFile(wheel, "w") as packed:
        for path, text in {**held, f"{name}-{version}.dist-info/RECORD": record}.items():
            packed.writestr(path, text)
    page = folder / "simple" / name / "index.html"
    page.parent.mkdir(parents=True)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    page.write_text(f'<a href="../../files/{wheel.name}#sha256={digest}">{wheel.name}</a>')
    return (folder / "simple").as_uri()


@pytest.fixture
def hanging() -> Iterator[str]:
    """An index that takes the question and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://user:{SECRET}@127.0.0.1:{server.getsockname()[1]}/simple"


def requirements(folder: Path, text: str) -> list[Path]:
    (folder / "wanted.txt").write_text(text)
    return [folder / "wanted.txt"]


def test_of_pips_files_and_variables_the_strongest_counts(
    no_pip_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_pip_settings.write_text(
        "[global]\nindex-url = file:///a\ncert = /a.pem\nextra-index-url =\n  file:///b\n  file:///c\n"
        "[install]\nindex-url = file:///d\n"
    )
    monkeypatch.setenv("PIP_CERT", "/e.pem")
    said = pip_settings(Path(sys.executable))
    assert said["index-url"] == ["file:///d"]
    assert said["extra-index-url"] == ["file:///b", "file:///c"]
    assert said["cert"] == ["/e.pem"]
    handed = uv_environment(said, {})
    assert handed["UV_DEFAULT_INDEX"] == "file:///d"
    assert handed["UV_INDEX"] == "file:///b file:///c"
    assert handed["SSL_CERT_FILE"] == "/e.pem"
    assert "UV_SYSTEM_CERTS" not in handed


def test_what_uv_is_set_to_itself_counts_more() -> None:
    own = {"UV_INDEX_URL": "file:///mine", "UV_INDEX": "file:///own", "SSL_CERT_FILE": "/own.pem", "HOME": "/h"}
    handed = uv_environment({"index-url": ["file:///a"], "extra-index-url": ["b"], "cert": ["/a.pem"]}, own)
    assert "UV_DEFAULT_INDEX" not in handed
    assert own.items() <= handed.items()


def test_folders_of_wheels_are_handed_on_as_uv_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    handed = uv_environment({"find-links": ["wheels", "file:///b"], "no-index": ["true"]}, {})
    assert handed["UV_FIND_LINKS"] == f"{tmp_path / 'wheels'},file:///b"
    assert handed["UV_NO_INDEX"] == "1"


def test_a_package_comes_from_the_index_that_only_pip_is_set_to(
    no_pip_settings: Path, python: Path, tmp_path: Path
) -> None:
    no_pip_settings.write_text(f"[global]\nindex-url = {make_index(tmp_path / 'index')}\n")
    handed = uv_environment(pip_settings(python), os.environ)
    assert with_uv(python, requirements(tmp_path, "kite==1.0\n"), handed, project=None)
    said = subprocess.run([python, "-c", "import kite; print(kite.FLIES)"], check=True, capture_output=True, text=True)
    assert said.stdout == "True\n"


def test_an_index_that_sends_nothing_is_not_waited_for(
    no_pip_settings: Path, python: Path, tmp_path: Path, hanging: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    no_pip_settings.write_text(f"[global]\nindex-url = {hanging}\n")
    monkeypatch.setattr(environment, "PATIENCE", 1)
    handed = uv_environment(pip_settings(python), os.environ)
    began = time.monotonic()
    assert not with_uv(python, requirements(tmp_path, "typing-extensions==4.0\n"), handed, project=None)
    assert time.monotonic() - began < 10
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2  # that uv begins, and that pip goes on
    assert "改用 pip" in said[1]


def test_what_uv_complains_of_is_one_line_without_passwords(
    no_pip_settings: Path, python: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"http://user:{SECRET}@127.0.0.1:1/simple"
    no_pip_settings.write_text(f"[global]\nindex-url = {address}\n")
    handed = uv_environment(pip_settings(python), os.environ)
    assert not with_uv(python, requirements(tmp_path, "kite==1.0\n"), handed, project=None)
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "改用 pip" in said.out
    assert SECRET not in said.out + said.err
    assert SECRET not in reason(f"error:\n  could not reach {address}\n")


def test_the_pinned_sets_name_no_index_and_nothing_twice() -> None:
    runs, tests = ((ROOT / name).read_text("utf-8") for name in ("requirements.txt", "requirements-test.txt"))
    assert "://" not in runs + tests
    assert "index-url" not in runs + tests
    assert set(PINS.findall(runs)).isdisjoint(PINS.findall(tests))
    assert pinned(ROOT / "requirements-test.txt", "uv")
    assert not pinned(ROOT / "requirements.txt", "uv")


def test_what_the_program_imports_is_in_what_runs() -> None:
    """Read from its sources; what an extra brings may be imported within a function alone."""
    runs = {canonicalize_name(name) for name in PINS.findall((ROOT / "requirements.txt").read_text("utf-8"))}
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    extras = {canonicalize_name(Requirement(one).name) for extra in said.values() for one in extra}
    owners = packages_distributions()
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in PROGRAM
        for path in (ROOT / room).rglob("*.py")
        if str(path.relative_to(ROOT)) not in OF_THE_TESTS
        for name, late in _imported(ast.parse(path.read_text("utf-8")))
        if name not in (*sys.stdlib_module_names, *PROGRAM)
        and not (runs | extras if late else runs) & {canonicalize_name(owner) for owner in owners.get(name, [])}
    }
    assert not missing, "make lock"


def _imported(node: ast.AST, *, late: bool = False) -> Iterator[tuple[str, bool]]:
    """Each name with whether it is imported when a function runs; what only type checkers read is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from ((alias.name.partition(".")[0], late) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield child.module.partition(".")[0], late
        yield from _imported(child, late=late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))
