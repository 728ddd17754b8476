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


def whole_text(regulation: Regulation) -> list[Node]:
    """A regulation to be read through: its contents, each chapter a click away, then every article."""
    script = to_simplified if regulation.script == TRADITIONAL else str
    contents: list[Node] = []
    nodes: list[Node] = []
    chapter = section = ""
    for article in regulation.articles:
        if article.chapter != chapter:
            chapter, section = article.chapter, ""
            if chapter:
                at = f"chapter-{len(contents)}"
                contents.append(button(script(chapter), class_="plain", to=at))
                nodes.append(node("h2", script(chapter), at=at))
        if article.section != section:
            section = article.section
            nodes += [node("h3", script(section))] if section else []
        nodes.append(article_node(regulation, article, with_place=False))
    top = node("div", *contents, button("打印", class_="plain", print=True), class_="contents", label="目录")
    return [top, *nodes]


def _marked(line: str, words: Sequence[str]) -> list[Node]:
    return [node("mark", said) if on else said for said, on in segments(line, found(line, words))]
