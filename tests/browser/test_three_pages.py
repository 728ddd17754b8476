"""Three pages behind one proxy, one Chroma server and one PostgreSQL: each may die, nothing is lost or mixed up."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "vectorstore"), str(TESTS / "records"), str(TESTS / "deploy")]
from nginx_support import NGINX  # noqa: E402
from postgres_support import Postgres, programs  # noqa: E402
from server_support import Server  # noqa: E402

from evals.servers.serving import free_port  # noqa: E402

pytestmark = pytest.mark.browser
ROOT = TESTS.parent
SITE = ROOT / "deploy" / "pages.nginx.conf"
#: What each person asks first and then, each with words that only an answer has.
PEOPLE = {
    "10.0.0.1": (
        ("常州的科技企业上市融资有什么支持？", "《常州市科技创新促进条例》"),
        ("常州条例什么时候施行？", "2025年1月1日"),
    ),
    "10.0.0.2": (
        ("武汉的企业买科技保险有补助吗？", "《武汉市推进科技创新中心建设条例（草案征求意见稿）》"),
        ("武汉第八条说了什么？", "财政经常性收入"),
    ),
    "10.0.0.3": (
        ("洛阳对科普经费怎么规定？", "《洛阳市科学技术进步条例》"),
        ("洛阳条例什么时候施行？", "1997年9月28日"),
    ),
}


@contextmanager
def _proxy(folder: Path, pages: list[Server]) -> Iterator[str]:
    """The site of deploy/ for several pages, as it stands but for names and ports."""
    port = free_port()
    one = "server page:8501 max_fails=1 fail_timeout=10s;"
    site = SITE.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    assert one in site
    each = "".join(one.replace("page:8501", p.url.removeprefix("http://")) for p in pages)
    temporary = "".join(f"{k}_temp_path {folder}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{site.replace(one, each)} }}\n",
        "utf-8",
    )
    assert NGINX
    folder.chmod(0o755)
    proxy = subprocess.Popen([NGINX, "-c", str(file)], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        proxy.terminate()
        proxy.wait(20)


def _asks(page: Page, question: str) -> None:
    page.fill("textarea", question)
    page.keyboard.press("Enter")


def _asks_again(page: Page, question: str) -> int:
    """As a person does whose page died before or while it answered. How often the question stands there then."""
    if page.get_by_test_id("stChatMessage").filter(has_text=question).count() == 0:
        _asks(page, question)
        return 1
    again, answer = page.get_by_role("button", name="再问一次"), page.get_by_test_id("stChatMessage").nth(1)
    expect(again.or_(answer.get_by_role("button").first).first).to_be_visible(timeout=60_000)
    if not again.count():
        return 1
    again.click()
    return 2


def _reads(page: Page, question: str, told: str, times: int = 1) -> None:
    """The question stands there so often, its answer below it, and nobody else's question."""
    expect(page.get_by_test_id("stChatMessage").filter(has_text=question)).to_have_count(times, timeout=60_000)
    expect(page.get_by_test_id("stChatMessage").filter(has_text=told).last).to_be_visible(timeout=60_000)


def test_a_page_chroma_and_postgresql_die_and_nothing_is_lost_or_mixed_up(chromium: Browser, tmp_path: Path) -> None:
    tools, where = Path(sys.executable).parent, programs()
    if not (NGINX and where):
        pytest.skip("没有 nginx 或 PostgreSQL（Debian：apt-get install nginx-light postgresql）")
    with ExitStack() as stack:
        at = free_port()
        chroma = Server(
            str(tools / "chroma"), "run", "--path", str(tmp_path / "chroma"), "--host", "127.0.0.1", "--port", str(at),
            port=at, health="/api/v2/heartbeat",
        )  # fmt: skip
        chroma.start()
        stack.callback(chroma.kill)
        postgres = Postgres(where)
        stack.callback(postgres.remove)
        said = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in (
            ("PYTHONPATH", str(ROOT)),
            ("FATIAO_CHROMA_URL", chroma.url),
            ("FATIAO_DATABASE_URL", postgres.new()),
            ("FATIAO_DATA_DIR", str(tmp_path / "data")),
        ):
            said.setenv(name, value)
        subprocess.run([sys.executable, "-m", "fatiao.cli", "ingest"], check=True, timeout=300, capture_output=True)
        pages = [_page(free_port()) for _ in PEOPLE]
        for page in pages:
            page.start()
            stack.callback(page.kill)
        url = stack.enter_context(_proxy(tmp_path, pages))
        people = {who: _visitor(stack, chromium, who, url) for who in PEOPLE}

        for who, page in people.items():
            _asks(page, PEOPLE[who][0][0])
        for server in pages[:2]:  # while they answer
            server.kill()
        times: dict[str, int] = {}
        for who, page in people.items():
            page.wait_for_timeout(1500)
            page.reload()
            page.wait_for_selector("textarea", timeout=60_000)
            (question, told), _ = PEOPLE[who]
            times[who] = _asks_again(page, question)
            _reads(page, question, told, times[who])

        for server in pages[:2]:
            server.start()
        chroma.kill()
        chroma.start()
        postgres.stop()
        postgres.start()
        for who, page in people.items():
            first, (question, told) = PEOPLE[who]
            _asks(page, question)
            _reads(page, question, told)
            page.reload()
            _reads(page, *first, times[who])
            _reads(page, question, told)
            others = [asked for one, said in PEOPLE.items() if one != who for asked, _ in said]
            shown = page.get_by_test_id("stMain").inner_text()
            assert not [asked for asked in others if asked in shown]


def _page(port: int) -> Server:
    command = (sys.executable, "-m", "fatiao.cli", "ui", "--headless", "--port", str(port))
    return Server(*command, port=port, health="/_stcore/health")


def _visitor(stack: ExitStack, chromium: Browser, who: str, url: str) -> Page:
    context = chromium.new_context(locale="zh-CN", extra_http_headers={"X-Forwarded-For": who})
    stack.callback(context.close)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("textarea", timeout=120_000)
    return page
