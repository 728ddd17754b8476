"""Look-ups become evidence: the article, 款 or 项 named, or the words that say that there is none."""

import re
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision, Evidence
from assistant.decide.evidence import evidence_of, margins_of
from assistant.decide.of_the_law.relevance import relevance
from assistant.decide.unmentioned import matters_named
from assistant.retrieve import Found, LookUp
from assistant.understand.language import kinds_asked
from assistant.understand.question import Question
from law.regulation import NUMBER_REPEATED, Article, Paragraph, Regulation
from law.text.dates import printed_date
from law.text.numerals import article_label, to_chinese
from law.text.references import LAST
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: So many characters beside a number are a matter of their own, fewer only where they are the law's own words.
_A_MATTER = 10
#: Of an article's regulation so many are the best; of the best score of all so large a share is not far behind.
_BEST, _HALF = 3, 0.5


def looked_up(question: Question, found: Found, notices: tuple[str, ...]) -> Decision:
    """Everything that was looked up; a refusal where none of it exists."""
    found = replace(found, lookups=_carrying(question, found))
    missing = [_missing(x) for x in found.lookups if not x.articles]
    if not any(x.articles for x in found.lookups):
        return Decision(reason="no_such_article", refusal=say("refusal.no_such_article", missing="".join(missing)))
    if absent := _absent_parts(question, found):
        return absent
    evidence: list[Evidence] = []
    said = [*notices, *missing]
    for lookup in found.lookups:
        if question.status:
            dates = dates_of(lookup.regulation)
            said.append(say("notice.dates", title=lookup.regulation.title, dates=dates))
        elif len(lookup.articles) > 1 and lookup.reference.number:
            said.append(
                say(
                    "notice.repeated",
                    title=lookup.regulation.title,
                    count=len(lookup.articles),
                    label=lookup.articles[0].label,
                )
            )
        for article in lookup.articles:
            said += _in_its_chapter(lookup, article)
            paragraphs, notice = _pointed_at(lookup, article)
            if question.status:
                paragraphs = _on_dates(paragraphs, question)
            said += [notice] if notice else []
            item = 0 if notice else lookup.reference.item
            evidence.append(Evidence(lookup.regulation, article, paragraphs, item))
    return Decision(tuple(evidence), notices=tuple(said))


def _carrying(question: Question, found: Found) -> tuple[LookUp, ...]:
    """Where a number is asked for with a matter and no city, the look-ups whose article carries that matter: it is
    among the best of its regulation, and not far behind the best of them all. All where there is none."""
    if question.named or not question.beside:
        return found.lookups
    scores = {h.id: h.score for hits in found.by_regulation.values() for h in hits[:_BEST]}
    least = _HALF * max((scores.get(a.id, 0.0) for x in found.lookups for a in x.articles), default=0.0)
    kept = tuple(x for x in found.lookups if any(scores.get(a.id, 0.0) > least for a in x.articles))
    return kept or found.lookups


def _in_its_chapter(lookup: LookUp, article: Article) -> list[str]:
    """武汉第三章第五条, where 第五条 stands in another chapter."""
    asked = f"第{to_chinese(lookup.reference.chapter)}章"
    if lookup.reference.chapter <= 0 or not lookup.reference.number or not article.chapter:
        return []
    if asked in article.chapter.split(" "):
        return []
    return [
        say(
            "notice.other_chapter",
            title=lookup.regulation.title,
            label=article.label,
            asked=asked,
            chapter=re.sub(r"^第.+编\S*\s+", "", article.chapter),
        )
    ]


def _absent_parts(question: Question, found: Found) -> Decision | None:
    """A refusal where every 款 or 项 that was named is none of its article's, and nothing else is asked."""
    pointed = [(a, *_pointed_at(x, a)) for x in found.lookups for a in x.articles]
    if question.beside or question.status or not all(notice for _, _, notice in pointed):
        return None
    related = tuple(h for h in found.hits if h.id in {a.id for a, _, _ in pointed})
    return Decision(reason="no_such_article", refusal="".join(notice for _, _, notice in pointed), related=related)


def _on_dates(paragraphs: tuple[Paragraph, ...], question: Question) -> tuple[Paragraph, ...]:
    """The lines that tell of the adoption, the approval or the amendments asked for; else every line with a date."""
    rules = load_rules("assistant.decide", "decide.toml")
    of_days = [rules["day_passed"], rules["day_approved"]]
    asked = [rules["day_changed"]] if question.status == "change" else [r for r in of_days if r.search(question.text)]
    public = rules["day_published"].search(question.text)
    told = () if public else tuple(p for p in paragraphs if any(r.search(plain(p.full)) for r in asked))
    return told or tuple(p for p in paragraphs if rules["dated"].search(plain(p.full))) or paragraphs


def _pointed_at(lookup: LookUp, article: Article) -> tuple[tuple[Paragraph, ...], str]:
    """The 款 that a reference names, or all of them with the words that say why."""
    asked, item = lookup.reference.paragraph, lookup.reference.item
    count = len(article.paragraphs)
    if asked == LAST:
        asked = count
    if asked > count:
        notice = say(
            "notice.no_paragraph",
            title=lookup.regulation.title,
            label=_named(article),
            asked=to_chinese(asked),
            count=count,
        )
        return article.paragraphs, notice
    chosen = tuple(p for p in article.paragraphs if not asked or p.number == asked)
    if item and not any(len(p.items) >= item for p in chosen):
        most = max((len(p.items) for p in chosen), default=0)
        notice = say(
            "notice.no_item",
            title=lookup.regulation.title,
            label=_named(article),
            asked=to_chinese(item),
            count=f"该款共{most}项" if most else "没有分项",
        )
        return chosen, notice
    return (next(p for p in chosen if len(p.items) >= item),) if item else chosen, ""


def _named(article: Article) -> str:
    return article.label + (f"【{article.heading}】" if article.heading else "")


def elsewhere(question: Question, found: Found, library: Library, calibration: Calibration) -> Decision | None:
    """A real matter under a wrong number: the article that treats it, and what the number really is.

    None where the numbered article is itself among the best for the matter, or where nothing is.
    """
    named = [(x, a) for x in found.lookups for a in x.articles]
    if not question.beside or len(named) != 1 or relevance(question, found, calibration) < calibration.off_topic:
        return None
    if len(question.topic) < _A_MATTER and not matters_named(question.topic, library):
        return None  # 有什么要求 is asked of the number itself
    lookup, article = named[0]
    ranked = tuple(h for h in found.by_regulation[lookup.regulation.id] if h.article)  # never the text before 第一条
    if not ranked:
        return None
    own = float(found.scored.total[library.searcher.index_of(article.id)])
    margin = margins_of(calibration, library, article.id).elsewhere_margin
    if article.id in [h.id for h in ranked[:3]] or ranked[0].score - own < margin:
        return None
    notice = say("notice.elsewhere", label=ranked[0].label, asked=_named(article), title=lookup.regulation.title)
    evidence = evidence_of(found, library, ranked[0], calibration, kinds_asked(question.text), question)
    return Decision((evidence,), notices=(notice,), related=(_hit_of(found, article), *ranked[1:3]))


def _hit_of(found: Found, article: Article) -> Hit:
    return next(h for h in found.hits if h.id == article.id)


def _missing(lookup: LookUp) -> str:
    reference, title = lookup.reference, lookup.regulation.title
    if reference.chapter:
        return say("notice.no_chapter", title=title, asked=to_chinese(reference.chapter))
    number, suffix = reference.number, reference.suffix
    if reference.step:
        number, suffix = lookup.regulation.beside(number, suffix, reference.step)
    label = article_label(number, suffix) if number > 0 else "更前的条"
    label = f"倒数第{to_chinese(-number)}条" if number < 0 else label
    return say("notice.no_article", title=title, label=label, count=_count(lookup.regulation))


def dates_of(regulation: Regulation) -> str:
    """What the regulation's own data say of its dates: 2014年8月22日通过，…"""
    parts: list[str] = []
    for kind in ("adopted", "approved", "announced", "effective", "amended"):
        value = regulation.dates.get(kind)
        days = [value] if isinstance(value, str) else value or []
        parts += [say(f"date.{kind}", when="、".join(map(printed_date, days)))] if days else []
    if not regulation.dates.get("effective"):
        parts.append(say("date.unknown_effect"))
    return "，".join(parts)


def _count(regulation: Regulation) -> str:
    numbered = regulation.numbered
    if not numbered:
        return "全文没有分条"
    last = max(numbered, key=lambda a: (a.number, a.suffix))
    held = {a.number for a in numbered}
    gaps = [article_label(n) for n in range(1, last.number) if n not in held]
    twice = list(dict.fromkeys(a.label for a in numbered if NUMBER_REPEATED in a.flags))
    count = f"收录的文本共{len(numbered)}条，到{last.label}为止"
    count += f"，其中缺{'、'.join(gaps)}" if gaps else ""
    return count + (f"，{'、'.join(twice)}重复" if twice else "")
