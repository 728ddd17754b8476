"""What was fitted for each embedding model, a folder each.

`whole`: how much is asked for, of a whole regulation or not, about the regulations' matter or not; `stated`: whether an
article states what is asked, `alone` where that is one thing by itself; `sure`: how likely the best article answers
where nobody has written likely questions; `aside`: whether a turn of a talk is about something else; `treated`: whether
a regulation treats a matter. The fits (`python -m evals.calibrate.fit_…`) keep theirs here and leave the others' alone.
"""

import re
from collections.abc import Collection, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

HeadName = Literal["whole", "stated", "alone", "sure", "aside", "treated"]
Arrays = Mapping[str, npt.NDArray[Any]]


def fitted(model: str, head: HeadName, names: Collection[str]) -> Arrays | None:
    """The arrays of a head; None where not all of these names were fitted for that embedding model."""
    file = _file(model, head)
    if not file.is_file():
        return None
    with file.open("rb") as raw, np.load(raw) as held:
        return {name: held[name] for name in held.files} if set(names) <= set(held.files) else None


def keep(model: str, head: HeadName, arrays: Arrays) -> Path:
    """These arrays in the place of those of the same names; the file."""
    file = Path(str(_file(model, head)))
    file.parent.mkdir(exist_ok=True)
    np.savez_compressed(file, **{**(fitted(model, head, ()) or {}), **arrays})  # type: ignore[arg-type]
    return file


def _file(model: str, head: HeadName) -> Traversable:
    return files("assistant.decide") / "heads" / re.sub(r"[^A-Za-z0-9.]+", "-", model) / f"{head}.npz"
