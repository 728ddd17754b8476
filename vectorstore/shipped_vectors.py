"""The vectors of a corpus folder travel with it, so that a first index takes seconds.

One file beside the regulations holds, for one embedding model, the vector of every chunk by the hash of its text, in
half precision. What does not fit (another model, a text that has changed) is simply not found, and is embedded as ever.

`python -m vectorstore.shipped_vectors [FOLDER]` (`make vectors`) embeds what the file lacks and leaves out what no
chunk has any more.
"""

import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from law.bundled import bundled_folder
from law.corpus import load_corpus
from vectorstore import snapshot
from vectorstore.arrays import Vectors
from vectorstore.chunks import chunks_of
from vectorstore.embeddings import Embedder, OfflineEmbeddings, dimension_of, model_name

FILE = "vectors.npz"
#: How far from 1 the length of a vector may lie after half precision; further off it is not one of ours.
_LENGTH_TOLERANCE = 1e-2
#: Chunks embedded between two reports of progress.
_STEP = 64
#: Bytes of a chunk's hash, which is written in hexadecimal.
_HASH_BYTES = 12


def unit_rows(rows: Vectors) -> Vectors:
    """(n, dimension), each row of length one."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def read_vectors(folder: Path, model: str, dimension: int) -> dict[str, Vectors]:
    """The vectors that travel with a corpus folder, by chunk hash; none of another model or of a damaged file."""
    try:
        with (folder / FILE).open("rb") as raw, np.load(raw) as held:
            if str(held["model"]) != model:
                return {}
            hashes, vectors = held["hashes"], held["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    if hashes.shape != (len(vectors), _HASH_BYTES) or vectors.shape[1:] != (dimension,):
        return {}
    whole = np.abs(np.linalg.norm(vectors, axis=1) - 1) < _LENGTH_TOLERANCE
    names = [row.tobytes().hex() for row in hashes]
    return {name: row for name, row, good in zip(names, unit_rows(vectors), whole, strict=True) if good}


def write_vectors(folder: Path, model: str, vectors: dict[str, Vectors]) -> None:
    """Write the file whole, in the order of the hashes: the same vectors give the same bytes. Raises OSError."""
    names = sorted(vectors)
    hashes = np.array([list(bytes.fromhex(name)) for name in names], dtype=np.uint8)
    rows = np.stack([vectors[name] for name in names]).astype(np.float16)

    def write(part: Path) -> None:
        with part.open("wb") as out:
            np.savez_compressed(out, model=np.array(model), hashes=hashes, vectors=rows)

    snapshot.replace(folder / FILE, write)


def renew(
    folder: Path, embeddings: Embedder, progress: Callable[[int, int], None] | None = None
) -> tuple[int, int, int]:
    """Bring the file to exactly the chunks of the folder: how many it holds, how many are new, how many went."""
    texts = {c.hash: c.text for regulation in load_corpus(folder) for c in chunks_of(regulation)}
    model = model_name(embeddings)
    former = read_vectors(folder, model, dimension_of(embeddings))
    kept = {name: row for name, row in former.items() if name in texts}
    missing = [name for name in texts if name not in kept]
    fresh: dict[str, Vectors] = {}
    for at in range(0, len(missing), _STEP):
        part = missing[at : at + _STEP]
        rows = np.asarray(embeddings.embed_documents([texts[name] for name in part]), dtype=np.float32)
        fresh |= zip(part, unit_rows(rows), strict=True)
        if progress:
            progress(at + len(part), len(missing))
    if missing or len(kept) != len(former):
        write_vectors(folder, model, {**kept, **fresh})
    return len(texts), len(missing), len(former) - len(kept)


def main(arguments: Sequence[str]) -> None:
    """Renew the vectors of one folder, by default of the bundled corpus."""
    folder = Path(arguments[0]) if arguments else bundled_folder()

    def say(done: int, total: int) -> None:
        sys.stdout.write(f"\r{done} / {total}")
        sys.stdout.flush()

    held, new, gone = renew(folder, OfflineEmbeddings(), say)
    size = (folder / FILE).stat().st_size / 1e6
    sys.stdout.write(f"\r{folder / FILE}:共 {held} 个向量（{size:.1f} MB），新算 {new} 个，去掉 {gone} 个。\n")


if __name__ == "__main__":
    main(sys.argv[1:])
