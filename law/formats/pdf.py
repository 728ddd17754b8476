"""A PDF as lines. Pages that hold a picture instead of words are recognised by `scan`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from law.errors import DocumentError
from law.formats.extracted import Extracted, Progress
from law.formats.page_rows import Page
from law.formats.page_text import text_of
from law.formats.pdf_characters import pieces_of
from law.regulation import Finding

if TYPE_CHECKING:
    import pypdfium2

#: More pages are a book, not a regulation; of scanned ones fewer, since each takes some seconds.
MAX_PAGES, MAX_SCANNED_PAGES = 500, 120
#: A page with fewer characters than this holds a picture, if anything.
_LEAST_CHARACTERS = 12
_ODD = 0.3  # of a page's characters are private ones: the font has no meanings, the page is read as a picture


def read_pdf(data: bytes, name: str, progress: Progress | None = None) -> Extracted:
    """The words of a PDF, by OCR where its pages are pictures. Raises DocumentError."""
    document = _opened(data, name)
    try:
        count = len(document)
        if not count:
            raise DocumentError(f"「{name}」里一页也没有。")
        if count > MAX_PAGES:
            raise DocumentError(f"「{name}」有 {count} 页，超过 {MAX_PAGES} 页，请拆成几个文件再读入。")
        pages = [_page(document[i], i + 1) for i in range(count)]
        scanned = [p.number for p in pages if _is_picture(p)]
        if not scanned:
            return text_of(pages, "pdf")
        return _with_scans(document, pages, scanned, name, progress)
    finally:
        document.close()


def _with_scans(
    document: "pypdfium2.PdfDocument",
    pages: Sequence[Page],
    scanned: Sequence[int],
    name: str,
    progress: Progress | None,
) -> Extracted:
    from law.formats.scan import recognise

    drawn = [n for n in scanned if _has_drawing(document[n - 1])]
    if not drawn and len(scanned) == len(pages):
        raise DocumentError(f"「{name}」的 {len(pages)} 页都是空白的，没有可读的条文。")
    if len(drawn) > MAX_SCANNED_PAGES:
        raise DocumentError(f"「{name}」有 {len(drawn)} 页扫描件，超过 {MAX_SCANNED_PAGES} 页，请拆成几个文件再读入。")
    read = dict(zip(drawn, recognise(document, drawn, progress), strict=True))
    whole = [read.get(p.number, p) for p in pages]
    if not any(p.pieces for p in whole):
        raise DocumentError(f"「{name}」是扫描件，但没有认出文字；请用更清楚的扫描件，或找有文字的版本。")
    finding = Finding(0, "scanned", f"{len(drawn)} 页是扫描件，文字由程序识别，请对照原件核对。")
    return text_of(whole, "scan" if len(drawn) * 2 > len(pages) else "pdf", [finding])


def _opened(data: bytes, name: str) -> "pypdfium2.PdfDocument":
    try:
        import pypdfium2
    except ImportError as error:
        raise DocumentError(
            f"「{name}」是 PDF。读 PDF 需要另外的组件，"
            "请在项目文件夹里运行 .venv/bin/python -m pip install -e '.[office]'。"
        ) from error
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise DocumentError(f"「{name}」加了密码，请先去掉密码再读入。") from error
        raise DocumentError(f"「{name}」是损坏的 PDF，请重新下载或重新导出。") from error


def _page(page: "pypdfium2.PdfPage", number: int) -> Page:
    width, height = page.get_size()
    words = page.get_textpage()
    try:
        pieces = pieces_of(words, height)
    finally:
        words.close()
        page.close()
    return Page(number, width, height, tuple(pieces))


def _is_picture(page: Page) -> bool:
    text = "".join(p.text for p in page.pieces)
    odd = sum("\ue000" <= ch <= "\uf8ff" or ch == "\ufffd" for ch in text)
    return len(text) < _LEAST_CHARACTERS or odd > _ODD * len(text)


def _has_drawing(page: "pypdfium2.PdfPage") -> bool:
    try:
        return next(iter(page.get_objects(max_depth=3)), None) is not None
    finally:
        page.close()
