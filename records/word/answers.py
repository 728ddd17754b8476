"""One answer or a whole conversation as an office sends it on: conclusion, basis, notices, the articles in full."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Mm

from assistant.answer import Answer, Block, Citation
from assistant.desk.article_view import OpenedArticle, segments
from law.text.numerals import to_chinese
from law.text.script import plain
from law.text.shown import shown
from prompts import say
from records.kept import Conversation, KeptTurn
from records.outline import ITEM, OutlinePart, about, said_in
from records.word.styles import finished, new_document

#: An article in full, to be read in Simplified where that is wished; None where it is no longer held.
Full = Callable[[str, bool], OpenedArticle | None]
_STYLES = {"heading": "Heading 2", "quote": "Quote", "item": "List Bullet"}
_PAGE_WIDTH, _CITY_WIDTH = Mm(156), Mm(24)


def answers_document(conversation: Conversation, today: datetime, full: Full | None = None) -> bytes:
    """The bytes of a .docx. Turns without an answer are left out."""
    turns = [t for t in conversation.turns if t.answer]
    made = new_document()
    title = shown(conversation.title or say("record.untitled"))
    made.add_paragraph(title, style="Title")
    here = today.astimezone()
    made.add_paragraph(f"{here.year}年{here.month}月{here.day}日", style="Subtitle")
    for number, turn in enumerate(turns, 1):
        _turn(made, number, turn)
    if not turns:
        made.add_paragraph(say("record.no_answers"))
    if full:
        _in_full(made, [c for t in turns if t.answer for c in t.answer.citations], full)
    return finished(made, title, today)


def _turn(made: Any, number: int, turn: KeptTurn) -> None:
    answer = turn.answer
    assert answer is not None
    made.add_paragraph(f"{to_chinese(number)}、{' '.join(shown(turn.question).split())}", style="Heading 1")
    made.add_paragraph(shown("　".join(about(turn))), style="Subtitle")
    conclusion, notices = _conclusion(answer), _notices(answer)
    sections: list[tuple[str, Callable[[], None]]] = []
    if conclusion:
        sections.append(("conclusion", lambda: _write(made, conclusion)))
    if answer.citations:
        sections.append(("basis", lambda: _basis(made, answer)))
    if notices:
        sections.append(("notices", lambda: _write(made, notices)))
    for at, (name, write) in enumerate(sections, 1):
        made.add_paragraph(f"（{to_chinese(at)}）" + say(f"record.{name}"), style="Heading 2")
        write()


def _write(made: Any, parts: Sequence[OutlinePart]) -> None:
    for part in parts:
        made.add_paragraph(part.text, style=_STYLES.get(part.kind, "Normal"))


def _conclusion(answer: Answer) -> list[OutlinePart]:
    """What is answered: the first line, a model's prose, a refusal, a statement; and what is stated nowhere."""
    words = [answer.verdict, answer.opening]
    if answer.writing and answer.writing.prose:
        words.append(answer.writing.prose)
    elif not answer.citations or not answer.blocks:
        words.append(answer.text)
    if answer.unstated and not answer.refused:
        words.append(say("answer.unstated", what="；".join(answer.unstated)))
    return [part for said in words if said for part in said_in(said)]


def _notices(answer: Answer) -> list[OutlinePart]:
    """What a reader must be told that the text does not tell, and of a refusal what is near."""
    told = plain("" if answer.blocks else answer.text)
    words = [n for n in answer.notices if plain(n) not in told]
    if answer.refused and answer.related:
        near = "、".join(f"《{h.regulation}》{h.label}" for h in answer.related)
        words.append(f"{say('record.related')}：{near}")
    return [OutlinePart(ITEM, shown(n).strip()) for n in words]


def _basis(made: Any, answer: Answer) -> None:
    """What is quoted: a table of several cities, or quotes one below the other."""
    blocks = answer.blocks or (Block("", "", "", answer.citations),)
    if len(blocks) > 1:
        _table(made, blocks)
        return
    for block in blocks:
        if block.remark:
            made.add_paragraph(shown(block.remark))
        for citation in block.citations:
            _quote(made.add_paragraph(style="Quote"), citation)
            made.add_paragraph(shown(_source(citation)))


def _table(made: Any, blocks: Sequence[Block]) -> None:
    table = made.add_table(rows=1, cols=2)
    table.style, table.autofit = "Table Grid", False
    for cell, words in zip(table.rows[0].cells, (say("record.city"), say("record.articles")), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for block in blocks:
        row = table.add_row()
        row.cells[0].text = shown(block.heading)
        _fill(row.cells[1], block)
    widths = (_CITY_WIDTH, _PAGE_WIDTH - _CITY_WIDTH)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # WPS and LibreOffice go by the columns, Word by the cells
        for cell in column.cells:
            cell.width = width
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again at the top of each page


def _fill(cell: Any, block: Block) -> None:
    """One city's cell."""
    paragraph = cell.paragraphs[0]
    if block.remark or not block.citations:
        paragraph.add_run(shown(block.remark))
    for number, citation in enumerate(block.citations):
        if number or block.remark:
            paragraph = cell.add_paragraph()
        _quote(paragraph, citation)
        cell.add_paragraph(shown(_source(citation)))


def _quote(paragraph: Any, citation: Citation) -> None:
    """The quote in the reader's script, the words that answer in bold."""
    words, bold = (citation.shown, citation.shown_bold) if citation.shown else (citation.quote, citation.bold)
    for said, on in segments(words, bold):
        paragraph.add_run(shown(said)).bold = on or None


def _source(citation: Citation) -> str:
    """Where the quote stands and what must be known of it."""
    marks = [say(f"status.{citation.status}")]
    marks += [say("mark.converted")] if citation.converted else []
    where = say("answer.source", title=citation.regulation, place=citation.place)
    return f"{where}（{'，'.join(marks)}）"


def _in_full(made: Any, citations: Sequence[Citation], full: Full) -> None:
    """Every article that was cited, once, with its warnings before its words."""
    wanted: dict[str, bool] = {}
    for citation in citations:
        wanted.setdefault(citation.id, citation.converted)
    held = [reading for id_, simplified in wanted.items() if (reading := full(id_, simplified))]
    if held:
        made.add_paragraph(say("record.in_full"), style="Heading 1")
    for reading in held:
        article = reading.article
        heading = f"【{article.heading}】" if article.heading else ""
        marks = f"（{'，'.join(reading.marks)}）" if reading.marks else ""
        made.add_paragraph(shown(f"《{reading.regulation.title}》{article.label}{heading}{marks}"), style="Heading 2")
        for note in reading.notes[:-1]:
            made.add_paragraph(shown(note), style="List Bullet")
        for paragraph in reading.paragraphs:
            for line in paragraph.lines:
                made.add_paragraph(shown("".join(said for said, _ in line)))


def copied(answer: Answer) -> str:
    """The answer as plain text to be pasted: in the reader's script, no marks of Markdown, every warning in it."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(citation.quote, citation.shown) if citation.converted else text
    lines = [part.text for part in said_in(text)]
    said = plain("\n".join(lines))
    if any(c.converted for c in answer.citations):
        lines.append(say("record.converted"))
    return "\n".join([*lines, *(n for n in answer.notices if plain(n) not in said)])
