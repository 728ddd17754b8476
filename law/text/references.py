"""The one reader of places in a regulation: 第58条, ５８条, 第十条之一, 第44-47条, 第二、三款, 第(三)项, 上一条.

`parts_of` finds what is numbered (条, 款, 项, 章, 节), each run of numbers once and in one pass; `read_references` puts
the parts together to the places that a question names. What stands where a number should and is none is handed back as
`unread`: whoever looks up a place says so and takes no other number instead. 条 counts other things as well
(第二条生产线, 出台了二十条措施); those are no references.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from law.text.numerals import NUMBER, to_int

LAST = -1
#: A range of more than this is read up to here, and said to be cut.
LONGEST_RANGE = 30

_RANGE = r"\s*(?:至|到|-|—|–|~)\s*"
_JOIN = r"\s*(?:[、,，]|和|及|与|以及|跟|还有)\s*"
_SUFFIX = r"(?:\s*之\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![般致切些律定项款间前后中内外十百0-9]))?"
_ELEMENT = re.compile(rf"(第)?\s*([(（])?\s*({NUMBER})\s*([)）])?\s*(?:(条|款|项|章|节){_SUFFIX})?")
_SUFFIX_ALONE = re.compile(r"之([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![般致切些律定])")
_BETWEEN = re.compile(rf"({_RANGE})|{_JOIN}")
_ODD = re.compile(
    r"第?\s*(?<![0-9.])[0-9一二三四五六七八九十百零〇]{0,6}[.·•/+=×′″'\"①-⑳]"
    r"[0-9一二三四五六七八九十百零〇.·•/+=×′″'\"①-⑳]{0,6}\s*[条款项](?![目件例])"
)
#: A 款 or a 项 whose number is none, as 款 and 项 are written: 第③款, 第（三）款, 第V项.
_ODD_WITHIN = re.compile(
    r"\s*的?\s*(?:第?\s*[①-⑳]|第\s*(?:[a-zA-Z]{1,4}|[(（]\s*[0-9一二三四五六七八九十]{1,3}\s*[)）](?=\s*款)))\s*[款项](?!目)"
)
#: Between 第 and 条, what is written like a number and is none: 第-5条, 第五点八条, 第V条, 第58a条, 第五十几条.
_LIKE_A_NUMBER = re.compile(
    r"第\s*([0-9a-zA-Z零〇○一二两三四五六七八九十百千万几数负半点分之.,·•′″'\"①-⑳()（）\-–—#§%+/:×=_ ]{1,16})\s*条"
)
_ASKED_FOR = re.compile(r"\s*几\s*")  # 在第几条
#: After 条, a suffix that is none: 第58条之百, 第五条之零.
_ODD_SUFFIX = re.compile(r"\s*之\s*[0零〇百千万]")
_START = re.compile(
    rf"第\s*[(（]?\s*(?={NUMBER})|"
    rf"(?<!第-)(?<!第负)(?<![0-9一二三四五六七八九十][点/+=×·•:])"
    rf"(?<![0-9a-zA-Z.′″'\"零〇一二三四五六七八九十百千万两])(?={NUMBER})"
)
_FROM_END = re.compile(
    rf"倒数第\s*({NUMBER})\s*条|(?:最后|末|(?<![以之然今往此其过行布力效])后(?=[二两三四五]))([一二两三四五])?条(?!件)"
)
_LATIN = re.compile(r"(?:\bart(?:icle)?\.?|§)\s*([0-9]{1,3})(?![0-9])", re.I)
#: After the head of a title a number alone is an article's: 科技进步条例20.
_AFTER_TITLE = re.compile(
    r"(?:条例|办法|规定|细则|草案|征求意见稿)[》)）]{0,2}\s*([0-9]{1,3})(?=\s*(?:[,，。?？!！]|$|[讲说写是的怎]))"
)
_LAST_PARAGRAPH = re.compile(r"(?:最后|末)一?款")
_FIRST = re.compile(r"前([二两三四五六七八九十])(条|款)")
_NEIGHBOUR = re.compile(r"(?<![以如])(上|前|下|后)一?条(?![件款例理目文])")
_BESIDE = re.compile(r"\s*的?(上|前|下|后)(?:面)?(?:的)?(?:那)?一条(?![件款例理目文])")
_ITEM_ALONE = re.compile(rf"\s*[(（]\s*({NUMBER})\s*[)）](?!\s*[条款章节])\s*项?")
_GAP = re.compile(r"\s*(?:的|中|里|之)?\s*")
_CHAPTER_GAP = 3

#: What is counted by 条 and is no article, as the head of a short phrase: 第二条生产线, 第十条中试线, 第二条增长曲线.
_COUNTED = re.compile(
    r"(?:(?![的是有怎什对规讲说写里款项第在为和与])[一-鿿]){0,6}?"
    r"(?:(?<![一在上下])线(?![上下索])|链|赛道|通道|隧道|道路|铁路|公路|马路|跑道|航道|管道|街|河|船|鱼|狗|腿|命|消息|短信|新闻|"
    r"评论|留言|意见|建议|措施|举措|经验|理由|产业带|走廊|路子|弄堂|高铁|地铁|轻轨|索道|水渠|"
    r"胡同|裤子|裙子|毛巾|围巾|绳子|尾巴|蛇|横幅|微博|弹幕)"
)
#: Before a number without 第 these say that 条 counts: 意见132条, 共二十条, 出台三十条.
_COUNTING = re.compile(
    r"(?:意见|建议|措施|举措|回复|政策|新政|收到|征集|征求|共|总共|一共|全文|出台|发布|制定|提出?|新增|修改|删除|有|约|近|超过?|达|"
    r"等|各|这|那|几|多|每|某|数|了|前|后|出|科创|黄金|惠企)$"
)
_CITING = re.compile(
    r"(?:条例|办法|草案|稿子?|规定|细则|决定|法|[》)）」市省]|第?[0-9一二三四五六七八九十百零〇]+[条款章]|[、和及与跟])$"
)
_AFTER = re.compile(
    r"(?=[第\s【、,，.。?？!！（(;；:：》」])|$|讲|写|说|的|规定|是|里|中|原文|全文|内容|怎|有没有|对|呢|吗|和|与|及|跟|到|至|什么|"
    r"各|都|分别|全部|念|发|[0-9一二三四五六七八九十]{1,3}[款项](?!目)|[①-⑳]"
)
_NO_BARE = re.compile(r"规定|措施|意见|建议|内容(?=[,，])")


#: 前款, 前两条 and (三) after a 条 point to a place without a number of their own.
_POINTING = re.compile(r"(?<=条)\([0-9一二三四五六七八九十]{1,3}\)|前[一二两三四五]?[款项条]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a regulation. 0 means not said; `paragraph` is LAST for 最后一款.

    A negative `number` or `chapter` counts from the end: -1 is 最后一条. `number` is 0 for a 款 without
    its article and for a whole `chapter`; `step` is -1 or 1 for the article before or after: of `number`, or
    of the one last spoken of.
    """

    number: int = 0
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    step: int = 0
    chapter: int = 0
    of: str = ""  # the regulation id, where the question says which number belongs to which city


@dataclass(frozen=True, slots=True)
class Part:
    """What is numbered in a text: `numbers` of one `unit` (条, 款, 项, 章, 节), each (number, suffix).

    `numbers` is empty where what is written is no number; `cut` says that a range was too long.
    """

    start: int
    end: int
    unit: str
    numbers: tuple[tuple[int, int], ...]
    cut: bool = False
    ordinal: bool = True  # written with 第


@dataclass(frozen=True, slots=True)
class ReferencesRead:
    """The places named, in order and once; what is no number; ranges that were cut; where all of it stands."""

    references: tuple[Reference, ...]
    unread: tuple[str, ...]
    cut: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def references_in(text: str) -> tuple[Reference, ...]:
    """Every reference in a text that is NFKC and Simplified already; only exact numbers.

    >>> references_in("武汉第五十八条第二款")
    (Reference(number=58, suffix=0, paragraph=2, item=0, step=0, chapter=0, of=''),)
    >>> references_in("出台了三条措施"), references_in("建第二条生产线")
    ((), ())
    """
    return read_references(text).references


def parts_of(text: str) -> tuple[Part, ...]:
    """Everything numbered by 条, 款, 项, 章 or 节, in order; series and ranges are one part."""
    parts: list[Part] = []
    at = 0
    while found := _START.search(text, at):
        begin = found.start()
        part, end = _series(text, begin)
        within = bool(part and parts and part.unit in "款项" and parts[-1].end == begin)  # 30条二款
        if part and (text[begin] == "第" or within or _is_bare_reference(text, part)) and not _counts(text, part):
            parts.append(part)
        at = max(end, found.end(), begin + 1)
    return tuple(parts)


def _series(text: str, begin: int) -> tuple[Part | None, int]:
    """Numbers joined to one unit from `begin` on, and where to read on; None where no unit follows."""
    numbers: list[tuple[int | None, int, bool]] = []  # number, suffix, whether a range leads to it
    good, unit, end, ranged = 0, "", begin, False
    at = begin
    while element := _ELEMENT.match(text, at):
        if numbers and element[5] and unit and element[5] != unit:
            break
        if bool(element[2]) != bool(element[4]) or (element[2] and element[5] not in (None, "项")):
            break
        numbers.append((to_int(element[3]), to_int(element[6] or "") or 0, ranged))
        end = element.end()
        if element[5]:
            if (odd := _ODD_SUFFIX.match(text, end)) or (element[6] and not to_int(element[6])):
                numbers[-1], end = (None, 0, ranged), odd.end() if odd else end
            unit, good, last = element[5], len(numbers), end
            while element[6] and (further := _further_suffix(text, end)):
                numbers.append((numbers[-1][0], further[0], further[2]))
                good, end = len(numbers), further[1]
                last = end
        between = _BETWEEN.match(text, end)
        if not between or (element[5] and not between[1] and text.startswith("第", between.end())):
            break
        ranged, at = bool(between[1]), between.end()
    if not unit:
        return None, end
    return _part(begin, last, unit, numbers[:good], text[begin] == "第"), last


def _further_suffix(text: str, end: int) -> tuple[int, int, bool] | None:
    """「…之一到之三」「…之一、之二」: the suffix, where it ends, and whether a range leads to it."""
    between = _BETWEEN.match(text, end)
    found = _SUFFIX_ALONE.match(text, between.end()) if between else None
    if not between or not found:
        return None
    return to_int(found[1]) or 0, found.end(), bool(between[1])


def _part(begin: int, end: int, unit: str, said: Sequence[tuple[int | None, int, bool]], ordinal: bool) -> Part:
    numbers: dict[tuple[int, int], None] = {}
    cut = False
    before: tuple[int, int] | None = None
    for number, suffix, ranged in said:
        if not number:
            return Part(begin, end, unit, (), ordinal=ordinal)
        if ranged and before:
            between = _between(before, (number, suffix))
            cut |= len(between) >= LONGEST_RANGE
            numbers |= dict.fromkeys(between[: LONGEST_RANGE - 1])
        if not (ranged and cut):
            numbers[number, suffix] = None
        before = (number, suffix)
    return Part(begin, end, unit, tuple(numbers), cut, ordinal)


def _between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """What a range holds after its first place; of one that runs backwards its last place alone."""
    if first[0] == last[0]:
        return [(first[0], s) for s in range(first[1] + 1, last[1] + 1)]
    return [(n, 0) for n in range(first[0] + 1, last[0] + 1)] if not last[1] else [last]


def _is_bare_reference(text: str, part: Part) -> bool:
    """Whether 58条 without 第 names an article: after a law or a place, or where the sentence goes on as of one."""
    written, before = text[part.start : part.end], text[max(0, part.start - 8) : part.start]
    if part.unit != "条" or _COUNTING.search(before) or written[0] in "一两":
        return False
    cited = bool(_CITING.search(before))
    followed = bool(_AFTER.match(text, part.end)) and (cited or not _NO_BARE.match(text, part.end))
    single = len(written) == 2 and written[0] in "二三四五六七八九"
    if cited or not before[-1:] or not "一" <= before[-1] <= "鿿":
        return followed if single or not cited else True
    return followed and not single


def _counts(text: str, part: Part) -> bool:
    """条 counts a thing: 第二条生产线."""
    return part.unit == "条" and bool(_COUNTED.match(text, part.end))


def read_references(text: str) -> ReferencesRead:
    """The places that a text names, what it has in place of a number, and where."""
    found: dict[Reference, None] = {}
    unread: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    cut: list[str] = []

    def take(start: int, end: int, *references: Reference) -> None:
        spans.append((start, end))
        found.update(dict.fromkeys(references))

    for hit in _FROM_END.finditer(text):
        most = to_int(hit[2] or "一") or 1
        last = [-(to_int(hit[1]) or 1)] if hit[1] else list(range(-most, 0))
        take(*hit.span(), *(Reference(n) for n in last))
    from_end = tuple(spans)
    parts = [p for p in parts_of(text) if not any(s <= p.start < e for s, e in from_end)]
    chapter, at = 0, 0
    while at < len(parts):
        part = parts[at]
        at += 1
        if not part.numbers and part.unit in "条款项":
            unread[text[part.start : part.end]] = None
            spans.append((part.start, part.end))
        elif part.unit == "章":
            near = at < len(parts) and parts[at].unit == "条" and parts[at].start - part.end <= _CHAPTER_GAP
            chapter = part.numbers[0][0] if near and part.numbers else 0
        elif part.unit == "条":
            if part.cut:
                cut.append(text[part.start : part.end])
            end, used, within = _inside(text, parts, at)
            at += used
            odd = next((p for p in (_next(text, parts, at, end, u) for u in "款项") if p and not p.numbers), None)
            if (odd_end := odd.end if odd else _odd_within(text, end)) > end:
                unread[text[part.start : odd_end]] = None
                spans.append((part.start, odd_end))
                at, chapter = at + bool(odd), 0
                continue
            *whole, (number, suffix) = part.numbers
            take(
                part.start,
                end,
                *(Reference(n, s, chapter=chapter) for n, s in whole),
                *(Reference(number, suffix, w.paragraph, w.item, w.step, chapter) for w in within),
            )
            chapter = 0
    for hit in (*_LATIN.finditer(text), *_AFTER_TITLE.finditer(text)):
        take(hit.start() if hit.re is _LATIN else hit.start(1), hit.end(), Reference(int(hit[1])))
    for hit in _FIRST.finditer(text):
        if hit[2] == "条" and not _COUNTED.match(text, hit.end()) and _AFTER.match(text, hit.end()):
            take(*hit.span(), *(Reference(n) for n in range(1, (to_int(hit[1]) or 1) + 1)))
    odd_ones = (*_ODD.finditer(text), *(m for m in _LIKE_A_NUMBER.finditer(text) if _is_no_number(m[1])))
    unread |= {m[0]: None for m in odd_ones if not any(a < m.end() and m.start() < b for a, b in spans)}
    if not found and not unread:
        for reference, span in _without_article(text, parts):
            take(*span, reference)
    return ReferencesRead(tuple(found), tuple(unread), tuple(cut), tuple(sorted(spans)))


def _odd_within(text: str, end: int) -> int:
    """Where a 款 or 项 that is none (第③款) ends, right after an article; `end` where there is none."""
    found = _ODD_WITHIN.match(text, end)
    return found.end() if found else end


def _is_no_number(written: str) -> bool:
    """Whether what stands between 第 and 条 is neither a number, nor several, nor the question for one."""
    return not _ASKED_FOR.fullmatch(written) and not any(to_int(n) for n in re.split(_JOIN, written) if n.strip())


def _inside(text: str, parts: Sequence[Part], at: int) -> tuple[int, int, list[Reference]]:
    """款, 项, 之上一条 after an article: where they end, how many parts, and the places without their number."""
    end = parts[at - 1].end
    if beside := _BESIDE.match(text, end):
        return beside.end(), 0, [Reference(step=-1 if beside[1] in "上前" else 1)]
    used, paragraphs, items = 0, [0], [0]
    gap = _GAP.match(text, end)
    if gap and (last := _LAST_PARAGRAPH.match(text, gap.end())):
        end, paragraphs = last.end(), [LAST]
    elif gap and (first := _FIRST.match(text, gap.end())) and first[2] == "款":
        end, paragraphs = first.end(), list(range(1, (to_int(first[1]) or 1) + 1))
    elif (part := _next(text, parts, at, end, "款")) and part.numbers:
        end, used, paragraphs = part.end, 1, [n for n, _ in part.numbers]
        while (more := _next(text, parts, at + used, end, "款", joined=True)) and more.numbers:
            end, used, paragraphs = more.end, used + 1, [*paragraphs, *(n for n, _ in more.numbers)]
    if (part := _next(text, parts, at + used, end, "项")) and part.numbers:
        end, used, items = part.end, used + 1, [n for n, _ in part.numbers]
        while (more := _next(text, parts, at + used, end, "项", joined=True)) and more.numbers:
            end, used, items = more.end, used + 1, [*items, *(n for n, _ in more.numbers)]
    elif (alone := _ITEM_ALONE.match(text, end)) and (number := to_int(alone[1])):
        end, items = alone.end(), [number]
    return end, used, [Reference(paragraph=p, item=i) for p in paragraphs for i in items]


def _next(text: str, parts: Sequence[Part], at: int, end: int, unit: str, *, joined: bool = False) -> Part | None:
    """The part after `end`, where it is of that unit and nothing but a particle (or a join) stands between."""
    if at >= len(parts) or parts[at].unit != unit:
        return None
    between = re.compile(_JOIN) if joined else _GAP
    return parts[at] if between.fullmatch(text, end, parts[at].start) else None


def _without_article(text: str, parts: Sequence[Part]) -> list[tuple[Reference, tuple[int, int]]]:
    """A whole chapter, the article before or after, or a 款 or 项 of an article that is not said."""
    if last := re.search(r"(?:最后|末)一?章", text):
        return [(Reference(chapter=LAST), last.span())]
    if chapter := next((p for p in parts if p.unit == "章" and p.numbers), None):
        return [(Reference(chapter=chapter.numbers[0][0]), (chapter.start, chapter.end))]
    if neighbour := _NEIGHBOUR.search(text):
        return [(Reference(step=-1 if neighbour[1] in "上前" else 1), neighbour.span())]
    named = {u: p for u in "项款" for p in reversed(parts) if p.unit == u and p.ordinal and p.numbers}
    last = _LAST_PARAGRAPH.search(text)
    if not named and not last:
        return []
    which = LAST if last else named["款"].numbers[0][0] if "款" in named else 0
    item = named["项"].numbers[0][0] if "项" in named else 0
    spans = [*(last.span() for last in [last] if last), *((p.start, p.end) for p in named.values())]
    return [(Reference(paragraph=which, item=item), (min(spans)[0], max(spans)[1]))]


def without_references(text: str, fill: str = "") -> str:
    """The text without the places it names; with `fill`, each character of them replaced by it.

    >>> without_references("第五十九条写的什么"), without_references("第20条第二款", "|")
    ('写的什么', '||||||||')
    """
    kept, at = [], 0
    for start, end in read_references(text).spans:
        kept.append(text[at:start] + fill * (end - start))
        at = max(at, end)
    return "".join([*kept, text[at:]])


def article_named(text: str) -> Reference | None:
    """The one article that a label names: 58, 第五十八条, 10.1 and 第十条之一; None where it is no label."""
    label = re.sub(r"\s", "", text)
    if found := re.fullmatch(rf"({NUMBER})(?:[.．]([0-9]{{1,2}}))?", label):
        number = to_int(found[1])
        return Reference(number, int(found[2] or 0)) if number is not None else None
    read = read_references(label if label.startswith("第") else f"第{label}")
    (whole,) = read.references if len(read.references) == 1 else (None,)
    return whole if whole and read.spans[0][1] >= len(label) and not whole.step and whole.number > 0 else None


def blank_references(text: str) -> str:
    """The text with every reference blanked out, each other character in its place."""
    for part in parts_of(text):
        if part.ordinal:
            text = text[: part.start] + "|" * (part.end - part.start) + text[part.end :]
    return _POINTING.sub(lambda m: "|" * len(m[0]), text)
