"""Small regulations and a counting model, for the tests of the index; also run as a program of its own.

`python index_support.py FOLDER COUNT [PAUSE]` ingests `COUNT` articles into FOLDER, says on stdout how far it is,
and stops for ever at PAUSE ("embed", "write", "seal", "switch", "clean"), so that it can be killed there.
"""

import hashlib
import sys
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from law.corpus import regulation_of
from law.formats.document import decode
from law.regulation import LikelyQuestion, Regulation
from vectorstore.chroma import ChromaStore, Sealed
from vectorstore.filling import STEP
from vectorstore.ingest import IngestReport, ingest
from vectorstore.library import Shelf

ARTICLES = (
    "为了推进科技创新中心建设，根据有关法律、法规，结合本市实际，制定本条例。",
    "本市行政区域内的科技创新及其服务保障活动，适用本条例。",
    "市、区人民政府应当将科技创新纳入国民经济和社会发展规划。\n科学技术主管部门负责统筹协调。",
    "鼓励保险机构开发科技保险产品。\n企业购买科技保险的，可以按照规定给予保费补贴。",
    "支持高等学校、科研机构的科技人员离岗创业，三年内保留人事关系。",
    "科技企业孵化器可以按照规定享受税收优惠。",
)


class Counting(Embeddings):
    """Sixteen numbers from a text's digest; remembers every text it embedded."""

    def __init__(self, model: str = "counting", dimension: int = 16) -> None:
        self.model, self.dimension = model, dimension
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.embed_query(t) for t in texts]

    def embed_query(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        vector = np.random.default_rng(seed).normal(size=self.dimension)
        return [float(x) for x in vector / np.linalg.norm(vector)]


def regulation(
    *articles: str, id_: str = "haicheng", city: str = "海城市", title: str = "", questions: bool = False
) -> Regulation:
    """A regulation as if it came from a corpus folder; with one likely question an article if asked for."""
    numbered = "\n".join(f"第{_chinese(n)}条 {text}" for n, text in enumerate(articles or ARTICLES, 1))
    text = f"{title or f'{city}科技创新条例'}\n第一章 总则\n{numbered}\n"
    made = regulation_of(decode(text.encode(), f"{id_}.txt"), new_id=id_, city=city)
    asked = tuple(LikelyQuestion(a.id, f"{a.label}说了什么？", (1,)) for a in made.numbered) if questions else ()
    return replace(made, source=id_, questions=asked)


def many(count: int) -> Regulation:
    """A regulation of `count` articles, two chunks each."""
    return regulation(*(f"第{n}号企业可以申请第{n}类科技创新资金。" for n in range(1, count + 1)))


def build(
    folder: Path, *regulations: Regulation, embeddings: Embeddings | None = None, store: ChromaStore | None = None,
    **more: object,
) -> IngestReport:  # fmt: skip
    """Ingest into the embedded index of a data folder, or into `store`, and let go of it."""
    mine = store or ChromaStore(folder / "chroma")
    try:
        return ingest(mine, regulations or (regulation(),), embeddings or Counting(), lock_folder=folder, **more)  # type: ignore[arg-type]
    finally:
        if store is None:
            mine.close()


def best(shelf: Shelf, text: str) -> str:
    """The id of the article nearest to a chunk's own text."""
    searcher = shelf.library().searcher
    scored = searcher.score(Counting().embed_query(text), text)
    return searcher.article_ids[int(np.nanargmax(scored.paragraph))]


def _chinese(number: int) -> str:
    from law.text.numerals import to_chinese

    return to_chinese(number)


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(folder: Path, count: int, pause: str = "") -> None:
    """Ingest, and stop where it is said."""

    def stop(at: str) -> None:
        _say("at", at)
        if at == pause:
            time.sleep(60)

    class Stopping(ChromaStore):
        def seal(self, generation: str, size: int, copy: str = "") -> Sealed | None:
            stop("seal")
            return super().seal(generation, size, copy)

        def switch(self, manifest: object) -> None:
            stop("switch")
            super().switch(manifest)  # type: ignore[arg-type]

        def drop_others(self, keep: str, owner: str = "", former: str = "", spare: Collection[str] = ()) -> None:
            stop("clean")
            super().drop_others(keep, owner, former, spare)

    def progress(step: str, done: int, total: int) -> None:
        if done >= 2 * STEP:
            stop(step)

    report = build(folder, many(count), store=Stopping(folder / "chroma"), progress=progress)
    _say("changed" if report.changed else "unchanged", report.embedded, report.manifest.generation)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
