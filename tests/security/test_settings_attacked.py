"""What stands in the environment and in `.env`: a wrong value is named, and no stranger's file is obeyed unsaid."""

import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import SettingError, load_settings

KEY = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FATIAO_DATA_DIR", "XDG_DATA_HOME", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


WRONG = {
    "a port that is none": ("FATIAO_CHROMA_URL", "http://localhost:99999"),
    "a port that is none, of the model": ("OPENAI_BASE_URL", "http://localhost:99999/v1"),
    "a port that is none, of the page": ("FATIAO_BASE_URL", "http://localhost:99999"),
    "port 0": ("FATIAO_CHROMA_URL", "http://localhost:0"),
    "a port in letters": ("FATIAO_CHROMA_URL", "http://localhost:abc"),
    "no host": ("OPENAI_BASE_URL", "http://"),
    "half a bracket": ("OPENAI_BASE_URL", "http://[::1"),
    "a line end in an address": ("OPENAI_BASE_URL", "http://a\r\nHost: b"),
    "a key with Chinese characters": ("OPENAI_API_KEY", f"{KEY}密钥"),
    "a key with a line end": ("OPENAI_API_KEY", f"{KEY}\nX-Other: 1"),
    "a relative SQLite address": ("FATIAO_DATABASE_URL", "sqlite:///records.sqlite"),
    "a relative SQLite address with a dot": ("FATIAO_DATABASE_URL", "sqlite:///./records.sqlite"),
    "SQLite in memory": ("FATIAO_DATABASE_URL", "sqlite://"),
    "a database's port that is none": ("FATIAO_DATABASE_URL", "postgresql://a:b@host:99999/c"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_value_is_named(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value = WRONG[what]
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name) as caught:
        load_settings()
    assert KEY not in str(caught.value)


def test_an_env_file_where_one_stands_is_said_aloud(caplog: pytest.LogCaptureFixture) -> None:
    Path(".env").write_text("FATIAO_MODEL=m\nOTHER=1\n", "utf-8")
    with caplog.at_level(logging.WARNING, "fatiao"):
        assert load_settings().model == "m"
    assert str(Path(".env").absolute()) in caplog.text
    assert "FATIAO_MODEL" in caplog.text
    assert "OTHER" not in caplog.text


def test_an_env_file_where_one_stands_does_not_send_the_key_of_the_environment_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    Path(".env").write_text("OPENAI_BASE_URL=http://attacker.example/v1\n", "utf-8")
    with pytest.raises(SettingError, match="不把密钥发往那里") as caught:
        load_settings()
    assert KEY not in str(caught.value)


def test_the_data_folders_env_file_is_read_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".env").write_text("\ufeffOPENAI_BASE_URL=http://localhost:8080/v1\n", "utf-8")
    assert load_settings().openai_base_url == "http://localhost:8080/v1"
    assert caplog.text == ""


@pytest.mark.parametrize(
    "said", ["FATIAO_MODEL=模型".encode("gb18030"), b"\xff\xfe\x00F", "FATIAO_MODEL=模".encode("utf-16")]
)
def test_an_env_file_that_is_not_utf_8_is_named(said: bytes) -> None:
    Path(".env").write_bytes(said)
    with pytest.raises(SettingError, match=r"\.env」不是 UTF-8"):
        load_settings()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.binary(max_size=120))
def test_any_env_file_gives_settings_or_an_error_of_our_own(said: bytes) -> None:
    Path(".env").write_bytes(b"FATIAO_MODEL=" + said)
    try:
        load_settings()
    except SettingError as error:
        assert ".env" in str(error) or "FATIAO_" in str(error)  # noqa: PT017
