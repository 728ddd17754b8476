"""A LangChain retriever over the articles."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict


class ArticleRetriever(BaseRetriever):
    """Articles for a question, best first: `page_content` is the article verbatim, `metadata` its hit."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        from dataclasses import asdict

        k = int(kwargs.get("k", self.k))
        hits = self.assistant.search(query, k=k)
        return [Document(id=h.id, page_content=self.assistant.article(h.id)[1].text, metadata=asdict(h)) for h in hits]
