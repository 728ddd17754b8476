"""Numbers, percentages and dates in an answer, and which of them nothing carries.

A figure is carried by an article that the answer cites, by a notice, by the question (a correction may
repeat it), or is a count of articles, 款 or 项. Values are compared, not print: 70%, 百分之七十 and 七成 are one;
二〇一五年 and 2015年 too. Article numbers are no figures: they are held or invented.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant import Answer, Article
from evals.questions.case import Case
from law.text.script import to_simplified

#: Articles from which on an answer is a list, which tells how many articles its chapters have.
_A_LIST = 4
_ZH = "零〇○一二三四五六七八九十百千两"
_NUMBER = rf"(?:\d+(?:\.\d+)?[万亿]*|[{_ZH}][{_ZH}万亿]*(?:点[{_ZH}]+)?)"
_UNIT = (
    r"个?月|个?工作日|年|日|天|小时|分钟|周|元|倍|次|条|款|项|章|节|名|人|家|户|岁|平方米|平方公里|公里|亩|吨|"
    r"个百分点|亿|万"
)
_FIGURE = re.compile(
    rf"百分之(?P<share>{_NUMBER})|(?P<percent>\d+(?:\.\d+)?)%|"
    rf"(?P<tenths>[一二三四五六七八九两]|\d)成(?![立为果员效交分本就功长熟品])|"
    rf"第{_NUMBER}条(?:之[一二三四五六七八九十])?|"
    rf"(?P<ordinal>第)?(?P<plain>(?<![a-z])\d+(?:\.\d+)?[万亿]*|{_NUMBER}(?={_UNIT}))"
)
_SMALL = re.compile(r"^(?:项|次|家|人|名|条|款|节|章|户|个)")
_MARKS = re.compile(r"\*\*|^\s*>|^\s*\d+[.、)）]\s|\[\d+\]", re.M)
_LABEL = re.compile(rf"第({_NUMBER})条(?:之([一二三四五六七八九十]))?")


@dataclass(frozen=True, slots=True)
class Number:
    """A value as compared; `percent` tells 70% from 70."""

    value: float
    percent: bool
    printed: str


@lru_cache(maxsize=8192)
def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number with a meaning, in order, without the numbers of articles.

    >>> [(n.value, n.percent) for n in numbers_in("不低于百分之七十，3个月内，最高一百万元")]
    [(70.0, True), (3.0, False), (1000000.0, False)]
    """
    found: list[Number] = []
    bare = _bare(text)
    for hit in _FIGURE.finditer(bare):
        raw = hit["share"] or hit["percent"] or hit["tenths"] or hit["plain"]
        value = _value(raw or "")
        if value is None or (value == 1 and not hit["ordinal"] and _SMALL.match(bare[hit.end() :])):
            continue
        if hit["tenths"]:
            value *= 10
        found.append(Number(value, not hit["plain"], hit[0]))
    return tuple(found)


def unsupported(case: Case, answer: Answer, articles: dict[str, Article]) -> list[str]:
    """The figures of the answer's text, as printed, that nothing carries."""
    carried = {(n.value, n.percent) for text in _sources(case, answer, articles) for n in numbers_in(text)}
    carried |= {(value, False) for value, percent in carried if percent}
    carried |= {(count, False) for count in _counts(answer, articles)}
    strange = [n.printed for n in numbers_in(answer.text) if (n.value, n.percent) not in carried]
    return list(dict.fromkeys(strange))


def invented_labels(case: Case, answer: Answer, articles: dict[str, Article]) -> list[str]:
    """Article numbers that the answer names outside its quotes and that no article of the corpus bears."""
    text = _bare(answer.text)
    for said in sorted({*(c.quote for c in answer.citations), *answer.notices}, key=len, reverse=True):
        text = text.replace(_bare(said), "")
    held = {(float(a.number), bool(a.suffix)) for a in articles.values()}
    asked = {n for t in _asked(case) for n in re.findall(_NUMBER, _bare(t))}
    known = held | {(_value(n), False) for n in asked}
    named = [(hit[0], (_value(hit[1]), bool(hit[2]))) for hit in _LABEL.finditer(text)]
    return list(dict.fromkeys(printed for printed, place in named if place not in known))


def _sources(case: Case, answer: Answer, articles: dict[str, Article]) -> Iterable[str]:
    yield from _asked(case)
    yield from answer.notices
    for citation in answer.citations:
        yield f"{citation.regulation}{citation.chapter}第{citation.paragraph}款第{citation.item}项"
        if article := articles.get(citation.id):
            yield article.heading + "\n" + article.text


def _asked(case: Case) -> Iterable[str]:
    yield case.question
    yield from (turn.get("content", "") for turn in case.history if turn.get("role") == "user")


def _counts(answer: Answer, articles: dict[str, Article]) -> set[float]:
    """How many articles each regulation and chapter has, how many are cited, and how many 款 and 项 those have.

    Where nothing is cited an answer may tell how a regulation is made up: how many chapters, and the number of each.
    """
    counts = Counter(a.id.partition("/")[0] for a in articles.values() if a.number)
    ids = [*(h.id for h in (*answer.hits, *answer.related)), *(c.id for c in answer.citations)]
    near = [articles[i] for i in ids if i in articles]
    listed = Counter(i.partition("/")[0] for i in {c.id for c in answer.citations})
    chapters = Counter((a.id.partition("/")[0], a.chapter) for a in articles.values() if a.number)
    inner = {n for a in near for n in (len(a.paragraphs), *(len(p.items) for p in a.paragraphs))}
    cited = len({c.id for c in answer.citations})
    own: list[int] = [*listed.values(), cited, *(chapters.values() if cited >= _A_LIST or not cited else ())]
    if not cited:
        most = max(Counter(regulation for regulation, chapter in chapters if chapter).values(), default=0)
        own += range(1, most + 1)
    return {float(n) for n in (*counts.values(), *inner, *own)}


def _bare(text: str) -> str:
    """One script and width, no Markdown, no thousands separators, no white space but between digits."""
    bare = _MARKS.sub("", to_simplified(unicodedata.normalize("NFKC", text))).lower()
    bare = re.sub(rf"\(({_NUMBER})\)(?=[项款])", r"\1", re.sub(r"(?<=\d),(?=\d{3})", "", bare))
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", bare)


def _value(raw: str) -> float | None:
    import cn2an

    if re.fullmatch(r"\d+(?:\.\d+)?", raw):
        return float(raw)
    if not re.search(r"[\d零〇○一二三四五六七八九十两]", raw):
        return None  # 千家万户
    try:
        return float(cn2an.cn2an(re.sub("[〇○]", "零", raw), "smart"))
    except ValueError:
        return None
