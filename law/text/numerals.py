"""Chinese and Arabic numerals, as articles and items are numbered with them."""

import re
import unicodedata

DIGITS = "0-9０-９一二三四五六七八九十百千零〇○两兩壹贰叁肆伍陆柒捌玖拾佰廿卅"
#: One number, spaces between its digits allowed (「第 五 十 八 条」).
NUMBER = rf"[{DIGITS}](?:[ \t　]*[{DIGITS}])*"

_NUMERAL = re.compile(rf"^[{DIGITS}]{{1,12}}$")
_PLAIN = str.maketrans({"〇": "零", "○": "零", "两": "二", "兩": "二"})
_OLD = {"廿": "二十", "卅": "三十"}


def to_int(text: str) -> int | None:
    """The value of a numeral, or None when it is none.

    >>> to_int("五十八"), to_int("５８"), to_int("一百〇二"), to_int("章")
    (58, 58, 102, None)
    """
    bare = re.sub(r"\s", "", text)
    if not _NUMERAL.match(bare):
        return None
    plain = unicodedata.normalize("NFKC", bare).translate(_PLAIN)
    for old, new in _OLD.items():
        plain = plain.replace(old, new)
    if plain.isdigit() and plain.isascii():
        return int(plain)
    import cn2an

    try:
        return int(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return None


def to_chinese(number: int) -> str:
    """A number as articles print it; beyond 9999, which no article reaches, its digits.

    Written out here because every citation needs it and importing cn2an takes as long as answering;
    a test holds it to cn2an.

    >>> to_chinese(10), to_chinese(58), to_chinese(102), to_chinese(112)
    ('十', '五十八', '一百零二', '一百一十二')
    """
    if not 0 <= number < 10_000:
        return str(number)
    text, units = "", ("千", "百", "十", "")
    for digit, unit in zip(f"{number:04d}", units, strict=True):
        text += "零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + unit
    text = re.sub("零+", "零", text).strip("零") or "零"
    return text[1:] if text.startswith("一十") else text


def article_label(number: int, suffix: int = 0) -> str:
    """第二十条, 第十条之一; 题注 for the text before the first article."""
    if number == 0:
        return "题注"
    tail = f"之{to_chinese(suffix)}" if suffix else ""
    return f"第{to_chinese(number)}条{tail}"


def printed_date(iso: str) -> str:
    """An ISO date as Chinese print has it.

    >>> printed_date("2025-01-01")
    '2025年1月1日'
    """
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
