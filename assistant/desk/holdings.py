"""What the index holds of each regulation, since when, and what looked wrong in its source."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.decide.lookups import dates_of
from assistant.desk.browse import chapters
from law.corpus import load_corpus
from law.errors import FatiaoError
from law.regulation import Finding, Regulation
from vectorstore.library import Library

log = logging.getLogger("fatiao")


@dataclass(frozen=True, slots=True)
class Holding:
    """One regulation. `findings` is None where its source is not at hand."""

    regulation: Regulation
    dates: str
    paragraphs: int
    chapters: int
    findings: tuple[Finding, ...] | None


def holdings(library: Library, folder: Path | None = None) -> tuple[Holding, ...]:
    """Every regulation in service; `folder` is the corpus folder (None: the bundled one)."""
    findings = _findings(folder)
    return tuple(
        Holding(r, dates_of(r), sum(len(a.paragraphs) for a in r.numbered), len(chapters(r)), findings.get(r.sha256))
        for r in library.regulations
    )


@lru_cache(maxsize=2)
def _findings(folder: Path | None) -> dict[str, tuple[Finding, ...]]:
    """By the sha256 of the source."""
    try:
        return {r.sha256: r.findings for r in load_corpus(folder)}
    except FatiaoError as error:
        log.warning("%s", error)
        return {}
