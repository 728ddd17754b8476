"""The nginx site of deploy/, as it stands but for names and ports: HTTPS, WebSocket, login, a path of its own."""

import secrets
import shutil
import ssl
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from serving_support import provider, register, served, write_login
from test_stories import ask

from evals.servers.serving import free_port

sys.path.append(str(Path(__file__).parents[1] / "deploy"))
from nginx_support import NGINX, proxied

pytestmark = pytest.mark.browser
USER = {"sub": "3001", "name": "赵一"}


@pytest.fixture(scope="module")
def site(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """The address of the page behind the proxy, and the plain one that leads to it, and the records' folder."""
    if not NGINX:
        pytest.skip("没有 nginx（Debian：apt-get install nginx-light）")
    folder = tmp_path_factory.mktemp("proxy")
    shutil.copytree(index, folder / "data")
    page, plain, tls = free_port(), free_port(), free_port()
    url = f"https://localhost:{tls}"
    (folder / "provider").mkdir()
    with proxied(folder, plain, tls, page, free_port()) as proxy, provider(folder / "provider", [USER]) as issuer:
        back = f"{url}/oauth2callback"
        write_login(folder, secrets.token_hex(32), back, issuer, register(issuer, back))
        with served(folder, page, FATIAO_DATA_DIR=str(folder / "data"), FATIAO_BASE_URL=url):
            assert proxy.poll() is None, (folder / "error.log").read_text()
            yield url, f"http://localhost:{plain}", folder


def test_the_page_is_used_through_the_proxy(site: tuple[str, str, Path], chromium: Browser) -> None:
    url, _, folder = site
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True)
    context.route("**/*", lambda route: route.continue_() if "//localhost:" in route.request.url else route.abort())
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="登录").click(timeout=120_000)
    page.get_by_role("button", name=USER["sub"]).first.click(timeout=60_000)
    expect(page.get_by_text(f"已登录：{USER['name']}")).to_be_visible(timeout=120_000)
    ask(page, "武汉的企业买科技保险有补助吗？")
    expect(page.get_by_role("button", name="打开 武汉 · 第五十八条第二款")).to_be_visible()
    cookies = {c["name"]: c for c in context.cookies()}
    assert cookies["_streamlit_user"]["secure"]
    assert cookies["_streamlit_user"]["httpOnly"]
    context.close()
    assert "警告" not in (folder / "fatiao.cli.log").read_text("utf-8")


def test_plain_http_leads_to_https(site: tuple[str, str, Path]) -> None:
    url, plain, _ = site

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as led:
        urllib.request.build_opener(Stay).open(f"{plain}/?article=wuhan/58", timeout=10)
    assert (led.value.code, led.value.headers["Location"]) == (301, "https://localhost/?article=wuhan/58")
    led.value.close()
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(url, timeout=10, context=anyone) as answer:
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
