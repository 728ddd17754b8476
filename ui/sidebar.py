"""Beside every page: a new conversation, the city filter, the last conversations."""

from typing import Any

import streamlit as st

from assistant import FatiaoError
from ui.address import keep, leave_conversation, open_conversation, take_several
from ui.entry.login import current_user, show_user
from ui.session import assistant, records, writer_name
from ui.text import caller, escape

_RECENT = 6


def show_sidebar(conversation_page: Any) -> None:
    """Draw the sidebar. The filter is kept under `cities` in the session, as ids of regulations."""
    regulations = assistant().regulations()
    with st.sidebar:
        if st.button("新的对话", width="stretch", key="new", type="primary", icon=":material/add:"):
            leave_conversation()
            st.switch_page(conversation_page)
        take_several("cities", {r.id for r in regulations})
        st.pills(
            "只查这些城市（不选为全部）",
            [r.id for r in regulations],
            format_func=caller(regulations),
            selection_mode="multi",
            key="cities",
        )
        keep("cities")
        _show_recent(conversation_page)
        show_user()
        st.caption(f"作答：{escape(writer_name())}")
        st.caption("每一句都注明城市和条号。引文据所收录的文本；以官方公布的文本为准。")


def _show_recent(conversation_page: Any) -> None:
    try:
        recent = records().conversations(current_user(), limit=_RECENT)
    except FatiaoError as error:
        st.warning(escape(str(error)))
        return
    if not recent:
        return
    st.caption("最近的对话")
    with st.container(key="recent", gap="xsmall"):
        for summary in recent:
            here = summary.id == st.session_state.get("conversation")
            if st.button(
                escape(summary.title),
                key=f"recent-{summary.id}",
                width="stretch",
                type="secondary" if here else "tertiary",
            ):
                open_conversation(summary.id)
                st.switch_page(conversation_page)
