"""The ASGI application: chat, MCP, health and metrics behind one guard; and `fatiao serve`, which runs it."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from assistant.desk.health import Watch
from assistant.errors import SettingError
from assistant.settings import Settings, is_loopback
from fatiao.door.chat import Chat
from fatiao.door.failures import failure_of
from fatiao.door.guard import MAX_BODY, Guard, Locks, Rate
from fatiao.door.mcp import make_server
from fatiao.door.metrics import Metrics
from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

log = logging.getLogger("fatiao")


def make_app(
    helper: "Assistant",
    *,
    locks: Locks | None = None,
    per_minute: int = 120,
    host: str = "127.0.0.1",
    log_questions: bool = False,
) -> Guard:
    """The door over one assistant. Without `locks` it is open; `per_minute` bounds each caller, 0 nobody.

    The log holds no question unless `log_questions`.
    """
    metrics = Metrics()
    watch = Watch(helper, lambda: locks.name_of("") if locks else None)
    chat = Chat(helper, metrics, log_questions=log_questions)
    server = make_server(helper)
    mcp = server.streamable_http_app(stateless_http=True, json_response=True, max_request_body_size=MAX_BODY, host=host)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def readyz(request: Request) -> Response:
        try:
            await run_in_threadpool(helper.regulations)
        except FatiaoError as error:
            return JSONResponse({"ok": False, "index": str(error)}, 503)
        health = await run_in_threadpool(watch.look)
        return JSONResponse(health.as_json(), 200 if health.fit else 503)

    async def counted(request: Request) -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    routes = [
        Route("/v1/chat/completions", chat.completions, methods=["POST"]),
        Route("/v1/models", chat.models),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", counted),
        Mount("/", app=mcp),
    ]

    async def failed(request: Request, error: Exception) -> Response:
        return failure_of(error)

    app = Starlette(routes=routes, lifespan=running, exception_handlers={FatiaoError: failed, Exception: failed})
    return Guard(app, locks=locks, rate=Rate(per_minute), metrics=metrics)


def serve(
    settings: Settings, *, host: str, port: int, per_minute: int, locked: bool = False, log_questions: bool = False
) -> None:
    """Serve until ended. Raises SettingError where a network would reach a door without a key.

    `locked` says that one does through a proxy on this machine.
    """
    import uvicorn

    from assistant.assistant import Assistant
    from records.keys import Keys

    keys = Keys(settings.records_database)
    has_key = bool(keys.held())
    if not has_key and (locked or not is_loopback(host)):
        raise SettingError(
            f"没有一把钥匙，不能对「{host}」开放。请先 fatiao key add 名称，或只在本机开放（--host 127.0.0.1）。"
        )
    with Assistant(settings) as helper:
        helper.prepare()
        locks = keys if has_key else None
        app = make_app(helper, locks=locks, per_minute=per_minute, host=host, log_questions=log_questions)
        uvicorn.run(app, host=host, port=port, access_log=False, log_level="warning", server_header=False)
    keys.close()
