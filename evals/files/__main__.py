"""`python -m evals.files [--samples N] [--seed S] [--kind KIND…] [--show] [--keep FOLDER] FOLDER`."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.files.compare import FileOutcome, compared, summed
from evals.files.papers import paper, printers
from evals.files.sample import Sample, samples_in
from evals.files.scans import scanned
from evals.files.sites import site_page
from evals.files.word import FURNISHED, NUMBERED, PLAIN, REVISED, word_file
from law.corpus import regulation_of
from law.errors import FatiaoError
from law.formats.reading import read_bytes, read_document
from law.regulation import Regulation

PDF, PDF_FURNISHED, SCAN, HTML = "pdf", "pdf-furnished", "scan", "html"
KINDS = (PLAIN, NUMBERED, FURNISHED, REVISED, PDF, PDF_FURNISHED, SCAN, HTML)
#: Articles of a scan: each page takes some seconds.
_SHORT = 60


def made(sample: Sample, kind: str, at: int, seed: int) -> bytes:
    """The bytes of one file; `at` chooses the printer of a PDF."""
    if kind == HTML:
        return site_page(sample, seed)
    if kind in (PLAIN, NUMBERED, FURNISHED, REVISED):
        return word_file(sample, kind, seed)
    able = printers()
    printed = paper(sample, furniture=kind == PDF_FURNISHED, seed=seed, printer=able[(at + seed) % len(able)])
    return scanned(printed, seed + at, most_pages=100) if kind == SCAN else printed


def _outcomes(
    samples: Sequence[Sample], folder: Path, kinds: Sequence[str], seed: int, keep: Path | None
) -> Iterator[FileOutcome]:
    for at, sample in enumerate(samples):
        source = regulation_of(read_document(folder / f"{sample.name}.md"), new_id="x")
        for kind in kinds:
            if kind == SCAN and len(source.numbered) > _SHORT:
                continue
            data = made(sample, kind, at, seed)
            suffix = {HTML: "html"}.get(kind, "docx" if kind.startswith("docx") else "pdf")
            name = f"{sample.name}.{kind}.{suffix}"
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / name).write_bytes(data)
            yield compared(kind, name, source, _read(data, name), scan=kind == SCAN)


def _read(data: bytes, name: str) -> Regulation:
    return regulation_of(read_bytes(data, name), new_id="x")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures by kind; 1 where an article or a title of a kind but scans is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--samples", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--keep", type=Path)
    said = parser.parse_args(arguments)
    by_kind: dict[str, list[FileOutcome]] = defaultdict(list)
    samples = samples_in(said.folder, said.samples, said.seed)
    try:
        for outcome in _outcomes(samples, said.folder, said.kind or KINDS, said.seed, said.keep):
            by_kind[outcome.kind].append(outcome)
            if said.show and outcome.wrong:
                print(f"{outcome.name}: {len(outcome.wrong)} wrong", *outcome.wrong[:6], sep="\n    ")
    except FatiaoError as error:
        print(error)
        return 2
    for outcomes in by_kind.values():
        print(summed(outcomes))
    whole = all(o.right == o.articles and o.title_right for k, many in by_kind.items() if k != SCAN for o in many)
    scans = by_kind.get(SCAN, [])
    enough = sum(o.right for o in scans) >= 0.97 * sum(o.articles for o in scans)
    return 0 if whole and enough else 1


if __name__ == "__main__":
    sys.exit(main())
