"""A regulation becomes chunks: what is embedded, one vector each.

article    the whole article with its title and heading; in parts where it is too long
paragraph  one 款
question   one likely question of an article

The text of a chunk is Simplified (what is compared); the article's own words travel in the
`payload` of its first chunk, so that the store alone can show and quote every article, and beside it, as `norms`,
the rules in its sentences.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from law.norms.storing import packed
from law.regulation import Article, LikelyQuestion, Note, Paragraph, Regulation
from law.text.script import to_simplified
from vectorstore.tokens import count_tokens

#: What chunks look like; raise it when their text or payload changes shape, or norms are read otherwise.
SCHEMA = 20
MAX_TOKENS = 480
REGULATION, ARTICLE, PARAGRAPH, QUESTION = "regulation", "article", "paragraph", "question"
_SENTENCE = re.compile(r"(?<=[。；！？;])")
Metadata = dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One text to embed. `id` is stable; `hash` changes with the text alone."""

    id: str
    text: str
    hash: str
    metadata: Metadata


def chunks_of(regulation: Regulation, *, likely_questions: bool = True) -> list[Chunk]:
    """Every chunk of a regulation, each within MAX_TOKENS tokens."""
    from law.norms.reader import norms_of_article  # no answer needs the reader: the norms are read from the store

    result = [_regulation_chunk(regulation)]
    by_article: dict[str, list[LikelyQuestion]] = {}
    for question in regulation.questions:
        by_article.setdefault(question.article, []).append(question)
    for article in regulation.articles:
        questions = by_article.get(article.id, [])
        own = _article_chunks(regulation, article, questions)
        if article.number:
            own[0].metadata["norms"] = packed(norms_of_article(regulation, article))
        result += own
        if likely_questions:
            result += _question_chunks(regulation, article, questions)
    return result


def split_text(pieces: Sequence[str], limit: int) -> Iterator[str]:
    """Join pieces up to `limit` tokens; a piece that is too long is cut at its sentences, then anywhere.

    Nothing is lost: the parts joined are the pieces joined.
    """
    held = ""
    for piece in pieces:
        if held and count_tokens(held + piece) > limit:
            yield held
            held = ""
        held += piece
        if count_tokens(held) > limit:
            whole, held = held, ""
            parts = [s for s in _SENTENCE.split(whole) if s]
            yield from split_text(parts, limit) if len(parts) > 1 else _hard_cut(whole, limit)
    if held:
        yield held


def _hard_cut(text: str, limit: int) -> Iterator[str]:
    size = max(1, limit // 3)  # no Chinese character takes more than three tokens
    for at in range(0, len(text), size):
        yield text[at : at + size]


def _regulation_chunk(regulation: Regulation) -> Chunk:
    said = asdict(regulation)
    for field in ("articles", "questions", "findings"):
        said.pop(field)
    said["findings"] = len(regulation.findings)
    text = next(split_text([to_simplified(regulation.title)], MAX_TOKENS))
    return _chunk(f"{regulation.id}#r", REGULATION, text, regulation, None, payload=said)


def _article_chunks(regulation: Regulation, article: Article, questions: Sequence[LikelyQuestion]) -> list[Chunk]:
    head = f"{regulation.title} {article.label}{f'【{article.heading}】' if article.heading else ''}"
    head = to_simplified(head)[:200] + "\n"
    payload = asdict(article)
    payload["questions"] = [
        {"text": q.text, "paragraphs": q.paragraphs} | ({"by_model": True} if q.by_model else {}) for q in questions
    ]
    pieces = [to_simplified(x) for p in article.paragraphs for x in _pieces(p)] or [""]
    room = max(50, MAX_TOKENS - count_tokens(head))
    parts = list(split_text(pieces, room)) or [""]
    result = [
        _chunk(f"{article.id}#a{i}", ARTICLE, head + part, regulation, article, payload=payload if i == 0 else None)
        for i, part in enumerate(parts)
    ]
    for paragraph in article.paragraphs:
        full = [to_simplified(x) for x in _pieces(paragraph)]
        for i, part in enumerate(split_text(full, MAX_TOKENS)):
            name = f"{article.id}#p{paragraph.number}" + (f".{i}" if i else "")
            result.append(_chunk(name, PARAGRAPH, part, regulation, article, paragraph=paragraph.number))
    return result


def _pieces(paragraph: Paragraph) -> tuple[str, ...]:
    return (paragraph.text, *paragraph.items)


def _question_chunks(regulation: Regulation, article: Article, questions: Sequence[LikelyQuestion]) -> list[Chunk]:
    result: list[Chunk] = []
    for i, question in enumerate(questions, 1):
        text = next(split_text([to_simplified(question.text)], MAX_TOKENS))
        chunk = _chunk(f"{article.id}#q{i}", QUESTION, text, regulation, article)
        chunk.metadata["answered_by"] = ",".join(map(str, question.paragraphs))
        result.append(chunk)
    return result


def _chunk(
    id_: str,
    kind: str,
    text: str,
    regulation: Regulation,
    article: Article | None,
    *,
    payload: dict[str, Any] | None = None,
    paragraph: int = 0,
) -> Chunk:
    digest = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:24]
    metadata: dict[str, Any] = {
        "kind": kind,
        "regulation_id": regulation.id,
        "city": regulation.city,
        "province": regulation.province,
        "regulation": regulation.title,
        "status": regulation.status,
        "effective": regulation.dates.get("effective"),
        "source": regulation.source,
        "hash": digest,
        "tokens": count_tokens(text),
        "paragraph": paragraph or None,
        "payload": json.dumps(payload, ensure_ascii=False) if payload else None,
    }
    if article is not None:
        metadata |= {
            "article_id": article.id,
            "article": article.number,
            "suffix": article.suffix or None,
            "label": article.label,
            "heading": article.heading or None,
            "chapter": article.chapter or None,
            "section": article.section or None,
        }
    return Chunk(id_, text, digest, {k: v for k, v in metadata.items() if v is not None})


def norms_from(metadatas: Sequence[Metadata]) -> dict[str, str]:
    """Of every article its norms, packed, as long as nobody asks for them (`law.norms.storing`)."""
    return {str(m["article_id"]): str(m["norms"]) for m in metadatas if "norms" in m}


def regulations_from(metadatas: Sequence[Metadata]) -> tuple[Regulation, ...]:
    """The regulations that a set of chunks was made from, without their findings."""
    heads: dict[str, dict[str, Any]] = {}
    articles: dict[str, list[Article]] = {}
    questions: dict[str, list[LikelyQuestion]] = {}
    for metadata in metadatas:
        if "payload" not in metadata:
            continue
        said = json.loads(str(metadata["payload"]))
        owner = str(metadata["regulation_id"])
        if metadata["kind"] == REGULATION:
            heads[owner] = said
            continue
        article, asked = article_from(said)
        questions.setdefault(owner, []).extend(asked)
        articles.setdefault(owner, []).append(article)
    return tuple(
        _regulation(head, articles.get(owner, []), questions.get(owner, [])) for owner, head in sorted(heads.items())
    )


def article_from(said: dict[str, Any]) -> tuple[Article, list[LikelyQuestion]]:
    """An article and its likely questions from its payload."""
    asked = [
        LikelyQuestion(said["id"], q["text"], tuple(q["paragraphs"]), q.get("by_model", False))
        for q in said.pop("questions")
    ]
    paragraphs = tuple(Paragraph(**{**p, "items": tuple(p["items"])}) for p in said.pop("paragraphs"))
    return Article(**{**said, "paragraphs": paragraphs, "flags": tuple(said["flags"])}), asked


def head_from(head: dict[str, Any]) -> dict[str, Any]:
    """The fields of a regulation from its payload, all but its articles and questions."""
    said = dict(head)
    said.pop("findings")
    for field in ("notes", "short_names", "sound_alikes"):
        said[field] = tuple(said.get(field, ()))  # an older index may lack it
    said["article_notes"] = tuple(Note(**n) for n in said["article_notes"])
    return said


def _regulation(head: dict[str, Any], articles: list[Article], questions: list[LikelyQuestion]) -> Regulation:
    said = head_from(head)
    ordered = sorted(articles, key=lambda a: (a.start, a.line))
    place = {a.id: i for i, a in enumerate(ordered)}
    asked = sorted(questions, key=lambda q: place[q.article])
    return Regulation(**said, articles=tuple(ordered), questions=tuple(asked))
