"""A page served for the time of a `with`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.servers.serving import serving_page


@contextmanager
def served(folder: Path, data: Path, port: int = 0, **environment: str) -> Iterator[str]:
    """`fatiao ui` on a free port, started from a folder of no meaning; gives its address."""
    with serving_page(folder, port=port, FATIAO_DATA_DIR=str(data), **environment) as page:
        yield page.url
