"""The first screen: what the assistant knows, and questions to click."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant import Regulation
from assistant.decide.lookups import dates_of
from ui.session import assistant
from ui.text import badge, escape, short

#: So many texts have a card each; of more, so many places are named.
_SHOWN, _PLACES = 6, 30
_CITIES = ("武汉", "常州", "洛阳")
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
    regulations = assistant().regulations()
    st.markdown(f"用自己的话问，依据条文回答；点引文可看全条。已收录 {len(regulations)} 部：")
    if len(regulations) <= _SHOWN:
        with st.container(key="held"):
            for row in range(0, len(regulations), 3):
                for column, regulation in zip(st.columns(3), regulations[row : row + 3], strict=False):
                    with column.container(border=True, height="stretch"):
                        _show_held(regulation)
    else:
        _show_many(regulations)
    st.markdown("**可以这样问**")
    clicked = ""
    examples = _examples(regulations)
    with st.container(key="examples"):
        for row in range(0, len(examples), 2):
            for at, column in zip((row, row + 1), st.columns(2), strict=True):
                if at == len(examples):
                    continue
                ability, question = examples[at]
                with column:
                    if st.button(f"**{ability}**　{escape(question)}", key=f"example-{at}", width="stretch", wrap=True):
                        clicked = question
    return clicked


def _examples(regulations: Sequence[Regulation]) -> list[tuple[str, str]]:
    """Those whose cities are held; where none of these is, look-ups of what is."""
    short_places = {short(r.place) for r in regulations}
    fitting = [(a, q) for a, q in EXAMPLES if all(c in short_places for c in _CITIES if c in q)]
    if any(c in short_places for c in _CITIES):
        return fitting
    first = regulations[0]
    return [
        ("按条号查", f"《{first.title}》{first.numbered[0].label}怎么写的？"),
        ("查时效", f"《{first.title}》什么时候开始施行？"),
    ]


def _show_many(regulations: Sequence[Regulation]) -> None:
    """Many texts in a line or two, by place; all of them lie a click away, below 收录."""
    places = Counter(r.place for r in regulations)
    named = [f"{escape(p)}" + (f"（{n} 部）" if n > 1 else "") for p, n in places.items()]
    more = f" 等 {len(named)} 个地方" if len(named) > _PLACES else ""
    st.markdown("、".join(named[:_PLACES]) + more + "。全部见「收录」。")


def _show_held(regulation: Regulation) -> None:
    st.markdown(f"**{escape(regulation.title)}**")
    st.markdown(f"{badge(regulation.status)} {escape(regulation.place)}　{len(regulation.numbered)} 条")
    st.caption(escape(dates_of(regulation)))
