"""One article opened beside the page, the quoted words marked."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant import Article
from assistant.desk.article_view import OpenedArticle, read
from law.text.script import to_simplified
from prompts import say
from ui.address import address_of, close_article, open_article, opened
from ui.drawing import Node, button, node, show_law, tag
from ui.session import assistant
from ui.text import escape, short


@contextmanager
def beside_article() -> Iterator[None]:
    """What is drawn within stands where it stood before; an open article lies at its right, on a phone over it."""
    page, panel = st.container(), st.container()
    held = opened()
    if held is not None:
        with panel, st.container(border=True, key="article"):
            _show(*held)
    with page:
        yield


def _show(article_id: str, quotes: tuple[str, ...]) -> None:
    simplified = not st.session_state.get("original")
    fresh = "heading" if st.session_state.pop("show_article", False) else "escape"
    try:
        held = read(assistant().library(), article_id, quotes, simplified=simplified)
    except KeyError:
        st.warning("没有这一条：地址有误，或它已不在所收录的法规里。", icon=":material/search_off:")
        st.button("关闭", key="close", on_click=close_article)
        show_law([], "article-text", on_open=_close, show=fresh)
        return
    with st.container(key="article-head"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _neighbour("before", "‹", held.before)
            _neighbour("after", "›", held.after)
            st.button("关闭", key="close", on_click=close_article, help="也可以按 Esc 或浏览器的后退")
            if held.other_script:
                st.toggle("看来源原文", key="original")
        heading = f"【{held.article.heading}】" if held.article.heading else ""
        st.markdown(f"**{escape(short(held.regulation.place))} · {escape(held.article.label + heading)}**")
    show_law(_nodes(held, converted=held.other_script and simplified), "article-text", on_open=_close, show=fresh)


def _close(value: str) -> None:
    """Escape was pressed, or the browser went back to where no article was open."""
    if value == "close":
        close_article()


def _neighbour(key: str, arrow: str, article: Article | None) -> None:
    words = escape(article.label) if article else "没有了"
    label = f"{arrow} {words}" if key == "before" else f"{words} {arrow}"
    st.button(
        label,
        key=key,
        disabled=article is None,
        on_click=open_article,
        args=(article.id if article else "",),
        help="上一条" if key == "before" else "下一条",
    )


def _nodes(held: OpenedArticle, *, converted: bool) -> list[Node]:
    regulation, article = held.regulation, held.article
    heading = f"【{article.heading}】" if article.heading else ""
    where = "　".join(filter(None, [article.chapter, article.section]))
    where = to_simplified(where) if converted else where
    nodes: list[Node] = [
        node("h2", article.label + heading, focus=True, class_="unseen"),
        node("p", f"《{regulation.title}》", class_="aside"),
        node(
            "p",
            tag(say(f"status.{regulation.status}"), regulation.status),
            *_marks(held, converted=converted),
            where,
            class_="aside",
        ),
    ]
    if notes := held.notes[:-1]:
        nodes.append(node("div", *(node("p", note) for note in notes), class_="note"))
    for paragraph in held.paragraphs:
        for line in paragraph.lines:
            nodes.append(node("p", *(node("mark", said) if on else said for said, on in line)))
        if paragraph.name:
            nodes.append(button(f"复制{paragraph.name}", class_="plain", copy=paragraph.copied))
    nodes.append(
        node(
            "p",
            button("复制全条", class_="plain", copy=held.copied),
            button("复制链接", class_="plain", copy=address_of(article.id)),
        )
    )
    nodes.append(node("p", held.notes[-1], class_="aside"))
    return nodes


def _marks(held: OpenedArticle, *, converted: bool) -> list[Node]:
    own = say(f"status.{held.regulation.status}")
    marks = [tag(mark) for mark in held.marks if mark != own]
    return [*marks, tag(say("mark.converted"))] if converted else marks
