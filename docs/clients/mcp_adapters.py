"""`langchain-mcp-adapters`: the tools as LangChain tools. `mcp_adapters.py ADDRESS`."""

import asyncio
import os
import sys

from langchain_mcp_adapters.client import MultiServerMCPClient


async def main() -> None:
    """List and call."""
    headers = {"Authorization": f"Bearer {os.environ.get('FATIAO_KEY', 'none')}"}
    door = {"transport": "streamable_http", "url": f"{sys.argv[1]}/mcp", "headers": headers}
    client = MultiServerMCPClient({"fatiao": door})
    tools = {t.name: t for t in await client.get_tools()}
    print("tools:", list(tools))
    print("article:", str(await tools["article"].ainvoke({"name": "武汉第58条"}))[:160])
    print("ask:", str(await tools["ask"].ainvoke({"question": "武汉的企业买科技保险有补助吗？"}))[:160])
    read = await client.get_resources("fatiao", uris=["fatiao://wuhan/58"])
    print("resource:", read[0].as_string()[:80])


asyncio.run(main())
