"""What the assistant gives back: an answer, its citations, and the articles it ranked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from assistant.steps import Trace
from law.regulation import Article, Regulation
from law.text.numerals import to_chinese
from prompts import say

REASONS = ("city_not_in_corpus", "no_such_article", "off_topic", "no_evidence", "not_stated", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands. `quote` is one contiguous span of the article, verbatim.

    `shown` is the same in the reader's script, what pages, Word and the door display; `quote` where they are one.
    """

    id: str
    city: str
    regulation: str
    article: int
    suffix: int
    label: str
    paragraph: int
    heading: str
    chapter: str
    status: str
    quote: str
    paragraphs_in_article: int = 1
    item: int = 0
    bold: tuple[tuple[int, int], ...] = ()  # the words of the quote that answer: [start, end) each
    shown: str = ""
    shown_bold: tuple[tuple[int, int], ...] = ()  # the same of `shown`
    fate: str = ""  # what became of the article after this text: 已删去（2019年）

    @property
    def converted(self) -> bool:
        """Whether what is shown is in another script than the source."""
        return bool(self.shown) and self.shown != self.quote

    @property
    def number(self) -> str:
        """第五十八条第二款; the 款 only where the article has more than one, the 项 where only one is quoted."""
        several = self.article and self.paragraph and self.paragraphs_in_article > 1
        paragraph = f"第{to_chinese(self.paragraph)}款" if several else ""
        item = f"第（{to_chinese(self.item)}）项" if self.item else ""
        return self.label + paragraph + item

    @property
    def place(self) -> str:
        """第五十八条第二款【保险机构科技金融产品创新】: the number, then the heading and what became of it, if any."""
        heading = f"【{self.heading}】" if self.heading else ""
        return self.number + heading + (f"，{self.fate}" if self.fate else "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked article. `score` ranks (no unit); `similarity` is the best cosine of its chunks."""

    id: str
    city: str
    regulation: str
    article: int
    suffix: int
    label: str
    heading: str
    chapter: str
    status: str
    score: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of a model that was not shown, and why."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a model wrote and what became of it: `prose` as shown ("" where it was not used), how many sentences
    were `kept` and `dropped`, and of those `why` each; `looked`, how many of the kept a second look settled."""

    prose: str
    kept: int
    dropped: int
    why: tuple[Dropped, ...] = ()
    looked: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for a trace."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a refusal. `text` is plain Markdown and holds every quote in full.

    `verdict` is the line that answers first; `unstated` is what was asked and is stated nowhere, each in a few words,
    beside an answer or a refusal of several things; `readings` are two or three whole questions, of which a refusal
    cannot tell which was meant; `opening`, of a list, says on what ground its articles were chosen
    and how many there are; `seconds` is the time it took; `tokens` what a language model consumed (0 without one), also
    where its words were not used;
    `model` says which writer wrote, `writing` what became of a model's sentences;
    `confidence` is how likely the best article answers (None where that was not in question), `standalone` the question
    as it was understood; `trace`, where it was asked for, what each step saw and decided.
    """

    id: str
    question: str
    text: str
    refused: bool = False
    reason: str = ""
    citations: tuple[Citation, ...] = ()
    related: tuple[Hit, ...] = ()
    hits: tuple[Hit, ...] = ()
    notices: tuple[str, ...] = ()
    model: str = "offline"
    seconds: float = 0.0
    tokens: int = 0
    standalone: str = ""
    blocks: tuple["Block", ...] = field(default=(), compare=False)
    writing: Writing | None = field(default=None, compare=False)
    trace: Trace | None = field(default=None, compare=False)
    confidence: float | None = field(default=None, compare=False)
    unstated: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    opening: str = ""
    verdict: str = ""

    def as_dict(self) -> dict[str, Any]:
        """What `--json` and `batch` print."""
        said = asdict(self)
        for part in ("blocks", "confidence", *(n for n in ("writing", "trace") if getattr(self, n) is None)):
            said.pop(part)
        for citation in said["citations"]:
            citation.pop("paragraphs_in_article")
        return said


@dataclass(frozen=True, slots=True)
class Block:
    """One city's part of an answer, for pages that lay it out themselves; `name` is set where the city alone would not
    tell it from another one."""

    regulation_id: str
    city: str
    title: str
    citations: tuple[Citation, ...]
    remark: str = ""
    name: str = ""

    @property
    def heading(self) -> str:
        """What the part is headed by: the city, or the text, where two of one city answer."""
        return self.name or self.city


def told_apart(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The parts of an answer as they stand now: each named by its text where its city heads another one too."""
    many = Counter(b.city for b in blocks)
    return tuple(replace(b, name=_by_title(b) if many[b.city] > 1 else "") for b in blocks)


def _by_title(block: Block) -> str:
    place = "" if block.title.startswith(block.city) else block.city
    return say("answer.by_title", place=place, title=block.title)


@dataclass(frozen=True, slots=True)
class Event:
    """What `stream` yields: a step begins, text is added, all text so far is replaced, or the answer.

    The step in which a model writes carries as `found` the quotes that it writes from; the last event has the answer.
    """

    kind: Literal["step", "text", "replace", "answer"]
    text: str = ""
    answer: Answer | None = None
    found: Answer | None = None

    @property
    def type(self) -> str:
        """The same as `kind`."""
        return self.kind


def hit(regulation: Regulation, article: Article, score: float, similarity: float) -> Hit:
    """A hit rendered from the store."""
    return Hit(
        article.id,
        regulation.place,
        regulation.title,
        article.number,
        article.suffix,
        article.label,
        article.heading,
        article.chapter,
        regulation.status,
        round(score, 4),
        round(similarity, 4),
    )
