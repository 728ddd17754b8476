"""Who is let in, and under which key their records are kept."""

from typing import Any

import pytest
from page_support import QUESTION, OpenPage, ask, go, run, words
from streamlit.testing.v1 import AppTest

from records import Records

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "c" * 40,
    "client_id": "fatiao", "client_secret": "client-secret-words", "server_metadata_url": "http://localhost:1/x",
}  # fmt: skip
ISSUER = "https://id.example.gov.cn"


def user(sub: str = "u-1", **claims: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "iss": ISSUER, "sub": sub, "name": "王小明", "email": "w@example.gov.cn", **claims}


@pytest.fixture
def enter(open_page: OpenPage, page_data: Any) -> Any:
    """Opens the page with a login configured, as a user or as nobody."""

    def entered(who: dict[str, Any] | None, view: str = "", **auth: Any) -> AppTest:
        from page_support import ROOT

        at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120)
        at.secrets["auth"] = {**AUTH, **auth}
        at.user = who or {"is_logged_in": False}
        run(at)
        return go(at, view) if view else at

    return entered


def titles(page_data: Any) -> dict[str, list[str]]:
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{page_data / 'records.sqlite'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT user_key, title FROM conversations")).all()
    engine.dispose()
    found: dict[str, list[str]] = {}
    for key, title in rows:
        found.setdefault(key, []).append(title)
    return found


def test_nobody_sees_nothing_but_the_way_in(enter: Any, page_data: Any) -> None:
    for view in ("", "past", "regulations", "holdings"):
        at = enter(None, view)
        assert [b.label for b in at.button] == ["登录"]
        assert "请先登录" in words(at)
        assert not at.chat_input
        assert not at.sidebar.button
    assert not (page_data / "records.sqlite").exists()


def test_each_login_service_has_its_button(enter: Any) -> None:
    one = {k: AUTH[k] for k in ("client_id", "client_secret", "server_metadata_url")}
    at = enter(None, keycloak=one, dingtalk=one, client_kwargs={"prompt": "login"})
    assert [b.label for b in at.button] == ["用「keycloak」登录", "用「dingtalk」登录"]


def test_records_belong_to_issuer_and_subject(enter: Any, page_data: Any) -> None:
    ask(enter(user()), QUESTION)
    (key,) = titles(page_data)
    assert key.startswith("oidc-")
    for part in ("u-1", "example", "王小明"):
        assert part not in key
    again = enter(user(name="王大明", email="other@example.gov.cn"), "past")  # married, moved: still the same
    assert QUESTION[:8] in words(again)
    for other in (user("u-2"), user(iss="https://elsewhere.example")):  # the same e-mail address is not the same user
        assert "还没有对话" in words(enter(other, "past"))
    assert list(titles(page_data)) == [key]


def test_issuer_and_subject_cannot_be_moved_into_each_other(enter: Any, page_data: Any) -> None:
    for iss, sub in (("https://a.example", "bc"), ("https://a.exampleb", "c")):
        ask(enter(user(sub, iss=iss)), QUESTION)
    assert len(titles(page_data)) == 2


@pytest.mark.parametrize("claims", [{"sub": ""}, {"iss": None}])
def test_a_login_without_a_subject_keeps_no_records(claims: dict[str, Any], enter: Any, page_data: Any) -> None:
    at = enter({**user(), **claims})
    assert "无法区分用户" in at.error[0].value
    assert not at.chat_input
    assert not (page_data / "records.sqlite").exists()


def test_the_name_is_shown_and_never_obeyed(enter: Any) -> None:
    at = enter(user(name="**粗** <b>x</b> [a](http://x)"))
    shown = next(str(c.value) for c in at.sidebar.caption if "已登录" in str(c.value))
    assert "\\*\\*粗" in shown
    assert "\\<b" in shown
    assert "退出登录" in [b.label for b in at.sidebar.button]
    assert "已登录：u-1" in words_of_sidebar(enter(user(name=None, email=None)))


def words_of_sidebar(at: AppTest) -> str:
    return "\n".join(str(c.value).replace("\\", "") for c in at.sidebar.caption)


def test_without_a_login_the_page_is_one_desks(open_page: OpenPage, page_data: Any) -> None:
    at = ask(open_page(), QUESTION)
    assert "已登录" not in words_of_sidebar(at)
    assert [s.title for s in Records(page_data / "records.sqlite").conversations("desk")]


def test_a_login_that_is_gone_shuts_the_page(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_LOGIN_NEEDED", "1")
    at = open_page()
    assert "读不到" in at.error[0].value
    assert not at.chat_input


@pytest.mark.parametrize(("host", "base", "warned"), [
    ("localhost", "", False), ("127.0.0.1", "http://localhost:8501", False), ("0.0.0.0", "", True),
    ("localhost", "https://law.example.gov.cn", True),
])  # fmt: skip
def test_an_open_door_is_said_on_every_page(
    host: str, base: str, warned: bool, open_page: OpenPage, enter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATIAO_HOST", host)
    monkeypatch.setenv("FATIAO_BASE_URL", base)
    for view in ("", "past"):
        assert any("没有配置登录" in w.value for w in open_page(view).warning) is warned
    assert not any("没有配置登录" in w.value for w in enter(user()).warning)
