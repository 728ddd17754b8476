"""What stands before Streamlit: a page of somebody else's neither talks to ours nor frames it, and who must log in
with a local account is shown where.

Asked by a foreign Origin, Streamlit looks up the machine's own address at a public service and serves nobody in the
meantime. So such a handshake is refused here, by what Streamlit would have let in without looking anything up.
"""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from assistant.desk.health import Watch
from law.errors import FatiaoError
from ui.entry.first_paint import asked_whole, painting
from ui.entry.health import tell
from ui.entry.local_login import LocalDoor, login_address, redirect
from ui.entry.proxy import Gateway

_HERE = ("localhost", "127.0.0.1", "0.0.0.0")
_HEADERS = (
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class Gate:
    """An ASGI application before another."""

    def __init__(
        self,
        app: ASGIApp,
        door: LocalDoor | None = None,
        gateway: Gateway | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._app, self._door, self._gateway, self._watch = app, door, gateway, watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or refuse it."""
        if self._gateway and scope["type"] in ("http", "websocket"):
            scope = self._gateway.marked(dict(scope))
        if scope["type"] == "websocket" and not is_own(_header(scope, b"origin"), _header(scope, b"host")):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "Origin"})  # before it is accepted: 403
            return
        if self._watch and scope["type"] == "http" and scope["path"] == f"{_base()}/healthz":
            await tell(self._watch, send)
            return
        if self._door and scope["type"] == "http" and await self._at_the_door(self._door, scope, receive, send):
            return
        if scope["type"] == "http":
            send = _framed(send)
            if _wants_page(scope):
                scope, send = asked_whole(scope), painting(send)
        await self._app(scope, receive, send)

    async def _at_the_door(self, door: LocalDoor, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether a request was answered by the way in: the form itself, and pages before anybody has logged in."""
        base, path = _base(), scope["path"]
        form = path == f"{base}/login"
        if not form and not _wants_page(scope):
            return False
        try:
            if not await door.needed():
                return False
            if form:
                own = is_own(_header(scope, b"origin"), _header(scope, b"host"))
                await door.serve(scope, receive, _framed(send), base, own=own)
                return True
            if await door.lets_in(_header(scope, b"cookie")):
                return False
        except FatiaoError:
            return False  # the page itself says what is wrong with the records, and lets nobody in
        await redirect(send, login_address(base, path, scope.get("query_string", b"")))
        return True


def is_own(origin: str, host: str) -> bool:
    """Whether a handshake comes from the host that it asks, from this machine, or from the address set for the page."""
    if not origin:
        return True  # no browser
    try:
        asked = urlsplit(origin)
    except ValueError:
        return False
    if asked.netloc == host and host:
        return True
    known = config.get_option("browser.serverAddress") if config.is_manually_set("browser.serverAddress") else None
    return bool(asked.hostname) and asked.hostname in (*_HERE, known)


def _base() -> str:
    """The path below which the page is served: "" for the whole address."""
    return ("/" + str(config.get_option("server.baseUrlPath") or "").strip("/")).rstrip("/")


def _wants_page(scope: Scope) -> bool:
    return scope.get("method") == "GET" and "text/html" in _header(scope, b"accept")


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _framed(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            held = {key.lower() for key, _ in message.get("headers", ())}
            message["headers"] = [*message.get("headers", ()), *(h for h in _HEADERS if h[0] not in held)]
        await send(message)

    return sending
