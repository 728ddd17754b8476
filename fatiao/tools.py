"""The assistant as LangChain tools, for other people's agents: `tools()`, or `tools(helper)`."""

from typing import TYPE_CHECKING, Any

from fatiao.door.tools import NAMES, Tools
from law.errors import FatiaoError

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

    from assistant.assistant import Assistant


def tools(helper: "Assistant | None" = None) -> "list[BaseTool]":
    """Every tool of the door; a named error is the tool's answer. Without `helper` an assistant of the settings."""
    from langchain_core.tools import StructuredTool

    if helper is None:
        from assistant.assistant import Assistant

        helper = Assistant()
    desk = Tools(helper)
    return [
        StructuredTool.from_function(
            _told(getattr(desk, name)), name=f"fatiao_{name}", description=getattr(desk, name).__doc__
        )
        for name in NAMES
    ]


def _told(method: Any) -> Any:
    """The method with plain values as its result, and its named errors as words."""
    from functools import wraps

    from pydantic import BaseModel

    @wraps(method)
    def told(*args: Any, **given: Any) -> Any:
        try:
            found = method(*args, **given)
        except FatiaoError as error:
            return {"error": str(error)}
        if isinstance(found, list):
            return [f.model_dump() for f in found]
        return found.model_dump() if isinstance(found, BaseModel) else found

    return told
