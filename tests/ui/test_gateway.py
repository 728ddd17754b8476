"""Login by a gateway's header: only a named address is believed, and nobody forges the gate's own mark."""

import asyncio
from typing import Any

import pytest

from assistant.errors import SettingError
from assistant.settings import load_settings
from ui.entry.gate import Gate
from ui.entry.proxy import MARK, gateway, name_marked

NAMED = gateway("X-Remote-User", "10.0.0.5，192.168.1.0/28")


def seen(client: tuple[str, int], *headers: tuple[str, bytes]) -> str:
    """The name that the page behind the gate sees."""
    passed: list[dict[str, Any]] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope)

    async def nothing() -> dict[str, str]:
        return {"type": "http.request"}

    async def away(message: Any) -> None:
        return None

    scope = {"type": "http", "client": client, "headers": [(k.lower().encode(), v) for k, v in headers], "path": "/"}
    asyncio.run(Gate(page, gateway=NAMED)(scope, nothing, away))
    held = {k.decode(): v for k, v in passed[0]["headers"]}
    assert "x-remote-user" not in held
    return name_marked(held.get(MARK, b"").decode("latin-1"))


@pytest.mark.parametrize("client", [("10.0.0.5", 4711), ("192.168.1.7", 80)])
def test_a_named_address_is_believed_in_every_script(client: tuple[str, int]) -> None:
    assert seen(client, ("X-Remote-User", "王小明".encode())) == "王小明"
    assert seen(client, ("X-Remote-User", b"%E7%8E%8B")) == "王"


@pytest.mark.parametrize("client", [("10.0.0.6", 4711), ("192.168.1.16", 80), ("", 0), ("127.0.0.1", 0)])
def test_another_address_is_nobody(client: tuple[str, int]) -> None:
    assert seen(client, ("X-Remote-User", b"wang")) == ""


def test_the_mark_itself_cannot_be_brought_along_and_two_names_are_none() -> None:
    assert seen(("10.0.0.5", 1), (MARK, b"x wang")) == ""
    assert seen(("10.0.0.9", 1), (MARK, b"x wang"), ("X-Remote-User", b"wang")) == ""
    assert seen(("10.0.0.5", 1), ("X-Remote-User", b"wang"), ("x-remote-user", b"li")) == ""


def test_a_gateway_on_this_machine_is_known_by_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    here = gateway("X-Remote-User", "127.0.0.1")
    assert here is not None
    scope = {"headers": [(b"x-remote-user", b"wang")], "client": ("203.0.113.9", 0)}  # as uvicorn writes it
    assert any(key == MARK.encode() for key, _ in here.marked(scope)["headers"])
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # then anybody may have written it
    assert not any(key == MARK.encode() for key, _ in here.marked(scope)["headers"])


@pytest.mark.parametrize("said", ["", "gateway.example", "0.0.0.0/0"])
def test_a_header_without_a_named_gateway_does_not_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("FATIAO_PROXY_HEADER", "X-Remote-User")
    monkeypatch.setenv("FATIAO_PROXY_FROM", said)
    with pytest.raises(SettingError, match="FATIAO_PROXY_FROM"):
        load_settings()
