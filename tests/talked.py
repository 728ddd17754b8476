"""Talks for tests: questions, each answered by the article that is named for it."""

from assistant import Answer, Assistant
from assistant.understand.question import Question, understand


def history_of(helper: Assistant, *turns: tuple[str, str], quoted: int = -1) -> list[dict[str, str]]:
    """A conversation of questions and ids of articles, of each the 款 at that place quoted."""
    told: list[dict[str, str]] = []
    for asked, id_ in turns:
        regulation, article = helper.article(id_)
        quote = f"> {article.paragraphs[quoted].full}\n\n——《{regulation.title}》{article.label}"
        told += [{"role": "user", "content": asked}, {"role": "assistant", "content": quote}]
    return told


def asked_after(helper: Assistant, question: str, *turns: tuple[str, str]) -> Question:
    """A question as it is understood after these turns."""
    return understand(question, helper.library().regulations, history_of(helper, *turns))


def answer_after(helper: Assistant, question: str, *turns: tuple[str, str]) -> Answer:
    """Its answer."""
    return helper.ask(question, history=history_of(helper, *turns))
