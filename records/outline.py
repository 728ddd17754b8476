"""A conversation laid out as parts, for every format that it is taken away in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.answer import Answer, Citation
from law.text.script import plain
from law.text.shown import shown
from prompts import say
from records.kept import FAILED, STOPPED, Conversation, KeptTurn

TITLE, META, QUESTION, HEADING, QUOTE, SOURCE, TEXT, ITEM, NUMBERED, NOTE = KINDS = (
    "title",
    "meta",
    "question",
    "heading",
    "quote",
    "source",
    "text",
    "item",
    "numbered",
    "note",
)


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """One paragraph: its kind (one of KINDS) and its words, which any format can hold."""

    kind: str
    text: str


def outline(conversation: Conversation, exported: datetime) -> Iterator[OutlinePart]:
    """Title, then each turn: question, date, model, answer, every citation in full, notices."""
    yield _part(TITLE, conversation.title or say("record.untitled"))
    yield _part(META, say("record.exported", when=printed_moment(exported), count=len(conversation.turns)))
    for number, turn in enumerate(conversation.turns, 1):
        yield _part(QUESTION, f"{number}. {turn.question}")
        yield _part(META, "　".join(about(turn)))
        yield from said_in(turn.text) if turn.state != FAILED else ()
        if turn.answer:
            yield from _beneath(turn.answer)
        elif turn.state == STOPPED:
            yield _part(NOTE, say("record.stopped"))
        elif turn.state == FAILED:
            yield _part(NOTE, say("record.failed", why=turn.text))
        elif turn.ended is None:
            yield _part(NOTE, say("record.unfinished"))


def printed_moment(moment: datetime) -> str:
    """2026年3月5日 14:02, in the zone of this machine."""
    here = moment.astimezone()
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def place_of(citation: Citation) -> str:
    """The conventional form: 《常州市科技创新促进条例》第二十条第三款."""
    return f"《{citation.regulation}》{citation.number}"


def _part(kind: str, text: str) -> OutlinePart:
    return OutlinePart(kind, shown(text).strip())


def about(turn: KeptTurn) -> Iterator[str]:
    """When a turn was asked, in which cities, how it was understood, and who answered."""
    yield say("record.asked", when=printed_moment(turn.asked))
    if turn.cities:
        yield say("record.cities", names="、".join(turn.cities))
    if turn.answer:
        if turn.answer.standalone:
            yield say("record.standalone", question=turn.answer.standalone)
        model = turn.answer.model
        yield say("record.offline") if model == "offline" else say("record.model", model=model)


def said_in(text: str) -> Iterator[OutlinePart]:
    """The Markdown of an answer: quotes, what stands under them, lists, headings and plain paragraphs."""
    source = say("answer.source", title="", place="").partition("《")[0]
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = paragraph.strip().splitlines()
        if not lines:
            continue
        first = lines[0]
        if first.startswith("|"):
            yield from _rows(lines, source)
        elif first.startswith(">"):
            yield _part(QUOTE, "\n".join(re.sub(r"^>\s?", "", line) for line in lines))
        elif first.startswith(source + "《"):
            yield _part(SOURCE, "\n".join(lines))
        elif all(line.startswith(("- ", "* ")) for line in lines):
            yield from (_part(ITEM, _unmarked(line[2:])) for line in lines)
        elif len(lines) == 1 and (heading := re.fullmatch(r"\*\*(.+)\*\*|#{1,6} (.+)", first)):
            yield _part(HEADING, heading[1] or heading[2])
        else:
            yield _part(TEXT, _unmarked("\n".join(lines)))


def _rows(lines: list[str], source: str) -> Iterator[OutlinePart]:
    """A table of a comparison, one city after the other: its quotes, each with what stands behind it."""
    for line in lines[2:]:
        city, _, cell = line.strip("| ").partition(" | ")
        yield _part(HEADING, city)
        for said in cell.split("　"):
            quote, mark, place = said.partition(f" {source}《")
            yield _part(QUOTE if mark else TEXT, quote)
            if mark:
                yield _part(SOURCE, f"{source}《{place}")


def _unmarked(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"\1", text)


def _beneath(answer: Answer) -> Iterator[OutlinePart]:
    """What a reader checks an answer by: its citations; the quotes and notices that its text does not hold."""
    said = plain(answer.text)  # the text of an answer to a Traditional question says the notices in that script
    if answer.citations:
        yield _part(HEADING, say("record.citations"))
        for citation in answer.citations:
            yield _part(NUMBERED, _citation(citation))
            if plain(citation.quote) not in said:
                yield _part(QUOTE, citation.quote)
    if answer.refused and answer.related:
        yield _part(HEADING, say("record.related"))
        yield from (_part(ITEM, f"《{h.regulation}》{h.label}{_heading(h.heading)}") for h in answer.related)
    if unsaid := [n for n in answer.notices if plain(n) not in said]:
        yield _part(HEADING, say("record.notices"))
        yield from (_part(ITEM, notice) for notice in unsaid)


def _citation(citation: Citation) -> str:
    about = "，".join(filter(None, [citation.city, citation.chapter, say(f"status.{citation.status}")]))
    return say(
        "record.citation",
        title=citation.regulation,
        number=citation.number,
        heading=_heading(citation.heading),
        about=about,
    )


def _heading(heading: str) -> str:
    return f"【{heading}】" if heading else ""
