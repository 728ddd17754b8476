"""A LangChain retriever over the articles."""

from dataclasses import asdict
from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field


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
