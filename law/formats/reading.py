"""The one seam between files and everything else: a path becomes a Document, by what the file is, not by its name."""

import hashlib
from pathlib import Path

from law.errors import DocumentError
from law.formats import sniff
from law.formats.document import MAX_BYTES, Document, decode
from law.formats.extracted import Extracted, Progress

#: A scan of some hundred pages. A text is held to `document.MAX_BYTES`.
MAX_FILE_BYTES = 100_000_000
_REFUSED = {
    sniff.SPREADSHEET: "是电子表格，不是法规文本；要读其中的文字，请粘贴到 Word 里存为 docx。",
    sniff.SLIDES: "是演示文稿，不是法规文本；要读其中的文字，请粘贴到 Word 里存为 docx。",
    sniff.PICTURE: "是一张图片；扫描件请合成一个 PDF 再读入。",
    sniff.OFD: "是 OFD 版式文件，请用阅读器另存为 PDF 或 docx 再读入。",
    sniff.ARCHIVE: "是压缩包，请先解压，再逐个读入其中的文件。",
    sniff.ENCRYPTED: "加了密码，请先去掉密码再读入。",
}


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
    if kind in _REFUSED:
        raise DocumentError(f"「{name}」{_REFUSED[kind]}")
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
