"""Who must, may or must not do what, for whom, on what condition: each sentence of the law, read once.

`norm` says what a norm is, `reader` reads the norms of a regulation, `choose` finds those that fit a wish.
"""

from law.norms.norm import BINDINGS, BOUNDS, CLASSES, KINDS, MEANS, Norm, NormFigure
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
