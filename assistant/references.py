"""Article numbers in a question: 第58条, ５８条, 第十条之一, 第二款, 最后一款, 第(三)项, 上一条."""

import re
from dataclasses import dataclass

from vectorstore.numerals import NUMBER, to_int

_ARTICLE = re.compile(
    rf"第\s*({NUMBER})\s*条(?:之([一二三四五六七八九十]{{1,3}}))?|"
    r"(?<![0-9一-鿿])((?:[0-9]{1,3}|[一二三四五六七八九十百]{2,5}))\s*条(?!规定|措施|意见|建议|内容)|"
    r"(?<=[一-鿿])((?:[0-9]{1,3}|(?<![第一二三四五六七八九十百])[二三四五六七八九]?十[一二三四五六七八九]?))\s*条(?=[第\s【、,，。?？]|$|讲|写|说|的|规定)|"
    r"\bart(?:icle)?\.?\s*([0-9]{1,3})",
    re.I,
)
_CHAPTER = re.compile(rf"第\s*({NUMBER})\s*章")
_PARAGRAPH = re.compile(rf"^\s*(?:的|中|里)?\s*第?\s*({NUMBER})\s*款|^\s*的?\s*(最后|末)一?款")
_ITEM = re.compile(rf"^\s*的?\s*第?\s*[（(]?\s*({NUMBER})\s*[）)]?\s*项")
_LONE_PARAGRAPH = re.compile(rf"第\s*({NUMBER})\s*款|(最后|末)一?款")
_LONE_ITEM = re.compile(rf"第\s*[（(]?\s*({NUMBER})\s*[）)]?\s*项")
_NEIGHBOUR = re.compile(r"(上|前|下|后)一?条")
LAST = -1


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a regulation. 0 means not said; `paragraph` is LAST for 最后一款.

    `number` is 0 for a 款 without its article and for a whole `chapter`; `step` is -1 or 1 for 上一条 and 下一条.
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
    found: list[Reference] = []
    for hit in _ARTICLE.finditer(text):
        number = to_int(hit[1] or hit[3] or hit[4] or hit[5])
        if not number:
            continue
        rest = text[hit.end() :]
        paragraph, used = _paragraph(rest)
        item = _ITEM.match(rest[used:])
        found.append(Reference(number, to_int(hit[2] or "") or 0, paragraph, (to_int(item[1]) or 0) if item else 0))
    return tuple(dict.fromkeys(found)) or _without_article(text)


def _without_article(text: str) -> tuple[Reference, ...]:
    if chapter := _CHAPTER.search(text):
        return (Reference(chapter=to_int(chapter[1]) or 0),)
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
