"""The door for other programs: OpenAI-compatible chat, MCP, health and metrics, behind keys and limits.

`app` is the ASGI application, `tools` what can be done through it (also for LangChain, `fatiao.tools`), `results` the
shapes that come back, `guard` keys and limits, `chat` the OpenAI-compatible part, `mcp` the MCP server.
"""
