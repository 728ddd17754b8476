"""A volume's files: vectors article by article, where each article stands, its words and its texts.

`vectors.f4`   every chunk's vector, in the order of the text: of an article its parts, its 款, its likely questions
`hashes.bin`   the hash of every chunk, in the same order: what need not be embedded again
`places.npz`   of every article: its id, its regulation, its first row and how many rows of each kind
`words/`       `postings`
`texts.sqlite` `texts`
`moments.npz`  `usual`
`sketch/`      `sketch`, where there are many rows
`volume.json`  what it is, and the size of each file; written last

Vectors and postings are read where they are needed: what a process has looked at does not stay in it.
"""

import json
import os
import weakref
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Places, Vectors
from vectorstore.engine.postings import Postings
from vectorstore.engine.rows import KINDS, PARAGRAPH, PART, ArticleRows, rows_at, starts_of
from vectorstore.engine.signal_means import read_moments
from vectorstore.engine.sketch import Cosines, Sketch
from vectorstore.engine.texts import Texts
from vectorstore.errors import StoreDamaged

ABOUT, VECTORS, HASHES, MODEL, PLACES, WORDS, TEXTS, SKETCH = (
    "volume.json",
    "vectors.f4",
    "hashes.bin",
    "model",
    "places.npz",
    "words",
    "texts.sqlite",
    "sketch",
)
HASH = 12
#: Rows read at a time.
_AT_ONCE = 100_000
#: The layout of these files; where another is found they are made again from Chroma.
FORM = 2
#: A volume of more rows than this has a sketch.
SKETCHED = 10_000


@dataclass(frozen=True, slots=True)
class About:
    """`gone` are regulations of the base that this volume replaces or that are no longer held."""

    name: str
    model: str
    dimension: int
    articles: int
    rows: int
    kinds: dict[str, int]
    gone: list[str]
    form: int
    files: dict[str, int]


class Volume:
    """One volume, opened. Raises StoreDamaged where its files are not what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = read_about(folder)
        with np.load(folder / PLACES) as held:
            self.ids: npt.NDArray[np.bytes_] = held["ids"]
            self._order, self._first, self.numbers = held["order"], held["first"], held["numbers"]
            self.counts: npt.NDArray[np.intp] = held["counts"].astype(np.intp)
        self.words = Postings(folder / WORDS)
        self.texts = Texts(folder / TEXTS)
        self._file = os.open(folder / VECTORS, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.moments = read_moments(folder)
        self.sketch = Sketch(folder / SKETCH, self.counts) if (folder / SKETCH).exists() else None
        self._starts = [starts_of(self.counts[:, kind]) for kind in KINDS]

    def find(self, ids: Sequence[str]) -> Places:
        """The places of articles by id; -1 where there is none."""
        wanted = np.array([i.encode() for i in ids], dtype=np.bytes_)
        if not len(self.ids) or not len(wanted):
            return np.full(len(ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(self.ids, wanted, sorter=self._order), len(self.ids) - 1)
        places = self._order[at].astype(np.intp)
        return np.where(self.ids[places] == wanted, places, -1)

    def block(self, places: Places) -> ArticleRows:
        """The rows of the articles at some places, ascending."""
        counts = self.counts[places]
        rows = rows_at(self._first[places].astype(np.intp), counts.sum(1))
        return ArticleRows.of(self._read(rows), counts)

    def wholes(self, places: Places) -> Vectors:
        """(articles, dimension) the first row of each of the articles at some places, ascending."""
        return self._read(self._first[places].astype(np.intp))

    def rows_of(self, kind: int) -> Places:
        """Where all rows of a kind stand."""
        return rows_at(self._first.astype(np.intp) + self.counts[:, :kind].sum(1), self.counts[:, kind])

    def first_of(self, kind: int) -> Places:
        """(articles,) where the rows of each begin among those of a kind."""
        return self._starts[kind]

    def cosines(self, kind: int, vector: Vectors) -> Cosines:
        """Of all rows of a kind with a vector: nearly where there is a sketch, else exactly."""
        if self.sketch is not None:
            return self.sketch.cosines(kind, vector)
        exact: Cosines = np.vecdot(self._read(self.rows_of(kind)), vector)
        return exact

    def finer(self, kind: int, vector: Vectors, rows: Places) -> Cosines | None:
        """What a nearer look adds to the cosines of some rows of a kind; None where they are exact already."""
        return self.sketch.finer(kind, vector, rows) if self.sketch is not None else None

    def _read(self, rows: Places) -> Vectors:
        """Read, not mapped: a page of a map brings the fifteen beside it along, and they stay in the process."""
        vectors = np.empty((len(rows), self.about.dimension), dtype="<f4")
        if not len(rows):
            return vectors
        # The system gives no more than two gigabytes at a time.
        new = (np.diff(rows) != 1) | (np.arange(1, len(rows)) % _AT_ONCE == 0)
        edges = np.concatenate([[0], np.flatnonzero(new) + 1, [len(rows)]])
        size, into, read = vectors.strides[0], vectors.data.cast("B"), 0
        whole = ((edges * size).tolist(), (rows[edges[:-1]] * size).tolist())
        for begin, end, at in zip(whole[0], whole[0][1:], whole[1], strict=False):
            read += os.preadv(self._file, (into[begin:end],), at)
        if read != vectors.nbytes:
            raise damaged(self.folder)
        return vectors

    def numbers_of(self, place: int) -> list[int]:
        """The 款 of each row of an article's 款."""
        begin = int(self._first[place]) + int(self.counts[place, PART])
        return [int(n) for n in self.numbers[begin : begin + int(self.counts[place, PARAGRAPH])]]


def read_about(folder: Path) -> About:
    """Raises StoreDamaged."""
    try:
        about = About(**json.loads((folder / ABOUT).read_text("utf-8")))
        whole = about.form == FORM and all((folder / name).stat().st_size == size for name, size in about.files.items())
    except (OSError, ValueError, TypeError) as error:
        raise damaged(folder) from error
    if not whole:
        raise damaged(folder)
    return about


def damaged(folder: Path) -> StoreDamaged:
    """What is said of a volume that cannot be read."""
    return StoreDamaged(f"索引的卷「{folder}」缺失或已损坏，请运行 fatiao ingest，会按 Chroma 里的内容重新写好。")


def write_about(folder: Path, about: About) -> None:
    """The last file of a volume. Raises OSError."""
    from vectorstore import snapshot

    said = json.dumps(asdict(about), ensure_ascii=False)
    snapshot.replace(folder / ABOUT, lambda file: file.write_text(said, "utf-8"))


def sizes_of(folder: Path) -> dict[str, int]:
    """Every file of a volume with its size."""
    return {str(f.relative_to(folder)): f.stat().st_size for f in sorted(folder.rglob("*")) if f.is_file()}
