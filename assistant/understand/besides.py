"""What a message asks beside the numbers that it looks up: 「武汉第58条，还有怎么报税」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.understand.breadth import FACT
from assistant.understand.cities import find_cities
from assistant.understand.counterpart import asks_for_counterpart, of_the_others
from assistant.understand.language import matter_beside, topic_without_references, without_frame
from assistant.understand.matter import matter_in
from assistant.understand.parts import Part
from assistant.understand.question import Question
from law.regulation import Regulation
from law.text.references import read_references
from law.text.rules import Rule, load_rules

_CLAUSE = re.compile(r"[^，,。；;！!？?…\n]+[？?]?")
_ENDS = "，,。；;！!：:?？、()（） "
#: A thing of its own names its matter with so many characters; at most so many are answered.
_OWN, _MOST = 2, 3
#: At most so many regulations are laid beside an article.
_LAID_BESIDE = 12


def asked_besides(question: Question, held: Sequence[Regulation]) -> tuple[Part, ...]:
    """The things beside its numbers that a question asks, each as a question; none where it only looks up."""
    if question.rewritten or not any(r.number or r.chapter for r in question.references):
        return ()
    if laid_beside(question, held):
        return ()
    parts: list[Part] = []
    for clause, attached in _apart(question.text):
        joined = bool(_rules()["joint"].search(clause))
        said = _rules()["asking"].sub("", _rules()["joint"].sub("", clause).strip(_ENDS))
        if not joined and not (
            _rules()["asks"].search(clause.rstrip(_ENDS))
            or _rules()["wanted"].search(_rules()["joint"].sub("", clause))
        ):
            continue
        found = find_cities(said, held)
        own = topic_without_references(found.topic).strip(_ENDS)
        if len(_own_words(own)) < _OWN or found.unknown:
            continue
        ids = tuple(i for i in found.ids if i in question.regulation_ids) or found.ids or question.regulation_ids
        asked = replace(
            question,
            text=said,
            topic=own,
            regulation_ids=ids,
            references=(),
            unread=(),
            cut=(),
            beside=False,
            status="",
            breadth=FACT,
            unknown=(),
        )
        parts.append(Part(asked, own, False, own, attached=attached))
    return tuple(parts[:_MOST])


def laid_beside(question: Question, held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations of which the article is wanted that stands in the place of the one that is looked up, by id; none
    where no such thing is asked, or several numbers are."""
    text = question.text
    if len(question.references) != 1 or not question.references[0].number or not asks_for_counterpart(text):
        return ()
    named = find_cities(text, held).ids or question.regulation_ids
    of = question.references[0].of or named[0]
    others = [i for i in named if i != of]
    if not others and of_the_others(text):
        others = [r.id for r in held if r.id != of]
    return tuple(others) if len(others) <= _LAID_BESIDE else ()


def without_besides(question: Question, parts: Sequence[Part]) -> Question:
    """The look-up alone: what is asked beside it is no matter under its number."""
    text = question.text
    for part in (p for p in parts if not p.attached):
        text = text.replace(part.question.text, "")
    return replace(question, beside=question.beside and bool(matter_beside(text))) if parts else question


def without_comparison(question: Question) -> Question:
    """The look-up alone: whether there is such a rule is asked of the articles beside it, not of what they say."""
    clauses = [c for c in _CLAUSE.findall(question.text) if not asks_for_counterpart(c)]
    return replace(question, text="，".join(clauses))


def _own_words(own: str) -> str:
    return load_rules("assistant.understand", "language.toml")["lookup"].sub("", matter_in(without_frame(own)))


def _apart(text: str) -> Iterator[tuple[str, bool]]:
    """The clauses in which no number stands, each with the word that joins it to what stands before; and what follows
    a number without any, of which alone it is not told whether it is asked of that number (`True`)."""
    spans = read_references(text).spans
    for clause in _CLAUSE.finditer(text):
        inside = [s for s in spans if clause.start() <= s[0] < clause.end()]
        if not inside:
            yield clause[0].strip(), False
            continue
        end = max(b for _, b in inside)
        if joint := _rules()["besides"].match(text[: clause.end()], end):
            yield f"还有{text[joint.end() : clause.end()].strip()}", False
        elif rest := text[end : clause.end()].strip(_ENDS):
            yield rest, True


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "parts.toml")
