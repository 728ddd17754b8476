"""Who must, may or must not do what, for whom, on what condition: each sentence of the law, read once.

`norm` says what a norm is, `reader` reads the norms of a regulation, `choose` finds those that fit a wish.
"""

from typing import TYPE_CHECKING, Any

from law.norms.norm import BINDINGS, BOUNDS, CLASSES, KINDS, MEANS, Norm, NormFigure

if TYPE_CHECKING:
    from law.norms.reader import norms_in, norms_of, norms_of_article, norms_of_text

__all__ = [
    "BINDINGS",
    "BOUNDS",
    "CLASSES",
    "KINDS",
    "MEANS",
    "Norm",
    "NormFigure",
    "norms_in",
    "norms_of",
    "norms_of_article",
    "norms_of_text",
]


def __getattr__(name: str) -> Any:
    """The reader is loaded when it is first asked for: an answer reads the norms that the store holds."""
    if not name.startswith("norms_"):
        raise AttributeError(f"module 'law.norms' has no attribute {name!r}")
    from law.norms import reader

    return getattr(reader, name)
