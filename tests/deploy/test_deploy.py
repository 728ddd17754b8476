"""The files that serve an office: read by the programs they are for, where those are there."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import load_settings
from fatiao.login import read_login
from records import Records

sys.path.append(str(Path(__file__).parents[1] / "records"))
from postgres_support import Postgres, programs

QUESTION = "科技保险有补助吗？"
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = ("fatiao.service", "fatiao-door.service", "fatiao-backup.service", "fatiao-backup.timer")


def test_the_units_are_ones_that_systemd_reads(tmp_path: Path) -> None:
    units = [tmp_path / name for name in UNITS]
    for unit in units:
        ours = (DEPLOY / unit.name).read_text("utf-8")
        unit.write_text(re.sub("=/opt/fatiao/bin/[a-z]+", "=/bin/true", ours), "utf-8")
        read = configparser.ConfigParser(strict=False, interpolation=None)
        read.read(unit, "utf-8")
        assert {"Unit", "Service", "Timer", "Install"} >= set(read.sections())
    if verify := shutil.which("systemd-analyze"):
        ran = subprocess.run([verify, "verify", *units], capture_output=True, encoding="utf-8", check=False)
        assert not [line for line in ran.stderr.splitlines() if "fatiao" in line], ran.stderr


def test_the_examples_once_filled_in_are_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    example = (DEPLOY / "secrets.toml.example").read_text("utf-8")
    assert tomllib.loads(example)["auth"]["client_secret"] == ""  # nobody starts with ours
    filled = example.replace('cookie_secret = ""', f'cookie_secret = "{"s" * 64}"')
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(filled.replace('secret = ""', 'secret = "x"'), "utf-8")
    for line in (DEPLOY / "fatiao.env.example").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            monkeypatch.setenv(*line.split("=", 1))
    settings = load_settings()
    login = read_login(settings, 8501)
    assert login
    assert login.redirect == f"{settings.base_url}/oauth2callback"
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "law.example.gov.cn" in settings.base_url
    assert "server_name law.example.gov.cn;" in site


def test_the_example_settings_work_as_they_stand_with_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (DEPLOY / "fatiao.env.example").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            monkeypatch.setenv(*line.split("=", 1))
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "fatiao"))
    settings = load_settings()
    records = Records(settings.records_database)
    assert records.conversations("desk") == []
    records.close()
    assert (tmp_path / "fatiao" / "records.sqlite").is_file()


def test_the_container_holds_every_room_and_the_pins() -> None:
    said = (DEPLOY / "Containerfile").read_text("utf-8")
    rooms = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text("utf-8"))
    packages = rooms["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert all(f"COPY {room} {room}" in said for room in packages)
    assert "-r requirements.txt" in said
    assert "USER fatiao" in said
    ignored = (DEPLOY.parent / ".containerignore").read_text("utf-8")
    assert all(f"!{room}\n" in ignored for room in packages)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy that has outlived its days."""
    (tmp_path / "backups").mkdir()
    copy = tmp_path / "backups" / "records-20200101-000000.sqlite"
    copy.write_bytes(b"")
    os.utime(copy, (0, datetime(2020, 1, 1, tzinfo=UTC).timestamp()))
    return copy


def back_up(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DEPLOY.parent), "HOME": str(folder), **environment}
    command = [sys.executable, str(DEPLOY / "backup.py"), str(folder / "backups")]
    return subprocess.run(command, env=clean, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_a_backup_of_a_file_in_use_is_whole(tmp_path: Path, old: Path) -> None:
    data = tmp_path / "data 数据"
    records = Records(data / "records.sqlite")
    kept = records.start("desk")
    records.asked(kept, "desk", QUESTION)  # still open: what was written stands in the log beside the file
    ran = back_up(tmp_path, FATIAO_DATA_DIR=str(data))
    assert ran.returncode == 0, ran.stderr
    records.close()
    (copy,) = old.parent.iterdir()
    assert copy != old
    assert copy.stat().st_mode & 0o077 == 0
    restored = Records(copy)
    assert restored.conversation(kept, "desk").turns[0].question == QUESTION
    restored.close()


def test_a_backup_of_postgresql_is_restored(tmp_path: Path, old: Path) -> None:
    folder = programs()
    if folder is None:
        pytest.skip("没有 PostgreSQL（Debian：apt-get install postgresql）")
    server = Postgres(folder)
    try:
        address, empty = server.new(), server.new()
        records = Records(address)
        kept = records.start("desk")
        records.asked(kept, "desk", QUESTION)
        records.close()
        path = f"{folder}:{os.environ['PATH']}"
        ran = back_up(tmp_path, FATIAO_DATABASE_URL=address, PATH=path, FATIAO_BACKUP_DAYS="1")
        assert ran.returncode == 0, ran.stderr
        (copy,) = old.parent.iterdir()
        restore = [str(folder / "pg_restore"), "--no-owner", "--dbname", empty, str(copy)]
        subprocess.run(restore, check=True)
        restored = Records(empty)
        assert restored.conversation(kept, "desk").turns[0].question == QUESTION
        restored.close()
    finally:
        server.remove()


def test_a_backup_that_fails_says_so_and_repeats_no_password(tmp_path: Path, old: Path) -> None:
    assert back_up(tmp_path, FATIAO_DATA_DIR=str(tmp_path / "nothing")).returncode == 1
    ran = back_up(tmp_path, FATIAO_DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/x")
    assert ran.returncode == 1
    assert "错误：没有备份成" in ran.stderr
    assert "geheim" not in ran.stderr
    assert old.exists()  # nothing is deleted where nothing was copied
