"""What the check of a draft finds. Plain, frozen data."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "right", "no_such_article", "wrong_article", "misquote", "unsupported", "superseded", "draft", "not_held"
]


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """A block of the draft (paragraph, line, table cell) by its number, and where in its text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation as found: `ids` of the articles it resolves to, of the regulation `regulation_id` ("" not held).

    `claim` is what the draft says on its strength; `missing` the labels of articles, 款 or 项 that do not exist;
    `beside` the ids of the citations that share the claim; `says_draft`, `says_changed` whether the reader is told so.
    """

    place: DraftPlace
    sentence: str
    as_written: str
    regulation_id: str
    name: str
    ids: tuple[str, ...]
    missing: tuple[str, ...]
    claim: str
    says_draft: bool = False
    says_changed: bool = False
    paragraph: int = 0
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation with what was found of it. `ok` is None where its text is not held and nothing can be said.

    `right` are ids of articles that would carry the sentence, `labels` what they are called.
    """

    mention: Mention
    kind: Kind
    ok: bool | None
    why: str = ""
    right: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A line of `check --json`."""
        m = self.mention
        return {
            "sentence": m.sentence,
            "as_written": m.as_written,
            "articles": list(m.ids),
            "ok": self.ok,
            "kind": self.kind,
            "why": self.why,
            "right": list(self.right),
        }


@dataclass(frozen=True, slots=True)
class Uncited:
    """A claim about a held city that cites nothing, and the article that would carry it."""

    place: DraftPlace
    sentence: str
    right: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A draft reviewed: its citations in order, and claims without any."""

    file: str
    citations: tuple[Checked, ...]
    uncited: tuple[Uncited, ...] = field(default=())

    @property
    def to_look_at(self) -> int:
        """Citations that do not stand as they are."""
        return sum(c.ok is False for c in self.citations)

    def as_json(self) -> dict[str, Any]:
        """What `check --json` prints."""
        return {
            "file": self.file,
            "citations": [c.as_json() for c in self.citations],
            "uncited": [{"sentence": u.sentence, "right": list(u.right)} for u in self.uncited],
        }
