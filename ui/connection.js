// Says in Chinese that the server does not answer; Streamlit says it in English, and not what becomes of the page.
// Streamlit keeps on the page's root whether it is connected, so nothing is asked of the server for this.
const STATE = "data-test-connection-state";
const GONE = "与服务器的连接断开了，正在重新连接。已显示的内容可以照常阅读和复制；连上以前不能提问，请不要关闭本页。";
const PATIENCE = 1500; // milliseconds: a hiccup is not worth a word

function watchConnection() {
  const root = document.querySelector(`[${STATE}]`);
  if (!root || root.dataset.watched) return;
  root.dataset.watched = "1";
  let waiting = 0;
  const say = () => {
    if (document.getElementById("server-gone")) return;
    const made = document.createElement("div");
    made.id = "server-gone";
    made.setAttribute("role", "alert");
    made.dataset.reactAriaTopLayer = "true"; // a dialogue that opens hides all others from a reader of the screen
    document.body.append(made);
    made.textContent = GONE; // after it is there: a reader of the screen notices what changes
    document.documentElement.classList.add("server-gone");
  };
  const look = () => {
    clearTimeout(waiting);
    if (root.getAttribute(STATE) !== "CONNECTED") waiting = setTimeout(say, PATIENCE);
    else {
      document.documentElement.classList.remove("server-gone");
      document.getElementById("server-gone")?.remove();
    }
  };
  new MutationObserver(look).observe(root, { attributes: true, attributeFilter: [STATE] });
  look();
}

