"""What the tools give back: typed, so that every client knows the shape, and each with its text."""

from typing import Any

from pydantic import BaseModel, Field

from assistant.answer import Answer, Citation, Hit
from law.norms.choose import Chosen
from law.regulation import Article, Regulation


class Quote(BaseModel):
    """A quote and where it stands."""

    id: str = Field(description="条文编号，如 wuhan/58")
    city: str
    regulation: str = Field(description="法规名称")
    place: str = Field(description="条、款、项，如 第五十八条第二款")
    heading: str
    status: str = Field(description="in_force 现行、draft 草案、amended 已被修正等")
    quote: str = Field(description="条文原文，逐字")
    shown: str = Field(description="同一段文字，按提问的文字（简体或繁体）显示")

    @classmethod
    def of(cls, citation: Citation) -> "Quote":
        """From a citation of an answer."""
        c = citation
        return cls(
            id=c.id,
            city=c.city,
            regulation=c.regulation,
            place=c.number,
            heading=c.heading,
            status=c.status,
            quote=c.quote,
            shown=c.shown or c.quote,
        )


class AnswerResult(BaseModel):
    """An answer, or a refusal with its reason."""

    text: str = Field(description="完整的回答，含引文和出处（Markdown）")
    refused: bool
    reason: str = Field(description="拒答的种类，回答了则为空")
    citations: list[Quote]
    related: list[str] = Field(description="相近但不是答案的条文")
    unstated: list[str] = Field(description="问到而条文没有写明的")
    readings: list[str] = Field(description="问话有歧义时供选择的完整问法，选一个再问；没有歧义则为空")
    notices: list[str] = Field(description="读者须知：草案、已修正、推定的条号等")

    @classmethod
    def of(cls, answer: Answer) -> "AnswerResult":
        """From an answer."""
        return cls(
            text=answer.text,
            refused=answer.refused,
            reason=answer.reason,
            citations=[Quote.of(c) for c in answer.citations],
            related=[f"{h.city}{h.label}" for h in answer.related],
            unstated=list(getattr(answer, "unstated", ())),
            readings=list(answer.readings),
            notices=list(answer.notices),
        )


class Ranked(BaseModel):
    """A ranked article."""

    id: str
    city: str
    regulation: str
    label: str
    heading: str
    chapter: str
    status: str
    similarity: float = Field(description="余弦相似度，0 至 1")
    text: str = Field(description="条文全文，逐字")

    @classmethod
    def of(cls, hit: Hit, text: str) -> "Ranked":
        """From a hit and its article's text."""
        return cls(
            id=hit.id,
            city=hit.city,
            regulation=hit.regulation,
            label=hit.label,
            heading=hit.heading,
            chapter=hit.chapter,
            status=hit.status,
            similarity=hit.similarity,
            text=text,
        )


class ArticleText(BaseModel):
    """One article, verbatim."""

    id: str
    city: str
    regulation: str
    status: str
    label: str
    heading: str
    chapter: str
    paragraphs: list[str] = Field(description="各款原文，款内各项随后")
    notes: list[str] = Field(description="读这一条须知的：勘误、后来的修正")

    @classmethod
    def of(cls, regulation: Regulation, article: Article) -> "ArticleText":
        """From the store."""
        return cls(
            id=article.id,
            city=regulation.place,
            regulation=regulation.title,
            status=regulation.status,
            label=article.label,
            heading=article.heading,
            chapter=article.chapter,
            paragraphs=["\n".join([p.text, *p.items]).strip() for p in article.paragraphs],
            notes=[n.text for n in regulation.notes_on(article)],
        )


class NormResult(BaseModel):
    """One norm: who must, may or must not do what."""

    id: str
    city: str
    regulation: str
    label: str
    paragraph: int
    quote: str
    actors: list[str]
    binding: str
    act: str
    beneficiaries: list[str]
    means: list[str]
    conditions: list[str]
    exceptions: list[str]

    @classmethod
    def of(cls, chosen: Chosen) -> "NormResult":
        """From a chosen norm."""
        n, a, r = chosen.norm, chosen.article, chosen.regulation
        return cls(
            id=a.id,
            city=r.place,
            regulation=r.title,
            label=a.label,
            paragraph=n.paragraph,
            quote=n.quote,
            actors=list(n.actors),
            binding=n.binding,
            act=n.act,
            beneficiaries=list(n.beneficiaries),
            means=list(n.means),
            conditions=list(n.conditions),
            exceptions=list(n.exceptions),
        )


class RegulationResult(BaseModel):
    """One regulation that is held."""

    id: str
    title: str
    city: str
    province: str
    status: str
    articles: int
    dates: dict[str, Any]

    @classmethod
    def of(cls, regulation: Regulation) -> "RegulationResult":
        """From the store."""
        r = regulation
        return cls(
            id=r.id,
            title=r.title,
            city=r.city,
            province=r.province,
            status=r.status,
            articles=len(r.numbered),
            dates=dict(r.dates),
        )


class CityResult(BaseModel):
    """One city's part of a comparison."""

    city: str
    regulation: str
    quotes: list[Quote] = Field(description="为空：该法规没有找到这方面的规定")


class ComparisonResult(BaseModel):
    """Cities side by side on one matter."""

    text: str
    sides: list[CityResult]
    notices: list[str]


class SentenceResult(BaseModel):
    """Whether a sentence is carried by the articles it cites."""

    supported: bool
    reasons: list[str] = Field(description="不成立的理由，成立则为空")


class CheckedCitation(BaseModel):
    """One citation of a text, judged."""

    sentence: str
    as_written: str
    articles: list[str]
    ok: bool | None = Field(description="true 无误；false 要看；null 没有收录、无法核对")
    kind: str = Field(
        description="right、no_such_article、wrong_article、misquote、unsupported、superseded、draft、not_held"
    )
    why: str
    right: list[str] = Field(description="支持这句话的条文")


class CheckedText(BaseModel):
    """Every citation of a text, and claims about held cities without one."""

    citations: list[CheckedCitation]
    uncited: list[str]
