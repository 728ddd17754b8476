"""法规: read and search the regulations by city, chapter and words."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant import Regulation
from assistant.desk.browse import MAX_LENGTH, articles_with, chapters
from prompts import say
from ui.address import keep, take_words
from ui.articles import article_node
from ui.drawing import show_law
from ui.opened import open_article
from ui.reading import beside_article
from ui.session import assistant
from ui.text import escape

_A_PAGE = 20


def _titles(regulations: Sequence[Regulation]) -> dict[str, str]:
    """By id; of two with one title each says how it stands, and its id where that is the same too."""
    counted = Counter(r.title for r in regulations)
    names = {
        r.id: f"{r.title}（{say(f'status.{r.status}')}）" if counted[r.title] > 1 else r.title for r in regulations
    }
    alike = Counter(names.values())
    return {id_: f"{name}（{id_}）" if alike[name] > 1 else name for id_, name in names.items()}


def _show() -> None:
    regulations = {r.id: r for r in assistant().regulations()}
    titles = _titles(list(regulations.values()))
    st.title("法规")
    with beside_article():
        place, chapter, words = st.columns([2, 2, 3])
        take_words("read-place", regulations)
        take_words("read-words")
        chosen = place.selectbox(
            "法规",
            ["", *regulations],
            key="read-place",
            format_func=lambda i: titles[i] if i else "全部法规",
        )
        within = [regulations[chosen]] if chosen else list(regulations.values())
        named = chapters(within[0]) if chosen else ()
        part = chapter.selectbox(
            "章", ["", *named], format_func=lambda c: c or "全部章", key=f"read-chapter-{chosen}", disabled=not named
        )
        typed = words.text_input(
            "词语或条号",
            max_chars=MAX_LENGTH,
            key="read-words",
            placeholder="科技保险 补助，或 第五十八条",
        )
        keep("read-place")
        keep("read-words")
        found = articles_with(within, typed, part or "")
        if not found.articles:
            st.info(f"没有含「{escape(typed.strip())}」的条文。可以少写几个词，或到「对话」里用自己的话问。")
            return
        st.caption(f"共 {len(found.articles)} 条。点条号打开全条。")
        pages = -(-len(found.articles) // _A_PAGE)
        key = f"read-page-{chosen}-{part}-{typed}"
        at = 1 if pages == 1 else st.pagination(pages, key=key)
        shown = found.articles[(at - 1) * _A_PAGE : at * _A_PAGE]
        nodes = [article_node(r, a, found.words, with_place=not chosen) for r, a in shown]
        show_law(nodes, "read-articles", on_open=lambda id_: open_article(id_, found.words))


_show()
