"""A real page on loopback and a real Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_support import served
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: The sizes at which the stories are walked through; screens that no story walks through are looked at in each.
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}


@pytest.fixture(scope="session")
def page_data(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the page: a copy of the index, and the records that the stories leave."""
    folder = tmp_path_factory.mktemp("page") / "data"
    shutil.copytree(index, folder)
    return folder


@pytest.fixture(scope="session")
def page_url(page_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page without a model."""
    with served(tmp_path_factory.mktemp("anywhere"), page_data) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("没有找到 chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, page_url: str) -> Iterator[Page]:
    """The page loaded at the story's size, else a desk's. An error of the page's own scripts fails the test."""
    width, height = SIZES[_size_of(request) or "desk"]
    viewport = ViewportSize(width=width, height=height)
    context = chromium.new_context(viewport=viewport, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(page_url)
    opened.wait_for_selector("textarea", timeout=120_000)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(params=SIZES)
def sized(page: Page) -> Page:
    """The page at each of the sizes."""
    return page


def _size_of(request: pytest.FixtureRequest) -> str:
    """The size that a story is walked through at; "" where it has none."""
    return str(request.node.callspec.params["sized"]) if "sized" in request.fixturenames else ""


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the stories leave their pictures: PAGE_PICTURES, or pytest's own folder."""
    folder = Path(os.environ.get("PAGE_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def look(request: pytest.FixtureRequest, page: Page, pictures: Path) -> Callable[[str], None]:
    """Leaves a picture, light and dark, and holds it to what must be true of every screen: at the size of the story,
    or at all three where it is walked through at one."""
    own = _size_of(request)

    def looked(name: str) -> None:
        for size, (width, height) in SIZES.items():
            if own not in ("", size):
                continue
            page.set_viewport_size(ViewportSize(width=width, height=height))
            for colours in ("light", "dark"):
                page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
                page.wait_for_timeout(350)
                page.screenshot(path=str(pictures / f"{name}-{size}-{colours}.png"))
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.evaluate(CUT_OFF) == []
        if not own:
            page.set_viewport_size(ViewportSize(width=SIZES["desk"][0], height=SIZES["desk"][1]))
        page.emulate_media(color_scheme="light")

    return looked


#: Texts that stand outside the window at either side, or are wider than the box that hides what is too wide.
CUT_OFF = """() => {
  // The signs of an uploaded file are words that a font draws.
  const ELSEWHERE = '[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stFileUploader"]';
  const found = [];
  const visit = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) visit(one.shadowRoot);
      const box = one.getBoundingClientRect(), style = getComputedStyle(one);
      if (!box.width || !box.height || style.visibility === 'hidden') continue;
      if (one.matches('a[href^="#"]')) continue; // the way past the navigation, seen only in focus
      const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
      if (!own || one.closest(ELSEWHERE) || box.bottom < 0) continue;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(one.textContent.slice(0, 40));
      if (style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1)
        found.push(one.textContent.slice(0, 40));
    }
  };
  visit(document);
  return found;
}"""
