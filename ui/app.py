"""The page's entry: `streamlit run ui/app.py`, or `fatiao ui`."""

from typing import Any

import streamlit as st

from assistant import Assistant, FatiaoError
from ui.conversation import question_input, show_conversation
from ui.reading import show_open_article
from ui.sidebar import show_sidebar


@st.cache_resource(show_spinner=False)
def _assistant() -> Assistant:
    return Assistant()


def _ready() -> Assistant:
    """The assistant with its index; builds the index at the first visit, showing how far it is."""
    helper = _assistant()
    if not helper.is_ready:
        with st.status("首次使用，正在建立索引（约一分钟）……", expanded=True) as status:
            bar = st.progress(0.0)
            helper.prepare(lambda step, done, total: _show(bar, step, done, total))
            status.update(label="索引已就绪", state="complete", expanded=False)
        st.rerun()
    return helper


def _show(bar: Any, step: str, done: int, total: int) -> None:
    bar.progress(done / max(total, 1), "计算向量" if step == "embed" else "写入索引")


def main() -> None:
    """Lay out the page."""
    st.set_page_config(page_title="法条助手", page_icon="⚖️", layout="wide")
    try:
        helper = _ready()
        cities = show_sidebar(helper)
        asked = question_input()
        if "open" in st.session_state:
            left, right = st.columns([3, 2], gap="large")
            with right:
                show_open_article(helper)
        else:
            left = st.container()
        with left:
            show_conversation(helper, cities, asked)
    except FatiaoError as error:
        st.error(str(error), icon="⚠️")
        if st.button("重试"):
            st.rerun()


main()
