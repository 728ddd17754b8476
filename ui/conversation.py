"""Asking, streaming, and the turns of this visitor's conversation."""

import streamlit as st

from assistant import Answer, Assistant, Citation, FatiaoError
from ui.reading import open_article
from ui.text import badge, escape, lines

EXAMPLES = (
    "武汉的企业买科技保险有补助吗？",
    "企业买科技保险有补助吗？三个城市有什么不同？",
    "常州条例第二十条第三款怎么写的？",
    "老师搞出来的成果，学校能分给他本人吗？洛阳怎么规定？",
    "常州的条例什么时候开始施行？",
    "实验做失败了会不会被追责？",
)


def question_input() -> str:
    """What was typed, or the example that was clicked; "" when nothing was. Stays at the foot of the page."""
    typed = st.chat_input("请输入问题，例如：武汉的企业买科技保险有补助吗？", max_chars=2000, key="question")
    return str(typed or st.session_state.pop("example", None) or "")


def show_conversation(helper: Assistant, cities: list[str], asked: str) -> None:
    """Every turn so far, then the one being asked."""
    turns: list[tuple[str, Answer]] = st.session_state.setdefault("turns", [])
    if not turns and not asked:
        _show_welcome(helper)
    for number, (question, answer) in enumerate(turns):
        with st.chat_message("user"):
            st.markdown(escape(question))
        with st.chat_message("assistant"):
            show_answer(answer, number)
    if asked:
        _answer(helper, asked, cities, turns)


def show_answer(answer: Answer, turn: int) -> None:
    """An answer with its citations as buttons; a refusal with what is nearest."""
    if answer.standalone:
        st.caption(f"理解为：{escape(answer.standalone)}")
    if answer.refused:
        st.info(escape(answer.text), icon="ℹ️")
    if answer.writing and answer.writing.prose:
        for paragraph in answer.writing.prose.split("\n\n"):
            st.markdown(escape(paragraph))
        st.caption(f"由语言模型「{escape(answer.model)}」撰写，逐句与条文核对；依据如下。")
    for block in answer.blocks:
        if len(answer.blocks) > 1:
            st.markdown(f"##### {escape(block.city)}")
        if block.remark:
            st.markdown(escape(block.remark))
        for citation in block.citations:
            _show_citation(citation, turn, answer.citations.index(citation))
    for notice in answer.notices:
        st.caption(f"※ {escape(notice)}")
    if answer.related:
        labels = [f"{h.city} · {h.label}" for h in answer.related]
        with st.expander("相近的条文（不是答案）" if answer.refused else "相关条文"):
            for at, (hit, label) in enumerate(zip(answer.related, labels, strict=True)):
                if st.button(label + (f"【{hit.heading}】" if hit.heading else ""), key=f"related-{turn}-{at}"):
                    open_article(hit.id, 0)


def _show_citation(citation: Citation, turn: int, at: int) -> None:
    with st.container(border=True):
        st.markdown(lines(citation.quote))
    where = f"《{citation.regulation}》{citation.place}"
    st.markdown(f"{escape(where)} {badge(citation.status)}")
    short = citation.city.removesuffix("市")
    if st.button(f"{short} · {citation.number}", key=f"cite-{turn}-{at}", icon=":material/menu_book:", help="打开全条"):
        open_article(citation.id, citation.paragraph)


def _show_welcome(helper: Assistant) -> None:
    st.title("法条助手")
    held = "、".join(f"《{r.title}》" for r in helper.regulations())
    st.markdown(f"可以问：{escape(held)}。")
    left, right = st.columns(2)
    for at, example in enumerate(EXAMPLES):
        if (left, right)[at % 2].button(example, key=f"example-{at}", width="stretch"):
            st.session_state["example"] = example
            st.rerun()


def _answer(helper: Assistant, question: str, cities: list[str], turns: list[tuple[str, Answer]]) -> None:
    """Ask, stream, and keep question and answer together once the answer is whole."""
    history = [
        {"role": role, "content": content}
        for asked, answer in turns
        for role, content in (("user", asked), ("assistant", answer.text))
    ]
    with st.chat_message("user"):
        st.markdown(escape(question))
    with st.chat_message("assistant"):
        result: list[Answer] = []
        try:
            with st.status("理解问题……") as status:
                shown, text = st.empty(), ""
                for event in helper.stream(question, history, cities):
                    if event.kind == "step":
                        status.update(label=f"{event.text}……")
                    elif event.answer is not None:
                        result.append(event.answer)
                    else:
                        text = event.text if event.kind == "replace" else text + event.text
                        shown.markdown(escape_stream(text))
                status.update(label="已核对", state="complete")
        except FatiaoError as error:
            st.error(str(error), icon="⚠️")
            return
    turns.append((question, result[0]))
    st.rerun()


def escape_stream(piece: str) -> str:
    """The streamed preview keeps its quote marks and bold, nothing else of Markdown."""
    return piece.replace("<", "\\<").replace("$", "\\$").replace("[", "\\[")
