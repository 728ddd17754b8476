"""Standard output of a command: what a document or a question holds is shown on it, never obeyed by the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from law.text.shown import shown

if TYPE_CHECKING:
    from rich.console import Console


class TerminalStream:
    """A text stream that names what a terminal would obey; `raw` is the stream itself."""

    def __init__(self, raw: TextIO) -> None:
        self.raw = raw

    def write(self, text: str) -> int:
        """Write a text as it may be shown."""
        return self.raw.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Within, standard output shows and obeys nothing."""
    before = sys.stdout
    sys.stdout = TerminalStream(before)
    try:
        yield
    finally:
        sys.stdout = before


def console(width: int | None = None) -> "Console":
    """A console for tables, whose colours are its own: whatever is put into it goes through `shown` before."""
    from rich.console import Console

    out = sys.stdout.raw if isinstance(sys.stdout, TerminalStream) else sys.stdout
    return Console(file=out, width=width)
