"""Every vector of a volume in bytes along its main axes: what a question looks through whole.

A vector of 384 numbers is known well enough to say that it is *not* among the best from where it stands along a few
axes. COARSE of them are looked at for every row, the next FINE for the rows that are left, and those that are left
then are scored exactly from `vectors.f4`. The files are mapped: processes of a machine share what the system has read.

`coarse.i1`, `fine.i1`  (rows, axes) bytes, all parts first, then all 款, then all likely questions
`axes.npz`              the mean, the axes and the step of a byte along each
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.arrays import Places, Vectors

#: Axes of which every row is looked at, and those looked at then.
COARSE, FINE = 48, 144
#: Rows that the axes are taken from, and rows worked on at a time, in making and in asking: their numbers stay in the
#: processor's cache.
_SAMPLE, _BLOCK, _ASKED = 10_000, 4096, 1 << 15
#: The largest number of a byte with a sign.
_MOST = 127
Cosines = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
_FILES = ("coarse.i1", "fine.i1", "axes.npz")


class Sketch:
    """The sketch of a volume; `counts` (articles, 3) says how many rows of each kind an article has."""

    def __init__(self, folder: Path, counts: Places) -> None:
        coarse, fine, axes = (folder / name for name in _FILES)
        self._counts = counts
        self._sizes = counts.sum(0)
        rows = int(self._sizes.sum())
        with np.load(axes) as held:
            self._mean, self._steps = held["mean"], held["steps"]
            self._axes = np.ascontiguousarray(held["axes"].T)
        split = self._split = coarse.stat().st_size // max(1, rows)
        self._coarse = np.asarray(np.memmap(coarse, np.int8, "r", shape=(rows, split)))
        self._fine = np.asarray(np.memmap(fine, np.int8, "r", shape=(rows, len(self._axes) - split)))
        self._begins = [0, *np.cumsum(self._sizes).tolist()]

    def cosines(self, kind: int, vector: Vectors) -> Cosines:
        """Of every row of a kind with a vector (dimension,), nearly."""
        begin, end = self._begins[kind], self._begins[kind + 1]
        along = np.vecdot(self._axes[: self._split], vector) * self._steps[: self._split]
        out = _products(self._coarse[begin:end], along)
        out += np.vecdot(self._mean, vector)
        return out

    def finer(self, kind: int, vector: Vectors, rows: Places) -> Cosines:
        """What the further axes add to the cosines of some rows of a kind."""
        begin = self._begins[kind]
        along = np.vecdot(self._axes[self._split :], vector) * self._steps[self._split :]
        return _products(np.take(self._fine, begin + rows, axis=0), along)


def _products(rows: Bytes, along: Vectors) -> Cosines:
    """(rows,) products of rows of bytes (rows, axes) with a vector (axes,), which is put into bytes too: what that
    takes from it is far less than what the axes leave out."""
    from simsimd import cdist

    step = float(np.abs(along).max(initial=0.0)) / _MOST or 1.0
    asked = np.round(along / step).astype(np.int8)[None]
    out = np.empty(len(rows), dtype=np.float32)
    for at in range(0, len(rows), _ASKED):
        some = rows[at : at + _ASKED]
        np.multiply(np.asarray(cdist(asked, some, "dot"))[0], step, out=out[at : at + len(some)], casting="unsafe")
    return out


def write_sketch(
    folder: Path, dimension: int, sizes: Places, rows_of: Callable[[int], Places], read: Callable[[Places], Vectors]
) -> None:
    """Make the sketch of a volume. `sizes` (3,) are rows a kind, `rows_of(kind)` where these stand, `read` gives them.

    Raises OSError.
    """
    folder.mkdir(exist_ok=True)
    order = np.concatenate([rows_of(kind) for kind in range(len(sizes))])
    sample = read(np.sort(order[:: max(1, len(order) // _SAMPLE)])).astype(np.float64)
    mean = sample.mean(0)
    _, axes = np.linalg.eigh(np.atleast_2d(np.cov(sample - mean, rowvar=False)))
    axes = axes[:, ::-1][:, : min(COARSE + FINE, dimension)]
    steps = np.maximum(np.abs((sample - mean) @ axes).max(0), 1e-6) / _MOST
    turn = (axes / steps).astype(np.float32)
    split = min(COARSE, axes.shape[1])
    with (folder / _FILES[0]).open("wb") as coarse, (folder / _FILES[1]).open("wb") as fine:
        for at in range(0, len(order), _BLOCK):
            turned = (read(order[at : at + _BLOCK]) - mean.astype(np.float32)) @ turn
            whole = np.clip(np.round(turned), -_MOST, _MOST).astype(np.int8)
            coarse.write(np.ascontiguousarray(whole[:, :split]).tobytes())
            fine.write(np.ascontiguousarray(whole[:, split:]).tobytes())
    np.savez(
        folder / _FILES[2],
        mean=mean.astype(np.float32),
        axes=axes.astype(np.float32),
        steps=steps.astype(np.float32),
    )
