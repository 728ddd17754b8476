"""The assistant as one LangChain tool."""

from typing import TYPE_CHECKING, Annotated

from langchain_core.tools import BaseTool, StructuredTool

from assistant.answer import Answer
from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def answering_tool(helper: "Assistant", name: str) -> BaseTool:
    """Asks and gives the text with its citations; a named error is the tool's answer, in words that say what to do."""

    def ask(
        question: Annotated[str, "要问的话，最多 2000 字"],
        cities: Annotated[list[str] | None, "只查这些城市，如 武汉、常州；空为全部"] = None,
    ) -> tuple[str, Answer | None]:
        """依据收录的法规回答一个问题，每一句都注明城市和条号；条文没有规定的，说没有。"""
        try:
            answer = helper.ask(question, cities=cities)
        except FatiaoError as error:
            return str(error), None
        return answer.text, answer

    return StructuredTool.from_function(ask, name=name, description=ask.__doc__, response_format="content_and_artifact")
