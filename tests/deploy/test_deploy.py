"""The files that serve an office: read by the programs they are for, where those are there."""

import os
import shutil
import sqlite3
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import load_settings
from fatiao.login import read_login
from records import Records

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_the_unit_is_one_that_systemd_reads(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if not verify:
        pytest.skip("没有 systemd-analyze")
    unit = tmp_path / "fatiao.service"
    unit.write_text(
        (DEPLOY / "fatiao.service").read_text("utf-8").replace("/opt/fatiao/bin/fatiao", "/bin/true"), "utf-8"
    )
    ran = subprocess.run([verify, "verify", str(unit)], capture_output=True, encoding="utf-8", check=False)
    assert not [line for line in ran.stderr.splitlines() if "fatiao.service" in line], ran.stderr


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


def test_a_backup_of_a_file_in_use_is_whole(tmp_path: Path) -> None:
    data, backups = tmp_path / "data 数据", tmp_path / "backups"
    data.mkdir()
    records = Records(data / "records.sqlite")
    kept = records.start("desk")
    records.asked(kept, "desk", "科技保险有补助吗？")  # still open: what was written stands in the log beside the file
    old = backups / "records-20200101-000000.sqlite"
    backups.mkdir()
    old.write_bytes(b"")
    os.utime(old, (0, datetime(2020, 1, 1, tzinfo=UTC).timestamp()))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "FATIAO_DATA_DIR": str(data)}
    subprocess.run(["sh", str(DEPLOY / "backup.sh"), str(backups)], env=environment, check=True, capture_output=True)
    (copy,) = backups.iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT question FROM turns").fetchall() == [("科技保险有补助吗？",)]
    connection.close()
    records.close()
    restored = Records(copy)
    assert restored.conversation(kept, "desk").turns[0].question == "科技保险有补助吗？"
    restored.close()
