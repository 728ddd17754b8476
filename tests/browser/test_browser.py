"""What holds on every page: nothing from outside, no markup obeyed, keyboard alone, contrast, a real font."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_stories import QUESTION, ask, chip, go

pytestmark = pytest.mark.browser

#: WCAG 2.1 relative luminance and contrast of every text that is seen, disabled controls left out.
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (css) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3])).concat(1);
  const up = (one) => one.parentElement || (one.getRootNode() && one.getRootNode().host) || null;
  const behind = (one) => {
    const layers = [];
    for (let at = one; at; at = up(at)) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const shine = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacity = (one) => (one ? getComputedStyle(one).opacity * opacity(up(one)) : 1);
  const found = [];
  let seen = 0;
  const visit = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) visit(one.shadowRoot);
      const words = [...one.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent.trim()).join('');
      const typed = one.matches('input, textarea') ? one.value || one.placeholder : '';
      const box = one.getBoundingClientRect(), style = getComputedStyle(one);
      if (!(words || typed) || box.width < 2 || box.height < 2 || style.visibility === 'hidden') continue;
      if (one.closest('[disabled], [aria-disabled="true"], style, script, noscript')) continue;
      const label = one.closest('[data-testid="stWidgetLabel"]');
      if (label && label.parentElement.querySelector('[disabled]')) continue;
      const ground = behind(one);
      const source = typed && !one.value ? getComputedStyle(one, '::placeholder') : style;
      let colour = rgba(source.color);
      colour[3] *= opacity(one) * (typed && !one.value ? source.opacity : 1);
      const [light, dark] = [shine(over(colour, ground)), shine(ground)].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      seen += 1;
      if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${(words || typed).slice(0, 30)}`);
    }
  };
  visit(document);
  return [seen, found];
}"""
#: The element in focus, inside components too.
FOCUS = """() => { let one = document.activeElement; while (one && one.shadowRoot) one = one.shadowRoot.activeElement;
  return one ? (one.getAttribute('aria-label') || one.textContent || one.tagName).trim() : ''; }"""


def press_until(page: Page, name: str, key: str = "Tab", most: int = 80) -> None:
    """Go on with one key until the element in focus is called so."""
    for _ in range(most):
        page.keyboard.press(key)
        if name in page.evaluate(FOCUS):
            return
    raise AssertionError(f"no way to 「{name}」 with {key}")


def test_keyboard_alone_asks_opens_a_citation_and_exports(page: Page, tmp_path: Path) -> None:
    press_until(page, "请输入问题")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("复制回答")).to_be_visible(timeout=60_000)
    press_until(page, "打开 武汉 · 第五十八条第二款", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="复制全条")).to_be_visible(timeout=30_000)
    expect(page.locator("h2")).to_be_focused()
    press_until(page, "导出", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Markdown")).to_be_visible(timeout=10_000)
    press_until(page, "Markdown")
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    downloading.value.save_as(tmp_path / "one.md")
    assert "第五十八条第二款" in (tmp_path / "one.md").read_text("utf-8")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_contrast_of_every_text_meets_wcag_aa(page: Page, colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.wait_for_timeout(500)
    measured = {"first": page.evaluate(CONTRAST)}
    ask(page, "企业买科技保险有补助吗？三个城市有什么不同？")
    chip(page, "武汉 · 第五十八条第二款")
    ask(page, "深圳的企业买科技保险有补助吗？")
    measured["conversation"] = page.evaluate(CONTRAST)
    go(page, "法规")
    page.get_by_label("词语或条号").fill("补助")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible(timeout=30_000)
    measured["regulations"] = page.evaluate(CONTRAST)
    go(page, "对照")
    page.get_by_label("事项").fill("科技保险")
    page.keyboard.press("Enter")
    expect(page.locator(".article").first).to_be_visible(timeout=30_000)
    measured["comparison"] = page.evaluate(CONTRAST)
    go(page, "记录")
    measured["records"] = page.evaluate(CONTRAST)
    go(page, "收录")
    page.locator("summary").first.click()
    page.wait_for_timeout(400)
    measured["holdings"] = page.evaluate(CONTRAST)
    assert {name: low for name, (_, low) in measured.items() if low} == {}
    assert all(seen > 15 for seen, _ in measured.values())


def test_every_page_fits_a_phone_and_a_desk(page: Page, look: object) -> None:
    assert callable(look)
    go(page, "对照")
    page.get_by_label("事项").fill("科技保险")
    page.keyboard.press("Enter")
    expect(page.locator(".article").first).to_be_visible(timeout=30_000)
    look("comparison")
    go(page, "收录")
    page.locator("summary").first.click()
    look("holdings")


def test_chinese_is_drawn_with_a_font_of_its_own(page: Page) -> None:
    ask(page, QUESTION)
    page.wait_for_timeout(1_500)  # what may be asked next stands there too
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    found: dict[str, int] = {}

    def visit(node: dict) -> None:  # type: ignore[type-arg]
        if node.get("localName") in ("p", "button", "div", "span"):
            for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]:
                found[font["familyName"]] = found.get(font["familyName"], 0) + int(font["glyphCount"])
        for inner in [*node.get("children", []), *node.get("shadowRoots", [])]:
            visit(inner)

    visit(root)
    best = max(found, key=lambda name: found[name])
    assert any(word in best for word in ("CJK", "SC", "Han", "Hei", "Song", "YaHei", "Ming")), found


def test_markup_in_a_question_never_becomes_an_element(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='hit'\"> 武汉第58条写的什么 [看](http://example.com)")
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href*='example.com']").count() == 0
    assert page.title() != "hit"


def test_the_page_asks_nothing_of_the_outside(page: Page, page_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.reload()
    page.wait_for_selector("textarea", timeout=60_000)
    ask(page, QUESTION)
    chip(page, "武汉 · 第五十八条第二款")
    for name in ("法规", "对照", "记录", "收录"):
        go(page, name)
    outside = [u for u in asked if not u.startswith((page_url, "data:", "blob:", page_url.replace("http", "ws")))]
    assert outside == []


def test_a_phone_reaches_every_page(page: Page, pictures: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_selector("textarea", timeout=60_000)
    for name in ("法规", "对照", "记录", "收录"):
        page.get_by_test_id("stExpandSidebarButton").click()
        page.wait_for_timeout(400)
        page.screenshot(path=str(pictures / "sidebar-phone-light.png"))
        page.get_by_role("link", name=name, exact=True).click()
        heading = page.get_by_role("heading", name=name, exact=True)
        expect(heading).to_be_visible(timeout=30_000)
        page.wait_for_timeout(400)
        heading.click()  # nothing lies over it
