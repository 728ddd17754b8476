"""管理, for administrators alone: who may do what, what was said of answers, use, what was done, retention."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant import FatiaoError
from prompts import say
from records.journal import OF_CORPUS, ROLE, JournalEntry
from records.people import ADMIN, ROLES
from ui.drawing import Node, node, show_law
from ui.entry.login import account
from ui.session import assistant, records, writer_name
from ui.text import escape

_MOST = 100


def _show() -> None:
    who = account()
    st.title("管理")
    if who.role != ADMIN:
        st.info("这一页只供管理员使用。")
        return
    if wrong := st.session_state.pop("admin-wrong", ""):
        st.error(escape(wrong), icon=":material/error:")
    parts = {
        "用户": _show_people,
        "反馈": _show_feedback,
        "使用": _show_use,
        "收录改动": _show_corpus,
        "模型略去的句子": _show_dropped,
        "操作记录": _show_journal,
        "保留": _show_kept,
    }
    for tab, show in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab:
            show()


def _show_people() -> None:
    people = records().people.held()
    if not people:
        st.caption(
            "还没有账号：没有配置登录，凡在本机打开页面的人都是管理员。用 fatiao user add 加本地账号，或配置统一登录。"
        )
    for one in people:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            seen = f"{one.seen.astimezone():%Y-%m-%d %H:%M} 来过" if one.seen else "没有来过"
            st.markdown(f"**{escape(one.name)}**　{'本地账号' if one.local else '统一登录'}　{escape(seen)}")
            st.selectbox(
                f"「{escape(one.name)}」的角色",
                ROLES,
                ROLES.index(one.role),
                key=f"role-{one.key}",
                width=180,
                format_func=lambda r: say(f"role.{r}"),
                label_visibility="collapsed",
                on_change=partial(_set_role, one.key, one.name, one.role),
            )


def _set_role(key: str, name: str, before: str) -> None:
    who, role = account(), str(st.session_state[f"role-{key}"])
    if who.role != ADMIN:
        return
    try:
        records().people.set_role(key, role)
        records().journal.note(who.key, who.name, ROLE, name, f"{say(f'role.{before}')} → {say(f'role.{role}')}")
    except FatiaoError as error:
        st.session_state.pop(f"role-{key}", None)
        st.session_state["admin-wrong"] = str(error)


def _show_feedback() -> None:
    found = records().feedback(_MOST)
    st.caption("使用者连同问答交来的评价。用 fatiao feedback --to-case 编号 文件 可以变成一道评测题。")
    rows = [
        (
            str(f.id),
            f"{f.rating.rated.astimezone():%Y-%m-%d %H:%M}",
            "有用" if f.rating.up else "有问题",
            f.turn.question,
            f.rating.reason or "—",
            "、".join(f"{c.city}{c.number}" for c in f.turn.answer.citations) if f.turn.answer else "—",
        )
        for f in found
    ]
    _table(("编号", "时间", "评价", "问题", "理由", "所引"), rows, "admin-feedback", "还没有评价。")


def _show_use() -> None:
    rows = [
        (f"{d.day:%Y-%m-%d}", str(d.asked), str(d.answered), str(d.failed), str(d.people))
        for d in records().overview.use()
    ]
    st.caption(f"最近三十天。作答：{escape(writer_name())}。")
    _table(("日期", "提问", "答成", "出错", "人数"), rows, "admin-use", "最近三十天没有人提问。")


def _show_corpus() -> None:
    _acts(records().journal.entries(OF_CORPUS, _MOST), "admin-corpus", "收录的法规还没有改动过。")


def _show_journal() -> None:
    st.caption("谁要求改动了什么；不记问题的内容。")
    _acts(records().journal.entries((), _MOST), "admin-journal", "还没有操作记录。")


def _show_dropped() -> None:
    rows = [
        (f"{d.when.astimezone():%Y-%m-%d %H:%M}", d.model, d.text, d.why) for d in records().overview.not_shown(_MOST)
    ]
    st.caption("语言模型写的、没有通过核对因而没有显示的句子。")
    _table(("时间", "模型", "句子", "为什么"), rows, "admin-dropped", "没有。")


def _show_kept() -> None:
    kept, days = records().overview.kept(), records().retention_days
    since = f"，最早的是 {kept.oldest.astimezone():%Y年%-m月%-d日}" if kept.oldest else ""
    st.markdown(f"{kept.conversations} 个对话，{kept.turns} 个问答，{kept.feedback} 条评价{since}。")
    st.markdown(
        f"闲置 {days} 天后自动彻底删除（FATIAO\\_RETENTION\\_DAYS）。"
        if days
        else "一直保留，直到使用者删除（FATIAO\\_RETENTION\\_DAYS 为 0）。"
    )
    st.caption(f"记录：{escape(records().where)}　索引：{escape(assistant().store.where)}")


def _acts(entries: Sequence[JournalEntry], key: str, none: str) -> None:
    rows = [
        (f"{e.done.astimezone():%Y-%m-%d %H:%M}", e.name or "—", say(f"act.{e.act}") + "　" + e.about, e.detail or "—")
        for e in entries
    ]
    _table(("时间", "谁", "做了什么", "备注"), rows, key, none)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], key: str, none: str) -> None:
    if not rows:
        st.caption(none)
        return
    head = node("thead", node("tr", *(node("th", words) for words in heads)))
    body: list[Node] = [
        node("tr", node("th", row[0], scope="row"), *(node("td", cell) for cell in row[1:])) for row in rows
    ]
    show_law([node("table", head, node("tbody", *body))], key)


_show()
