"""Sets of rules as an official's list: the ground and the count first, then chapter by chapter, each with its quote."""

from collections.abc import Callable, Sequence
from itertools import groupby

from assistant.answer import Block, Citation
from assistant.decide.decision import Listing
from law.text.script import to_traditional
from prompts import say


def render_list(
    listing: Listing, blocks: Sequence[Block], notices: Sequence[str], *, traditional: bool = False
) -> list[str]:
    """The answer as pieces of Markdown; joined they are `Answer.text`."""
    own: Callable[[str], str] = to_traditional if traditional else str
    pieces = [own(opening_of(listing, blocks)) + "\n\n"]
    if listing.aspects:
        pieces += _table(listing, blocks, own)
    for block in blocks if not listing.aspects else ():
        if len(blocks) > 1:
            pieces.append(own(f"**{block.heading}**\n\n"))
        if block.remark:
            pieces.append(own(block.remark) + "\n\n")
        for chapter, mine in groupby(block.citations, key=lambda c: c.chapter):
            pieces += _chapter(chapter, list(mine), own, whole=listing.form == "outline")
    if notices:
        listed = "\n".join(f"- {own(n)}" for n in notices)
        pieces.append(f"{own(say('answer.notices'))}\n\n{listed}\n")
    return pieces


def _table(listing: Listing, blocks: Sequence[Block], own: Callable[[str], str]) -> list[str]:
    """Matters as rows, cities as columns; 未规定 where a city says nothing of one."""
    cities = [own(b.heading) for b in blocks]
    pieces = [f"| {own(say('answer.aspect'))} | {' | '.join(cities)} |\n|{' --- |' * (len(blocks) + 1)}\n"]
    for name, ids in listing.aspects:
        cells = [_cell([c for c in b.citations if c.id in ids], own) for b in blocks]
        pieces.append(f"| {own(name)} | {' | '.join(cells)} |\n")
    return [*pieces, "\n"]


def _cell(citations: Sequence[Citation], own: Callable[[str], str]) -> str:
    told = [f"{c.quote} {own(say('answer.source', title=c.regulation, place=c.place))}" for c in citations]
    return "<br>".join(told) or own(say("answer.unruled"))


def opening_of(listing: Listing, blocks: Sequence[Block]) -> str:
    """On what ground the articles of a list were chosen, and how many there are."""
    counts = [(b.heading, len({c.id for c in b.citations})) for b in blocks]
    total = sum(n for _, n in counts)
    if len(counts) < 2:
        return say("answer.list", ground=listing.ground, count=total)
    each = "、".join(say("answer.list_city", place=city, count=n) for city, n in counts if n)
    return say("answer.list_each", ground=listing.ground, count=total, each=each)


def _chapter(chapter: str, mine: Sequence[Citation], own: Callable[[str], str], *, whole: bool) -> list[str]:
    """The articles of one chapter; in an outline with how far it goes."""
    head = own(f"**{_headed(chapter, mine) if whole else chapter}**\n\n") if chapter else ""
    lines = [f"> {c.quote}\n\n{own(say('answer.source', title=c.regulation, place=c.place))}\n\n" for c in mine]
    return [head, *lines] if head else lines


def _headed(chapter: str, mine: Sequence[Citation]) -> str:
    labels = list(dict.fromkeys(c.label for c in mine))
    span = labels[0] if len(labels) == 1 else say("answer.range", first=labels[0], last=labels[-1])
    return say("answer.chapter", chapter=chapter, range=span, count=len({c.id for c in mine}))
