"""A generation in memory, and its copy in a file: written whole, held to its digest when it is read."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.arrays import Vectors
from vectorstore.chunks import Metadata


@dataclass(frozen=True, slots=True)
class Stored:
    """A whole generation in memory. `vectors` is (n, dimension), rows as in `ids`."""

    ids: list[str]
    texts: list[str]
    metadatas: list[Metadata]
    vectors: Vectors


def save(file: Path, stored: Stored) -> str:
    """Copy a generation into a file; returns the digest that it is held to. Raises OSError."""
    said = json.dumps([stored.ids, stored.texts, stored.metadatas], ensure_ascii=False).encode()
    vectors = np.ascontiguousarray(stored.vectors, dtype=np.float32)

    def write(part: Path) -> None:
        with part.open("wb") as out:
            np.savez(out, vectors=vectors, said=np.frombuffer(said, np.uint8))

    replace(file, write)
    return _digest(said, vectors)


def load(file: Path, digest: str) -> Stored | None:
    """The copy; None where it is missing, or is not to the last byte what was saved with this digest."""
    if not digest:
        return None
    try:
        with file.open("rb") as raw, np.load(raw) as held:
            said, vectors = held["said"].tobytes(), held["vectors"]
            if vectors.dtype != np.float32 or _digest(said, vectors) != digest:
                return None
            ids, texts, metadatas = json.loads(said)
            return Stored(ids, texts, metadatas, vectors)
    except Exception:  # however it is damaged: Chroma holds the same, and is read instead
        return None


def _digest(said: bytes, vectors: Vectors) -> str:
    digest = hashlib.sha256(f"{vectors.shape} {len(said)} ".encode())
    digest.update(said)
    digest.update(vectors.tobytes())
    return digest.hexdigest()


def replace(file: Path, write: Callable[[Path], Any]) -> None:
    """Write a file so that a reader, or a crash, finds the old one or the new one, whole."""
    part = file.with_name(file.name + ".part")
    write(part)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
