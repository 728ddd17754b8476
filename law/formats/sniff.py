"""What is this file? Told by its first bytes, never by its name."""

import re

from law.formats.archive import open_archive

TEXT, DOCX, PDF, HTML, RTF, OLE, ODT = "text", "docx", "pdf", "html", "rtf", "ole", "odt"
#: Kinds that are named in a refusal, and what to do instead.
SPREADSHEET, SLIDES, PICTURE, OFD, ARCHIVE, ENCRYPTED, BINARY = (
    "spreadsheet",
    "slides",
    "picture",
    "ofd",
    "archive",
    "encrypted",
    "binary",
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x0cjP", b"8BPS")
_OTHER_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.I)
_LEAD = re.compile(rb"^(?:\xef\xbb\xbf|\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*", re.S)


def kind_of(data: bytes, name: str = "") -> str:
    """The kind of a file's bytes. Raises DocumentError where a zip archive is broken, locked or a bomb.

    >>> kind_of(b"%PDF-1.7"), kind_of("第一条 甲。".encode()), kind_of(b"{\\\\rtf1 x}")
    ('pdf', 'text', 'rtf')
    """
    head = data[:8192]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(data, name)
    if head.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.lstrip().startswith(b"{\\rtf"):
        return RTF
    if head.startswith(_PICTURES[:3]) or head.startswith(_PICTURES[4:]) or _is_bitmap(data) or _is_webp(head):
        return PICTURE
    if head.startswith(_OTHER_ARCHIVES):
        return ARCHIVE
    lead = _LEAD.match(head)
    if _HTML.match(_without_zeros(head[lead.end() if lead else 0 :])):
        return HTML
    return TEXT


def _zipped(data: bytes, name: str) -> str:
    archive = open_archive(data, name)
    if archive.has("word/document.xml") or archive.any_below("word/"):
        return DOCX
    if archive.any_below("xl/"):
        return SPREADSHEET
    if archive.any_below("ppt/"):
        return SLIDES
    if archive.has("OFD.xml"):
        return OFD
    if archive.has("mimetype"):
        said = archive.parts.read("mimetype")[:100]
        return SPREADSHEET if b"spreadsheet" in said else ODT if b"opendocument.text" in said else ARCHIVE
    return ARCHIVE


def _compound(data: bytes) -> str:
    """An OLE file: an old Word document or table, or a new one that is locked. Told by its streams' names."""
    names = {key: key.encode("utf-16-le") for key in ("EncryptedPackage", "WordDocument", "Workbook", "PowerPoint")}
    if names["EncryptedPackage"] in data:
        return ENCRYPTED
    if names["WordDocument"] in data:
        return OLE
    if names["Workbook"] in data:
        return SPREADSHEET
    return SLIDES if names["PowerPoint"] in data else OLE


def _is_bitmap(data: bytes) -> bool:
    return data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data)


def _is_webp(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _without_zeros(head: bytes) -> bytes:
    """UTF-16 looks like ASCII with zeros in between."""
    return head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
