"""What a file reads, held to what its Markdown source reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from law.regulation import Article, Regulation

#: Of a scan's characters, so many must be right for an article to count.
ENOUGH = 0.98


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: how many articles there are, how many came out, and what did not."""

    kind: str
    name: str
    articles: int
    right: int
    title_right: bool
    structure_right: int
    wrong: tuple[str, ...]


def compared(kind: str, name: str, source: Regulation, read: Regulation, *, scan: bool = False) -> FileOutcome:
    """Article by article: the words but for white space, and the paragraphs and items they stand in."""
    found = {(a.number, a.suffix): a for a in read.numbered}
    right = structure = 0
    wrong = [] if read.title == source.title else [f"title 「{read.title}」, not 「{source.title}」"]
    for article in source.numbered:
        other = found.get((article.number, article.suffix))
        said, wanted = _words(other), _words(article)
        good = said == wanted or (scan and _alike(said, wanted) >= ENOUGH)
        right += good
        structure += good and other is not None and (scan or _shape(other) == _shape(article))
        if not good:
            wrong.append(f"{article.label}: {_where(wanted, said)}")
        elif other is not None and not scan and _shape(other) != _shape(article):
            wrong.append(f"{article.label}: paragraphs {_shape(article)} read as {_shape(other)}")
    if extra := [
        a.label for a in read.numbered if (a.number, a.suffix) not in {(s.number, s.suffix) for s in source.numbered}
    ]:
        wrong.append(f"not in the source: {'、'.join(extra)}")
    return FileOutcome(kind, name, len(source.numbered), right, read.title == source.title, structure, tuple(wrong))


def _words(article: Article | None) -> str:
    return re.sub(r"\s", "", "".join("".join((p.text, *p.items)) for p in article.paragraphs)) if article else ""


def _shape(article: Article) -> list[int]:
    return [len(p.items) for p in article.paragraphs]


def _alike(a: str, b: str) -> float:
    """Share of characters that need no change."""
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same / max(len(a), len(b), 1)


def _where(wanted: str, said: str) -> str:
    if not said:
        return "absent"
    for op, a, b, c, d in SequenceMatcher(None, wanted, said, autojunk=False).get_opcodes():
        if op != "equal":
            return f"…{wanted[max(0, a - 8) : a]}[{wanted[a:b][:40]}→{said[c:d][:40]}]{wanted[b : b + 8]}…"
    return ""


def summed(outcomes: Sequence[FileOutcome]) -> str:
    """One line for the files of one kind."""
    articles, right = sum(o.articles for o in outcomes), sum(o.right for o in outcomes)
    titles = sum(o.title_right for o in outcomes)
    shape = sum(o.structure_right for o in outcomes)
    whole = sum(o.right == o.articles and o.title_right for o in outcomes)
    return (
        f"{outcomes[0].kind:15} files {whole}/{len(outcomes)} whole   articles {right}/{articles}"
        f" ({right / articles:.1%})   paragraphs {shape}/{articles}   titles {titles}/{len(outcomes)}"
    )
