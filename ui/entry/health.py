"""`/healthz` of the page: what a container or a watching program asks, without a login."""

import asyncio
import json

from starlette.types import Send

from assistant.desk.health import Watch


async def tell(watch: Watch, send: Send) -> None:
    """200 where questions are answered, else 503; which part is unwell stands in the body."""
    health = await asyncio.to_thread(watch.look)
    body = json.dumps(health.as_json()).encode()
    head = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200 if health.fit else 503, "headers": head})
    await send({"type": "http.response.body", "body": body})
