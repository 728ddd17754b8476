"""Regulations and articles as text and as JSON, for `show` and `inspect`."""

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.decide.lookups import dates_of
from assistant.errors import QuestionError
from assistant.understand.names import resolve_filter
from law.regulation import Article, Regulation
from law.text.references import article_named
from prompts import say

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_NTH = re.compile(r"^(.+?)(?:-([0-9]{1,2}))?$", re.S)


def find_articles(helper: "Assistant", city: str, number: str) -> list[tuple[Regulation, Article]]:
    """Every article of that number in the regulations of a city. Raises CityNotHeld, QuestionError."""
    regulations = helper.regulations()
    ids = resolve_filter([city], regulations)
    written = _NTH.match(number.strip())
    label = article_named(written[1]) if written else None
    if written is None or label is None:
        raise QuestionError(f"看不懂条号「{number}」，请写 58、第五十八条或 10.1（第十条之一）。")
    result = [(r, a) for r in regulations if r.id in ids for a in r.find(label.number, label.suffix)]
    if written[2]:
        result = result[int(written[2]) - 1 : int(written[2])]
    if not result:
        held = "；".join(f"《{r.title}》共{len(r.numbered)}条" for r in regulations if r.id in ids)
        raise QuestionError(f"没有「{city} {number}」这一条。{held}。")
    return result


def article_as_text(regulation: Regulation, article: Article) -> str:
    """The article with its place, verbatim, and what must be known about it."""
    from assistant.write.blocks import reading_notes

    heading = f"【{article.heading}】" if article.heading else ""
    where = [f"《{regulation.title}》{article.label}{heading}", f"{article.chapter} {article.section}".strip()]
    words = [line for p in article.paragraphs for line in (p.text, *p.items)]
    notes = [f"※ {note}" for note in reading_notes(regulation, article)]
    return "\n".join([*filter(None, where), "", *filter(None, words), "", *notes]) + "\n"


def article_as_dict(regulation: Regulation, article: Article) -> dict[str, Any]:
    """The article for `show --json`."""
    said = _article(article)
    return {
        "city": regulation.place,
        "regulation": regulation.title,
        "status": regulation.status,
        **said,
        "notes": [n.text for n in regulation.notes_on(article)],
    }


def inspection(regulation: Regulation) -> dict[str, Any]:
    """What `inspect --json` prints."""
    return {
        "title": "" if any(f.kind == "no_title" for f in regulation.findings) else regulation.title,
        "city": regulation.city,
        "province": regulation.province,
        "place": regulation.place,
        "level": regulation.level,
        "status": regulation.status,
        "dates": regulation.dates,
        "script": regulation.script,
        "articles": [{k: v for k, v in _article(a).items() if k != "line"} for a in regulation.articles],
        "findings": [asdict(f) for f in regulation.findings],
    }


def inspection_as_text(regulation: Regulation) -> str:
    """The same for a person."""
    numbered = regulation.numbered
    items = sum(len(p.items) for a in numbered for p in a.paragraphs)
    lines = [
        f"标题：{regulation.title}",
        f"地方：{regulation.place}　城市：{regulation.city or '—'}　省份：{regulation.province or '—'}",
        f"层级：{regulation.level or '—'}　状态：{say(f'status.{regulation.status}')}",
        f"文字：{say(f'script.{regulation.script}')}",
        f"日期：{dates_of(regulation)}",
        f"条文：{len(numbered)} 条，{sum(len(a.paragraphs) for a in numbered)} 款，{items} 项",
        "",
    ]
    for article in regulation.articles:
        flags = f"　⚑ {'、'.join(article.flags)}" if article.flags else ""
        heading = f"【{article.heading}】" if article.heading else ""
        start = article.paragraphs[0].text[:24] if article.paragraphs else ""
        lines.append(f"{article.label}{heading}（{len(article.paragraphs)} 款）{start}…{flags}")
    lines += ["", f"可疑之处：{len(regulation.findings)} 处"]
    lines += [f"  第 {f.line} 行　{f.message}" if f.line else f"  全文　{f.message}" for f in regulation.findings]
    return "\n".join(lines) + "\n"


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "number": article.number,
        "suffix": article.suffix,
        "label": article.label,
        "heading": article.heading,
        "chapter": article.chapter,
        "section": article.section,
        "paragraphs": [{"text": p.text, "items": list(p.items)} for p in article.paragraphs],
        "flags": list(article.flags),
        "line": article.line,
    }
