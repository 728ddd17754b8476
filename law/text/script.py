"""Simplified and Traditional script: index and compare in Simplified, quote the original."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

SIMPLIFIED, TRADITIONAL = "simplified", "traditional"
#: One Chinese character.
HAN = re.compile(r"[一-鿿]")
_KEPT = re.compile("([\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u2473])")
_HALF = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=2)
def _converter(direction: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(direction)


def _convert(direction: str, text: str) -> str:
    """Half a character (a lone surrogate), which OpenCC cannot take, becomes U+FFFD."""
    return str(_converter(direction).convert(_HALF.sub("\ufffd", text)))


@lru_cache(maxsize=1)
def mainland_terms() -> dict[str, str]:
    """Words of Taiwan, in Simplified characters, and what the mainland says."""
    data = tomllib.loads((files("law.text") / "terms.toml").read_text("utf-8"))
    return dict(data["mainland"])


def to_simplified(text: str) -> str:
    """Simplified characters and mainland words; Simplified text comes back unchanged.

    OpenCC's `tw2sp` would also change words that are right on the mainland (建立, 核心, 程序),
    so only characters are converted, and then the reviewed words of `terms.toml`, and these
    only in a text that was Traditional.
    """
    plain = _convert("t2s", text)
    if plain == text:
        return text
    for taiwan, mainland in mainland_terms().items():
        plain = plain.replace(taiwan, mainland)
    return plain


def mend_typing(text: str) -> str:
    """Words of this field that are often mistyped, as they should be: 补帖 is 补贴."""
    for typed, meant in _mistyped().items():
        text = text.replace(typed, meant)
    return text


@lru_cache(maxsize=1)
def _mistyped() -> dict[str, str]:
    data = tomllib.loads((files("law.text") / "terms.toml").read_text("utf-8"))
    return dict(data["mistyped"])


def same_length_simplified(text: str) -> str:
    """Simplified characters one by one, so that places in it are places in the text."""
    return "".join(map(_one, text))


@lru_cache(maxsize=8192)
def _one(character: str) -> str:
    simplified = _convert("t2s", character)
    return simplified if len(simplified) == 1 else character


def to_traditional(text: str) -> str:
    """Traditional characters, for what the program itself says to a Traditional question."""
    return _convert("s2tw", text)


def script_of(text: str) -> str:
    """`traditional` when more than one Chinese character in fifty is a Traditional form."""
    sample = text[:20_000]
    plain = _convert("t2s", sample)
    han = len(HAN.findall(sample))
    changed = sum(a != b for a, b in zip(sample, plain, strict=False)) if len(plain) == len(sample) else han
    return TRADITIONAL if han and changed * 50 > han else SIMPLIFIED


def half_width(text: str) -> str:
    """NFKC, but a number in a circle or above the line stays what it is: ② is no 2, and 10² no 102.

    >>> half_width("第５８条（②）")
    '第58条(②)'
    """
    return "".join(p if _KEPT.match(p) else unicodedata.normalize("NFKC", p) for p in _KEPT.split(text))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The form in which texts are compared: NFKC, Simplified, lower case, no white space."""
    return plain_long(text)


def plain_long(text: str) -> str:
    """As `plain`, of a text that is too long to be kept."""
    return "".join(to_simplified(unicodedata.normalize("NFKC", text)).split()).lower()
