// Draws a tree of plain nodes with text nodes only: nothing that comes as data can become an element or a link.
const TAGS = new Set([
  "div", "p", "span", "strong", "mark", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "ul", "li", "button", "ins", "del",
]);
const drawn = new WeakMap();

function build(node, act) {
  if (typeof node === "string") return document.createTextNode(node);
  const made = document.createElement(TAGS.has(node.tag) ? node.tag : "span");
  if (node.class) made.className = node.class;
  if (node.title) made.title = node.title;
  if (node.label) made.setAttribute("aria-label", node.label);
  if (node.tag === "th") made.scope = node.scope || "col";
  if (node.focus) made.tabIndex = -1;
  if (node.at) made.dataset.at = node.at;
  if (node.tag === "button") {
    made.type = "button";
    made.addEventListener("click", () => act(node, made));
  }
  for (const inner of node.of || []) made.append(build(inner, act));
  if (node.tip) tips(made, node.tip);
  return made;
}

// What an article says, shown to who points at its citation, until it is opened.
function tips(made, text) {
  let quiet = 0; // after a click the page moves below the pointer
  const away = () => made.querySelectorAll(".tip").forEach((tip) => tip.remove());
  made.addEventListener("mouseenter", () => {
    if (performance.now() < quiet || !window.matchMedia("(hover: hover)").matches) return;
    const tip = document.createElement("span");
    tip.className = "tip";
    tip.textContent = text;
    made.append(tip);
    const beyond = tip.getBoundingClientRect().right - (document.documentElement.clientWidth - 12);
    if (beyond > 0) tip.style.left = `${-beyond}px`; // what stands at the right edge is read whole
  });
  made.addEventListener("mouseleave", away);
  made.addEventListener("click", () => { quiet = performance.now() + 3000; away(); });
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // http on an office network: no clipboard API there
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

async function copied(node, button) {
  const words = button.textContent;
  try {
    await copy(node.copy);
    button.textContent = "已复制";
  } catch {
    button.textContent = "复制不了，请手动选取";
  }
  setTimeout(() => { button.textContent = words; }, 1600);
}

// What was clicked stays where it is on the screen while the page makes room for the article, and takes it back.
let clicked = null;
function hold(button, top) {
  const scroller = document.querySelector('[data-testid="stMain"]');
  const until = performance.now() + 2500;
  let going = Boolean(scroller);
  const look = () => {
    if (!going || !button.isConnected || performance.now() > until) return;
    const moved = button.getBoundingClientRect().top - top;
    if (Math.abs(moved) > 1) scroller.scrollTop += moved;
    requestAnimationFrame(look);
  };
  for (const own of ["wheel", "touchmove", "pointerdown"]) addEventListener(own, () => { going = false; }, { once: true, passive: true });
  requestAnimationFrame(look);
}

// While an article is open: Escape closes it, and so does going back to an address without one.
let closing = null;
function closes(component) {
  if (closing) return;
  const close = () => { stop(); component.setTriggerValue("open", "close"); };
  const key = (event) => { if (event.key === "Escape" && !document.querySelector('[role="dialog"]')) close(); };
  const back = () => { if (!new URLSearchParams(location.search).has("article")) close(); };
  const watch = setInterval(() => { if (clicked && clicked.button.isConnected) clicked.top = clicked.button.getBoundingClientRect().top; }, 100);
  const stop = () => {
    removeEventListener("keydown", key);
    removeEventListener("popstate", back);
    clearInterval(watch);
    closing = null;
    if (clicked && clicked.button.isConnected) hold(clicked.button, clicked.top);
  };
  addEventListener("keydown", key);
  addEventListener("popstate", back);
  closing = stop;
}

export default function (component) {
  const root = component.parentElement;
  const held = root.querySelector(".law");
  const said = JSON.stringify(component.data.of);
  const before = drawn.get(held);
  drawn.set(held, { said, component });
  const panel = root.host && root.host.closest(".st-key-article");
  if (panel) closes({ setTriggerValue: (...value) => drawn.get(held).component.setTriggerValue(...value) });
  document.documentElement.lang = "zh-CN"; // Streamlit's own page says English
  watchConnection();
  const act = (node, button) => {
    if ("copy" in node) copied(node, button);
    else if ("to" in node) held.querySelector(`[data-at="${CSS.escape(node.to)}"]`)?.scrollIntoView({ block: "start" });
    else if ("print" in node) window.print();
    else {
      clicked = { button, top: button.getBoundingClientRect().top };
      hold(button, clicked.top);
      drawn.get(held).component.setTriggerValue("open", node.open);
    }
  };
  // What is there already stays, and with it the focus of whoever goes by keyboard.
  if (!before || before.said !== said) held.replaceChildren(...component.data.of.map((node) => build(node, act)));
  if (before && before.said === said && before.component.data.show === component.data.show) return;
  if (component.data.show === "page") {
    const open = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
    const close = open && open.querySelector('[data-testid="stSidebarCollapseButton"] button');
    if (close && window.innerWidth <= 768) close.click(); // on a phone it lies over the page that was chosen in it
  } else if (component.data.show === "answer") {
    const message = root.host && root.host.closest('[data-testid="stChatMessage"]');
    const all = [...document.querySelectorAll('[data-testid="stChatMessage"]')];
    const question = all[all.indexOf(message) - 1];
    if (question) question.scrollIntoView({ block: "start" });
  } else if (component.data.show === "near") {
    root.host?.scrollIntoView({ block: "center" });
  } else if (component.data.show === "heading") {
    const heading = held.querySelector("[tabindex]");
    if (heading) heading.focus({ preventScroll: true });
    const first = held.querySelector("mark");
    if (panel) panel.scrollTop = 0;
    const shown = panel && panel.getBoundingClientRect();
    if (panel && first && first.getBoundingClientRect().bottom > shown.bottom - 40) panel.scrollTop = first.getBoundingClientRect().top - shown.top - 160;
  }
  return () => { if (panel && closing) closing(); };
}
