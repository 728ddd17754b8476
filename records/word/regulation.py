"""A regulation taken away whole, as Word and as plain text: its status first, what to mind at the clause."""

from collections.abc import Iterator

from assistant.decide.lookups import dates_of
from assistant.desk.article_view import marks_on
from law.regulation import Article, Regulation
from law.text.script import TRADITIONAL, to_simplified
from law.text.shown import shown
from prompts import say
from records.word.styles import finished, new_document


def regulation_document(regulation: Regulation) -> bytes:
    """The bytes of a .docx: chapters as headings, so that Word makes its own contents of them."""
    made = new_document()
    title = _script(regulation, regulation.title)
    made.add_paragraph(title, style="Title")
    for line in standing(regulation):
        made.add_paragraph(line, style="Subtitle")
    for level, words in _lines(regulation):
        if level:
            made.add_paragraph(words, style=f"Heading {level}")
        else:
            made.add_paragraph(words)
    return finished(made, title)


def regulation_text(regulation: Regulation) -> bytes:
    """The same as UTF-8 text; the mark in front lets old editors of Windows read it."""
    said = [_script(regulation, regulation.title), *standing(regulation), ""]
    for level, words in _lines(regulation):
        said += ["", words, ""] if level else [words]
    return "\n".join(said).encode("utf-8-sig") + b"\n"


def standing(regulation: Regulation) -> tuple[str, ...]:
    """How the text stands, its dates, what became of it, and that it is no official print."""
    status = f"{say(f'status.{regulation.status}')}；{dates_of(regulation)}"
    converted = (say("mark.converted"),) if regulation.script == TRADITIONAL else ()
    told = [regulation.fate, *regulation.notes, *converted, say("notice.official")]
    return (status, *(shown(said) for said in told if said))


def _lines(regulation: Regulation) -> Iterator[tuple[int, str]]:
    """Headings with their level, then each printed line with 0."""
    chapter = section = ""
    for article in regulation.articles:
        if article.chapter != chapter:
            chapter, section = article.chapter, ""
            yield from ((1, _script(regulation, chapter)),) if chapter else ()
        if article.section != section:
            section = article.section
            yield from ((2, _script(regulation, section)),) if section else ()
        yield from ((0, line) for line in _article(regulation, article))


def _article(regulation: Regulation, article: Article) -> Iterator[str]:
    heading = f"【{article.heading}】" if article.heading else ""
    lines = [line for p in article.paragraphs for line in (p.text, *p.items) if line]
    marks = "".join(f"〔{mark}〕" for mark in marks_on(regulation, article)[regulation.status != "in_force" :])
    label = f"{article.label}{heading}{marks}　" if article.number else ""
    for at, line in enumerate(lines or [""]):
        yield _script(regulation, f"{label}{line}" if not at else line)
    for note in regulation.notes_on(article):
        yield f"〔{shown(note.text)}〕"


def _script(regulation: Regulation, text: str) -> str:
    return shown(to_simplified(text) if regulation.script == TRADITIONAL else text)
