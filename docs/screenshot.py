"""Make the README's pictures: `python docs/screenshot.py URL` of a running page, or `… report.html` of a report."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def main() -> None:
    """The chat page by its address, or the evaluation's report by its file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        (report if sys.argv[1].endswith(".html") else chat)(page, sys.argv[1])
        browser.close()


def chat(page: Page, url: str) -> None:
    """Ask the README's question, open its citation, and keep what the page shows."""
    page.goto(url)
    page.wait_for_selector("textarea", timeout=120_000)
    page.fill("textarea", "武汉的企业买科技保险有补助吗？")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="第二款").last.click(timeout=60_000)
    page.wait_for_selector("text=第五十七条", timeout=30_000)
    page.wait_for_timeout(1500)
    page.screenshot(path=str(Path(__file__).with_name("page.png")))


def report(page: Page, file: str) -> None:
    """The head of the report: verdict, figures, and the chart by kind."""
    page.set_viewport_size({"width": 1120, "height": 960})
    page.goto(Path(file).resolve().as_uri())
    page.screenshot(path=str(Path(__file__).with_name("report.png")))


if __name__ == "__main__":
    main()
