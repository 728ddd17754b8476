"""Article numbers in a question: 第58条, ５８条, 第十条之一, 第二款, 最后一款, 第(三)项, 上一条."""

import re
from dataclasses import dataclass

from law.text.numerals import NUMBER, to_int

_ARTICLE = re.compile(
    rf"第\s*({NUMBER})\s*条(?:之([一二三四五六七八九十]{{1,3}}))?|"
    r"(?<![0-9一-鿿])((?:[0-9]{1,3}|[一二三四五六七八九十百]{2,5}))\s*条(?!规定|措施|意见|建议|内容)|"
    r"(?<=[一-鿿])((?:[0-9]{1,3}|(?<![第一二三四五六七八九十百])[二三四五六七八九]?十[一二三四五六七八九]?))\s*条(?=[第\s【、,，。?？（(0-9一二三四五六七八九十]|$|讲|写|说|的|规定|是|里|原文|全文|内容)|"
    r"\bart(?:icle)?\.?\s*([0-9]{1,3})",
    re.I,
)
_FROM_END = re.compile(rf"倒数第\s*({NUMBER})\s*条|(最后|末)一?条")
_JOIN = r"\s*(?:[、,，]|和|及|与|以及|跟)\s*"
_RANGE = re.compile(rf"第?\s*({NUMBER})\s*(条|款)?\s*(?:至|到|-|—|–|~)\s*第?\s*({NUMBER})\s*(条|款)")
_LIST = re.compile(
    rf"第\s*((?:{NUMBER}{_JOIN})+{NUMBER})\s*(条|款)|(?<=[一-鿿])((?:[0-9]{{1,3}}{_JOIN})+[0-9]{{1,3}})\s*(条)"
)
_FIRST_TWO = re.compile(r"前([两二三])款")
_MORE = re.compile(rf"^{_JOIN}第?\s*({NUMBER})\s*款")
_IN_CHAPTER = re.compile(rf"第\s*({NUMBER})\s*章[^第]{{0,3}}$")
#: Characters before a number among which its chapter is looked for.
_NEAR = 40
_MOST = 30  # a range longer than this is a slip
_CHAPTER = re.compile(rf"第\s*({NUMBER})\s*章|(最后|末)一?章")
_PARAGRAPH = re.compile(rf"^\s*(?:的|中|里)?\s*第?\s*({NUMBER})\s*款|^\s*的?\s*(最后|末)一?款")
_ITEM = re.compile(rf"^\s*的?\s*第?\s*[（(]?\s*({NUMBER})\s*[）)]?\s*项")
_LONE_PARAGRAPH = re.compile(rf"第\s*({NUMBER})\s*款|(最后|末)一?款")
_LONE_ITEM = re.compile(rf"第\s*[（(]?\s*({NUMBER})\s*[）)]?\s*项")
_NEIGHBOUR = re.compile(r"(上|前|下|后)一?条")
_BESIDE = re.compile(rf"第\s*({NUMBER})\s*条\s*(?:的)?(上|前|下|后)(?:面)?(?:的)?(?:那)?一条")
LAST = -1
_UNREAD = re.compile(rf"第\s*({NUMBER})\s*[条条](?:之([一二三四五六七八九十]{{1,3}}))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a regulation. 0 means not said; `paragraph` is LAST for 最后一款.

    A negative `number` or `chapter` counts from the end: -1 is 最后一条. `number` is 0 for a 款 without
    its article and for a whole `chapter`; `step` is -1 or 1 for 上一条 and 下一条.
    """

    number: int = 0
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    step: int = 0
    chapter: int = 0
    of: str = ""  # the regulation id, where the question says which number belongs to which city


def references_in(text: str) -> tuple[Reference, ...]:
    """Every reference in a text that is NFKC and Simplified already; only exact numbers.

    >>> references_in("武汉第五十八条第二款")
    (Reference(number=58, suffix=0, paragraph=2, item=0, step=0, chapter=0, of=''),)
    >>> references_in("出台了三条措施")
    ()
    """
    text = _BESIDE.sub(_neighbour, _spelt_out(text))
    found = [Reference(-(to_int(hit[1] or "") or 1)) for hit in _FROM_END.finditer(text)]
    text = _FROM_END.sub("", text)
    for hit in _ARTICLE.finditer(text):
        number = to_int(hit[1] or hit[3] or hit[4] or hit[5])
        if not number:
            continue
        within = _IN_CHAPTER.search(text[max(0, hit.start() - _NEAR) : hit.start()])
        chapter = (to_int(within[1]) or 0) if within else 0
        suffix, rest = to_int(hit[2] or "") or 0, text[hit.end() :]
        paragraph, used = _paragraph(rest)
        item = _ITEM.match(rest[used:])
        found.append(Reference(number, suffix, paragraph, (to_int(item[1]) or 0) if item else 0, chapter=chapter))
        rest = rest[used:]
        while paragraph and (more := _MORE.match(rest)):
            found.append(Reference(number, suffix, to_int(more[1]) or 0, chapter=chapter))
            rest = rest[more.end() :]
    return tuple(dict.fromkeys(found)) or _without_article(text)


def unread_in(text: str) -> tuple[str, ...]:
    """What stands where the number of an article should, and is none: 第二十〇条.

    >>> unread_in("武汉第二十〇条和第二十条")
    ('第二十〇条',)
    """
    return tuple(dict.fromkeys(hit[0] for hit in _UNREAD.finditer(text) if to_int(hit[1]) is None))


def _spelt_out(text: str) -> str:
    """Ranges and lists one by one: 第44-47条, 58、59条, 第二、三款, 前两款.

    >>> _spelt_out("第七十四至七十六条"), _spelt_out("武汉58、59条"), _spelt_out("第二十条前两款")
    ('第74条、第75条、第76条', '武汉第58条、第59条', '第二十条第1款、第2款')
    """

    def one_by_one(numbers: list[int], unit: str) -> str:
        return "、".join(f"第{n}{unit}" for n in numbers)

    def ranged(hit: re.Match[str]) -> str:
        first, last = to_int(hit[1]) or 0, to_int(hit[3]) or 0
        if hit[2] not in (None, hit[4]) or not 0 < first < last < first + _MOST:
            return hit[0]
        return one_by_one(list(range(first, last + 1)), hit[4])

    def listed(hit: re.Match[str]) -> str:
        numbers = [to_int(n) or 0 for n in re.split(_JOIN, hit[1] or hit[3])]
        return one_by_one(numbers, hit[2] or hit[4]) if all(numbers) else hit[0]

    text = _LIST.sub(listed, _RANGE.sub(ranged, text))
    return _FIRST_TWO.sub(lambda hit: one_by_one(list(range(1, (to_int(hit[1]) or 1) + 1)), "款"), text)


def _neighbour(hit: re.Match[str]) -> str:
    """第52条的上一条 is 第51条; the one before 第一条 is itself none and stays 第0条, which no text has."""
    return f"第{(to_int(hit[1]) or 0) + (-1 if hit[2] in '上前' else 1)}条"


def _without_article(text: str) -> tuple[Reference, ...]:
    if chapter := _CHAPTER.search(text):
        return (Reference(chapter=LAST if chapter[2] else to_int(chapter[1]) or 0),)
    if neighbour := _NEIGHBOUR.search(text):
        return (Reference(step=-1 if neighbour[1] in "上前" else 1),)
    paragraph, item = _LONE_PARAGRAPH.search(text), _LONE_ITEM.search(text)
    if not paragraph and not item:
        return ()
    which = (LAST if paragraph[2] else to_int(paragraph[1]) or 0) if paragraph else 0
    return (Reference(paragraph=which, item=(to_int(item[1]) or 0) if item else 0),)


def _paragraph(rest: str) -> tuple[int, int]:
    hit = _PARAGRAPH.match(rest)
    if not hit:
        return 0, 0
    return (LAST if hit[2] else to_int(hit[1]) or 0), hit.end()
