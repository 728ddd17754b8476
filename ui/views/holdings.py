"""收录: which texts are held, how each stands and what looked wrong in it; to be added to and taken from."""

from datetime import datetime
from functools import partial

import streamlit as st

from assistant import FatiaoError
from assistant.desk.holdings import Holding, holdings
from law.bundled import is_bundled
from prompts import say
from records.journal import OF_CORPUS, REMOVED
from records.people import Account
from records.sources import OriginalFile
from ui.adding import show_adding
from ui.drawing import Node, node, show_law
from ui.entry.login import account
from ui.session import assistant, records, writer_name
from ui.text import badge, escape

_HISTORY = 100


def _show() -> None:
    who = account()
    st.title("收录")
    if said := st.session_state.pop("holdings-said", ""):
        st.success(escape(said))
    if wrong := st.session_state.pop("holdings-wrong", ""):
        st.error(escape(wrong), icon=":material/error:")
    library = assistant().library()
    made = datetime.fromisoformat(library.manifest.made_at).astimezone()
    st.caption(f"收录 {len(library.regulations)} 部，{made:%Y年%-m月%-d日 %H:%M} 更新。作答：{escape(writer_name())}。")
    show_adding(who)
    sources = records().sources.held()
    for holding in holdings(library):
        with st.container(border=True):
            _show_holding(holding, sources.get(holding.regulation.sha256), who)
    _show_history()
    with st.expander("供维护人员", icon=":material/build:"):
        st.caption(f"向量模型：{escape(library.manifest.model)}")
        for regulation in library.regulations:
            st.caption(f"{escape(regulation.id)}　来源文本 SHA-256：{escape(regulation.sha256)}")


def _show_holding(holding: Holding, source: OriginalFile | None, who: Account) -> None:
    regulation = holding.regulation
    st.markdown(f"#### {escape(regulation.title)}")
    where = "　".join(
        filter(None, [regulation.place, regulation.province if regulation.city else "", regulation.level])
    )
    st.markdown(f"{badge(regulation.status)} {escape(where)}　{escape(say(f'script.{regulation.script}'))}")
    st.markdown(
        f"{len(regulation.numbered)} 条，{holding.paragraphs} 款"
        + (f"，{holding.chapters} 章" if holding.chapters else "")
        + f"。{escape(holding.dates)}。"
    )
    if regulation.notes:
        show_law([node("div", *(node("p", n) for n in regulation.notes), class_="note")], f"notes-{regulation.id}")
    wrong = _wrong(holding)
    with st.expander(f"来源文本里可疑之处、后来的变动（{len(wrong)} 处）", icon=":material/flag:"):
        if holding.findings is None and not wrong:
            st.caption("收录时已逐处核对；原件可以下载。" if source else "来源文件不在手边，只列登记的勘误。")
        elif wrong:
            show_law([node("ul", *wrong)], f"wrong-{regulation.id}")
        else:
            st.caption("没有发现。")
    with st.container(horizontal=True, gap="small"):
        if source:
            st.download_button(
                "下载原件",
                partial(_original, source.id),
                source.name,
                on_click="ignore",
                icon=":material/download:",
                key=f"source-{regulation.id}",
            )
        if who.edits and not is_bundled(regulation):
            with st.popover("移除", icon=":material/delete:", key=f"remove-popover-{regulation.id}"):
                st.markdown(
                    "不再用它回答；原件和改动记录保留。要换成更正的文件，直接添加即可，同一日期的文本会被替换。"
                )
                st.button(
                    "确定移除",
                    key=f"remove-{regulation.id}",
                    type="primary",
                    on_click=partial(_remove, regulation.id, regulation.title),
                )


def _original(id_: int) -> bytes:
    return records().sources.data(id_)


def _remove(id_: str, title: str) -> None:
    who = account()
    if not who.edits:
        return
    try:
        assistant().change_corpus(remove=[id_])
        records().journal.note(who.key, who.name, REMOVED, f"《{title}》")
    except FatiaoError as error:
        st.session_state["holdings-wrong"] = str(error)
    else:
        st.session_state["holdings-said"] = f"已移除《{title}》。"


def _show_history() -> None:
    entries = records().journal.entries(OF_CORPUS, _HISTORY)
    if not entries:
        return
    with st.expander(f"改动记录（{len(entries)} 次）", icon=":material/history:"):
        head = node("thead", node("tr", *(node("th", words) for words in ("时间", "谁", "做了什么", "备注"))))
        rows = [
            node(
                "tr",
                node("th", f"{e.done.astimezone():%Y-%m-%d %H:%M}", scope="row"),
                node("td", e.name or "—"),
                node("td", say(f"act.{e.act}") + e.about),
                node("td", e.detail or "—"),
            )
            for e in entries
        ]
        show_law([node("table", head, node("tbody", *rows))], "holdings-history")


def _wrong(holding: Holding) -> list[Node]:
    said = [f"第 {f.line} 行　{f.message}" if f.line else f"全文　{f.message}" for f in holding.findings or ()]
    for note in holding.regulation.article_notes:
        article = next(iter(holding.regulation.find(note.article, note.suffix)), None)
        said.append(f"{article.label if article else '全文'}　{note.text}")
    return [node("li", words) for words in dict.fromkeys(said)]


_show()
