"""What a regulation is made of. Everything here is plain, frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

#: How a text stands today; `amended` and `repealed` say that a later text exists.
#: `unknown` that nothing in it, and no other text held, tells how it stands.
STATUSES = ("in_force", "draft", "amended", "repealed", "not_yet_in_force", "unknown")

NUMBER_INFERRED = "number_inferred"
NUMBER_REPEATED = "number_repeated"
TEXT_DAMAGED = "text_damaged"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One 款: its words and its 项, as printed, line breaks and markup removed."""

    number: int
    text: str
    items: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def full(self) -> str:
        """Lead and items in one string, in the order of the source."""
        return self.text + "".join(self.items)


@dataclass(frozen=True, slots=True)
class Article:
    """One 条. `start` and `end` are character offsets in the decoded source."""

    id: str
    number: int
    suffix: int
    label: str
    heading: str
    chapter: str
    section: str
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int
    line: int = 0
    flags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All paragraphs, one a line."""
        paragraphs = self.paragraphs
        return paragraphs[0].full if len(paragraphs) == 1 else "\n".join([p.full for p in paragraphs])


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a source that looks wrong. `line` counts from 1; 0 is the whole document."""

    line: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of one article must be told: an erratum, or what later became of it."""

    article: int
    kind: str
    text: str
    suffix: int = 0


@dataclass(frozen=True, slots=True)
class LikelyQuestion:
    """A question that an article answers; `paragraphs` says which 款 do, `by_model` that no person wrote it."""

    article: str
    text: str
    paragraphs: tuple[int, ...] = ()
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation with its identity, articles, declared errata and likely questions.

    `city` is 常州市, or "" for a provincial text; `dates` holds ISO dates under adopted,
    approved, announced, effective (None where the source prints none) and a list under amended.
    """

    id: str
    title: str
    city: str
    province: str
    status: str
    dates: dict[str, str | list[str] | None]
    script: str
    sha256: str
    articles: tuple[Article, ...]
    source: str = ""
    notes: tuple[str, ...] = ()
    article_notes: tuple[Note, ...] = ()
    short_names: tuple[str, ...] = ()
    sound_alikes: tuple[str, ...] = ()  # of the city's short name, see `places.sound_alikes`
    questions: tuple[LikelyQuestion, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    level: str = ""  # one of `parsing.standing.LEVELS`, "" where it is not known
    own_status: str = ""  # the status by its own words, where another text held has changed it
    fate: str = ""  # what that other text did, in a sentence

    @property
    def place(self) -> str:
        """常州市, 山东省 for a provincial text, 全国 for a national one; the title where none is known."""
        national = self.level in ("宪法与法律", "行政法规", "部门规章")
        return self.city or self.province or ("全国" if national else self.title)

    @property
    def numbered(self) -> tuple[Article, ...]:
        """The articles proper, without the text before 第一章."""
        return tuple(a for a in self.articles if a.number)

    def may_say(self, words: Sequence[str]) -> bool:
        """False where it is told sooner than by reading its articles that none of some words stands in one of them;
        each is of two Simplified Chinese characters or more."""
        return True

    def find(self, number: int, suffix: int = 0) -> tuple[Article, ...]:
        """Every article with this number, in document order; two where a number repeats."""
        return tuple(a for a in self.articles if (a.number, a.suffix) == (number, suffix))

    def beside(self, number: int, suffix: int, step: int) -> tuple[int, int]:
        """Number and suffix of the article before (-1) or after (1) one, in document order.

        Where the text leaves a number out, the number left out: 第三十二条 after 第三十一条, whether held or not.
        """
        labels = list(dict.fromkeys((a.number, a.suffix) for a in self.numbered))
        at = labels.index((number, suffix)) + step if (number, suffix) in labels else -1
        if 0 <= at < len(labels) and abs(labels[at][0] - number) <= 1:
            return labels[at]
        return number + step, 0

    def notes_on(self, article: Article) -> tuple[Note, ...]:
        """The errata and later fates declared for one article."""
        key = (article.number, article.suffix)
        return tuple(n for n in self.article_notes if (n.article, n.suffix) == key)

    def with_id(self, new_id: str) -> "Regulation":
        """The same regulation under another id, its articles and questions renamed with it."""
        old = len(self.id)
        return replace(
            self,
            id=new_id,
            articles=tuple(replace(a, id=new_id + a.id[old:]) for a in self.articles),
            questions=tuple(replace(q, article=new_id + q.article[old:]) for q in self.questions),
        )
