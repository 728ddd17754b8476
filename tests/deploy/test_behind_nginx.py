"""The door and the page behind one nginx: the site of deploy/ sends each caller to its own."""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from nginx_support import NGINX, proxied
from openai import OpenAI

from assistant import Assistant
from evals.servers.serving import free_port
from records.keys import Keys

sys.path.append(str(Path(__file__).parents[1] / "fatiao" / "door"))
from door_support import open_door

QUESTION = "武汉的企业买科技保险有补助吗？"


@dataclass(frozen=True, slots=True)
class Site:
    """The address of the site, and a key of its door."""

    url: str
    key: str


class Page(BaseHTTPRequestHandler):
    """What stands where the page does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(helper: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not NGINX:
        pytest.skip("没有 nginx（Debian：apt-get install nginx-light）")
    folder = tmp_path_factory.mktemp("site")
    keys = Keys(folder / "keys.sqlite")
    key = keys.add("openwebui")
    page = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    with open_door(helper, locks=keys, per_minute=0) as door:
        plain, tls = free_port(), free_port()
        with proxied(folder, plain, tls, page.server_port, int(door.rpartition(":")[2])) as proxy:
            url = f"https://localhost:{tls}"
            for _ in range(100):
                assert proxy.poll() is None, (folder / "error.log").read_text()
                try:
                    httpx.get(f"{url}/healthz", verify=False)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield Site(url, key)
    page.shutdown()
    page.server_close()
    keys.close()


def test_the_page_and_the_door_share_one_address(site: Site) -> None:
    with httpx.Client(verify=False, base_url=site.url) as client:
        assert client.get("/").text == "page"
        assert client.get("/healthz").json() == {"ok": True}
        assert client.get("/v1/models").status_code == 401
        named = {"Authorization": f"Bearer {site.key}"}
        assert client.get("/v1/models", headers=named).json()["data"][0]["id"] == "fatiao"
        assert client.get("/metrics", headers=named).text == "page"  # the numbers are for this machine alone


def test_an_answer_is_streamed_through_it(site: Site, helper: Assistant) -> None:
    with httpx2.Client(verify=False) as http:
        client = OpenAI(base_url=f"{site.url}/v1", api_key=site.key, max_retries=0, http_client=http)
        asked = [{"role": "user", "content": QUESTION}]
        pieces = list(client.chat.completions.create(model="fatiao", messages=asked, stream=True))
    said = [p.choices[0].delta.content for p in pieces if p.choices and p.choices[0].delta.content]
    assert len(said) > 1
    assert "".join(said) == helper.ask(QUESTION).text


def test_mcp_is_spoken_through_it(site: Site) -> None:
    async def held() -> list[str]:
        named = {"Authorization": f"Bearer {site.key}"}
        async with (
            httpx2.AsyncClient(verify=False, headers=named) as http,
            Client(streamable_http_client(f"{site.url}/mcp", http_client=http)) as client,
        ):
            found = await client.call_tool("article", {"name": "武汉第58条"})
            return [a["id"] for a in found.structured_content["result"]]

    assert asyncio.run(held()) == ["wuhan/58"]
