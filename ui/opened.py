"""Which article is open beside the page, and its address."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from ui.session import assistant

_LONGEST = 100
#: The name of a conversation in an address.
_CONVERSATION = "talk"


def open_article(article_id: str, quotes: Sequence[str] = ()) -> None:
    """Open an article, `quotes` marked in it; the address bar then names it."""
    st.session_state["open"] = (article_id, tuple(quotes))
    st.session_state["show_article"] = True
    st.query_params["article"] = article_id


def close_article() -> None:
    """Close what is open."""
    st.session_state.pop("open", None)
    st.query_params.pop("article", None)


def open_conversation(id_: str) -> None:
    """Look at a conversation; its address names it."""
    st.session_state["conversation"] = id_
    close_article()


def leave_conversation() -> None:
    """Look at none: the next question begins one."""
    st.session_state.pop("conversation", None)
    st.query_params.pop(_CONVERSATION, None)
    close_article()


def conversation_here() -> str:
    """The conversation that is looked at: the one that this visitor opened, else the one that the address names."""
    held = str(st.session_state.get("conversation") or st.query_params.get(_CONVERSATION, ""))[:_LONGEST]
    if held:
        st.session_state["conversation"] = st.query_params[_CONVERSATION] = held
    return held


def opened() -> tuple[str, tuple[str, ...]] | None:
    """The open article and the quotes marked in it. The address counts: a link that was sent opens its article."""
    named = str(st.query_params.get("article", ""))[:_LONGEST]
    held: tuple[str, tuple[str, ...]] | None = st.session_state.get("open")
    if named and (held is None or held[0] != named):
        held = st.session_state["open"] = (named, ())
        st.session_state["show_article"] = True
    elif held and not named:
        st.query_params["article"] = held[0]
    return held


def address_of(article_id: str) -> str:
    """The address that opens an article: below FATIAO_BASE_URL, or below where this visitor is."""
    here = urlsplit(str(st.context.url or ""))
    visited = f"{here.scheme}://{here.netloc}{here.path.rpartition('/')[0]}" if here.netloc else ""
    return f"{assistant().settings.base_url or visited}/?article={article_id}"
