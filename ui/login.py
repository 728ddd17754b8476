"""Who is at the page: the login, and the key under which a user's records are kept."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from assistant import SettingError
from assistant.settings import Settings
from prompts import say
from ui.providers import providers
from ui.text import escape

#: Without a login the page is one desk's.
DESK = "desk"
#: Characters of a user's name that are shown.
_NAME = 40


def current_user() -> str:
    """The key of this visitor's records: of the issuer and the subject of the login, which nobody else has ever.

    An e-mail address may be given to another person later; it counts for nothing here. Raises SettingError
    where the login gives no subject, and where nobody is logged in though somebody must be.
    """
    if not _auth():
        return DESK
    issuer, subject = (str(st.user.get(claim) or "") for claim in ("iss", "sub"))
    if not st.user.get("is_logged_in") or not issuer or not subject:
        raise SettingError(say("login.no_subject"))
    return "oidc-" + hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def user_name() -> str:
    """What the login calls this visitor; "" without a login."""
    if not _auth():
        return ""
    for claim in ("name", "preferred_username", "nickname", "email", "sub"):
        if name := " ".join(str(st.user.get(claim) or "").split()):
            return name[:_NAME]
    return ""


def is_let_in() -> bool:
    """Whether the visitor may use the page: there is no login, or they are logged in."""
    return not _auth() or bool(st.user.get("is_logged_in"))


def show_way_in() -> None:
    """The way to the login, one button for each service."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle.container(border=True, key="login"):
        st.title(say("login.title"))
        st.markdown(escape(say("login.why")))
        for name in providers(_auth()):
            label = say("login.enter_by", provider=escape(name)) if name else say("login.enter")
            if st.button(label, key=f"login-{name}", type="primary", width="stretch", icon=":material/login:"):
                st.login(name or None)


def show_user() -> None:
    """The visitor's name and the way out, where there is a login."""
    if not _auth():
        return
    st.caption(say("login.who", user=escape(user_name())))
    if st.button(say("login.leave"), key="logout", width="stretch", icon=":material/logout:"):
        st.session_state.clear()
        st.logout()
        st.stop()


def show_open_door(settings: Settings) -> None:
    """Says so where the page serves a network and everybody is the same desk."""
    if settings.serves_network and not _auth():
        st.warning(escape(say("login.open")), icon=":material/lock_open:")


def _auth() -> Mapping[str, Any]:
    """[auth] of secrets.toml, empty without a login.

    Raises SettingError where a login was configured at the start or may be meant, and cannot be read: Streamlit
    itself goes on without one.
    """
    if st.secrets.load_if_toml_exists():
        held = st.secrets.get("auth")
        if held:
            return dict(held)
    elif any(Path(file).exists() for file in st.get_option("secrets.files")):
        raise SettingError(say("login.gone"))
    if os.environ.get("FATIAO_LOGIN_NEEDED"):
        raise SettingError(say("login.gone"))
    return {}
