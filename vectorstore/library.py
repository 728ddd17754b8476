"""The index in service, held in memory: every article, and the scores of a question."""

import logging
import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from law.held import Held
from law.norms.storing import NAMES_OTHERS, breaches, unpacked
from law.regulation import Article, Regulation
from law.text.script import plain
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import norms_from, regulations_from
from vectorstore.engine import EngineSearcher, articles_of, norms_of, open_volumes, regulations_of
from vectorstore.errors import IndexMismatch, IndexMissing, StoreUnavailable
from vectorstore.manifest import Manifest
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import maps_of
from vectorstore.ranking.ranker import Ranker

if TYPE_CHECKING:
    from law.norms.norm import Norm

#: Articles whose norms are kept unpacked.
_NORMS = 20_000
#: The number in the id of an article (`wuhan/55-2`, `x/10.1`).
_NUMBER = re.compile(r"/(\d+)")
log = logging.getLogger("fatiao")


@dataclass(frozen=True, slots=True)
class Library:
    """One generation. Immutable, so a question that has begun keeps the library it began with."""

    manifest: Manifest
    regulations: tuple[Regulation, ...]  # kept as `Held`, with what is gathered of them
    searcher: Ranker
    by_id: Mapping[str, tuple[Regulation, Article]]
    packed_norms: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _by_regulation: dict[str, Regulation] = field(init=False, repr=False, compare=False)
    _places: Mapping[str, npt.NDArray[np.intp]] = field(init=False, repr=False, compare=False)
    _norms: dict[str, "tuple[Norm, ...]"] = field(init=False, repr=False, compare=False)
    _sanctions: dict[str, npt.NDArray[np.intp]] = field(init=False, repr=False, compare=False)
    _likely: dict[str, dict[str, list[str]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regulations", Held(self.regulations))
        object.__setattr__(self, "_by_regulation", {r.id: r for r in self.regulations})
        object.__setattr__(self, "_norms", {})
        object.__setattr__(self, "_sanctions", {})
        object.__setattr__(self, "_likely", {})
        object.__setattr__(self, "_places", self.searcher.places(self.regulations))

    def regulation(self, regulation_id: str) -> Regulation:
        """Raises KeyError."""
        return self._by_regulation[regulation_id]

    def asked_about(self, *ids: str) -> bool:
        """Whether the likely questions of all these regulations, or of those of these articles, are in service."""
        return all(id_.partition("/")[0] in self.searcher.asked_about for id_ in ids)

    def likely_questions(self, article_id: str) -> Sequence[str]:
        """The likely questions of an article, where they are in service. Raises KeyError."""
        if not self.asked_about(article_id):
            return ()
        regulation = self.by_id[article_id][0]
        if regulation.id not in self._likely:
            by_article: dict[str, list[str]] = {}
            for question in regulation.questions:
                by_article.setdefault(question.article, []).append(question.text)
            self._likely[regulation.id] = by_article
        return self._likely[regulation.id].get(article_id, ())

    def places(self, regulation_id: str) -> npt.NDArray[np.intp]:
        """Where the articles of a regulation stand in every score array, in the order of its text. Raises KeyError."""
        return self._places[regulation_id]

    def heads(self, places: npt.NDArray[np.intp]) -> Mapping[str, Article]:
        """The articles at some places by id, for what is shown of them in a list: their text may be missing."""
        if isinstance(self.searcher, EngineSearcher):
            return self.searcher.heads(places)
        return {id_: self.by_id[id_][1] for id_ in self.searcher.ids_at(places)}

    def norms_of_article(self, article_id: str) -> "tuple[Norm, ...]":
        """The norms of an article, from the store; unpacked at the first wish. Raises KeyError.

        What stands before 第一章 has none.
        """
        kept = self._norms.get(article_id)
        if kept is None:  # another thread may clear what is kept at any time
            regulation, article = self.by_id[article_id]
            kept = self._read_norms(regulation, article) if article.number else ()
            if len(self._norms) >= _NORMS:
                self._norms.clear()
            self._norms[article_id] = kept
        return kept

    def _read_norms(self, regulation: Regulation, article: Article) -> "tuple[Norm, ...]":
        said = self.packed_norms.get(article.id)
        if said is not None:
            return unpacked(said, article)
        from law.norms.reader import norms_of_article

        return norms_of_article(regulation, article)

    def sanctions(self, regulation_id: str) -> npt.NDArray[np.intp]:
        """(n, 2) places: an article that says what follows, and one whose breach it names. Raises KeyError."""
        if regulation_id not in self._sanctions:
            numbered = self._numbered(regulation_id)
            pairs = {
                (place, numbered[number])
                for place, numbers in self._breaches(regulation_id)
                for number in numbers
                if numbered.get(number, place) != place
            }
            self._sanctions[regulation_id] = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
        return self._sanctions[regulation_id]

    def _breaches(self, regulation_id: str) -> Iterator[tuple[int, Iterable[int]]]:
        """Articles that say what follows, by their places, with the numbers of those whose breach they name."""
        if isinstance(self.searcher, EngineSearcher):
            for place, said in self.searcher.norms_with(NAMES_OTHERS, regulation_id):
                yield place, breaches(said)
            return
        for article in self.regulation(regulation_id).numbered:
            rules = (n for n in self.norms_of_article(article.id) if n.kind == "consequence")
            yield self.searcher.index_of(article.id), [number for n in rules for number in n.refers_to]

    def _numbered(self, regulation_id: str) -> dict[int, int]:
        """The place of the first article of each number, as ids tell it."""
        places = self.places(regulation_id)
        ids = self.searcher.ids_at(places)
        found: dict[int, int] = {}
        for id_, place in zip(ids, places.tolist(), strict=True):
            found.setdefault(int(_NUMBER.findall(id_)[0]), place)
        return found

    def norms(
        self, regulation_ids: Iterable[str] | None = None, of: Collection[str] = ()
    ) -> "Iterator[tuple[Regulation, Article, Norm]]":
        """Every norm of some regulations (None: of all), in the order of their texts; where classes are told, without
        those of articles that surely speak of none `of` them (departments have their fields in words). Raises
        KeyError."""
        from law.norms.actors import have_words

        of = of if have_words(of) else ()
        chosen = self.regulations if regulation_ids is None else [self.regulation(i) for i in regulation_ids]
        for regulation in chosen:
            for article in regulation.numbered:
                if of and not self._may_speak_of(article, of):
                    continue
                for norm in self.norms_of_article(article.id):
                    yield regulation, article, norm

    def _may_speak_of(self, article: Article, classes: Collection[str]) -> bool:
        """False where no norm of an article has one of the classes, nor its text a name of one."""
        from law.norms.actors import may_be_named

        said = self.packed_norms.get(article.id)
        told = said is None or any(f'"{name}"' in said for name in classes)
        return told or may_be_named(plain(article.text), classes)


class Shelf:
    """Hands out the library in service and notices when a newer generation takes its place."""

    def __init__(self, store: ChromaStore, model: str, *, likely_questions: bool = True) -> None:
        self.store = store
        self._model = model
        self._likely_questions = likely_questions
        self._held: Library | None = None
        self._lock = threading.Lock()

    def library(self) -> Library:
        """The library in service.

        Raises IndexMissing, IndexMismatch (another embedding model), StoreUnavailable. A library that is
        in memory already goes on answering while the store is away.
        """
        try:
            manifest = self.store.manifest()
            held = self._held
            if held and held.manifest == manifest:
                return held
            with self._lock:
                return self._load()
        except StoreUnavailable as error:
            if self._held is None:
                raise
            log.warning("%s先用内存里的索引回答。", error)
            return self._held

    def _load(self) -> Library:
        for _ in range(3):
            manifest = self.store.manifest()
            if manifest is None:
                raise IndexMissing(f"「{self.store.where}」里还没有索引，请运行 fatiao ingest。")
            if self._held and self._held.manifest == manifest:
                return self._held
            if manifest.model != self._model:
                raise IndexMismatch(
                    f"「{self.store.where}」的索引用向量模型「{manifest.model}」（{manifest.dimension} 维）建成，"
                    f"现在设定的是「{self._model}」。"
                    "请运行 fatiao ingest 重新编入，或把 FATIAO_EMBEDDING_MODEL 改回去。"
                )
            if manifest.volumes:
                self._held = self._large(manifest)
                return self._held
            stored = self.store.read(manifest.generation)
            if stored is None:
                continue  # a newer generation was switched in between: look again
            regulations = regulations_from(stored.metadatas)
            by_id = {a.id: (r, a) for r in regulations for a in r.articles}
            searcher = Searcher(stored, likely_questions=self._likely_questions, map_for=maps_of(self._model))
            self._held = Library(manifest, regulations, searcher, by_id, norms_from(stored.metadatas))
            return self._held
        raise StoreUnavailable(f"「{self.store.where}」的索引正在更换或已不完整，请稍后再试，或运行 fatiao ingest。")

    def _large(self, manifest: Manifest) -> Library:
        """An index that is not held in memory: Chroma's own index is asked, and what is scored read from files."""
        volumes = open_volumes(self.store, manifest)
        if self._held is not None:
            self.store.close()  # what another process has written since is seen by a new client alone
        searcher = EngineSearcher(
            volumes, self.store.nearest, likely_questions=self._likely_questions, map_for=maps_of(self._model)
        )
        regulations = regulations_of(volumes)
        by_id = articles_of(regulations, searcher)
        return Library(manifest, regulations, searcher, by_id, norms_of(regulations, searcher, by_id))
