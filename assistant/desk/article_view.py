"""What a reader of articles needs: the quoted words found in an article, its marks, and the form it is cited in."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.write.blocks import article_notices, reading_notes
from assistant.write.first_line import fate_of
from law.regulation import NUMBER_INFERRED, NUMBER_REPEATED, TEXT_DAMAGED, Article, Paragraph, Regulation
from law.text.numerals import to_chinese
from law.text.script import TRADITIONAL, same_length_simplified, to_simplified
from prompts import say
from vectorstore.library import Library

Segment = tuple[str, bool]
_FLAGS = (NUMBER_INFERRED, NUMBER_REPEATED, TEXT_DAMAGED)


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """One 款 to be read: its lines in segments, True where quoted, and what a copy of it says."""

    name: str
    lines: tuple[tuple[Segment, ...], ...]
    copied: str


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """One article opened: everything that stands beside its words."""

    regulation: Regulation
    article: Article
    paragraphs: tuple[ReadParagraph, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    before: Article | None
    after: Article | None
    copied: str
    other_script: bool  # the original is not in Simplified characters


def read(library: Library, article_id: str, quotes: Sequence[str] = (), *, simplified: bool = False) -> OpenedArticle:
    """An article with the quoted words found in it; `simplified` converts its script. Raises KeyError."""
    regulation, article = library.by_id[article_id]
    articles = regulation.articles
    at = [a.id for a in articles].index(article_id)
    script = to_simplified if simplified and regulation.script == TRADITIONAL else str
    copied = [form(regulation, article), *(script(_words(p)) for p in article.paragraphs)]
    return OpenedArticle(
        regulation,
        article,
        tuple(_paragraph(regulation, article, p, quotes, script) for p in article.paragraphs),
        tuple(reading_notes(regulation, article)),
        marks_on(regulation, article),
        articles[at - 1] if at else None,
        articles[at + 1] if at + 1 < len(articles) else None,
        "\n".join(copied),
        regulation.script == TRADITIONAL,
    )


def form(regulation: Regulation, article: Article, paragraph: int = 0) -> str:
    """The conventional form: 《常州市科技创新促进条例》第二十条第三款."""
    part = f"第{to_chinese(paragraph)}款" if article.number and paragraph and len(article.paragraphs) > 1 else ""
    return f"《{regulation.title}》{article.label}{part}"


def marks_on(regulation: Regulation, article: Article) -> tuple[str, ...]:
    """What must be known where an article is read, in a word or two each: 草案, 条号推定, 文本有残缺."""
    marks = [] if regulation.status == "in_force" else [say(f"status.{regulation.status}")]
    marks += [say(f"mark.{flag}") for flag in _FLAGS if flag in article.flags]
    kinds = {n.kind for n in regulation.notes_on(article)}
    if "erratum" in kinds and not {NUMBER_INFERRED, TEXT_DAMAGED} & set(article.flags):
        marks.append(say("mark.erratum"))
    if fate := fate_of(regulation, article):
        marks.append(fate)
    elif "later" in kinds:
        marks.append(say("mark.later"))
    return tuple(marks)


def marks_of(library: Library, citation: Citation) -> tuple[str, ...]:
    """The same for a citation, and whether it is shown converted; its own status where its article is not held."""
    converted = (say("mark.converted"),) if citation.converted else ()
    held = library.by_id.get(citation.id)
    if held:
        return (*marks_on(*held), *converted)
    return converted if citation.status == "in_force" else (say(f"status.{citation.status}"), *converted)


def notes_of(library: Library, citation: Citation) -> str:
    """Why a citation's article is marked, in sentences; "" where it is not."""
    held = library.by_id.get(citation.id)
    return "\n".join(article_notices(*held)) if held else ""


def segments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """A text cut at spans [start, end), in order; True within them.

    >>> segments("应当给予补助", [(2, 4)])
    (('应当', False), ('给予', True), ('补助', False))
    """
    cut: list[Segment] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start >= end or end > len(text):
            continue
        cut += [(text[at:start], False)] if start > at else []
        cut.append((text[start:end], True))
        at = end
    return (*cut, (text[at:], False)) if at < len(text) or not cut else tuple(cut)


def found(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a text, Simplified or Traditional, white space aside; not overlapping."""
    folded = _folded(text)
    spans: list[tuple[int, int]] = []
    for word in words:
        letters = [re.escape(c) for c in _folded(word) if not c.isspace()]
        if letters:
            spans += [m.span() for m in re.finditer(r"\s*".join(letters), folded)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _folded(text: str) -> str:
    """Simplified, lower case, full width as half width, each character by itself."""
    return "".join(map(_one, same_length_simplified(text)))


def _one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _paragraph(
    regulation: Regulation, article: Article, paragraph: Paragraph, quotes: Sequence[str], script: Callable[[str], str]
) -> ReadParagraph:
    several = article.number > 0 and len(article.paragraphs) > 1
    lines = [x for x in (paragraph.text, *paragraph.items) if x]
    quoted = [line for quote in quotes for line in quote.split("\n")]
    marked = tuple(
        tuple((script(said), on) for said, on in segments(line, found(line, [q for q in quoted if _long(q, line)])))
        for line in lines
    )
    copied = form(regulation, article, paragraph.number) + "\n" + script(_words(paragraph))
    return ReadParagraph(f"第{to_chinese(paragraph.number)}款" if several else "", marked, copied)


def _long(quote: str, line: str) -> bool:
    """A quote of one or two characters would be found everywhere."""
    return len(quote.strip()) > 2 or quote.strip() == line.strip()


def _words(paragraph: Paragraph) -> str:
    return "\n".join(filter(None, [paragraph.text, *paragraph.items]))
