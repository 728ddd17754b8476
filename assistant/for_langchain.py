"""The assistant as other programs of LangChain take it: a retriever over the articles, and a tool that answers."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, StructuredTool
from pydantic import ConfigDict, Field

from assistant.answer import Answer
from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class ArticleRetriever(BaseRetriever):
    """Articles for a question, best first: `page_content` is the article verbatim, `metadata` its hit."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: Annotated[int, Field(ge=1)] = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        library = self.assistant.library()
        hits = self.assistant.search(query, k=int(kwargs.get("k", self.k)))
        if any(h.id not in library.by_id for h in hits):
            library = self.assistant.library()  # a newer index was switched in between
        return [
            Document(id=h.id, page_content=library.by_id[h.id][1].text, metadata=asdict(h))
            for h in hits
            if h.id in library.by_id
        ]


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
