"""A volume's files: vectors article by article, where each article stands, its words and its texts.

`vectors.f4`   every chunk's vector, in the order of the text: of an article its parts, its 款, its likely questions
`hashes.bin`   the hash of every chunk, in the same order: what need not be embedded again
`places.npz`   of every article: its id, its regulation, its first row and how many rows of each kind
`words/`       `postings`
`texts.sqlite` `texts`
`volume.json`  what it is, and the size of each file; written last

Vectors are mapped, and let go of after so many rows; postings are read where they are needed: what a process has
looked at does not stay in it.
"""

import json
import mmap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.engine.postings import Postings
from vectorstore.engine.texts import Texts
from vectorstore.errors import StoreDamaged
from vectorstore.snapshot import Vectors

Places = npt.NDArray[np.intp]
ABOUT, VECTORS, HASHES, MODEL, PLACES, WORDS, TEXTS = (
    "volume.json",
    "vectors.f4",
    "hashes.bin",
    "model",
    "places.npz",
    "words",
    "texts.sqlite",
)
HASH = 12
#: Rows looked at before their pages are given back to the system: some 30 MB.
SEEN = 20_000
#: Kinds of rows of an article, in the order in which they stand.
PART, PARAGRAPH, ASKED = range(3)


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
    files: dict[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of some articles: `vectors` (rows, dimension), and how many each has of each kind (articles, 3)."""

    vectors: Vectors
    counts: npt.NDArray[np.intp]

    def rows_of(self, kind: int) -> tuple[Places, Places, Places]:
        """The articles that have rows of a kind, these rows, and where the rows of each article begin among them."""
        per_row = np.repeat(np.tile(np.arange(3), len(self.counts)), self.counts.ravel())
        counts = self.counts[:, kind]
        having = np.flatnonzero(counts)
        starts = np.concatenate([[0], np.cumsum(counts[having])[:-1]]) if len(having) else having
        return having, np.flatnonzero(per_row == kind), starts.astype(np.intp)

    def without_questions(self) -> "Block":
        """The same without the rows of likely questions."""
        kinds = np.repeat(np.tile(np.arange(3), len(self.counts)), self.counts.ravel())
        return Block(self.vectors[kinds != ASKED], self.counts * np.array([1, 1, 0]))


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
        self._vectors, self._map = self._mapped(folder / VECTORS)
        self._seen = 0

    def _mapped(self, file: Path) -> tuple[Vectors, mmap.mmap]:
        if not self.about.rows:
            return np.zeros((0, self.about.dimension), np.float32), mmap.mmap(-1, 1)
        with file.open("rb") as held:
            mapped = mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(mapped, dtype="<f4").reshape(self.about.rows, self.about.dimension), mapped

    def find(self, ids: Sequence[str]) -> Places:
        """The places of articles by id; -1 where there is none."""
        wanted = np.array([i.encode() for i in ids], dtype=np.bytes_)
        if not len(self.ids) or not len(wanted):
            return np.full(len(ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(self.ids, wanted, sorter=self._order), len(self.ids) - 1)
        places = self._order[at].astype(np.intp)
        return np.where(self.ids[places] == wanted, places, -1)

    def block(self, places: Places) -> Block:
        """The rows of the articles at some places, ascending."""
        counts = self.counts[places]
        totals = counts.sum(1)
        first = self._first[places].astype(np.int64)
        ends = np.cumsum(totals)
        rows = np.repeat(first - (ends - totals), totals) + np.arange(int(ends[-1]) if len(ends) else 0)
        vectors = np.take(self._vectors, rows, axis=0)
        self._seen += len(rows)
        if self._seen > SEEN:
            self._seen = 0
            self._map.madvise(mmap.MADV_DONTNEED)
        return Block(vectors, counts)

    def numbers_of(self, place: int) -> list[int]:
        """The 款 of each row of an article's 款."""
        begin = int(self._first[place]) + int(self.counts[place, PART])
        return [int(n) for n in self.numbers[begin : begin + int(self.counts[place, PARAGRAPH])]]


def read_about(folder: Path) -> About:
    """Raises StoreDamaged."""
    try:
        about = About(**json.loads((folder / ABOUT).read_text("utf-8")))
        whole = all((folder / name).stat().st_size == size for name, size in about.files.items())
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
