"""`Assistant`: the one object that pages, commands and other programs hold."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer, Event, Hit
from assistant.index import Changed, bring_up_to_date, change
from assistant.model.tracing import keep_to_ourselves
from assistant.path import AnswerPath
from assistant.request import Request
from assistant.retrieve import retrieve
from assistant.settings import Settings, load_settings
from assistant.understand.question import History, understand
from law.regulation import Article, Regulation
from vectorstore.chroma import ChromaStore
from vectorstore.embeddings import for_langchain, make_embedder, model_name
from vectorstore.errors import IndexMissing
from vectorstore.filling import Progress
from vectorstore.library import Library, Shelf

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import BaseTool

    from assistant.chain import AnswerChain
    from assistant.decide.stated.absent import Looking
    from assistant.model.client import ChatModel

log = logging.getLogger("fatiao")


class Assistant:
    """Answers questions about the regulations held. Safe to share between threads.

    `corpus` is a folder of regulations (default: the three that come with the project), `index` the
    folder of the index (default: from the settings). Nothing heavy happens before the first question,
    which builds the index where there is none and tells `on_progress(step, done, total)`.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        corpus: Path | str | None = None,
        index: Path | str | None = None,
        on_progress: Progress | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        if not self.settings.tracing:
            keep_to_ourselves()
        self._folder = Path(corpus) if corpus else None
        self.data = Path(index) if index else self.settings.data_dir
        self._on_progress = on_progress
        url = "" if index else self.settings.chroma_url
        self.store = ChromaStore(url=url, beside=self.data) if url else ChromaStore(self.data / "chroma")
        self.embedder = make_embedder(
            self.settings.embedding_model,
            self.settings.openai_base_url or None,
            self.settings.openai_api_key.get_secret_value() or None,
        )
        self._shelf = Shelf(self.store, model_name(self.embedder), likely_questions=self.settings.likely_questions)
        self._ready = False
        self._lock = threading.Lock()
        self.path = AnswerPath(
            self,
            self.embedder,
            self._chat_model(self.settings.model),
            self.settings.model_timeout,
            self._chat_model(self.settings.model and self.settings.judge_model),
        )

    @property
    def embeddings(self) -> "Embeddings":
        """The embedding model as LangChain's own `Embeddings`, for chains beside the assistant's."""
        return for_langchain(self.embedder)

    def ask(
        self,
        question: str,
        history: History | None = None,
        cities: Iterable[str] | None = None,
        *,
        explain: bool = False,
    ) -> Answer:
        """Answer one question; with `explain`, `answer.trace` says what each step saw and decided.

        Raises QuestionError, CityNotHeld, StoreError, EmbeddingError.
        """
        return self.path.answer(Request(question, history, cities, explain))

    def stream(
        self,
        question: str,
        history: History | None = None,
        cities: Iterable[str] | None = None,
        *,
        explain: bool = False,
    ) -> Iterator[Event]:
        """The same, as events: step, text, replace, answer."""
        return self.path.events(Request(question, history, cities, explain))

    async def aask(self, question: str, history: History | None = None, cities: Iterable[str] | None = None) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, history, cities)

    def astream(
        self, question: str, history: History | None = None, cities: Iterable[str] | None = None
    ) -> AsyncIterator[Event]:
        """`stream` without blocking the event loop."""
        from assistant.chain import in_threads

        return in_threads(self.stream(question, history, cities))

    def search(self, question: str, k: int = 10, cities: Iterable[str] | None = None) -> list[Hit]:
        """The k best articles, ranked, for a question. No answer is written."""
        library = self.library()
        asked = understand(question, library.regulations, None, cities)
        return list(retrieve(asked, library, self.path.deciding.embed(asked.topic), k, each=k).hits[:k])

    def looking(self) -> "Looking | None":
        """How `judge` looks in what is in service for what a sentence calls unstated; None where nothing was fitted for
        the embedding model."""
        return self.path.deciding.looking("", self.library())

    def regulations(self) -> tuple[Regulation, ...]:
        """The regulations in service."""
        return self.library().regulations

    def article(self, article_id: str) -> tuple[Regulation, Article]:
        """One article by id, `wuhan/58`. Raises KeyError."""
        return self.library().by_id[article_id]

    @cached_property
    def chain(self) -> "AnswerChain":
        """The answer path as a LangChain runnable: invoke, batch, stream, ainvoke, astream."""
        from assistant.chain import AnswerChain

        return AnswerChain(self.path)

    @property
    def retriever(self) -> "BaseRetriever":
        """A LangChain retriever over the articles, for other people's chains."""
        from assistant.for_langchain import ArticleRetriever

        return ArticleRetriever(assistant=self)

    def as_tool(self, name: str = "fatiao") -> "BaseTool":
        """`ask` as one LangChain tool, for other people's agents: its answer as text, the `Answer` as its artifact."""
        from assistant.for_langchain import answering_tool

        return answering_tool(self, name)

    def library(self) -> Library:
        """The index in service; built first where there is none, or where the bundled texts changed."""
        if not self._ready:
            self.prepare(self._on_progress)
        try:
            return self._shelf.library()
        except IndexMissing:  # it was taken away under the running program
            self._ready = False
            self.prepare(self._on_progress)
            return self._shelf.library()

    @property
    def is_ready(self) -> bool:
        """Whether the index has been looked at since this object was made."""
        return self._ready

    def prepare(self, progress: Progress | None = None) -> None:
        """Build or renew the index now, telling `progress(step, done, total)`. Raises StoreError."""
        with self._lock:
            if self._ready:
                return
            bring_up_to_date(
                self.store,
                self.embedder,
                self.data,
                self._folder,
                likely_questions=self.settings.likely_questions,
                progress=progress,
            )
            self._ready = True

    def change_corpus(
        self, add: Sequence[Regulation] = (), remove: Sequence[str] = (), progress: Progress | None = None
    ) -> Changed:
        """Take texts in and others out; every process that reads this index notices at its next question.

        Raises CorpusError, IndexBusy, StoreUnavailable, EmbeddingError.
        """
        return change(
            self.store,
            self.embedder,
            self.data,
            self._folder,
            add=add,
            remove=remove,
            likely_questions=self.settings.likely_questions,
            progress=progress,
        )

    def _chat_model(self, name: str) -> "ChatModel | None":
        """A model of the settings; None where none is set."""
        if not name:
            return None
        from assistant.model.client import ChatModel

        return ChatModel(name, self.settings.openai_base_url, self.settings.openai_api_key)

    def close(self) -> None:
        """Let go of the store. The assistant can be used again afterwards."""
        self.store.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
