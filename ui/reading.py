"""One article opened beside the conversation, the quoted 款 marked."""

import streamlit as st

from assistant import Article, Assistant
from assistant.write import reading_notes
from ui.text import badge, escape, lines, marked


def open_article(article_id: str, paragraph: int) -> None:
    """Open an article and draw the page again; 0 marks no 款."""
    st.session_state["open"] = (article_id, paragraph)
    st.rerun()


def show_open_article(helper: Assistant) -> None:
    """The whole article with its chapter, status and neighbours."""
    article_id, paragraph = st.session_state["open"]
    try:
        regulation, article = helper.article(article_id)
    except KeyError:
        st.warning("这一条已不在索引中。")
        return
    with st.container(border=True, key="article"):
        title, close = st.columns([6, 1], vertical_alignment="center")
        heading = f"【{article.heading}】" if article.heading else ""
        title.markdown(f"#### {escape(article.label + heading)}")
        if close.button("", icon=":material/close:", key="close", help="关闭"):
            st.session_state.pop("open")
            st.rerun()
        st.markdown(f"《{escape(regulation.title)}》 {badge(regulation.status)}  \n{escape(article.chapter)}")
        for one in article.paragraphs:
            words = "\n".join([one.text, *one.items])
            st.markdown(marked(words) if one.number == paragraph else lines(words))
        for note in reading_notes(regulation, article):
            st.caption(f"※ {escape(note)}")
        _neighbours(regulation.articles, article_id)


def _neighbours(articles: tuple[Article, ...], article_id: str) -> None:
    ids = [a.id for a in articles]
    at = ids.index(article_id)
    before, after = st.columns(2)
    if at > 0 and before.button(f"‹ {articles[at - 1].label}", key="before", width="stretch"):
        open_article(ids[at - 1], 0)
    if at + 1 < len(ids) and after.button(f"{articles[at + 1].label} ›", key="after", width="stretch"):
        open_article(ids[at + 1], 0)
