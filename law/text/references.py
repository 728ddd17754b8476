"""The one reader of places in a regulation: 第58条, ５８条, 第十条之一, 第44-47条, 第二、三款, 第(三)项, 上一条.

`numbered` finds what is numbered (条, 款, 项, 章, 节); `read_references` puts the parts together to the places that a
question names. What stands where a number should and is none is handed back as `unread`: whoever looks up a place says
so and takes no other number instead.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from law.text.numbered import JOIN, NumberedPart, counts_things, goes_on, parts_of, rules
from law.text.numerals import NUMBER, to_int
from law.text.rules import read_once

LAST = -1
_LATIN = re.compile(r"(?:\bart(?:icle)?\.?|§)\s*([0-9]{1,3})(?![0-9])", re.I)
_ITEM_ALONE = re.compile(rf"\s*[(（]\s*({NUMBER})\s*[)）](?!\s*[条款章节])\s*项?")
_GAP = re.compile(rules()["gap"].written.strip("^$"))
_CHAPTER_GAP = 3


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


def read_references(text: str) -> ReferencesRead:
    """The places that a text names, what it has in place of a number, and where."""
    found: dict[Reference, None] = {}
    unread: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    cut: list[str] = []

    def take(start: int, end: int, *references: Reference) -> None:
        spans.append((start, end))
        found.update(dict.fromkeys(references))

    for hit in rules()["from_end"].finditer(text):
        most = to_int(hit[2] or "一") or 1
        last = [-(to_int(hit[1]) or 1)] if hit[1] else list(range(-most, 0))
        take(*hit.span(), *(Reference(n) for n in last))
    from_end = tuple(spans)
    like = [m for m in rules()["like_a_number"].finditer(text) if _is_no_number(m[1])]
    # the 六条 of 第①六条 is no article
    taken = _covered(len(text), (*from_end, *((m.start() + 1, m.end()) for m in like)))
    parts = [p for p in parts_of(text) if not taken[p.start]]
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
    for hit in (*_LATIN.finditer(text), *rules()["after_title"].finditer(text)):
        take(hit.start() if hit.re is _LATIN else hit.start(1), hit.end(), Reference(int(hit[1])))
    for hit in rules()["first"].finditer(text):
        if hit[2] == "条" and not counts_things(text, hit.end()) and goes_on(text, hit.end()):
            take(*hit.span(), *(Reference(n) for n in range(1, (to_int(hit[1]) or 1) + 1)))
    odd_ones = (*rules()["odd"].finditer(text), *like)
    taken = _covered(len(text), spans)
    unread |= {m[0]: None for m in odd_ones if not any(taken[m.start() : m.end()])}
    if not found and not unread:
        for reference, span in _without_article(text, parts):
            take(*span, reference)
    return ReferencesRead(tuple(found), tuple(unread), tuple(cut), tuple(sorted(spans)))


def _covered(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Which characters of a text of this length stand in one of the spans."""
    covered = bytearray(length + 1)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _odd_within(text: str, end: int) -> int:
    """Where a 款 or 项 that is none (第③款) ends, right after an article; `end` where there is none."""
    found = rules()["odd_within"].match(text, end)
    return found.end() if found else end


def _is_no_number(written: str) -> bool:
    """Whether what stands between 第 and 条 is neither a number, nor several, nor the question for one."""
    return not rules()["which"].search(written) and not any(to_int(n) for n in re.split(JOIN, written) if n.strip())


def _inside(text: str, parts: Sequence[NumberedPart], at: int) -> tuple[int, int, list[Reference]]:
    """款, 项, 之上一条 after an article: where they end, how many parts, and the places without their number."""
    end = parts[at - 1].end
    if beside := rules()["beside"].match(text, end):
        return beside.end(), 0, [Reference(step=-1 if beside[1] in "上前" else 1)]
    used, paragraphs, items = 0, [0], [0]
    gap = _GAP.match(text, end)
    if gap and (last := rules()["last_paragraph"].match(text, gap.end())):
        end, paragraphs = last.end(), [LAST]
    elif gap and (first := rules()["first"].match(text, gap.end())) and first[2] == "款":
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


def _next(
    text: str, parts: Sequence[NumberedPart], at: int, end: int, unit: str, *, joined: bool = False
) -> NumberedPart | None:
    """The part after `end`, where it is of that unit and nothing but a particle (or a join) stands between."""
    if at >= len(parts) or parts[at].unit != unit:
        return None
    between = re.compile(JOIN) if joined else _GAP
    return parts[at] if between.fullmatch(text, end, parts[at].start) else None


def _without_article(text: str, parts: Sequence[NumberedPart]) -> list[tuple[Reference, tuple[int, int]]]:
    """A whole chapter, the article before or after, or a 款 or 项 of an article that is not said."""
    if last := rules()["last_chapter"].search(text):
        return [(Reference(chapter=LAST), last.span())]
    if chapter := next((p for p in parts if p.unit == "章" and p.numbers), None):
        return [(Reference(chapter=chapter.numbers[0][0]), (chapter.start, chapter.end))]
    if neighbour := rules()["neighbour"].search(text):
        return [(Reference(step=-1 if neighbour[1] in "上前" else 1), neighbour.span())]
    named = {u: p for u in "项款" for p in reversed(parts) if p.unit == u and p.ordinal and p.numbers}
    last = rules()["last_paragraph"].search(text)
    if not named and not last:
        return []
    which = LAST if last else named["款"].numbers[0][0] if "款" in named else 0
    item = named["项"].numbers[0][0] if "项" in named else 0
    spans = [*(last.span() for last in [last] if last), *((p.start, p.end) for p in named.values())]
    return [(Reference(paragraph=which, item=item), (min(spans)[0], max(spans)[1]))]


def without_references(text: str, fill: str = "") -> str:
    """The text without the places it names; with `fill`, each character of them replaced by it.

    >>> without_references("第五十九条写的什么"), without_references("第20条第二款", "|")
    ('写的什么', '|||||||')
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


@read_once(256)
def blank_references(text: str) -> str:
    """The text with every reference blanked out, each other character in its place."""
    kept, at = [], 0
    for part in parts_of(text):
        if part.ordinal:
            kept += [text[at : part.start], "|" * (part.end - part.start)]
            at = part.end
    return rules()["pointing"].sub(lambda m: "|" * len(m[0]), "".join([*kept, text[at:]]))
