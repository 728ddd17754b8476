"""A large corpus made from a small one: other cities, changed words, and vectors near the real ones.

Nothing is embedded: what is measured on it is the index and the answer path. Seeds are fixed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from law.corpus import load_corpus, load_path
from law.regulation import Article, Regulation
from law.text.places import gazetteer
from vectorstore.arrays import Vectors
from vectorstore.chunks import Chunk, chunks_of, norms_from
from vectorstore.library import Library
from vectorstore.manifest import Manifest
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import maps_of
from vectorstore.snapshot import Stored

#: The share of characters that are changed, and how far a vector is moved (its own length being 1).
CHANGED, MOVED = 0.08, 0.5


@dataclass(frozen=True, slots=True)
class Grown:
    """Regulations with their chunks and vectors, largest size; `cut` takes a smaller one. What was fitted for `model`
    works on them as on real ones: a question costs what it costs."""

    regulations: tuple[Regulation, ...]
    chunks: tuple[tuple[Chunk, ...], ...]
    vectors: tuple[Vectors, ...]
    model: str

    def cut(self, articles: int) -> Library:
        """A library of the first regulations, as many as hold `articles`."""
        held = np.cumsum([len(r.articles) for r in self.regulations])
        many = min(int(np.searchsorted(held, articles)) + 1, len(held))
        flat = [c for chunks in self.chunks[:many] for c in chunks]
        stored = Stored(
            [c.id for c in flat],
            [c.text for c in flat],
            [c.metadata for c in flat],
            np.concatenate(self.vectors[:many]),
        )
        regulations = self.regulations[:many]
        by_id = {a.id: (r, a) for r in regulations for a in r.articles}
        manifest = Manifest(f"grown-{articles}", self.model, stored.vectors.shape[1], "", False, "")
        searcher = Searcher(stored, likely_questions=False, map_for=maps_of(self.model))
        return Library(manifest, regulations, searcher, by_id, norms_from(stored.metadatas))


def grow(articles: int, pool: Vectors, model: str, samples: Path | None = None) -> Grown:
    """At least `articles` articles; `pool` (n, dimension) are real vectors, by `model`, that the made ones lie near."""
    made: list[Regulation] = []
    total = 0
    for regulation in grown_regulations(samples):
        made.append(regulation)
        total += len(regulation.articles)
        if total >= articles:
            break
    chunks = tuple(tuple(chunks_of(r, likely_questions=False)) for r in made)
    rng = np.random.default_rng(7)
    return Grown(tuple(made), chunks, tuple(_near(pool, len(c), rng) for c in chunks), model)


def grown_regulations(samples: Path | None = None) -> Iterator[Regulation]:
    """The originals, then copies of them under the names of other cities, without end; the same every time."""
    return _copies(_originals(samples))


def _originals(samples: Path | None) -> list[Regulation]:
    found = list(load_corpus())
    for n, path in enumerate(sorted(samples.glob("*.md")) if samples and samples.is_dir() else ()):
        found.append(load_path(path).with_id(f"sample{n}"))
    return [replace(r, questions=(), findings=()) for r in found if len(r.articles) > 3]


def _copies(originals: Sequence[Regulation]) -> Iterator[Regulation]:
    """The originals, then copies of them under the names of other cities, over and over."""
    yield from originals
    rng = random.Random(7)
    letters = "".join(a.text for r in originals for a in r.articles)
    taken = {r.place for r in originals}
    places = [p for name, p in gazetteer().items() if p.level == "city" and name == p.name and name not in taken]
    for n in count():
        original, place = originals[n % len(originals)], places[n % len(places)]
        copied = replace(
            original.with_id(f"grown{n}"),
            city=place.name,
            province=place.province,
            short_names=(),
            sound_alikes=(),
            title=f"{place.name}{original.title.removeprefix(original.place)}",
            notes=(),
            article_notes=(),
        )
        yield replace(copied, articles=tuple(_changed(a, letters, rng) for a in copied.articles))


def _changed(article: Article, letters: str, rng: random.Random) -> Article:
    def change(text: str) -> str:
        return "".join(rng.choice(letters) if "一" <= ch <= "鿿" and rng.random() < CHANGED else ch for ch in text)

    paragraphs = tuple(replace(p, text=change(p.text), items=tuple(map(change, p.items))) for p in article.paragraphs)
    return replace(article, paragraphs=paragraphs)


def _near(pool: Vectors, rows: int, rng: np.random.Generator) -> Vectors:
    """(rows, dimension) of unit length, each near one of the pool."""
    noise = rng.standard_normal((rows, pool.shape[1]), dtype=np.float32)
    noise *= MOVED / np.linalg.norm(noise, axis=1, keepdims=True)
    vectors = pool[rng.integers(0, len(pool), rows)] + noise
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
