"""A turn of a talk that by itself is about nothing held, read with the article cited before it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.understand.question import Question
from assistant.understand.talk import cited_in
from law.regulation import Regulation


def leant(
    question: Question, history: Sequence[Mapping[str, str]], held: Sequence[Regulation], found: Collection[str]
) -> Question | None:
    """The question pointing to the articles of the last answer; None where its own words find none of them."""
    answers = [t["content"] for t in history if t["role"] != "user"]
    cited = [a.id for a in cited_in(answers[-1], held)] if answers else []
    near = tuple(i for i in cited if i in found and i.partition("/")[0] in question.regulation_ids)
    return replace(question, near=near, rewritten=True) if near else None
