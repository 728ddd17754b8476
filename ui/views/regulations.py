"""法规: read and search the regulations by city, chapter and words."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant import Regulation
from assistant.desk.browse import MAX_LENGTH, articles_with, chapters
from prompts import say
from records.word.regulation import regulation_document, regulation_text
from ui.address import keep, open_article, take_words
from ui.article_beside import beside_article
from ui.articles import article_node, whole_text
from ui.drawing import show_law
from ui.session import assistant
from ui.text import escape

_A_PAGE = 20
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
        if chosen and not part and not typed.strip():
            _show_whole(regulations[chosen])
        else:
            _show_found(within, typed, part or "", with_place=not chosen)


def _show_whole(regulation: Regulation) -> None:
    """The text to be read through, with its contents, and to be taken away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"共 {len(regulation.numbered)} 条。点章名跳到该章，点条号打开全条。", width="content")
        word = partial(regulation_document, regulation)
        st.download_button("下载 Word", word, f"{regulation.title}.docx", _WORD, on_click="ignore", key="read-docx")
        text = partial(regulation_text, regulation)
        st.download_button("下载文本", text, f"{regulation.title}.txt", "text/plain", on_click="ignore", key="read-txt")
    show_law(whole_text(regulation), f"read-whole-{regulation.id}", on_open=open_article)


def _show_found(within: Sequence[Regulation], typed: str, part: str, *, with_place: bool) -> None:
    """The articles of a chapter, or with words in them, some to a page."""
    found = articles_with(within, typed, part)
    if not found.articles:
        st.info(f"没有含「{escape(typed.strip())}」的条文。可以少写几个词，或到「对话」里用自己的话问。")
        return
    times = "，".join(f"「{escape(word)}」{n} 处" for word, n in zip(found.words, found.times, strict=False))
    st.caption(f"共 {len(found.articles)} 条{'，' if times else ''}{times}。点条号打开全条。")
    pages = -(-len(found.articles) // _A_PAGE)
    key = f"read-page-{'' if with_place else within[0].id}-{part}-{typed}"
    at = 1 if pages == 1 else st.pagination(pages, key=key)
    shown = found.articles[(at - 1) * _A_PAGE : at * _A_PAGE]
    nodes = [article_node(r, a, found.words, with_place=with_place) for r, a in shown]
    show_law(nodes, "read-articles", on_open=lambda id_: open_article(id_, found.words))


_show()
