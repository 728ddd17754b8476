"""Questions about what is held here: the store itself answers, no article does."""

from collections.abc import Sequence

from assistant.decide.decision import Decision
from assistant.understand.breadth import counted_matter
from assistant.understand.language import about_asked, counts_chapters
from assistant.understand.question import Question
from law.regulation import Regulation
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: What is counted is named with at least so many characters.
_A_MATTER = 2


def about(question: Question, library: Library) -> Decision | None:
    """Which regulations are held, how many articles they have, or what can be asked; None for any other question."""
    if question.courtesy:
        return Decision(statement=say("answer.courtesy"))
    if question.references or question.status:
        return None
    asked = about_asked(question.text, question.topic)
    if not asked:
        return None
    held = "\n".join(f"- {_line(r)}" for r in library.regulations)
    if asked == "greeting":
        return Decision(reason="off_topic", refusal=say("refusal.greeting", held=held))
    if asked == "count" and (question.breadth.kind == "words" or _of_a_part(question, library)):
        return None
    if asked == "held":
        return Decision(statement=say("answer.held", held=held))
    mine = [library.regulation(i) for i in question.regulation_ids]
    named = counts_chapters(question.text)
    return Decision(
        statement="\n".join(line for r in mine for line in (f"- {_line(r)}", *(_chapters(r) if named else ())))
    )


def _of_a_part(question: Question, library: Library) -> bool:
    """Whether what is counted is a part of a regulation: words that stand in the text, or the title of a chapter."""
    counted = plain(counted_matter(question.topic))
    if len(counted) < _A_MATTER:
        return False
    regulations = map(library.regulation, question.regulation_ids)
    return any(counted in plain(f"{a.chapter}{a.text}") for r in regulations for a in r.numbered)


def _chapters(regulation: Regulation) -> list[str]:
    """Each chapter with how far it goes."""
    articles: dict[str, list[str]] = {}
    for article in regulation.numbered:
        articles.setdefault(article.chapter, []).append(article.label)
    return [
        "  - " + say("answer.chapter", chapter=chapter, range=_span(labels), count=len(labels))
        for chapter, labels in articles.items()
        if chapter
    ]


def _span(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else say("answer.range", first=labels[0], last=labels[-1])


def _line(regulation: Regulation) -> str:
    chapters = len(dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter))
    return say(
        "answer.regulation",
        place=regulation.place,
        title=regulation.title,
        status=say(f"status.{regulation.status}"),
        chapters=f"{chapters}章" if chapters else "",
        articles=len(regulation.numbered),
    )
