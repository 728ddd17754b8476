"""What a page was asked for and what is open in it stand in its address: found again after a reload, and by whom it is
sent to."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import streamlit as st

from ui.session import assistant

#: Characters that are read of one value of an address, and of the name of what is open.
_LONGEST, _NAME = 200, 100
#: The name of a conversation in an address.
_CONVERSATION = "talk"


def take_words(key: str, known: Collection[str] | None = None) -> None:
    """Before a widget of that key is drawn for the first time: its value from the address, one of `known` if given."""
    said = str(st.query_params.get(key, ""))[:_LONGEST]
    if key not in st.session_state and said and (known is None or said in known):
        st.session_state[key] = said


def take_several(key: str, known: Collection[str]) -> None:
    """The same for a widget of several values."""
    said = [one for one in st.query_params.get_all(key) if one in known]
    if key not in st.session_state and said:
        st.session_state[key] = said


def first_choice(key: str, several: Sequence[str]) -> list[str] | None:
    """What a widget of several values holds at first; None where an address or its reader has chosen before."""
    return None if key in st.session_state else list(several)


def keep(key: str) -> None:
    """After it was drawn: the address says what it holds."""
    held = st.session_state.get(key)
    if not held:
        st.query_params.pop(key, None)
    elif st.query_params.get_all(key) != ([held] if isinstance(held, str) else list(held)):
        st.query_params[key] = held


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
    held = str(st.session_state.get("conversation") or st.query_params.get(_CONVERSATION, ""))[:_NAME]
    if held:
        st.session_state["conversation"] = st.query_params[_CONVERSATION] = held
    return held


def opened() -> tuple[str, tuple[str, ...]] | None:
    """The open article and the quotes marked in it. The address counts: a link that was sent opens its article."""
    named = str(st.query_params.get("article", ""))[:_NAME]
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
