"""记录: past conversations, to be found, opened again, renamed, taken away, deleted."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant import FatiaoError
from records import Summary
from ui.address import keep, leave_conversation, open_conversation, take_words
from ui.entry.login import current_user
from ui.exporting import show_export
from ui.session import records
from ui.text import escape

_A_PAGE, _MOST, _SEARCH, _TITLE = 15, 1000, 100, 80


def _show() -> None:
    st.title("记录")
    days = records().retention_days
    kept = f"对话闲置 {days} 天后自动彻底删除。" if days else "对话一直保留，直到您删除。"
    st.caption(f"{kept}对话只有您自己能看到；您给的评价连同问答供维护人员改进。删除后不能恢复。")
    if said := st.session_state.pop("past-said", ""):
        st.success(escape(said))
    take_words("past-words")
    words = st.text_input(
        "查找",
        max_chars=_SEARCH,
        key="past-words",
        placeholder="标题、问题或回答里的词，几个词用空格隔开",
    )
    keep("past-words")
    found = records().conversations(current_user(), words, _MOST)
    if not found:
        st.info("没有找到这样的对话。" if words.strip() else "还没有对话。到「对话」里问一个问题，就会记在这里。")
        return
    st.caption(f"共 {len(found)} 个对话，最近的在前。")
    pages = -(-len(found) // _A_PAGE)
    at = 1 if pages == 1 else st.pagination(pages, key=f"past-page-{words}")
    for summary in found[(at - 1) * _A_PAGE : at * _A_PAGE]:
        with st.container(border=True):
            _show_one(summary)
    if not words.strip():
        _show_delete_all(len(found))


def _show_one(summary: Summary) -> None:
    st.markdown(f"**{escape(summary.title)}**")
    when = summary.updated.astimezone()
    st.caption(f"{when:%Y-%m-%d %H:%M}　{summary.turns} 问")
    with st.container(horizontal=True, gap="small"):
        if st.button("打开", key=f"open-{summary.id}", icon=":material/forum:"):
            open_conversation(summary.id)
            st.switch_page("views/conversation.py")
        show_export(summary, "past")
        with st.popover("改名", icon=":material/edit:"):
            st.text_input("新的标题", summary.title, max_chars=_TITLE, key=f"title-{summary.id}")
            st.button("保存", key=f"rename-{summary.id}", on_click=partial(_rename, summary.id))
        with st.popover("删除", icon=":material/delete:"):
            st.markdown("连同评价彻底删除，不能恢复。")
            st.button("确定删除", key=f"delete-{summary.id}", type="primary", on_click=partial(_delete, summary.id))


def _show_delete_all(count: int) -> None:
    with st.popover("删除我的全部记录", icon=":material/delete_forever:", key="delete-all-popover"):
        st.markdown(f"{count} 个对话连同评价彻底删除，不能恢复。")
        st.button("确定全部删除", key="delete-all", type="primary", on_click=_delete_all)


def _rename(id_: str) -> None:
    _do(lambda: records().rename(id_, current_user(), st.session_state[f"title-{id_}"]), "已改名。")


def _delete(id_: str) -> None:
    _do(lambda: records().delete(id_, current_user()), "已删除。")
    _leave(id_)


def _delete_all() -> None:
    _do(lambda: records().delete_all(current_user()), "已全部删除。")
    _leave(st.session_state.get("conversation"))


def _leave(id_: str | None) -> None:
    if st.session_state.get("conversation") == id_:
        leave_conversation()


def _do(what: Callable[[], object], said: str) -> None:
    try:
        what()
    except FatiaoError as error:
        st.session_state["past-said"] = str(error)
    else:
        st.session_state["past-said"] = said


_show()
