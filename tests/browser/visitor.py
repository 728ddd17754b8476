"""A visitor without a browser: speaks the page's WebSocket protocol, so that many of them cost little."""

import json
import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect

#: Seconds within which a run of the page must end.
_PATIENCE = 120.0


class Visitor:
    """One logged-in user's session: what is on their page, by its place in it."""

    def __init__(self, link: ClientConnection) -> None:
        self._link = link
        self._drawn: dict[tuple[int, ...], Any] = {}
        self._page = ""

    @classmethod
    async def arrive(cls, url: str, cookie_secret: str, claims: dict[str, Any]) -> "Visitor":
        """Open the page as a browser does in which this user is logged in already."""
        token = generate_xsrf_token_string()
        user = json.dumps({**claims, "origin": url, "is_logged_in": True, "provider": "default"})
        signed = create_signed_value(cookie_secret, "_streamlit_user", user).decode()
        link = await connect(
            url.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit", token], max_size=None,
            origin=url, additional_headers={"Cookie": f"_streamlit_xsrf={token}; _streamlit_user={signed}"},
        )  # fmt: skip
        visitor = cls(link)
        await visitor._run(BackMsg(rerun_script={}))
        return visitor

    async def ask(self, question: str) -> float:
        """Type a question and wait until the page stands still; returns the seconds from sending to that."""
        began = time.monotonic()
        typed = BackMsg(rerun_script={"page_script_hash": self._page})
        state = typed.rerun_script.widget_states.widgets.add()
        state.id, state.chat_input_value.data = self._chat_input(), question
        await self._run(typed)
        return time.monotonic() - began

    def reads(self) -> str:
        """All text on the page, escapes removed."""
        said = b"\n".join(one.SerializeToString() for one in self._drawn.values()).decode("utf-8", "replace")
        return said.replace("\\", "").replace("\u2060", "")

    async def leave(self) -> None:
        await self._link.close()

    def _chat_input(self) -> str:
        return next(one.chat_input.id for one in self._drawn.values() if one.WhichOneof("type") == "chat_input")

    async def _run(self, sent: BackMsg) -> None:
        await self._link.send(sent.SerializeToString())
        deadline = time.monotonic() + _PATIENCE
        seen: set[tuple[int, ...]] = set()
        while time.monotonic() < deadline:
            got = await self._link.recv()
            message = ForwardMsg.FromString(got if isinstance(got, bytes) else got.encode())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
                seen = set()
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                at = tuple(message.metadata.delta_path)
                self._drawn[at] = message.delta.new_element
                seen.add(at)
            elif kind == "script_finished":
                assert message.script_finished != ForwardMsg.FINISHED_WITH_COMPILE_ERROR
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    self._drawn = {at: one for at, one in self._drawn.items() if at in seen}
                    return
        raise TimeoutError("the page did not stand still")
