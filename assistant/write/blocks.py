"""The offline writer: it quotes and joins, and says nothing of its own but where a quote stands."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Block, Citation, told_apart
from assistant.decide.decision import Decision, Evidence
from assistant.understand.question import Question
from assistant.write.citing import cite
from law.parsing.standing import NATIONAL
from law.regulation import NUMBER_INFERRED, TEXT_DAMAGED, Article, Regulation
from law.text.dates import printed_date
from law.text.script import to_traditional
from prompts import say

#: When a later text came to be, as `law.versions` says it.
_FATE_DATE = re.compile(r"（(\d{4}年\d{1,2}月\d{1,2}日)）")
#: A quote of up to so many characters stands in a cell of a table.
_CELL = 120


def write(question: Question, decision: Decision) -> tuple[Block, ...]:
    """One block a city, in the order asked; one citation a 款."""
    by_regulation: dict[str, list[Evidence]] = {}
    for evidence in decision.evidence:
        by_regulation.setdefault(evidence.regulation.id, []).append(evidence)
    answered = {e.regulation.place for e in decision.evidence}
    # of the laws of the nation, asked for as one, those that say nothing are not named beside one that answers
    silent_ones = {r.id: r for r in decision.silent if not (r.level in NATIONAL and r.place in answered)}
    blocks: list[Block] = []
    told = by_regulation.keys() | silent_ones.keys()  # of thousands asked for, few have anything to say
    for id_ in dict.fromkeys([*(i for i in question.regulation_ids if i in told), *by_regulation]):
        if mine := by_regulation.get(id_):
            blocks.append(_block(mine, question.text))
        elif silent := silent_ones.get(id_):
            blocks.append(
                Block(silent.id, silent.place, silent.title, (), say("answer.none_found", title=silent.title))
            )
    return told_apart(blocks)


def notices_for(decision: Decision, citations: Sequence[Citation]) -> tuple[str, ...]:
    """What a reader of these citations must be told, most general first, each once."""
    notices: list[str] = []
    cited = {c.id for c in citations}
    regulations = list({e.regulation.id: e.regulation for e in decision.evidence if e.article.id in cited}.values())
    for regulation in regulations:
        notices += _status_notices(regulation)
    notices += decision.notices
    for evidence in decision.evidence:
        if evidence.article.id in cited:
            notices += article_notices(evidence.regulation, evidence.article)
    if citations:
        notices.append(say("notice.official"))
    return tuple(dict.fromkeys(notices))


def article_notices(regulation: Regulation, article: Article) -> list[str]:
    """Inferred number, damaged text, errata and what later became of one article."""
    result: list[str] = []
    flag = next((f for f in (NUMBER_INFERRED, TEXT_DAMAGED) if f in article.flags), "erratum")
    for note in regulation.notes_on(article):
        kind = flag if note.kind == "erratum" else "later"
        result.append(say(f"notice.{kind}", title=regulation.title, label=article.label, why=note.text))
    return result


def reading_notes(regulation: Regulation, article: Article) -> list[str]:
    """All that a reader of one article must be told, for those who show it by itself."""
    notes = [*_status_notices(regulation), *regulation.notes, *article_notices(regulation, article)]
    return [*dict.fromkeys(notes), say("notice.official")]


def render(
    blocks: Sequence[Block], notices: Sequence[str], unstated: Sequence[str] = (), *, traditional: bool = False
) -> list[str]:
    """The answer as pieces of Markdown; joined they are `Answer.text`. What is stated nowhere follows the quotes.

    A quote's own lines follow each other without a mark before them, so that the text holds the
    quote as it is.
    """
    own = to_traditional if traditional else str
    pieces = _table(blocks, own) if _fits_a_table(blocks) else _sections(blocks, own)
    if unstated:
        pieces.append(own(say("answer.unstated", what="；".join(unstated))) + "\n\n")
    if notices:
        listed = "\n".join(f"- {own(n)}" for n in notices)
        pieces.append(f"{own(say('answer.notices'))}\n\n{listed}\n")
    return pieces


def _sections(blocks: Sequence[Block], own: Callable[[str], str]) -> list[str]:
    pieces: list[str] = []
    for block in blocks:
        if len(blocks) > 1:
            pieces.append(own(f"**{block.heading}**\n\n"))
        if block.remark:
            pieces.append(own(block.remark) + "\n\n")
        for citation in block.citations:
            where = say("answer.source", title=citation.regulation, place=citation.place)
            pieces.append(f"> {citation.quote}\n\n{own(where)}\n\n")
    return pieces


def _fits_a_table(blocks: Sequence[Block]) -> bool:
    """Several cities, and every quote short and on one line."""
    quotes = [c.quote for b in blocks for c in b.citations]
    return len(blocks) > 1 and all(len(q) <= _CELL and not re.search(r"[\n|]", q) for q in quotes)


def _table(blocks: Sequence[Block], own: Callable[[str], str]) -> list[str]:
    """One row a city, its quotes one after the other."""
    pieces = [own(say("answer.table")) + "\n| --- | --- |\n"]
    for block in blocks:
        cells = [f"{c.quote} {own(say('answer.source', title=c.regulation, place=c.place))}" for c in block.citations]
        said = "　".join(filter(None, [own(block.remark), *cells]))
        pieces.append(f"| {own(block.heading)} | {said} |\n")
    return [*pieces, "\n"]


def _block(evidence: Sequence[Evidence], question: str) -> Block:
    regulation = evidence[0].regulation
    citations = tuple(
        cite(regulation, e.article, p, item=e.item, question=question, stretch=e.stretch)
        for e in evidence
        for p in e.paragraphs
    )
    return Block(regulation.id, regulation.place, regulation.title, citations)


def _status_notices(regulation: Regulation) -> list[str]:
    if regulation.status == "in_force":
        return []
    when = _when(regulation)
    return [say(f"notice.{regulation.status}", title=regulation.title, when=when)]


def _when(regulation: Regulation) -> str:
    if regulation.fate and (told := _FATE_DATE.search(regulation.fate)):
        return told[1]
    if regulation.status == "amended":
        amended = regulation.dates.get("amended")
        years = sorted({d[:4] for d in amended}) if isinstance(amended, list) else []
        return "、".join(f"{y}年" for y in years) or "时间见官方公布"
    effective = regulation.dates.get("effective")
    if isinstance(effective, str):
        return printed_date(effective)
    return "日期未定"
