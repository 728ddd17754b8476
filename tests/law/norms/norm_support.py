"""What the tests of norms read of a text."""

from law.norms import norms_of_text


def read(text: str, field: str) -> list[str]:
    """The values of a field over all norms of a text, each once, in order."""
    return sorted({value for norm in norms_of_text(text) for value in getattr(norm, field)})
