"""Make the README's pictures: `python docs/screenshot.py URL` of a running page without records, or `… report.html`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FACT, COMPARISON = "武汉的企业买科技保险有补助吗？", "企业买科技保险有补助吗？三个城市有什么不同？"

_TEXT = """无锡市夜间图书馆促进条例

（2024年3月2日无锡市第十七届人民代表大会常务委员会第十次会议通过）

第一条 为了促进夜间图书馆发展，制定本条例。
第二条 市人民政府应当对夜间开放的图书馆给予电费补贴。
第四条 本条例自2024年5月1日起施行。
"""


def main() -> None:
    """The page by its address, or the evaluation's report by its file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        (report if sys.argv[1].endswith(".html") else chat)(browser)
        browser.close()


def chat(browser: Browser) -> None:
    """An answer with its article open, a comparison, an article on a phone in the dark, and a file looked over."""
    page = _asked(browser, FACT)
    _open(page)
    _keep(page, "page")
    _keep(_asked(browser, COMPARISON), "comparison")
    page = _asked(browser, FACT, width=390, height=844, dark=True)
    _open(page)
    _keep(page, "phone")
    _keep(_reviewed(browser), "adding")


def report(browser: Browser) -> None:
    """The head of the report: verdict, figures, and the chart by kind."""
    page = browser.new_page(viewport={"width": 1120, "height": 960}, locale="zh-CN")
    page.goto(Path(sys.argv[1]).resolve().as_uri())
    _keep(page, "report")


def _asked(browser: Browser, question: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="dark" if dark else "light"
    )
    page.goto(sys.argv[1])
    page.wait_for_selector("textarea", timeout=120_000)
    page.fill("textarea", question)
    page.keyboard.press("Enter")
    page.get_by_text("复制回答").wait_for(timeout=60_000)
    return page


def _reviewed(browser: Browser) -> Page:
    """A file in 收录 before it is taken in."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page.goto(sys.argv[1].rstrip("/") + "/holdings")
    page.wait_for_selector("input[type=file]", state="attached", timeout=120_000)
    file = {"name": "夜间图书馆.txt", "mimeType": "text/plain", "buffer": _TEXT.encode()}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.get_by_role("button", name="确认并收录").wait_for(timeout=60_000)
    return page


def _open(page: Page) -> None:
    page.get_by_role("button", name="打开 武汉 · 第五十八条第二款").click()
    page.get_by_role("button", name="复制全条").wait_for(timeout=30_000)


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=str(Path(__file__).with_name(f"{name}.png")))
    page.close()


if __name__ == "__main__":
    main()
