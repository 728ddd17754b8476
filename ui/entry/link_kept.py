"""An article that a link asked for, kept while its reader logs in: a login leads back to the bare page."""

import time
from collections import OrderedDict
from threading import Lock

import streamlit as st

#: The cookie that Streamlit gives every browser, before a login too.
_COOKIE = "_streamlit_xsrf"
#: Readers kept in mind at once, seconds for which, and characters of an address.
_MOST, _SECONDS, _LONGEST = 500, 900.0, 100
#: Bytes of a token that nobody guesses.
_TOKEN = 16


class _Wanted:
    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def keep(self, reader: str, article: str) -> None:
        with self._lock:
            self._held[reader] = (article, time.monotonic())
            self._held.move_to_end(reader)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)

    def take(self, reader: str) -> str:
        with self._lock:
            article, since = self._held.pop(reader, ("", 0.0))
        return article if time.monotonic() - since < _SECONDS else ""


@st.cache_resource(show_spinner=False)
def _wanted() -> _Wanted:
    return _Wanted()


def keep_wanted() -> None:
    """Remember the article that this visitor, not logged in yet, came for."""
    article, reader = str(st.query_params.get("article", ""))[:_LONGEST], _reader()
    if article and reader:
        _wanted().keep(reader, article)


def return_to_wanted() -> None:
    """Once, after the login: open the article that the visitor came for."""
    reader = _reader()
    if not reader or st.session_state.get("returned"):
        return
    st.session_state["returned"] = True
    article = _wanted().take(reader)
    if article and "article" not in st.query_params:
        st.query_params["article"] = article


def _reader() -> str:
    """What tells one browser from another: the token in its cookie, which is masked anew each time. "" without one."""
    try:
        _, mask, masked, *_ = str(st.context.cookies.get(_COOKIE, "")).split("|")
        key, token = bytes.fromhex(mask), bytes.fromhex(masked)
    except ValueError:
        return ""
    return bytes(one ^ key[at % len(key)] for at, one in enumerate(token)).hex() if key and len(token) >= _TOKEN else ""
