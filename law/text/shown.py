"""Characters that a terminal or a reader would obey (ESC, a carriage return, a turned direction): shown, not obeyed."""

import re

#: Controls but tab and what ends a line or a page; marks that turn or isolate a direction; invisible tags.
_OBEYED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_BREAK = re.compile(r"\r\n?|[\x0b\x0c]")
_HALF = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """A text in which whatever would be obeyed is named instead.

    >>> shown("武汉\\x1b[2J第五条\\u202e")
    '武汉〔U+001B〕[2J第五条〔U+202E〕'
    """
    named = _OBEYED.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", _BREAK.sub("\n", text))
    return _HALF.sub("\ufffd", named)


def json_shown(text: str) -> str:
    """JSON in which they stand as escapes: another text, the same value."""
    return re.sub(f"{_OBEYED.pattern}|{_HALF.pattern}", lambda found: _escaped(ord(found[0])), text)


def _escaped(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
