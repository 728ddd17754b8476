"""Bytes become text, text becomes lines; nothing is lost or rewritten on the way."""

import codecs
import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass

from law.errors import DocumentError
from law.formats.extracted import Doubt
from law.regulation import Finding
from law.text.rules import load_rules

MAX_BYTES = 20_000_000
_LEAST_COMMON = 0.03
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded source. `text` keeps every character but a leading byte-order mark.

    `format` is what the file is by its content; of anything but plain text, `text` is what was read out of it.
    """

    text: str
    encoding: str
    sha256: str
    name: str = ""
    format: str = "text"
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line: its number from 1 and its offsets in the text, line break excluded."""

    number: int
    start: int
    end: int


def decode(data: bytes, name: str = "") -> Document:
    """Decode UTF-8, UTF-16 with a mark, GB18030 or Big5. Raises DocumentError for anything else."""
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise DocumentError(f"「{name}」是空的，没有可读的条文。")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return Document(_decoded(data, encoding, name), encoding, digest, name)
    if b"\x00" in data:
        raise DocumentError(f"「{name}」像是二进制文件，请先另存为纯文本或 Markdown(UTF-8)。")
    text, encoding = _best_reading(data)
    if not text:
        raise DocumentError(f"「{name}」不是 UTF-8、GB18030 或 Big5 文本，或者已经损坏，请另存为 UTF-8 后再试。")
    return Document(text, encoding, digest, name)


def lines_of(text: str) -> list[RawLine]:
    """The lines of a text by \\n, \\r\\n or \\r."""
    lines: list[RawLine] = []
    start = 0
    for found in _BREAK.finditer(text):
        lines.append(RawLine(len(lines) + 1, start, found.start()))
        start = found.end()
    lines.append(RawLine(len(lines) + 1, start, len(text)))
    return lines


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"「{name}」标着 {encoding} 却解不开，请另存为 UTF-8。") from error


def _best_reading(data: bytes) -> tuple[str, str]:
    """Text and encoding; ("", "") for none. GB18030 and Big5 share their bytes: the better Chinese wins."""
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig")
        return (text, "utf-8") if _looks_like_text(text) else ("", "")
    best, best_encoding, most = "", "", _LEAST_COMMON
    for encoding in ("gb18030", "big5hkscs"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if _looks_like_text(text) and _commonness(text) > most:
                best, best_encoding, most = text, encoding, _commonness(text)
    return best, best_encoding


def _commonness(text: str) -> float:
    """Share of the commonest characters of Chinese law among the Chinese ones; 1 for too short a text to tell."""
    common = load_rules("law.formats", "pages.toml")["common"].findall(text)
    han = sum("一" <= ch <= "鿿" for ch in text) + sum(not "一" <= ch <= "鿿" for ch in common)
    return len(common) / han if han >= 20 else 1.0


def _looks_like_text(text: str) -> bool:
    """Random bytes decode as GB18030 now and then; control and private characters give them away."""
    odd = sum((ch < " " and ch not in "\t\n\r\f\x0b") or "\ue000" <= ch <= "\uf8ff" or ch == "\x7f" for ch in text)
    return odd * 50 <= len(text)
