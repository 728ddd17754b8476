"""Articles to be read one below the other, each a click away from being opened."""

from collections.abc import Sequence

from assistant import Article, Regulation
from assistant.desk.article_view import form, found, marks_on, segments
from law.text.script import TRADITIONAL, to_simplified
from prompts import say
from ui.drawing import Node, button, node, tag
from ui.session import assistant
from ui.text import short


def article_node(
    regulation: Regulation, article: Article, words: Sequence[str] = (), *, with_place: bool = True
) -> Node:
    """The whole article: a title that opens it, its marks, its paragraphs in Simplified with `words` marked."""
    heading = f"【{article.heading}】" if article.heading else ""
    several = sum(r.place == regulation.place for r in assistant().regulations()) > 1
    where = f"《{regulation.title}》" if several else f"{short(regulation.place)} · "
    place = where if with_place else ""
    label = f"{place}{article.label}{heading}"
    converted = regulation.script == TRADITIONAL
    script = to_simplified if converted else str
    lines = [script(line) for p in article.paragraphs for line in (p.text, *p.items) if line]
    marks = [*marks_on(regulation, article), *([say("mark.converted")] if converted else [])]
    return node(
        "div",
        node("p", button(label, class_="title", open=article.id, label=f"打开 {label}")),
        node("p", *(tag(m) for m in marks), script(article.chapter), class_="aside"),
        *(node("p", *_marked(line, words)) for line in lines),
        button(
            "复制",
            class_="plain",
            copy="\n".join([form(regulation, article), *lines]),
            label=f"复制 {form(regulation, article)}",
        ),
        class_="article",
    )


def _marked(line: str, words: Sequence[str]) -> list[Node]:
    return [node("mark", said) if on else said for said, on in segments(line, found(line, words))]
