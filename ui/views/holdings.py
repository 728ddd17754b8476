"""语料: what is indexed, since when, with what status, and what looked wrong in each source."""

from datetime import datetime

import streamlit as st

from assistant.desk.holdings import Holding, holdings
from prompts import say
from ui.drawing import Node, node, show_law
from ui.session import assistant, writer_name
from ui.text import badge, escape


def _show() -> None:
    library = assistant().library()
    st.title("语料")
    made = datetime.fromisoformat(library.manifest.made_at).astimezone()
    st.caption(
        f"索引建于 {made:%Y-%m-%d %H:%M}，收录 {len(library.regulations)} 部法规。"
        f"向量模型：{escape(library.manifest.model)}。作答：{escape(writer_name())}。"
    )
    for holding in holdings(library):
        with st.container(border=True):
            _show_holding(holding)


def _show_holding(holding: Holding) -> None:
    regulation = holding.regulation
    st.markdown(f"#### {escape(regulation.title)}")
    where = "　".join(filter(None, [regulation.place, regulation.province]))
    st.markdown(f"{badge(regulation.status)} {escape(where)}　{escape(say(f'script.{regulation.script}'))}")
    st.markdown(
        f"{len(regulation.numbered)} 条，{holding.paragraphs} 款"
        + (f"，{holding.chapters} 章" if holding.chapters else "")
        + f"。{escape(holding.dates)}。"
    )
    st.caption(f"来源文本 SHA-256：{escape(regulation.sha256[:16])}……")
    key = f"wrong-{regulation.id}"
    wrong = _wrong(holding)
    if regulation.notes:
        show_law([node("div", *(node("p", n) for n in regulation.notes), class_="note")], f"notes-{regulation.id}")
    with st.expander(f"来源文本里可疑之处、后来的变动（{len(wrong)} 处）", icon=":material/flag:"):
        if holding.findings is None:
            st.caption("来源文件不在手边，只列登记的勘误；用 fatiao inspect 可重新检查文件。")
        if wrong:
            show_law([node("ul", *wrong)], key)
        else:
            st.caption("没有发现。")


def _wrong(holding: Holding) -> list[Node]:
    said = [f"第 {f.line} 行　{f.message}" if f.line else f"全文　{f.message}" for f in holding.findings or ()]
    for note in holding.regulation.article_notes:
        article = next(iter(holding.regulation.find(note.article, note.suffix)), None)
        said.append(f"{article.label if article else '全文'}　{note.text}")
    return [node("li", words) for words in dict.fromkeys(said)]


_show()
