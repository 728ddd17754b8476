"""The articles of a document put together: article 0 from what stands outside them, and ids that are unique."""

from collections.abc import Sequence
from dataclasses import replace

from law.parsing.lines import Line
from law.parsing.paragraphs import preamble_paragraphs
from law.regulation import NUMBER_REPEATED, Article, Finding
from law.text.numerals import article_label


def outside(before: Sequence[Line], after: Sequence[Line]) -> list[Article]:
    """Article 0: the text before the first article, and what stands below the last; none without any."""
    paragraphs = preamble_paragraphs(before)
    end = (paragraphs or preamble_paragraphs(after))[-1:]
    paragraphs += preamble_paragraphs(after, first=len(paragraphs) + 1)
    if not paragraphs:
        return []
    line = [*before, *after][0].number
    label, start = article_label(0), paragraphs[0].start
    return [Article("0", 0, 0, label, "", "", "", tuple(paragraphs), start, end[0].end, line)]


def with_ids(done: Sequence[Article]) -> tuple[list[Article], list[Finding]]:
    """The articles with ids of their own, 55-2 for the second that is numbered 55, and a finding for each repeat."""
    groups: dict[tuple[int, int], list[Article]] = {}
    for article in done:
        groups.setdefault((article.number, article.suffix), []).append(article)
    ids: dict[int, str] = {}
    findings: list[Finding] = []
    for (number, suffix), same in groups.items():
        bare = f"{number}.{suffix}" if suffix else str(number)
        for i, article in enumerate(same, 1):
            ids[id(article)] = bare if i == 1 else f"{bare}-{i}"
            if i > 1:
                findings.append(Finding(article.line, "repeat", f"{article.label}出现了{len(same)}次。"))
    named = [_named(a, ids[id(a)], repeated=len(groups[a.number, a.suffix]) > 1) for a in done]
    return named, findings


def _named(article: Article, bare: str, *, repeated: bool) -> Article:
    flags = (*article.flags, NUMBER_REPEATED) if repeated else article.flags
    return replace(article, id=bare, flags=flags)
