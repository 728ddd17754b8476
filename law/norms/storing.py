"""Norms as one line of text beside their article, and back: what the text itself holds is not said twice."""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from law.norms.norm import Norm, NormFigure
from law.regulation import Article

#: Said by the article.
_LEFT_OUT = ("article_id", "quote")
#: Stands in packed norms where one of them names another article.
NAMES_OTHERS = '"refers_to"'
_DEFAULTS = {f.name: f.default for f in fields(Norm)}


def packed(norms: Sequence[Norm]) -> str:
    """The norms of one article, without what is empty."""
    return json.dumps([_packed(n) for n in norms], ensure_ascii=False, separators=(",", ":"))


def unpacked(said: str, article: Article) -> tuple[Norm, ...]:
    """The norms of an article from what `packed` made of them."""
    return tuple(_unpacked(row, article) for row in json.loads(said))


def breaches(said: str) -> tuple[int, ...]:
    """The numbers of the articles of which packed norms say what follows when they are broken."""
    if NAMES_OTHERS not in said:
        return ()
    rows = (row for row in json.loads(said) if row.get("kind") == "consequence")
    return tuple(number for row in rows for number in row.get("refers_to", ()))


def _packed(norm: Norm) -> dict[str, Any]:
    row = {f.name: getattr(norm, f.name) for f in fields(Norm) if f.name not in _LEFT_OUT}
    row["figures"] = [[f.text, f.subject, f.bound, f.kind, f.starts] for f in norm.figures]
    return {name: value for name, value in row.items() if value != _DEFAULTS[name] and value != []}


def _unpacked(row: dict[str, Any], article: Article) -> Norm:
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    said["figures"] = tuple(NormFigure(*figure) for figure in row.get("figures", ()))
    paragraph = article.paragraphs[said["paragraph"] - 1]
    said.setdefault("item", 0)
    printed = paragraph.items[said["item"] - 1] if said["item"] else paragraph.text
    return Norm(article_id=article.id, quote=printed[said["start"] : said["end"]], **said)
