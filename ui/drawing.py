"""Texts of the law with things to click in them: a component that draws text nodes, so that no data becomes markup."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from law.text.shown import shown

#: A node: words, or {"tag", "of": [nodes]} with "class", "title", "label", and for a button "open" or "copy".
Node = str | dict[str, Any]


def node(tag: str, *of: Node, **more: Any) -> Node:
    """An element around nodes; `class_` names its style. See `law.js` for the tags there are."""
    return {"tag": tag, "of": list(of)} | {k.rstrip("_"): v for k, v in more.items() if v not in ("", None)}


def button(words: str, *, class_: str = "", label: str = "", title: str = "", **does: Any) -> Node:
    """A button that tells the page (`open=value`), copies a text (`copy=text`), goes to the node drawn with it whose
    `at` is its `to`, or prints the page (`print=True`)."""
    return node("button", words, class_=class_, label=label, title=title, **does)


def tag(words: str, status: str = "") -> Node:
    """A status or a mark in a word or two."""
    return node("span", words, class_=f"tag {status}".strip())


def show_law(nodes: Sequence[Node], key: str, on_open: Callable[[Any], None] | None = None, *, show: str = "") -> None:
    """Draw nodes. `on_open` gets the value of the button that was clicked; `show` is "heading", "answer", "near" or
    "page": what is brought into view when it is first drawn.
    """

    def opened() -> None:
        value = st.session_state[key].get("open")
        if on_open and value is not None:
            on_open(value)

    _component()(key=key, data={"of": [_shown(n) for n in nodes], "show": show}, on_open_change=opened)


def _shown(node_: Node) -> Node:
    """A node whose words obey nothing; what it copies stays as it is."""
    if isinstance(node_, str):
        return shown(node_)
    return node_ | {"of": [_shown(inner) for inner in node_.get("of", ())]}


@lru_cache(maxsize=1)
def _component() -> Any:
    folder = Path(__file__).parent
    return st.components.v2.component(
        "fatiao_law",
        html='<div class="law" lang="zh-CN"></div>',
        css=(folder / "law.css").read_text("utf-8"),
        js="".join((folder / name).read_text("utf-8") for name in ("connection.js", "law.js")),
    )
