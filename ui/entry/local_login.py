"""The way in with a local account: a page without scripts, before Streamlit, that gives a cookie."""

import asyncio
import time
from collections import defaultdict, deque
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

from starlette.types import Message, Receive, Scope, Send

from law.errors import FatiaoError
from prompts import say
from records.people import People

#: The cookie, and seconds for which a browser keeps it; the records say how long it counts.
COOKIE = "fatiao_login"
_AGE = 12 * 3600
#: Bytes of a form; wrong passwords for one name within so many seconds.
_MOST_BYTES, _TRIES, _WITHIN = 8_192, 5, 300.0
_STYLE = """
:root{color-scheme:light dark}body{font:16px/1.7 system-ui,"Noto Sans CJK SC",sans-serif;margin:0;display:grid;
min-height:100vh;place-items:center;background:light-dark(#fff,#16181c);color:light-dark(#1f1f1f,#ececec)}
main{width:min(22rem,90vw)}h1{font-size:1.6rem;margin:0 0 .5rem}label{display:block;margin:1rem 0 .25rem}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem .7rem;border:1px solid light-dark(#767676,#9a9a9a);
border-radius:6px;background:light-dark(#fff,#22252b);color:inherit}button{font:inherit;margin-top:1.25rem;width:100%;
padding:.55rem;border:0;border-radius:6px;background:#8c1d18;color:#fff;cursor:pointer}
.wrong{color:light-dark(#a30000,#ff9d94)}:focus-visible{outline:3px solid #1a6fd4;outline-offset:2px}
"""


class LocalDoor:
    """Login by name and password; `people` are looked up only where there are local accounts."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._wrong: dict[str, deque[float]] = defaultdict(deque)

    async def needed(self) -> bool:
        """Whether somebody has a local account, so that everybody must log in."""
        return await asyncio.to_thread(self._people.has_local)

    async def lets_in(self, cookie: str) -> bool:
        """Whether this cookie is somebody's login."""
        return bool(token_of(cookie)) and await asyncio.to_thread(self._people.who, token_of(cookie)) is not None

    async def serve(self, scope: Scope, receive: Receive, send: Send, base: str, *, own: bool) -> None:
        """Show the form, or take it in. `own` is whether the request came from this page."""
        wanted = _wanted(scope.get("query_string", b"").decode("latin-1"), base)
        if scope["method"] != "POST":
            await _page(send, wanted)
            return
        form = await _form(receive)
        wanted = _local(form.get("next", ""), base)
        name, password = form.get("name", ""), form.get("password", "")
        if not own:
            await _page(send, wanted, say("login.elsewhere"), 403)
        elif not self._may_try(name):
            await _page(send, wanted, say("login.too_many"), 429)
        else:
            await self._enter(send, wanted, name, password, secure=scope.get("scheme") == "https")

    async def _enter(self, send: Send, wanted: str, name: str, password: str, *, secure: bool) -> None:
        try:
            token = await asyncio.to_thread(self._people.enter, name, password)
        except FatiaoError as error:
            await _page(send, wanted, str(error), 503)
            return
        if not token:
            self._wrong[name].append(time.monotonic())
            await _page(send, wanted, say("login.wrong"), 401)
            return
        self._wrong.pop(name, None)
        mark = f"{COOKIE}={token}; Path=/; Max-Age={_AGE}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        await redirect(send, wanted, mark)

    def _may_try(self, name: str) -> bool:
        tries, now = self._wrong[name], time.monotonic()
        while tries and now - tries[0] > _WITHIN:
            tries.popleft()
        if len(self._wrong) > 10_000:
            self._wrong.clear()
        return len(tries) < _TRIES


def token_of(cookies: str) -> str:
    """Our cookie in a Cookie header; "" without one."""
    try:
        held = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return held.value if held else ""


async def redirect(send: Send, to: str, cookie: str = "") -> None:
    """See other."""
    headers = [
        (b"location", to.encode("latin-1", "replace")),
        (b"cache-control", b"no-store"),
        (b"content-length", b"0"),
    ]
    headers += [(b"set-cookie", cookie.encode())] if cookie else []
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def login_address(base: str, path: str, query: bytes) -> str:
    """Where to log in, to come back to a path of the page."""
    back = path + (f"?{query.decode('latin-1')}" if query else "")
    return f"{base}/login?next={quote(back, safe='')}"


async def _page(send: Send, wanted: str, wrong: str = "", status: int = 200) -> None:
    title, enter = escape(say("login.title")), escape(say("login.enter"))
    said = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    body = (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style><main><h1>{title}</h1><p>{escape(say('login.why'))}</p>{said}"
        f'<form method="post"><input type="hidden" name="next" value="{escape(wanted)}">'
        f'<label for="name">{escape(say("login.name"))}</label><input id="name" name="name" autocomplete="username" '
        f'required autofocus><label for="password">{escape(say("login.password"))}</label><input id="password" '
        f'name="password" type="password" autocomplete="current-password" required><button>{enter}</button>'
        "</form></main>"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        (
            b"content-security-policy",
            b"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
        ),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _form(receive: Receive) -> dict[str, str]:
    body = b""
    while True:
        message: Message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body") or len(body) > _MOST_BYTES:
            break
    held = parse_qs(body[:_MOST_BYTES].decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in held.items()}


def _wanted(query: str, base: str) -> str:
    return _local(parse_qs(query).get("next", [""])[0], base)


def _local(path: str, base: str) -> str:
    """A path of this page, and of no other site."""
    parts = urlsplit(path)
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and path.isascii()
    return path if fine and path.isprintable() else f"{base}/"
