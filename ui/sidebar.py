"""What the assistant knows, and the city filter."""

import streamlit as st

from assistant import Assistant
from ui.text import badge, escape


def show_sidebar(helper: Assistant) -> list[str]:
    """Draw the sidebar; returns the regulation ids that the filter keeps (empty: all)."""
    regulations = helper.regulations()
    with st.sidebar:
        st.header("⚖️ 法条助手")
        st.caption("依据条文回答，每一句都注明城市和条号。")
        chosen = st.multiselect(
            "只查这些城市",
            [r.id for r in regulations],
            format_func=lambda id_: next((r.place for r in regulations if r.id == id_), id_),
            placeholder="全部城市",
            key="cities",
        )
        st.divider()
        for regulation in regulations:
            st.markdown(f"**{escape(regulation.title)}**  \n{badge(regulation.status)} {len(regulation.numbered)} 条")
        st.divider()
        if st.button("新的对话", width="stretch", key="new"):
            st.session_state.pop("turns", None)
            st.session_state.pop("open", None)
            st.rerun()
        st.caption("引文据所收录的文本；以官方公布的文本为准。")
    return list(chosen)
