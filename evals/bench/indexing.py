"""What building the index costs over embedding alone, and building it again over the first time."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from langchain_core.embeddings import Embeddings

from evals.bench.rows import BenchRow, seconds
from law.regulation import Regulation
from vectorstore.chroma import ChromaStore
from vectorstore.embeddings import dimension_of, model_name
from vectorstore.ingest import ingest

LIMIT_AGAIN = 0.1


class Timed(Embeddings):
    """An embedding model that adds up the seconds it works."""

    def __init__(self, inner: Embeddings) -> None:
        self._inner = inner
        self.model, self.dimension = model_name(inner), dimension_of(inner)
        self.spent = 0.0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the inner one."""
        got: list[list[float]] = []
        self.spent += seconds(lambda: got.extend(self._inner.embed_documents(texts)))
        return got

    def embed_query(self, text: str) -> list[float]:
        """As the inner one."""
        return self._inner.embed_query(text)


def indexing(embeddings: Embeddings, regulations: Sequence[Regulation]) -> list[BenchRow]:
    """An index of these regulations, built twice in a folder that is thrown away."""
    articles = [a for r in regulations for a in r.articles if a.text]
    some = articles[:: max(1, len(articles) // 20)]
    embeddings.embed_query("条")
    bare = seconds(lambda: embeddings.embed_documents([a.text for a in some])) / len(some)
    timed = Timed(embeddings)
    with tempfile.TemporaryDirectory() as name:
        store = ChromaStore(Path(name) / "chroma")

        def build() -> None:
            ingest(store, regulations, timed, lock_folder=Path(name))

        first = seconds(build)
        again = seconds(build)
        store.close()
    return [
        BenchRow("编入一条 / 该条一次向量化（含每款和常见问法）", first / len(articles) / bare),
        BenchRow("编入 / 其中向量化所用", first / timed.spent),
        BenchRow("原样再编一次 / 第一次", again / first, LIMIT_AGAIN),
    ]
