"""Texts on their way into the database and into documents."""

import json
import re
from typing import Any

#: What PostgreSQL cannot hold and XML 1.0 forbids; tab and line ends stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text that any database, Word and UTF-8 can hold: control characters left out, half characters as �."""
    return _NO_CHARACTER.sub("\ufffd", _CONTROL.sub("", text))


def folded(text: str) -> str:
    """The form in which records are searched: NFKC, Simplified, lower case, no white space."""
    from law.text.script import plain

    return plain(clean(text))


def to_json(value: Any) -> str:
    """JSON that keeps every character: Chinese as it is, what no database holds as an escape.

    Only two halves that follow each other in order come back as the one character that they are.
    """
    said = json.dumps(value, ensure_ascii=False)
    return _NO_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
