"""Two officials, one page: a real login service on loopback, a real browser for each."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving_support import provider, register, served, write_login
from test_stories import ask

from evals.servers.serving import free_port

pytestmark = pytest.mark.browser
WANG = {"sub": "2001", "name": "王小明", "email": "office@example.gov.cn"}
LI = {"sub": "2002", "name": "李四", "email": "office@example.gov.cn"}  # who share an e-mail address
WANGS, LIS = "武汉的企业买科技保险有补助吗？", "常州条例第二十条怎么写的？"
Seen = tuple[BrowserContext, list[bytes]]
KEY = "sk-" + "not-for-browsers-0123456789"


@dataclass
class Office:
    """The page as an office serves it, and what must never leave it."""

    url: str
    issuer: str
    secrets: list[str]


@pytest.fixture(scope="module")
def office(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(index, folder / "data")
    port, cookie_secret = free_port(), secrets.token_hex(32)
    url = f"http://localhost:{port}"
    (folder / "provider").mkdir()
    with provider(folder / "provider", [WANG, LI]) as issuer:
        client = register(issuer, f"{url}/oauth2callback")
        write_login(folder, cookie_secret, f"{url}/oauth2callback", issuer, client)
        with served(folder, port, FATIAO_DATA_DIR=str(folder / "data"), FATIAO_BASE_URL=url, OPENAI_API_KEY=KEY):
            yield Office(url, issuer, [cookie_secret, client["client_secret"], KEY])


@pytest.fixture
def seen(chromium: Browser) -> Iterator[Seen]:
    """A browser of its own, and everything that it was sent: bodies, WebSocket frames, cookies."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.route("**/*", lambda route: route.continue_() if "//localhost:" in route.request.url else route.abort())
    got: list[bytes] = []

    def watch(page: Page) -> None:
        page.on("response", lambda r: got.append(str(r.headers).encode()))
        page.on("requestfinished", lambda r: got.append(_body(r)))
        page.on(
            "websocket",
            lambda ws: ws.on("framereceived", lambda f: got.append(f if isinstance(f, bytes) else f.encode())),
        )

    context.on("page", watch)
    yield context, got
    context.close()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def _body(request) -> bytes:  # type: ignore[no-untyped-def]
    try:
        return request.response().body()
    except Exception:  # a redirection has no body
        return b""


def log_in(context: BrowserContext, office: Office, who: dict[str, str], path: str = "") -> Page:
    page = context.new_page()
    page.goto(office.url + path)
    page.get_by_role("button", name="登录").click(timeout=120_000)
    page.wait_for_url(f"{office.issuer}/**", timeout=60_000)
    page.get_by_role("button", name=who["sub"]).first.click()
    expect(page.get_by_text(f"已登录：{who['name']}")).to_be_visible(timeout=120_000)
    return page


def test_each_of_two_users_sees_their_own(office: Office, seen: Seen, chromium: Browser) -> None:
    context, got = seen
    wang = log_in(context, office, WANG)
    ask(wang, WANGS)
    other = chromium.new_context(locale="zh-CN")
    other.route("**/*", lambda route: route.continue_() if "//localhost:" in route.request.url else route.abort())
    li = log_in(other, office, LI)
    expect(li.get_by_text("最近的对话")).to_have_count(0)
    ask(li, LIS)
    for page, mine, theirs in ((wang, WANGS, LIS), (li, LIS, WANGS)):
        page.goto(f"{office.url}/past")
        expect(page.get_by_text("共 1 个对话")).to_be_visible(timeout=60_000)
        expect(page.get_by_text(mine[:12]).first).to_be_visible()
        assert theirs[:12] not in page.content()
    other.close()
    sent = b"\n".join(got) + str(context.cookies()).encode()
    assert WANG["name"].encode() in sent  # what was sent was indeed watched
    for secret in office.secrets:
        assert secret.encode() not in sent
    cookies = {c["name"]: c for c in context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"


def test_a_link_to_an_article_survives_the_login(office: Office, seen: Seen, pictures: Path) -> None:
    context, _ = seen
    page = context.new_page()
    page.goto(f"{office.url}/?article=wuhan/58")
    expect(page.get_by_role("button", name="登录")).to_be_visible(timeout=120_000)
    page.screenshot(path=str(pictures / "login.png"))
    page.close()
    page = log_in(context, office, WANG, "/?article=wuhan/58")
    expect(page.get_by_role("button", name="复制全条")).to_be_visible(timeout=60_000)
    page.screenshot(path=str(pictures / "logged-in.png"))
    page.goto(office.url)  # once: whoever comes back without a link is shown no article
    expect(page.get_by_text("已登录")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="复制全条")).to_have_count(0)


def test_logging_out_shuts_the_page_until_the_next_login(office: Office, seen: Seen) -> None:
    context, _ = seen
    page = log_in(context, office, WANG)
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{office.issuer}/**", timeout=60_000)  # the login service is told too
    page.goto(f"{office.url}/past")
    expect(page.get_by_role("button", name="登录")).to_be_visible(timeout=60_000)
    assert "已登录" not in page.content()
    assert not [c for c in context.cookies() if c["name"].startswith("_streamlit_user")]
    log_in(context, office, LI)


def test_a_cookie_that_somebody_wrote_is_no_login(office: Office, seen: Seen) -> None:
    context, _ = seen
    log_in(context, office, WANG)
    (cookie,) = (c for c in context.cookies() if c["name"] == "_streamlit_user")
    value = cookie["value"]
    context.add_cookies([{**cookie, "value": value[:-4] + ("aaaa" if value[-4:] != "aaaa" else "bbbb")}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(office.url)
    expect(page.get_by_role("button", name="登录")).to_be_visible(timeout=60_000)
