"""Make the README's picture: `python docs/screenshot.py URL` of a running page."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def main() -> None:
    """Ask the README's question, open its citation, and keep what the page shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(sys.argv[1])
        page.wait_for_selector("textarea", timeout=120_000)
        page.fill("textarea", "武汉的企业买科技保险有补助吗？")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="第二款").last.click(timeout=60_000)
        page.wait_for_selector("text=第五十七条", timeout=30_000)
        page.wait_for_timeout(1500)
        page.screenshot(path=str(Path(__file__).with_name("page.png")))
        browser.close()


if __name__ == "__main__":
    main()
