"""Likely questions that a model wrote, kept beside the index: one file a regulation, one line an article.

A line is {"article", "hash", "model", "questions": [{"text", "paragraphs"}]}. It counts only as long as the
article has the very text that it was written for, and never where a person has written questions.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from law.regulation import Article, LikelyQuestion, Regulation

FOLDER = "questions"


def article_hash(article: Article) -> str:
    """Changes with the text of an article alone."""
    return hashlib.sha256(article.text.encode()).hexdigest()[:24]


def file_of(data: Path, regulation_id: str) -> Path:
    """Where the questions of a regulation are kept."""
    return data / FOLDER / f"{regulation_id}.jsonl"


def read_written(data: Path, regulation: Regulation) -> dict[str, tuple[LikelyQuestion, ...]]:
    """What was written for the articles as they stand now, by article id; a line cut off by a crash is passed over."""
    try:
        lines = file_of(data, regulation.id).read_text("utf-8").split("\n")
    except OSError:
        return {}
    held = {a.id: a for a in regulation.articles}
    result: dict[str, tuple[LikelyQuestion, ...]] = {}
    for line in lines:
        try:
            said = json.loads(line)
            article = held[said["article"]]
            if said["hash"] == article_hash(article):
                result[article.id] = tuple(
                    LikelyQuestion(article.id, str(q["text"]), _paragraphs(q["paragraphs"], article), True)
                    for q in said["questions"]
                )
        except (ValueError, KeyError, TypeError):
            continue
    return result


def add_written(
    data: Path, regulation: Regulation, article: Article, model: str, questions: Sequence[LikelyQuestion]
) -> None:
    """Keep the questions of one article. Raises OSError."""
    file = file_of(data, regulation.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "article": article.id,
        "hash": article_hash(article),
        "model": model,
        "questions": [{"text": q.text, "paragraphs": list(q.paragraphs)} for q in questions],
    }
    line = json.dumps(said, ensure_ascii=False)
    with file.open("a+", encoding="utf-8") as out:
        out.seek(0)
        whole = out.read().endswith("\n") or not out.tell()
        out.write(("" if whole else "\n") + line + "\n")


def by_a_person(regulation: Regulation) -> set[str]:
    """The ids of the articles for which a person has written questions."""
    return {q.article for q in regulation.questions if not q.by_model}


def with_written(regulation: Regulation, data: Path) -> Regulation:
    """The regulation with a model's questions where no person wrote any."""
    written, person = read_written(data, regulation), by_a_person(regulation)
    kept: dict[str, tuple[LikelyQuestion, ...]] = {}
    for question in regulation.questions:
        if not question.by_model or question.article not in person:
            kept[question.article] = (*kept.get(question.article, ()), question)
    kept |= {id_: questions for id_, questions in written.items() if id_ not in person}
    return replace(regulation, questions=tuple(q for a in regulation.articles for q in kept.get(a.id, ())))


def _paragraphs(numbers: Sequence[int], article: Article) -> tuple[int, ...]:
    return tuple(int(n) for n in numbers if 1 <= int(n) <= len(article.paragraphs))
