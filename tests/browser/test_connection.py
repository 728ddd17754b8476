"""The server goes away under an open page, and comes back."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_support import served
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_a_server_that_is_gone_is_said_in_chinese_until_it_is_back(
    chromium: Browser, page_data: Path, tmp_path: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    with served(tmp_path, page_data) as url:
        page.goto(url)
        page.wait_for_selector("textarea", timeout=120_000)
        expect(page.locator("#server-gone")).to_have_count(0)
    expect(page.get_by_role("alert").filter(has_text="与服务器的连接断开了")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(3000)  # Streamlit's own words come after a second try
    assert "Connection error" not in page.locator("body").inner_text()
    with served(tmp_path, page_data, port=urlsplit(url).port or 0):
        expect(page.locator("#server-gone")).to_have_count(0, timeout=60_000)
        expect(page.locator("textarea").first).to_be_enabled()
    context.close()
