"""修订对照: two texts of one regulation side by side, deleted and added words marked."""

from functools import partial
from itertools import pairwise

import streamlit as st

from assistant import Regulation
from law.changes import ADDED, CHANGED, DELETED, MOVED, SAME, Change, compare
from law.versions import chain_of, text_date
from prompts import say
from records.word.changes import changes_document
from ui.drawing import Node, node, show_law
from ui.session import assistant
from ui.text import escape

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TAGS = {SAME: "span", DELETED: "del", ADDED: "ins"}
_CALLED = {SAME: "未改", CHANGED: "修改", MOVED: "条号变动", ADDED: "新增", DELETED: "删去"}


def _show() -> None:
    st.title("修订对照")
    held = {r.id: r for r in sorted(assistant().regulations(), key=lambda r: (chain_of(r), text_date(r)))}
    if len(held) < 2:
        st.info("收录两个文本以后，可以在这里逐条对照。")
        return
    old_id, new_id = _likely(list(held.values()))
    left, right = st.columns(2)
    with left:
        old = _chosen("修改前", held, old_id, "changes-old")
    with right:
        new = _chosen("修改后", held, new_id, "changes-new")
    if old is None or new is None or old.id == new.id:
        st.info(say("changes.choose"))
        return
    if chain_of(old) != chain_of(new):
        st.warning(say("changes.others"), icon=":material/info:")
    changes = _compared(old, new)
    counts = [f"{_CALLED[k]} {n} 条" for k in _CALLED if (n := sum(c.change == k for c in changes))]
    every = st.toggle("也列出未改的条文", key="changes-every")
    st.caption("，".join(counts) + "。")
    st.download_button(
        "导出 Word 对照表",
        partial(changes_document, old, new, changes, every=every),
        f"{new.title}修订对照表.docx",
        _WORD,
        on_click="ignore",
        icon=":material/download:",
        key="changes-docx",
    )
    nodes = [_row(c) for c in changes if every or c.change != SAME]
    if nodes:
        head = node("thead", node("tr", *(node("th", words) for words in ("", "修改前", "修改后"))))
        show_law([node("table", head, node("tbody", *nodes))], f"changes-{old.id}-{new.id}")


def _chosen(label: str, held: dict[str, Regulation], likely: str, key: str) -> Regulation | None:
    ids = list(held)
    at = ids.index(likely) if likely else None
    id_ = st.selectbox(label, ids, at, partial(_called, held), key=key, placeholder="请选一个文本")
    return held[id_] if id_ else None


def _likely(held: list[Regulation]) -> tuple[str, str]:
    """The last two texts of one regulation, where there are two."""
    for before, after in reversed(list(pairwise(held))):
        if chain_of(before) == chain_of(after):
            return before.id, after.id
    return "", ""


def _called(held: dict[str, Regulation], id_: str) -> str:
    return f"{escape(held[id_].title)}（{say(f'status.{held[id_].status}')}）"


def _compared(old: Regulation, new: Regulation) -> tuple[Change, ...]:
    key = (old.id, old.sha256, new.id, new.sha256)
    if st.session_state.get("changes-key") != key:
        st.session_state["changes-key"], st.session_state["changes-made"] = key, compare(old, new)
    made: tuple[Change, ...] = st.session_state["changes-made"]
    return made


def _row(change: Change) -> Node:
    labels = [a.label if a else "—" for a in (change.old, change.new)]
    sides = [
        node("td", node("p", node("strong", label), class_="aside"), *_words(change, old=old))
        for label, old in zip(labels, (True, False), strict=True)
    ]
    return node("tr", node("th", _CALLED[change.change], scope="row"), *sides)


def _words(change: Change, *, old: bool) -> list[Node]:
    if (change.old if old else change.new) is None:
        return [node("p", "（新增）" if old else "（删去）")]
    return [node("p", *(node(_TAGS[m.op], m.text) for m in change.words(old=old)), class_="lines")]


_show()
