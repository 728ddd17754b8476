"""What a page was asked for stands in its address: found again after a reload, and by whom it is sent to."""

from collections.abc import Collection, Sequence

import streamlit as st

#: Characters that are read of one value of an address.
_LONGEST = 200


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
