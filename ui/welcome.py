"""The first screen: what the assistant knows, and questions to click."""

import streamlit as st

from assistant import Regulation
from assistant.decide.lookups import dates_of
from ui.session import assistant
from ui.text import badge, escape

#: Each shows another ability.
EXAMPLES = (
    ("查规定", "武汉的企业买科技保险有补助吗？"),
    ("用自己的话问", "实验做失败了会不会被追责？"),
    ("比较城市", "企业买科技保险有补助吗？三个城市有什么不同？"),
    ("按条号查", "常州条例第二十条第三款怎么写的？"),
    ("查时效", "常州的条例什么时候开始施行？"),
    ("接着追问", "老师搞出来的成果，学校能分给他本人吗？洛阳怎么规定？"),
)


def show_welcome() -> str:
    """Draw it; returns the question that was clicked, or ""."""
    st.title("法条助手")
    st.markdown("用自己的话问，依据条文回答；点引文可看全条。已收录：")
    regulations = assistant().regulations()
    for row in range(0, len(regulations), 3):
        for column, regulation in zip(st.columns(3), regulations[row : row + 3], strict=False):
            with column.container(border=True, height="stretch"):
                _show_held(regulation)
    st.markdown("**可以这样问**")
    clicked = ""
    with st.container(key="examples"):
        for row in range(0, len(EXAMPLES), 2):
            for at, column in zip((row, row + 1), st.columns(2), strict=True):
                ability, question = EXAMPLES[at]
                with column:
                    if st.button(f"**{ability}**　{escape(question)}", key=f"example-{at}", width="stretch", wrap=True):
                        clicked = question
    return clicked


def _show_held(regulation: Regulation) -> None:
    st.markdown(f"**{escape(regulation.title)}**")
    st.markdown(f"{badge(regulation.status)} {escape(regulation.place)}　{len(regulation.numbered)} 条")
    st.caption(escape(dates_of(regulation)))
