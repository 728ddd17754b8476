"""Questions about what is held here: the store itself answers, no article does."""

from assistant.decide.decision import Decision
from assistant.understand.language import about_asked
from assistant.understand.question import Question
from law.regulation import Regulation
from prompts import say
from vectorstore.library import Library


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
    if asked == "held":
        return Decision(statement=say("answer.held", held=held))
    mine = [library.regulation(i) for i in question.regulation_ids]
    return Decision(statement="\n".join(f"- {_line(r)}" for r in mine))


def _line(regulation: Regulation) -> str:
    chapters = len(dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter))
    return say("answer.regulation", place=regulation.place, title=regulation.title,
               status=say(f"status.{regulation.status}"), chapters=f"{chapters}章" if chapters else "",
               articles=len(regulation.numbered))  # fmt: skip
