"""Who is at the page: the login, and the key under which a user's records are kept."""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from assistant import SettingError
from assistant.settings import Settings
from prompts import say
from records import RecordsError
from records.people import ADMIN, READER, Account
from ui.entry.local_login import COOKIE
from ui.entry.providers import providers
from ui.entry.proxy import MARK, name_marked
from ui.session import assistant, records
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
    if _by_gateway():
        if not (name := _sent_name()):
            raise SettingError(say("login.no_gateway"))
        return "proxy-" + hashlib.sha256(name.encode()).hexdigest()
    if not _auth():
        return _local().key if _local_needed() else DESK
    issuer, subject = (str(st.user.get(claim) or "") for claim in ("iss", "sub"))
    if not st.user.get("is_logged_in") or not issuer or not subject:
        raise SettingError(say("login.no_subject"))
    return "oidc-" + hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def user_name() -> str:
    """What the login calls this visitor; "" without a login."""
    if _by_gateway():
        return _sent_name()[:_NAME]
    if not _auth():
        return _local().name if _local_needed() else ""
    for claim in ("name", "preferred_username", "nickname", "email", "sub"):
        if name := " ".join(str(st.user.get(claim) or "").split()):
            return name[:_NAME]
    return ""


def is_let_in() -> bool:
    """Whether the visitor may use the page: there is no login, or they are logged in."""
    if _by_gateway():
        return bool(_sent_name())
    if _auth():
        return bool(st.user.get("is_logged_in"))
    return not _local_needed() or _at_door() is not None


def account() -> Account:
    """This visitor as the records know them. Without a login the desk's own machine is its administrator, a visitor
    from the network a reader.
    """
    settings = assistant().settings
    if _by_gateway():
        return records().people.met(current_user(), user_name(), settings.first_admins, [_sent_name()])
    if _auth():
        known = [str(st.user.get(claim) or "") for claim in ("sub", "preferred_username")]
        known += [str(st.user.get("email") or "")] if st.user.get("email_verified") else []
        return records().people.met(current_user(), user_name(), settings.first_admins, filter(None, known))
    if _local_needed():
        return _local()
    now = datetime.now(UTC)
    return Account(DESK, say("login.desk"), READER if settings.serves_network else ADMIN, False, now, None)


def is_administrator() -> bool:
    """Whether this visitor looks after the page; nobody does while the records cannot be read."""
    try:
        return account().role == ADMIN
    except RecordsError:
        return False


def show_way_in() -> None:
    """The way to the login, one button for each service."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle.container(border=True, key="login"):
        st.title(say("login.title"))
        if _by_gateway():
            st.markdown(escape(say("login.no_gateway")))
            return
        st.markdown(escape(say("login.why")))
        if not _auth():
            st.html(f'<a href="login" target="_self">{say("login.enter")}</a>')
            return
        for name in providers(_auth()):
            label = say("login.enter_by", provider=escape(name)) if name else say("login.enter")
            if st.button(label, key=f"login-{name}", type="primary", width="stretch", icon=":material/login:"):
                st.login(name or None)


def show_user() -> None:
    """The visitor's name and the way out, where there is a login."""
    if _by_gateway():
        st.caption(say("login.who", user=escape(user_name())))  # the way out is the gateway's
        return
    local = not _auth()
    if local and not _local_needed():
        return
    st.caption(say("login.who", user=escape(user_name())))
    if st.button(say("login.leave"), key="logout", width="stretch", icon=":material/logout:"):
        st.session_state.clear()
        if local:
            records().people.leave(str(st.context.cookies.get(COOKIE, "")))
            st.rerun()
        st.logout()
        st.stop()


def show_open_door(settings: Settings) -> None:
    """Says so where the page serves a network and everybody is the same desk."""
    if settings.serves_network and not _by_gateway() and not _auth() and not _local_needed():
        st.warning(escape(say("login.open")), icon=":material/lock_open:")


def _by_gateway() -> bool:
    return bool(assistant().settings.proxy_header)


def _sent_name() -> str:
    """Whom the gateway names; "" for whoever did not come through it."""
    return name_marked(str(st.context.headers.get(MARK, "")))


def _local_needed() -> bool:
    """Whether there are local accounts. Records that cannot be read let nobody in from a network; the desk's own
    machine has nothing of theirs to see.
    """
    try:
        return records().people.has_local()
    except RecordsError:
        if assistant().settings.serves_network:
            raise
        return False


def _at_door() -> Account | None:
    """Who has logged in with a local account; None for nobody."""
    return records().people.who(str(st.context.cookies.get(COOKIE, "")))


def _local() -> Account:
    held = _at_door()
    if held is None:
        raise SettingError(say("login.over"))
    return held


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
