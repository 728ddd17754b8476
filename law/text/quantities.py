"""Values of numerals, Chinese and Arabic, with 万 and 亿; cn2an takes longer to import than a sentence to judge."""

import re
from fractions import Fraction

_ZH = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000, "廿": 20, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

#: One numeral: 3, 3.5, 1,000万, 三十, 一点五, 一亿二千万, 二〇二三.
NUMERAL = (
    r"(?:[0-9][0-9,]*(?:\.[0-9]+)?[千百]?[万亿]*|"
    r"[零〇一二两三四五六七八九十百千廿壹贰叁拾佰仟][零〇一二两三四五六七八九十百千万亿廿壹贰叁拾佰仟]*"
    r"(?:点[零〇一二三四五六七八九]+[万亿]*)?)"
)


def value_of(text: str) -> Fraction | None:
    """The value of a numeral in NFKC Simplified text, or None where it is none.

    >>> value_of("七十"), value_of("1,000万"), value_of("一点五"), value_of("二〇二三"), value_of("章")
    (Fraction(70, 1), Fraction(10000000, 1), Fraction(3, 2), Fraction(2023, 1), None)
    """
    if found := re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)([千百]?)([万亿]*)", text):
        return Fraction(found[1].replace(",", "")) * _scale(found[2]) * _scale(found[3])
    whole, dot, decimals = text.partition("点")
    value = _chinese(whole)
    if value is None or not dot:
        return value
    digits = decimals.rstrip("万亿")
    if not digits or any(d not in _ZH for d in digits):
        return None
    fraction = Fraction(int("".join(str(_ZH[d]) for d in digits)), 10 ** len(digits))
    return (value + fraction) * _scale(decimals[len(digits) :])


def _scale(units: str) -> int:
    scale = 1
    for unit in units:
        scale *= _LARGE.get(unit) or _SMALL[unit]
    return scale


def _chinese(text: str) -> Fraction | None:
    """A numeral below the last 万 or 亿: 三百五, 一百零二, or digit by digit 二〇二三."""
    if not text:
        return None
    if all(c in _ZH for c in text):
        return Fraction(int("".join(str(_ZH[c]) for c in text)))
    total, part, digit = 0, 0, 0
    for at, c in enumerate(text):
        if c in _ZH:
            digit = _ZH[c]
        elif c in _SMALL:
            part += _SMALL[c] * (digit or (0 if c == "廿" else 1)) if c != "廿" else 20
            digit = 0
        elif c in _LARGE:
            total += (part + digit) * _LARGE[c]
            part = digit = 0
        else:
            return None
        if at == len(text) - 1 and c in _ZH and at and text[at - 1] in "百千":
            digit *= _SMALL[text[at - 1]] // 10  # 三百五 is 350
    return Fraction(total + part + digit)
