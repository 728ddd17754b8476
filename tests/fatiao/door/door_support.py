"""A door on loopback, served by uvicorn in a thread of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from assistant import Assistant
from evals.servers.serving import free_port
from fatiao.door.app import make_app


@contextmanager
def open_door(helper: Assistant, **options: Any) -> Iterator[str]:
    """The address of a door over an assistant."""
    port = free_port()
    app = make_app(helper, **options)
    server = uvicorn.Server(uvicorn.Config(app, port=port, access_log=False, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
