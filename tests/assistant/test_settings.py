"""The settings: each variable, what empty means, what is wrong named, and a key never shown."""

from pathlib import Path

import pytest

from assistant import Assistant, SettingError, load_settings
from vectorstore.embeddings import OFFLINE_MODEL, model_name

KEY = "sk-very-secret-0123456789"
DATABASE = "postgresql://fatiao:hunter2@db.example:5432/records"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FATIAO_DATA_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_variable_everything_is_offline_and_local(tmp_path: Path) -> None:
    said = load_settings()
    assert said.data_dir == tmp_path / "home" / ".local" / "share" / "fatiao"
    assert (said.likely_questions, said.chroma_url, said.embedding_model, said.host) == (True, "", "", "localhost")
    assert (said.openai_api_key.get_secret_value(), said.openai_base_url) == ("", "")
    assert (said.model, said.model_timeout) == ("", 60.0)
    assert Assistant(said).path.model is None
    assert (said.records_database, said.retention_days) == (said.data_dir / "records.sqlite", 365)
    assert model_name(Assistant(said).embeddings) == OFFLINE_MODEL


@pytest.mark.parametrize(
    "name",
    ["FATIAO_DATA_DIR", "FATIAO_LIKELY_QUESTIONS", "FATIAO_CHROMA_URL", "FATIAO_EMBEDDING_MODEL", "FATIAO_HOST",
     "FATIAO_MODEL", "FATIAO_JUDGE_MODEL", "FATIAO_MODEL_TIMEOUT", "FATIAO_BASE_URL",
     "FATIAO_DATABASE_URL", "FATIAO_RETENTION_DAYS", "OPENAI_API_KEY", "OPENAI_BASE_URL"],
)  # fmt: skip
def test_empty_means_the_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = load_settings()
    monkeypatch.setenv(name, "")
    assert load_settings() == default


def test_each_variable_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {
        "FATIAO_DATA_DIR": "~/data", "FATIAO_LIKELY_QUESTIONS": "0", "FATIAO_CHROMA_URL": "http://localhost:8000/",
        "FATIAO_EMBEDDING_MODEL": "bge-m3", "FATIAO_HOST": "0.0.0.0", "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": "https://models.example/v1/", "FATIAO_DATABASE_URL": DATABASE, "FATIAO_RETENTION_DAYS": "0",
        "FATIAO_BASE_URL": "https://law.example.org/fatiao/",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    said = load_settings()
    assert said.data_dir == tmp_path / "home" / "data"
    assert (said.likely_questions, said.chroma_url, said.embedding_model) == (False, "http://localhost:8000", "bge-m3")
    assert (said.host, said.openai_base_url) == ("0.0.0.0", "https://models.example/v1")
    assert said.base_url == "https://law.example.org/fatiao"
    assert said.openai_api_key.get_secret_value() == KEY
    assert (said.records_database, said.retention_days) == (DATABASE, 0)
    helper = Assistant(said)
    assert helper.store.where == "http://localhost:8000"
    assert model_name(helper.embeddings) == "bge-m3"


def test_a_relative_data_dir_does_not_follow_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", "data")
    assert load_settings().data_dir == tmp_path / "data"


def test_xdg_moves_the_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert load_settings().data_dir == tmp_path / "xdg" / "fatiao"


def test_a_dotenv_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"FATIAO_HOST=1.2.3.4\nOPENAI_API_KEY={KEY}\nOTHER=1\nFATIAO_NEW=x\n", "utf-8")
    assert load_settings().host == "1.2.3.4"
    assert load_settings().openai_api_key.get_secret_value() == KEY
    monkeypatch.setenv("FATIAO_HOST", "5.6.7.8")
    assert load_settings().host == "5.6.7.8"


WRONG = [
    ("FATIAO_LIKELY_QUESTIONS", "maybe", "1 或 0"),
    ("FATIAO_LIKELY_QUESTIONS", "2", "1 或 0"),
    ("FATIAO_CHROMA_URL", "localhost:8000", "http://"),
    ("FATIAO_CHROMA_URL", "ftp://x", "http://"),
    ("OPENAI_BASE_URL", "models.example/v1", "https://"),
    ("FATIAO_MODEL_TIMEOUT", "0", "大于 0"),
    ("FATIAO_MODEL_TIMEOUT", "-1", "大于 0"),
    ("FATIAO_MODEL_TIMEOUT", "soon", "秒数"),
    ("FATIAO_MODEL_TIMEOUT", "nan", "秒数"),
    ("FATIAO_MODEL_TIMEOUT", "inf", "秒数"),
    ("FATIAO_MODEL_TIMEOUT", "86400", "3600"),
    ("FATIAO_BASE_URL", "law.example.org", "https://"),
    ("FATIAO_BASE_URL", "javascript://x", "https://"),
    ("FATIAO_BASE_URL", "https://law.example.org/?a=1", "不带"),
    ("FATIAO_BASE_URL", "http://host:99999", "https://"),
    ("FATIAO_RETENTION_DAYS", "-1", "天数"),
    ("FATIAO_RETENTION_DAYS", "one year", "天数"),
    ("FATIAO_RETENTION_DAYS", "30.5", "天数"),
    ("FATIAO_RETENTION_DAYS", "９９９９９", "天数"),
    ("FATIAO_RETENTION_DAYS", "36501", "36500"),
]


@pytest.mark.parametrize(("name", "value", "hint"), WRONG)
def test_a_wrong_value_names_its_variable(name: str, value: str, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name) as said:
        Assistant()
    assert value in str(said.value)
    assert hint in str(said.value)
    assert KEY not in str(said.value)


@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "FATIAO_CHROMA_URL", "FATIAO_LIKELY_QUESTIONS"])
def test_a_key_in_the_wrong_variable_is_not_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, KEY)
    with pytest.raises(SettingError, match=name) as said:
        load_settings()
    assert KEY not in str(said.value)
    monkeypatch.setenv(name, "user:hunter2@models.example")
    with pytest.raises(SettingError, match=name) as said:
        load_settings()
    assert "hunter2" not in str(said.value)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("hunter2", "postgresql://"),
        ("mysql://u:hunter2@h/x", "postgresql://"),
        ("postgresql:/u:hunter2@h/x", "postgresql://"),
        ("postgresql://u:hunter2@h", "库名"),
        ("postgresql://u:hunter2@h/", "库名"),
        ("postgresql://u:hunter2@h:port/x", "端口"),
        ("postgresql://u:hunter2@h:99999/x", "端口"),
        ("postgresql://u:hunter2@[::1/x", "主机"),
        ("sqlite://", "路径"),
        ("sqlite:///", "路径"),
        ("sqlite://hunter2", "路径"),
    ],
)
def test_a_wrong_database_names_its_variable_and_shows_no_password(
    value: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATIAO_DATABASE_URL", value)
    with pytest.raises(SettingError, match="FATIAO_DATABASE_URL") as said:
        load_settings()
    assert hint in str(said.value)
    assert "hunter2" not in str(said.value) + repr(said.value.__cause__) + str(said.value.__cause__)


@pytest.mark.parametrize(
    "value", [DATABASE, "postgres://h/x", "postgresql+psycopg://u@[::1]/x?sslmode=require", "sqlite:////srv/r.sqlite"]
)
def test_databases_that_can_be_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATABASE_URL", value)
    assert load_settings().records_database == value


def test_a_key_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("FATIAO_EMBEDDING_MODEL", "bge-m3")
    monkeypatch.setenv("FATIAO_DATABASE_URL", DATABASE)
    said = load_settings()
    helper = Assistant(said)
    shown = [repr(said), str(said), said.model_dump_json(), repr(helper), repr(helper.embeddings), repr(vars(helper))]
    assert not [s for s in shown if KEY in s or "hunter2" in s]


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(Exception, match="frozen"):
        load_settings().host = "0.0.0.0"


def test_a_model_is_set_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_MODEL", " qwen-plus ")
    monkeypatch.setenv("FATIAO_MODEL_TIMEOUT", "12.5")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    said = load_settings()
    assert (said.model, said.model_timeout) == ("qwen-plus", 12.5)
    model = Assistant(said).path.model
    assert model is not None
    assert model.name == "qwen-plus"
    assert KEY not in repr(model) + repr(vars(model))
