"""What an answer quotes and cites, held to the articles: quotes in its text, and the fields of its citations."""

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant import Answer, Article, Citation, Regulation
from law.text.numerals import to_int
from law.text.places import short_name

_CELL = re.compile(r"(?:\*\*)?(.+?)(?:\*\*)?\s*——《")
_LABEL = re.compile(r"第([0-9零一二三四五六七八九十百]+)条(?:之[一二三四五六七八九十])?")


def squeezed(text: str) -> str:
    """Without white space, the only liberty a quote may take."""
    return re.sub(r"\s+", "", text)


def altered(answer: Answer, articles: Mapping[str, Article]) -> list[str]:
    """Quoted lines and cells of the text that stand in no article that the answer cites."""
    law = [squeezed(articles[c.id].text) for c in answer.citations if c.id in articles]
    said = (squeezed(q) for q in quoted(answer.text))
    return [q for q in dict.fromkeys(said) if q and not any(q in text for text in law)]


def quoted(text: str) -> Iterable[str]:
    """Lines behind `>`, and of a table what stands before its source.

    >>> list(quoted("> 甲。\\n\\n——《某条例》第一条\\n| 某市 | 乙。 ——《某条例》第二条 |"))
    ['甲。', '乙。']
    """
    for line in text.split("\n"):
        if line.lstrip().startswith(">"):
            yield line.lstrip()[1:].strip()
        elif line.startswith("|"):
            for cell in line.strip("|").split("|"):
                yield from (m[1].strip() for part in cell.split("<br>") if (m := _CELL.match(part.strip())))


def misnamed(citation: Citation, article: Article, regulation: Regulation) -> bool:
    """Whether a citation gives its article another city, title, number, label or 款 than the index has."""
    told = (citation.city, citation.regulation, citation.article, citation.label)
    held = (regulation.place, regulation.title, article.number, article.label)
    return told != held or not 0 <= citation.paragraph <= len(article.paragraphs)


def not_of_it(text: str, regulations: Sequence[Regulation]) -> list[str]:
    """「洛阳第六十条」 where 洛阳 has 48: numbers that a city or title right before them does not have."""
    found: list[str] = []
    for regulation in regulations:
        numbers = {a.number for a in regulation.articles}
        names = "|".join(
            re.escape(n) for n in (f"《{regulation.title}》", regulation.place, short_name(regulation.place))
        )
        for hit in re.finditer(rf"(?:{names})(?:条例|草案|的)?({_LABEL.pattern})", text):
            if to_int(hit[2]) not in numbers:
                found.append(hit[0])
    return found
