"""An answer laid out: what a model wrote, the quotes or the table of a comparison, each with its citation to click."""

import re

import streamlit as st

from assistant import Answer, Block, Citation, Hit
from assistant.desk.article_view import marks_of, notes_of, segments
from law.text.script import to_simplified, to_traditional
from prompts import say
from ui.address import open_article
from ui.drawing import Node, button, node, show_law, tag
from ui.session import assistant
from ui.text import escape, short, with_lists

#: Characters of an article that are shown to who points at its citation.
_TIP = 600


def show_answer(answer: Answer, key: str, *, fresh: bool = False) -> None:
    """The answer itself and what is near it; a refusal with what is missing and what is held.

    A fresh one is brought into view, its question at the top.
    """
    if answer.refused:
        st.info(escape(answer.text), icon=":material/info:")
    elif not answer.blocks:
        st.markdown(with_lists(answer.text))
    nodes = [
        *_first(answer),
        *_prose(answer),
        *_basis(answer),
        *_unstated(answer),
        *_notices(answer),
        *_related(answer),
    ]
    if nodes:
        show_law(nodes, key, on_open=lambda value: _open(answer, value), show="answer" if fresh else "")


def show_found(answer: Answer, key: str) -> None:
    """The quotes that were found, while a model writes from them."""
    show_law([node("p", say("page.found"), class_="aside"), *_basis(answer)], key, on_open=lambda v: _open(answer, v))


def _first(answer: Answer) -> list[Node]:
    """The line that answers; of a list, on what ground it was made and how long it is."""
    cities = "|".join(re.escape(to_traditional(b.heading)) + "|" + re.escape(b.heading) for b in answer.blocks)
    parts = re.split(rf"；(?=(?:{cities})[（：])|\n", answer.verdict) if answer.blocks else [answer.verdict]
    several = len(parts) > 1
    said = [f"{part.rstrip('。')}。" if several and part else part for part in parts]
    nodes = [node("p", part.removeprefix("- "), class_="verdict") for part in said if part]
    return [*nodes, node("p", answer.opening)] if answer.opening else nodes


def _unstated(answer: Answer) -> list[Node]:
    """What was asked and is stated nowhere, beside what is; a refusal says so itself."""
    silent = answer.unstated and not answer.refused
    return [node("p", say("answer.unstated", what="；".join(answer.unstated)))] if silent else []


def chip_label(citation: Citation) -> str:
    """常州 · 第二十条第三款."""
    return f"{short(citation.city)} · {citation.number}"


def _open(answer: Answer, value: str) -> None:
    """`value` is c0, c1… for a citation or r0, r1… for a related article."""
    kind, at = value[:1], int(value[1:])
    if kind == "c":
        citation = answer.citations[at]
        same = [c.quote for c in answer.citations if (c.id, c.paragraph) == (citation.id, citation.paragraph)]
        open_article(citation.id, [citation.quote] if citation.item else same)
    else:
        open_article(answer.related[at].id)


def _prose(answer: Answer) -> list[Node]:
    """What a model wrote, with its marks as citations to click."""
    if answer.writing is None or not answer.writing.prose:
        return []
    marks: dict[str, int] = {}
    for at, citation in enumerate(answer.citations):
        mark = f"（{short(citation.city)}·{citation.label}）"
        for said in (mark, to_traditional(mark)):
            marks.setdefault(said, at)
    cut = re.compile("(" + "|".join(map(re.escape, marks)) + ")") if marks else re.compile("(?!)")
    paragraphs = [
        node("p", *(_chip(answer, marks[part]) if part in marks else part for part in cut.split(said) if part))
        for said in answer.writing.prose.split("\n\n")
        if said.strip()
    ]
    return [*paragraphs, node("p", f"由语言模型「{answer.model}」撰写，逐句与条文核对；依据如下。", class_="aside")]


def _basis(answer: Answer) -> list[Node]:
    if len(answer.blocks) > 1:
        head = node("thead", node("tr", node("th", "城市"), node("th", "条文")))
        rows = (node("tr", node("th", b.heading, scope="row"), node("td", *_block(answer, b))) for b in answer.blocks)
        return [node("table", head, node("tbody", *rows))]
    return [said for block in answer.blocks for said in _block(answer, block, quotes="blockquote")]


def _block(answer: Answer, block: Block, quotes: str = "div") -> list[Node]:
    remark: list[Node] = [node("p", block.remark)] if block.remark else []
    return [*remark, *(_quote(answer, c, quotes) for c in block.citations)]


def _quote(answer: Answer, citation: Citation, element: str) -> Node:
    shown, bold = (citation.shown, citation.shown_bold) if citation.shown else (citation.quote, citation.bold)
    words = [node("strong", said) if on else said for said, on in segments(shown, bold)]
    library = assistant().library()
    marks = [tag(mark) for mark in marks_of(library, citation)]
    heading = f"【{citation.heading}】" if citation.heading else ""
    source = node(
        "div",
        _chip(answer, answer.citations.index(citation)),
        *marks,
        f"《{citation.regulation}》{heading}",
        class_="source",
        title=notes_of(library, citation),
    )
    return node(element, node("div", *words, class_="lines"), source, class_="quote")


def _chip(answer: Answer, at: int) -> Node:
    """A citation to click; the article itself is read by pointing at it."""
    citation = answer.citations[at]
    label = chip_label(citation)
    held = assistant().library().by_id.get(citation.id)
    words = held[1].text if held else citation.quote
    if citation.converted:
        words = to_simplified(words) if to_simplified(citation.shown) == citation.shown else to_traditional(words)
    shown = words if len(words) <= _TIP else words[:_TIP] + "……"
    tip = f"{citation.label}　{shown}"
    return node("span", button(label, open=f"c{at}", label=f"打开 {label}"), class_="tipped", tip=tip)


def _notices(answer: Answer) -> list[Node]:
    if not answer.notices:
        return []
    return [node("ul", *(node("li", notice) for notice in answer.notices), class_="aside")]


def _related(answer: Answer) -> list[Node]:
    if not answer.related:
        return []
    words = "相近的条文（不是答案）：" if answer.refused else "相关条文："
    return [node("p", words, *(_near(hit, at) for at, hit in enumerate(answer.related)), class_="aside")]


def _near(hit: Hit, at: int) -> Node:
    heading = f"【{hit.heading}】" if hit.heading else ""
    return button(f"{short(hit.city)} · {hit.label}{heading}", class_="plain", open=f"r{at}")
