"""Updating and rolling back, each one command: what is there before is there again after."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from records import Records

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
#: As the archive's own, without its wheels: a program that tells its version, and an index renewed beside the records.
INSTALL = """#!/bin/sh
set -eu
mkdir -p "$1/bin"
[ "$VERSION" != broken ] || { echo "half" > "$FATIAO_DATA_DIR/index"; exit 1; }
printf '#!/bin/sh\\necho %s\\n' "$VERSION" > "$1/bin/python"
cp "$1/bin/python" "$1/bin/fatiao"
chmod +x "$1/bin/python" "$1/bin/fatiao"
cp -R "$(dirname "$0")/deploy" "$1/"
echo "index of $VERSION" > "$FATIAO_DATA_DIR/index"
"""


class Machine:
    """An archive unpacked, a place to install it, and the data."""

    def __init__(self, folder: Path) -> None:
        self.archive, self.target, self.data = folder / "新 archive", folder / "opt fatiao", folder / "data 数据"
        (self.archive / "deploy").mkdir(parents=True)
        self.data.mkdir()
        for name in ("update.sh", "backup.py"):
            shutil.copy2(DEPLOY / name, self.archive / "deploy" / name)
        (self.archive / "install.sh").write_text(INSTALL, "utf-8")

    def run(self, script: Path, *arguments: str, version: str = "") -> subprocess.CompletedProcess[str]:
        clean = {"PATH": os.environ["PATH"], "HOME": str(self.target.parent), "FATIAO_DATA_DIR": str(self.data)}
        command = ["sh", str(script), *arguments, str(self.target)]
        clean |= {"VERSION": version, "FATIAO_SERVICE": "no-such-service-of-ours"}
        return subprocess.run(command, env=clean, capture_output=True, encoding="utf-8", check=False)

    def ask(self, question: str) -> None:
        with self.records() as kept:
            kept.asked(kept.start("desk"), "desk", question)

    def asked(self) -> list[str]:
        with self.records() as kept:
            return [c.title for c in kept.conversations("desk")]

    def records(self) -> "Held":
        return Held(self.data / "records.sqlite")

    @property
    def index(self) -> str:
        return (self.data / "index").read_text("utf-8").strip()

    @property
    def update(self) -> Path:
        return self.archive / "deploy" / "update.sh"


class Held:
    """Records that are closed at the end of a `with`."""

    def __init__(self, file: Path) -> None:
        self._kept = Records(file)

    def __enter__(self) -> Records:
        return self._kept

    def __exit__(self, *_: object) -> None:
        self._kept.close()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """One on which version 1 is installed and has been asked."""
    if not (shutil.which("sh") and sys.platform == "linux"):
        pytest.skip("needs a Linux shell")
    held = Machine(tmp_path)
    assert held.run(held.archive / "install.sh", version="1").returncode == 0
    held.ask("升级以前问的")
    return held


def test_an_update_and_the_way_back(machine: Machine) -> None:
    ran = machine.run(machine.update, version="2")
    assert ran.returncode == 0, ran.stderr
    assert "已升级：2" in ran.stdout
    assert (machine.index, machine.asked()) == ("index of 2", ["升级以前问的"])
    machine.ask("升级以后问的")
    back = machine.run(machine.target / "deploy" / "update.sh", "--back")
    assert back.returncode == 0, back.stderr
    assert "已退回：1" in back.stdout
    assert (machine.index, machine.asked()) == ("index of 1", ["升级以前问的"])
    again = machine.run(machine.update, "--back")
    assert again.returncode == 1
    assert "没有可以退回的版本" in again.stderr
    assert machine.index == "index of 1"


def test_an_update_that_fails_leaves_everything_as_it_was(machine: Machine) -> None:
    ran = machine.run(machine.update, version="broken")
    assert ran.returncode == 1
    assert "退回原来的版本" in ran.stderr
    assert (machine.index, machine.asked()) == ("index of 1", ["升级以前问的"])
    assert (machine.target / "bin" / "fatiao").is_file()
    assert not machine.target.with_name("opt fatiao.before").exists()


def test_where_nothing_is_installed_it_is_said(machine: Machine) -> None:
    shutil.rmtree(machine.target)
    ran = machine.run(machine.update, version="2")
    assert ran.returncode == 1
    assert "第一次安装用" in ran.stderr
    assert machine.asked() == ["升级以前问的"]
