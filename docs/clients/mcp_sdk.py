"""The `mcp` SDK's own client, over HTTP and over standard input and output. `mcp_sdk.py ADDRESS`."""

import asyncio
import os
import sys
from pathlib import Path

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


async def told(client: Client) -> None:
    """What a client lists and gets."""
    print("tools:", [t.name for t in (await client.list_tools()).tools])
    print("resources:", [str(r.uri) for r in (await client.list_resources()).resources])
    print("prompts:", [p.name for p in (await client.list_prompts()).prompts])
    found = await client.call_tool("article", {"name": "武汉第58条"})
    print("article:", found.structured_content["result"][0]["label"])
    text = "根据常州条例第二十条，完成人的份额不低于百分之八十。"
    checked = (await client.call_tool("check_citations", {"text": text})).structured_content["citations"][0]
    print("check_citations:", checked["kind"], checked["why"])
    missing = await client.call_tool("article", {"name": "武汉第900条"})
    print("error:", missing.is_error, missing.content[0].text)


async def main() -> None:
    """Through both doors."""
    key = os.environ.get("FATIAO_KEY", "none")
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=60) as http:
        print("- streamable HTTP")
        async with Client(streamable_http_client(f"{sys.argv[1]}/mcp", http_client=http)) as client:
            await told(client)
    print("- standard input and output")
    command = os.environ.get("FATIAO_PYTHON", sys.executable)
    root = str(Path(__file__).parents[2])
    server = StdioServerParameters(command=command, args=["-m", "fatiao.cli", "mcp"], env=dict(os.environ), cwd=root)
    async with Client(stdio_client(server)) as client:
        await told(client)


asyncio.run(main())
