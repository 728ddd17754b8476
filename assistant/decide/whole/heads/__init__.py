"""What was fitted for each embedding model, a file each."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable


def head_file(model: str) -> Traversable:
    """Where the heads of an embedding model lie."""
    return files("assistant.decide.whole") / "heads" / f"{re.sub(r'[^A-Za-z0-9.]+', '-', model)}.npz"
