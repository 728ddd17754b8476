"""What stands in secrets.toml is checked before anything is served, and nothing of it is repeated in words."""

from itertools import pairwise
from pathlib import Path

import pytest

from assistant import SettingError, load_settings
from fatiao.login import read_login
from fatiao.page import options, warnings

SECRET = "0123456789abcdef" * 3
GOOD = f"""[auth]
redirect_uri = "https://law.example.gov.cn/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "fatiao"
client_secret = "client-secret-words"
server_metadata_url = "https://id.example.gov.cn/.well-known/openid-configuration"
"""
BASE = "https://law.example.gov.cn"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and a folder that the page is started from."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def write(folder: Path, words: str | bytes, mode: int = 0o600) -> Path:
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(words if isinstance(words, bytes) else words.encode())
    file.chmod(mode)
    return file


def option(listed: list[str], name: str) -> list[str]:
    return [value for flag, value in pairwise(listed) if flag == f"--{name}"]


def test_no_file_and_a_file_of_other_secrets_are_no_login(place: Path) -> None:
    assert read_login(load_settings(), 8501) is None
    write(place / "work", 'other = "x"\n')
    assert read_login(load_settings(), 8501) is None


def test_the_folder_it_is_started_from_counts_before_the_home(place: Path) -> None:
    write(place / "home", GOOD)
    assert read_login(load_settings(), 8501).file == place / "home" / ".streamlit" / "secrets.toml"
    write(place / "work", GOOD.replace(BASE, "http://localhost:{port}"))
    login = read_login(load_settings(), 8600)
    assert login.redirect == "http://localhost:8600/oauth2callback"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[auth\n" + GOOD, "不是 TOML"),
        (GOOD.replace(f'"{SECRET}"', f'"{SECRET}'), "不是 TOML"),
        (b"[auth]\nclient_id = '\xff'", "UTF-8"),
        ("auth = 1", "缺 redirect_uri、cookie_secret"),
        ("[auth]\n", "缺 redirect_uri、cookie_secret"),
        (GOOD.replace("client_secret", "x"), "缺 client_secret"),
        (GOOD.replace('"fatiao"', '" "'), "缺 client_id"),
        (GOOD.replace(SECRET, SECRET[:31]), "cookie_secret 太短"),
        (GOOD.replace("/oauth2callback", ""), "/oauth2callback"),
        (GOOD.replace("https://law", "law"), "/oauth2callback"),
        (GOOD.replace(".gov.cn/oauth2", ".gov.cn:x/oauth2"), "/oauth2callback"),
        (GOOD.replace("/.well-known/openid-configuration", ""), "server_metadata_url"),
        (GOOD + "[auth.key_cloak]\nclient_id = 'a'\n", "下划线"),
        (GOOD + "[auth.keycloak]\nclient_id = 'a'\n", "[auth.keycloak] 缺 client_secret、server_metadata_url"),
    ],
)
def test_a_mistake_is_named_and_no_secret_said(words: str | bytes, said: str, place: Path) -> None:
    write(place / "work", words)
    with pytest.raises(SettingError) as wrong:
        read_login(load_settings(), 8501)
    assert said in str(wrong.value)
    assert str(place / "work") in str(wrong.value)
    assert SECRET[:31] not in str(wrong.value)
    assert "client-secret-words" not in str(wrong.value)


def test_the_way_back_is_the_address_that_users_open(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place / "work", GOOD)
    monkeypatch.setenv("FATIAO_BASE_URL", BASE)
    assert read_login(load_settings(), 8501).redirect == BASE + "/oauth2callback"
    monkeypatch.setenv("FATIAO_BASE_URL", BASE + "/fatiao/")
    with pytest.raises(SettingError, match="/fatiao/oauth2callback"):
        read_login(load_settings(), 8501)


def test_serving_a_network_without_a_login_is_said_loudly(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert warnings(load_settings(), 8501, None) == []
    monkeypatch.setenv("FATIAO_HOST", "::")
    (said,) = warnings(load_settings(), 8501, None)
    for words in ("警告", "没有配置登录", "http://[::]:8501", str(place / "work" / ".streamlit" / "secrets.toml")):
        assert words in said
    monkeypatch.setenv("FATIAO_HOST", "127.0.0.1")
    monkeypatch.setenv("FATIAO_BASE_URL", BASE)
    assert BASE in warnings(load_settings(), 8501, None)[0]
    write(place / "work", GOOD)
    assert warnings(load_settings(), 8501, read_login(load_settings(), 8501)) == []


def test_a_login_that_others_can_read_or_overhear_is_said(place: Path) -> None:
    write(place / "work", GOOD.replace("https://law", "http://law"), mode=0o644)
    readable, plain = warnings(load_settings(), 8501, read_login(load_settings(), 8501))
    assert "chmod" in readable
    assert "HTTPS" in plain


def test_what_keeps_others_out_is_said_on_the_command_line(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = options(load_settings(), 8501, None)
    assert option(listed, "server.address") == ["localhost"]
    for name in ("server.enableCORS", "server.enableXsrfProtection"):
        assert option(listed, name) == ["true"]
    for name in ("browser.gatherUsageStats", "server.enableAgentApi"):
        assert option(listed, name) == ["false"]
    assert option(listed, "server.allowedHosts") == ["localhost", "127.0.0.1", "::1"]
    assert not option(listed, "server.baseUrlPath")
    monkeypatch.setenv("FATIAO_BASE_URL", BASE + "/fatiao")
    listed = options(load_settings(), 8501, None)
    assert option(listed, "server.baseUrlPath") == ["/fatiao"]
    assert option(listed, "browser.serverAddress") == ["law.example.gov.cn"]
    assert "law.example.gov.cn" in option(listed, "server.allowedHosts")
    monkeypatch.setenv("FATIAO_BASE_URL", "")
    monkeypatch.setenv("FATIAO_HOST", "0.0.0.0")
    assert option(options(load_settings(), 8501, None), "server.allowedHosts") == []
