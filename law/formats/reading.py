"""The one seam between files and everything else: a path becomes a Document, by what the file is, not by its name."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from law.errors import DocumentError
from law.formats import sniff
from law.formats.document import MAX_BYTES, Document, decode
from law.formats.extracted import Extracted, Progress

#: A scan of some hundred pages. A text is held to `document.MAX_BYTES`.
MAX_FILE_BYTES = 100_000_000


def read_document(path: Path, progress: Progress | None = None) -> Document:
    """Read a file of any kind that is understood.

    `progress("ocr", page, pages)` is called while a scan is recognised. Raises DocumentError, naming the
    path and the mend.
    """
    return read_bytes(_bytes_of(path), str(path), progress)


def read_bytes(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The same for what an upload brings. Raises DocumentError."""
    if not data.strip():
        raise DocumentError(f"「{name}」是空的，没有可读的条文。")
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError(f"「{name}」超过 {MAX_FILE_BYTES // 1_000_000} MB，请拆分后再读入。")
    kind = sniff.kind_of(data, name)
    if what := _refused().get(kind):
        raise DocumentError(f"「{name}」{what}")
    if kind == sniff.TEXT:
        if len(data) > MAX_BYTES:
            raise DocumentError(f"「{name}」超过 {MAX_BYTES // 1_000_000} MB,请拆分后再读入。")
        return decode(data, name)
    read = _extract(kind, data, name, progress)
    return Document(read.text, "utf-8", hashlib.sha256(data).hexdigest(), name, read.format, read.findings, read.doubts)


def _extract(kind: str, data: bytes, name: str, progress: Progress | None) -> Extracted:
    """Each reader is imported where it is used: plain text pays for none of them."""
    if kind == sniff.DOCX:
        from law.formats.docx import read_docx

        return read_docx(data, name)
    if kind == sniff.PDF:
        from law.formats.pdf import read_pdf

        return read_pdf(data, name, progress)
    if kind == sniff.HTML:
        from law.formats.html import read_html

        return read_html(data, name)
    from law.formats.libreoffice import converted

    return _extract(sniff.DOCX, converted(data, name, kind), name, progress)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(f"「{path}」是文件夹，这里需要一个文件。")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DocumentError(f"「{path}」超过 {MAX_FILE_BYTES // 1_000_000} MB，请拆分后再读入。")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(f"读不到「{path}」({reason}),请检查路径和权限。") from error


@cache
def _refused() -> dict[str, str]:
    """What is said of files that hold no text of a law, by kind."""
    return tomllib.loads((files("law.formats") / "refused.toml").read_text("utf-8"))
