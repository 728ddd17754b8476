"""Norms that a model proposes where the grammar left one open, kept beside the index and apart from what was read.

One file a regulation, one line an article: {"article", "hash", "model", "norms"}. A line counts only as long as the
article has the very text that it was written for. They are shown as proposals and never counted among the norms.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from law.norms.norm import OTHER_MEANS, Norm
from law.norms.storing import packed, unpacked
from law.regulation import Article, Regulation

FOLDER = "norms"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model made of one article; no norms where it had nothing to add."""

    article_id: str
    model: str
    norms: tuple[Norm, ...]


def left_open(norms: Iterable[Norm]) -> tuple[Norm, ...]:
    """The rules of which the grammar read neither who acts, nor for whom, nor by what."""
    return tuple(
        n
        for n in norms
        if n.kind == "rule" and n.binding != "无" and not (n.actors or n.beneficiaries) and n.means == OTHER_MEANS
    )


def proposals_file(data: Path, regulation_id: str) -> Path:
    """Where the proposals for a regulation are kept."""
    return data / FOLDER / f"{regulation_id}.jsonl"


def read_proposals(data: Path, regulation: Regulation) -> dict[str, Proposed]:
    """What was proposed for the articles as they stand now, by id; a line cut off by a crash is passed over."""
    try:
        lines = proposals_file(data, regulation.id).read_text("utf-8").split("\n")
    except OSError:
        return {}
    held = {a.id: a for a in regulation.articles}
    found: dict[str, Proposed] = {}
    for line in lines:
        try:
            said = json.loads(line)
            article = held[said["article"]]
            if said["hash"] == _hash(article):
                norms = unpacked(json.dumps(said["norms"]), article)
                found[article.id] = Proposed(article.id, str(said["model"]), norms)
        except (ValueError, KeyError, TypeError, IndexError):
            continue
    return found


def add_proposal(data: Path, regulation: Regulation, article: Article, model: str, norms: Sequence[Norm]) -> None:
    """Keep what was proposed for one article. Raises OSError."""
    file = proposals_file(data, regulation.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {"article": article.id, "hash": _hash(article), "model": model, "norms": json.loads(packed(norms))}
    with file.open("a+", encoding="utf-8") as out:
        out.seek(0)
        whole = out.read().endswith("\n") or not out.tell()
        out.write(("" if whole else "\n") + json.dumps(said, ensure_ascii=False) + "\n")


def _hash(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()[:24]
