"""The MCP server: the tools, regulations and articles as resources, prompts. The only module that knows the SDK."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import Completion, CompletionArgument, CompletionContext, Resource, ToolAnnotations

from fatiao.door.results import ArticleText, RegulationResult
from fatiao.door.tools import NAMES, Tools
from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_TEXT = "text/plain"
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "收录城市科技法规的条文。问题用 ask；按条号取原文用 article；列出职责、扶持、禁止用 list_norms；"
    "自己写的句子用 verify_sentence 核对。引用时写明城市和条号，不要写条文里没有的内容。"
)


class Server(MCPServer):
    """A server that lists the regulations held at the time it is asked; their articles go by a template."""

    def __init__(self, helper: "Assistant") -> None:
        with _own_logging():
            super().__init__("fatiao", title="法条助手", instructions=INSTRUCTIONS, version=version("fatiao"))
        self._helper = helper

    async def list_resources(self) -> list[Resource]:
        """The list of regulations, then each of them."""
        from starlette.concurrency import run_in_threadpool

        held = await run_in_threadpool(self._helper.regulations)
        return [
            *await super().list_resources(),
            *(
                Resource(
                    uri=f"fatiao://{r.id}", name=r.id, title=r.title, description=f"《{r.title}》全文", mime_type=_TEXT
                )
                for r in held
            ),
        ]


def make_server(helper: "Assistant") -> MCPServer:
    """A server over one assistant."""
    server = Server(helper)
    tools = Tools(helper)
    for name in NAMES:
        method = getattr(tools, name)
        server.add_tool(_told(method), name=name, description=method.__doc__, annotations=READ_ONLY)

    @server.resource("fatiao://regulations", name="regulations", description="收录的法规", mime_type="application/json")
    def regulations() -> str:
        return _json([RegulationResult.of(r).model_dump() for r in helper.regulations()])

    @server.resource("fatiao://{regulation}", name="regulation", description="一部法规的全文", mime_type=_TEXT)
    def regulation(regulation: str) -> str:
        held = next((r for r in helper.regulations() if r.id == regulation), None)
        if held is None:
            raise ResourceNotFoundError(f"没有收录「{regulation[:60]}」。")
        return f"《{held.title}》\n\n" + "\n\n".join(f"{a.label}　{a.text}" for a in held.articles)

    @server.resource(
        "fatiao://{regulation}/{article}", name="article", description="一条的原文", mime_type="application/json"
    )
    def article(regulation: str, article: str) -> str:
        found = helper.library().by_id.get(f"{regulation}/{article}")
        if found is None:
            raise ResourceNotFoundError(f"没有收录条文「{regulation[:40]}/{article[:20]}」。")
        return _json(ArticleText.of(*found).model_dump())

    @server.prompt(name="answer_with_citations", description="依据条文作答，每句注明出处")
    def answer_with_citations(question: str) -> str:
        return f"请先用 ask 工具查询，再依据引文回答，每句注明城市和条号；没有写明的，说没有写明。\n问题：{question}"

    @server.prompt(name="check_draft", description="核对一篇稿子里的法规引用，逐处说明怎样改")
    def check_draft(text: str) -> str:
        return (
            "请用 check_citations 核对下面的稿子，逐处说明：哪一处、错在哪里、条文怎么写、该引哪一条；"
            f"没有收录的只说无法核对，不要改动核对无误的地方。\n\n{text}"
        )

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]
    async def completed(ref: Any, argument: CompletionArgument, context: CompletionContext | None) -> Completion | None:
        from starlette.concurrency import run_in_threadpool

        held = await run_in_threadpool(helper.regulations)
        if argument.name == "regulation":
            fit = [
                r.id for r in held if argument.value in (r.id[: len(argument.value)], r.title[: len(argument.value)])
            ]
        elif argument.name == "article":
            named = (context.arguments or {}).get("regulation") if context else None
            ids = [a.id.partition("/")[2] for r in held if r.id == named for a in r.articles]
            fit = [i for i in ids if i.startswith(argument.value)]
        else:
            return None
        return Completion(values=fit[:100], total=len(fit), has_more=len(fit) > 100)

    return server


@contextmanager
def _own_logging() -> Iterator[None]:
    """The SDK sets up logging for the whole process and writes failed calls into it, words and all: neither here."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.getLogger("mcp").setLevel(logging.ERROR)


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
