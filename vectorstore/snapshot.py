"""A generation in memory, and its copy in a file: written whole, checked when it is read."""

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.chunks import Metadata

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stored:
    """A whole generation in memory. `vectors` is (n, dimension), rows as in `ids`."""

    ids: list[str]
    texts: list[str]
    metadatas: list[Metadata]
    vectors: Vectors


def save(file: Path, stored: Stored) -> None:
    """Copy a generation into a file. Raises OSError."""
    said = json.dumps([stored.ids, stored.texts, stored.metadatas], ensure_ascii=False).encode()

    def write(part: Path) -> None:
        with part.open("wb") as out:
            np.savez(out, vectors=stored.vectors, said=np.frombuffer(said, np.uint8))

    replace(file, write)


def load(file: Path) -> Stored | None:
    """The copy; None where it is missing or damaged (the archive's checksums are compared)."""
    try:
        with file.open("rb") as raw, np.load(raw) as held:
            ids, texts, metadatas = json.loads(held["said"].tobytes())
            return Stored(ids, texts, metadatas, held["vectors"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def replace(file: Path, write: Callable[[Path], Any]) -> None:
    """Write a file so that a reader, or a crash, finds the old one or the new one, whole."""
    part = file.with_name(file.name + ".part")
    write(part)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
