"""The MCP server: the tools, regulations and articles as resources, a prompt. The only module that knows the SDK."""

import json
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from fatiao.door.results import ArticleText, RegulationResult
from fatiao.door.tools import NAMES, Tools
from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "收录城市科技法规的条文。问题用 ask；按条号取原文用 article；列出职责、扶持、禁止用 list_norms；"
    "自己写的句子用 verify_sentence 核对。引用时写明城市和条号，不要写条文里没有的内容。"
)


def make_server(helper: "Assistant") -> MCPServer:
    """A server over one assistant."""
    server = MCPServer("fatiao", title="法条助手", instructions=INSTRUCTIONS, version=version("fatiao"))
    tools = Tools(helper)
    for name in NAMES:
        method = getattr(tools, name)
        server.add_tool(_told(method), name=name, description=method.__doc__, annotations=READ_ONLY)

    @server.resource("fatiao://regulations", name="regulations", description="收录的法规", mime_type="application/json")
    def regulations() -> str:
        return _json([RegulationResult.of(r).model_dump() for r in helper.regulations()])

    @server.resource("fatiao://{regulation}", name="regulation", description="一部法规的全文", mime_type="text/plain")
    def regulation(regulation: str) -> str:
        held = next((r for r in helper.regulations() if r.id == regulation), None)
        if held is None:
            raise ValueError(f"没有收录「{regulation[:60]}」。")
        return f"《{held.title}》\n\n" + "\n\n".join(f"{a.label}　{a.text}" for a in held.articles)

    @server.resource(
        "fatiao://{regulation}/{article}", name="article", description="一条的原文", mime_type="application/json"
    )
    def article(regulation: str, article: str) -> str:
        found = helper.library().by_id.get(f"{regulation}/{article}")
        if found is None:
            raise ValueError(f"没有收录条文「{regulation[:40]}/{article[:20]}」。")
        return _json(ArticleText.of(*found).model_dump())

    @server.prompt(name="answer_with_citations", description="依据条文作答，每句注明出处")
    def answer_with_citations(question: str) -> str:
        return f"请先用 ask 工具查询，再依据引文回答，每句注明城市和条号；没有写明的，说没有写明。\n问题：{question}"

    return server


def _told(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method with its named errors as results that say what to do."""

    @wraps(method)
    def told(*args: Any, **given: Any) -> Any:
        try:
            return method(*args, **given)
        except FatiaoError as error:
            raise ToolError(str(error)) from error

    return told


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
