"""The one reader of numerals, Chinese and Arabic: values of figures, numbers of articles, and how print has them.

A numeral that is not well formed (二十〇, 十一十二, 三百零十一, 三五十) has no value: whoever asks is told so, and no
other number is taken in its place.
"""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "貳": 2,
    "叁": 3,
    "參": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "陸": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ZERO = "零〇○"
_DIGIT = "[一二三四五六七八九]"
_PLAINER = str.maketrans(
    {c: "零一二三四五六七八九"[v] for c, v in _DIGITS.items()}
    | {"拾": "十", "佰": "百", "仟": "千", "廿": "二十", "卅": "三十", "卌": "四十"}
)
#: What speech leaves out: 百十二 is 百一十二, 百家 is 一百家, 三百五 is 三百五十.
_IN_FULL = (
    (re.compile(rf"(?<!{_DIGIT})十|^(?=[百千])"), lambda m: "一" + m[0]),
    (re.compile(rf"(?<=百){_DIGIT}$"), lambda m: m[0] + "十"),
    (re.compile(rf"(?<=千){_DIGIT}$"), lambda m: m[0] + "百"),
)
_PLACES = re.compile(rf"(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT})十)?零?({_DIGIT})?")

#: The characters of an article's number. A run of them need not be one: `to_int` says.
DIGITS = "0-9０-９一二三四五六七八九十百千万零〇○两兩壹贰叁肆伍陆柒捌玖拾佰廿卅卌"
#: One number, spaces between its digits allowed (「第 五 十 八 条」).
NUMBER = rf"[{DIGITS}](?:[ \t　]{{0,8}}[{DIGITS}])*"
#: No article, 款 or 项 has a higher number.
MOST = 10_000

#: One numeral of a figure: 3, 3.5, 1,000万, 三十, 一点五, 一亿二千万, 二〇二三.
NUMERAL = (
    r"(?:[0-9][0-9,]*(?:\.[0-9]+)?[千百]?[万亿]*|"
    r"[零〇一二两三四五六七八九十百千廿壹贰叁拾佰仟][零〇一二两三四五六七八九十百千万亿廿壹贰叁拾佰仟]*"
    r"(?:点[零〇一二三四五六七八九]+[万亿]*)?)"
)
#: Figures as they are written, Chinese ones of two digits and more, for those who only compare them.
WRITTEN = re.compile(r"[0-9]+|[零〇一二三四五六七八九十百千万]{2,}")
_ARABIC = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)([千百]?)([万亿]*)")
#: Longer than any numeral that is meant; more than this is not worth reading.
_LONGEST = 40
_COUNT = re.compile(rf"[{DIGITS}]{{1,12}}")


@lru_cache(maxsize=4096)
def value_of(text: str) -> Fraction | None:
    """The value of a numeral in NFKC text, or None where it is none.

    >>> value_of("七十"), value_of("1,000万"), value_of("一点五"), value_of("二〇二三"), value_of("章")
    (Fraction(70, 1), Fraction(10000000, 1), Fraction(3, 2), Fraction(2023, 1), None)
    """
    if len(text) > _LONGEST:
        return None
    if found := _ARABIC.fullmatch(text):
        return Fraction(found[1].replace(",", "")) * _scale(found[2]) * _scale(found[3])
    whole, dot, decimals = text.partition("点")
    value = _chinese(whole)
    if value is None or not dot:
        return None if value is None else Fraction(value)
    digits = decimals.rstrip("万亿")
    if not digits or any(d not in _DIGITS for d in digits):
        return None
    fraction = Fraction(int("".join(str(_DIGITS[d]) for d in digits)), 10 ** len(digits))
    return (value + fraction) * _scale(decimals[len(digits) :])


def to_int(text: str) -> int | None:
    """The number of an article, 款 or 项, or the year of a date; None where it is none or not plainly one.

    White space between the digits and full width are allowed; 百 alone, and 一二, which may be two numbers, are none.

    >>> to_int("五十八"), to_int("５８"), to_int("一百〇二"), to_int("二十〇"), to_int("十一十二"), to_int("章")
    (58, 58, 102, None, None, None)
    """
    return _counted("".join(text.split())) if len(text) <= 4 * _LONGEST else None


@lru_cache(maxsize=4096)
def _counted(bare: str) -> int | None:
    if not _COUNT.fullmatch(bare):
        return None
    bare = unicodedata.normalize("NFKC", bare)
    if bare.isascii():
        value: int | None = int(bare)
    elif bare[0] in "百千万佰" or _doubtful(bare):
        return None
    else:
        value = _chinese(bare)
    return value if value is not None and value <= MOST else None


def _doubtful(bare: str) -> bool:
    """一二 may be 一、二, and 一百二 may be 102 or 120."""
    if all(c in _DIGITS for c in bare):
        return len(bare) == 2 and not set(bare) & set(_ZERO)
    return bare[-1] in _DIGITS and bare[-2] in "百千万佰"


def _scale(units: str) -> int:
    scale = 1
    for unit in units:
        scale *= _LARGE.get(unit) or _UNITS[unit]
    return scale


def _chinese(text: str) -> int | None:
    """A well-formed Chinese numeral below 亿亿: 三百五, 一百零二, 一亿二千万, or digit by digit 二〇二三."""
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    for unit, scale in ((("亿", "億"), 100_000_000), (("万", "萬"), 10_000)):
        at = max(text.rfind(u) for u in unit)
        if at > 0:
            return _joined(_chinese(text[:at]), text[at + 1 :], scale)
    return _below_ten_thousand(text)


def _joined(left: int | None, rest: str, scale: int) -> int | None:
    """What stands before 万 or 亿, and what follows it: nothing, 零五百, 五千, or 五 for 五千 (三万五)."""
    if left is None or not rest:
        return None if left is None else left * scale
    if len(rest) == 1 and (digit := _DIGITS.get(rest)):
        return left * scale + digit * scale // 10
    right = _chinese(rest.lstrip(_ZERO) if rest[0] in _ZERO and rest[1:2] not in _ZERO else rest)
    return left * scale + right if right is not None and right < scale and rest[-1] not in _ZERO else None


def _below_ten_thousand(text: str) -> int | None:
    """Read loosely, and held to how the value is spelt: what differs from that is not well formed."""
    spelt = text.translate(_PLAINER)
    for old, new in _IN_FULL:
        spelt = old.sub(new, spelt)
    found = _PLACES.fullmatch(spelt)
    if not found:
        return None
    value = sum(_DIGITS[d] * unit for d, unit in zip(found.groups(), (1000, 100, 10, 1), strict=True) if d)
    return value if spelt == _spelt_in_full(value) else None


def to_chinese(number: int) -> str:
    """A number as articles print it; beyond 9999, which no article reaches, its digits.

    >>> to_chinese(10), to_chinese(58), to_chinese(102), to_chinese(112)
    ('十', '五十八', '一百零二', '一百一十二')
    """
    if not 0 <= number < 10_000:
        return str(number)
    text = _spelt_in_full(number)
    return text[1:] if text.startswith("一十") else text


def _spelt_in_full(number: int) -> str:
    """0 to 9999 with every 一: 一十, 一百一十."""
    text, units = "", ("千", "百", "十", "")
    for digit, unit in zip(f"{number:04d}", units, strict=True):
        text += "零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + unit
    return re.sub("零+", "零", text).strip("零") or "零"


def article_label(number: int, suffix: int = 0) -> str:
    """第二十条, 第十条之一; 题注 for the text before the first article."""
    if number == 0:
        return "题注"
    tail = f"之{to_chinese(suffix)}" if suffix else ""
    return f"第{to_chinese(number)}条{tail}"
