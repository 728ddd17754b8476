"""A volume is written, one regulation after the other; what is there after a crash is a bank of vectors."""

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from vectorstore.arrays import Places, Vectors
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION, REGULATION, Chunk
from vectorstore.engine.postings import PostingsWriter
from vectorstore.engine.rows import rows_at
from vectorstore.engine.signal_means import write_moments
from vectorstore.engine.sketch import write_sketch
from vectorstore.engine.texts import TextsWriter
from vectorstore.engine.volume import (
    FORM,
    HASH,
    HASHES,
    MODEL,
    PLACES,
    SKETCH,
    SKETCHED,
    TEXTS,
    VECTORS,
    WORDS,
    About,
    sizes_of,
    write_about,
)

#: Where what was embedded is kept until the volume is whole.
FRESH = "fresh"
_KINDS = {ARTICLE: 0, PARAGRAPH: 1, QUESTION: 2}


class VolumeWriter:
    """Writes into a new folder; `finish` makes a volume of it. Raises OSError."""

    def __init__(self, folder: Path, model: str, dimension: int) -> None:
        folder.mkdir(parents=True)
        (folder / MODEL).write_text(model, "utf-8")
        self.folder, self._model, self._dimension = folder, model, dimension
        self._vectors, self._hashes = (folder / VECTORS).open("wb"), (folder / HASHES).open("wb")
        self._words, self._texts = PostingsWriter(folder / WORDS), TextsWriter(folder / TEXTS)
        self._ids: list[bytes] = []
        self._first: list[int] = []
        self._counts: list[tuple[int, int, int]] = []
        self._numbers: list[int] = []
        self._places: dict[bytes, int] = {}
        self.kinds = dict.fromkeys((REGULATION, *_KINDS), 0)

    @property
    def rows(self) -> int:
        """Chunks written."""
        return len(self._numbers)

    def add(self, digest: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """One regulation: its own chunk first, then those of each article together, with their vectors."""
        self._texts.add(digest, list(chunks))
        at = len(self._numbers)
        held = ""
        words: list[str] = []
        for n, chunk in enumerate(chunks):
            kind = str(chunk.metadata["kind"])
            self.kinds[kind] += 1
            self._numbers.append(int(chunk.metadata.get("paragraph", 0)))
            if kind == REGULATION:
                continue
            if (id_ := str(chunk.metadata["article_id"])) != held:
                self._close(words)
                held = id_
                self._ids.append(id_.encode())
                self._first.append(at + n)
                self._counts.append((0, 0, 0))
            counts = list(self._counts[-1])
            counts[_KINDS[kind]] += 1
            self._counts[-1] = (counts[0], counts[1], counts[2])
            if kind != PARAGRAPH:
                words.append(chunk.text)
        self._close(words)
        hashes = [bytes.fromhex(c.hash) for c in chunks]
        for n, own in enumerate(hashes):
            self._places.setdefault(own, at + n)
        self._vectors.write(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
        self._vectors.flush()
        self._hashes.write(b"".join(hashes))
        self._hashes.flush()

    def keep(self, hashes: Sequence[str], vectors: Vectors) -> None:
        """Vectors just embedded: should this ingest be killed, the next one finds them in the bank."""
        folder = self.folder / FRESH
        folder.mkdir(exist_ok=True)
        # The hash goes after its vector, so that a row that has one is whole.
        with (folder / VECTORS).open("ab") as out:
            out.write(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
        with (folder / HASHES).open("ab") as out:
            out.write(b"".join(map(bytes.fromhex, hashes)))

    def known(self, hashes: Iterable[str]) -> dict[str, Vectors]:
        """The vectors of chunks whose text was written already, in another regulation."""
        found: dict[str, Vectors] = {}
        width = 4 * self._dimension
        with (self.folder / VECTORS).open("rb") as held:
            for name in hashes:
                if (place := self._places.get(bytes.fromhex(name))) is not None:
                    found[name] = np.frombuffer(os.pread(held.fileno(), width, place * width), dtype="<f4")
        return found

    def finish(self, name: str, gone: Iterable[str]) -> About:
        """Close every file, and say what the volume is."""
        for file in (self._vectors, self._hashes):
            file.flush()
            os.fsync(file.fileno())
        shutil.rmtree(self.folder / FRESH, ignore_errors=True)
        self._words.finish()
        self._texts.finish()
        self.close()
        self._draw()
        ids = np.array(self._ids, dtype=np.bytes_) if self._ids else np.zeros(0, "S1")
        np.savez(
            self.folder / PLACES,
            ids=ids,
            order=np.argsort(ids, kind="stable").astype(np.uint32),
            first=np.array(self._first, dtype=np.uint32),
            numbers=np.array(self._numbers, dtype=np.uint16),
            counts=np.array(self._counts, dtype=np.uint16).reshape(-1, 3),
        )
        about = About(
            name,
            self._model,
            self._dimension,
            len(ids),
            self.rows,
            dict(self.kinds),
            sorted(gone),
            FORM,
            sizes_of(self.folder),
        )
        write_about(self.folder, about)
        return about

    def _draw(self) -> None:
        """What is made of all vectors: their moments, and the sketch where there are many."""
        first = np.array(self._first, dtype=np.intp)
        counts = np.array(self._counts, dtype=np.intp).reshape(-1, 3)
        empty = np.zeros((0, self._dimension), np.float32)
        file = self.folder / VECTORS
        vectors = np.memmap(file, "<f4", "r", shape=(self.rows, self._dimension)) if self.rows else empty

        def rows_of(kind: int) -> Places:
            return rows_at(first + counts[:, :kind].sum(1), counts[:, kind])

        def read(rows: Places) -> Vectors:
            found: Vectors = np.take(vectors, rows, axis=0)
            return found

        write_moments(self.folder, self._dimension, counts, rows_of, read)
        if self.rows > SKETCHED:
            write_sketch(self.folder / SKETCH, self._dimension, counts.sum(0), rows_of, read)

    def close(self) -> None:
        """Let go of the files, finished or not."""
        self._vectors.close()
        self._hashes.close()
        self._texts.close()

    def _close(self, words: list[str]) -> None:
        """The words of an article are complete."""
        if words:
            self._words.add("\n" + "\n".join(words))
            words.clear()


def model_of(folder: Path) -> str:
    """The embedding model of a volume, finished or not; "" where it is none."""
    file = folder / MODEL
    return file.read_text("utf-8") if file.is_file() else ""


class Bank:
    """The vectors of volumes, finished or not, by chunk hash. Nothing but hashes is held in memory."""

    def __init__(self, folders: Iterable[Path], dimension: int) -> None:
        self._dimension = dimension
        self._files: list[int] = []
        hashes: list[np.ndarray[tuple[int], np.dtype[np.void]]] = []
        wheres: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
        for folder in (path for one in folders for path in (one, one / FRESH)):
            if not (folder / HASHES).exists() or not (folder / VECTORS).exists():
                continue
            said = np.fromfile(folder / HASHES, dtype=f"V{HASH}")
            rows = min(len(said), (folder / VECTORS).stat().st_size // (4 * dimension))
            hashes.append(said[:rows])
            wheres.append(np.arange(rows, dtype=np.int64) + (len(self._files) << 40))
            self._files.append(os.open(folder / VECTORS, os.O_RDONLY))
        keys = np.concatenate(hashes).view(f"S{HASH}") if hashes else np.zeros(0, f"S{HASH}")
        self._order = np.argsort(keys, kind="stable")
        self._keys, self._wheres = keys[self._order], np.concatenate(wheres) if wheres else np.zeros(0, np.int64)

    def close(self) -> None:
        """Let go of the files."""
        while self._files:
            os.close(self._files.pop())

    def get(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        """Those that it has, each of unit length."""
        wanted = np.array([bytes.fromhex(h) for h in hashes], dtype=f"S{HASH}")
        if not len(self._keys) or not len(wanted):
            return {}
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: dict[str, Vectors] = {}
        for name, place, same in zip(hashes, at.tolist(), (self._keys[at] == wanted).tolist(), strict=True):
            if same and name not in found:
                where = int(self._wheres[self._order[place]])
                raw = os.pread(
                    self._files[where >> 40], 4 * self._dimension, (where & (1 << 40) - 1) * 4 * self._dimension
                )
                row = np.frombuffer(raw, dtype="<f4")
                if row.shape == (self._dimension,) and abs(float(np.linalg.norm(row)) - 1) < 1e-3:
                    found[name] = row
        return found
