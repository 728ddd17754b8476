"""A model proposes norms where the grammar left one open; each is held to its article and to known values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from assistant.model.article_by_article import in_turn, ready, said_of
from assistant.model.client import Usage
from assistant.model.context import article_text
from assistant.model.help_to_understand import read_json
from law.norm_proposals import add_proposal, left_open, proposals_file, read_proposals
from law.norms.norm import BINDINGS, CLASSES, MEANS, OTHER_MEANS, Norm, is_class
from law.regulation import Article, Regulation
from law.text.script import plain
from prompts import Message, as_data, load_prompt
from vectorstore.filling import Progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class _Somebody(BaseModel):
    said: str
    name: str = Field(alias="class")


class _Said(BaseModel):
    quote: str
    actors: list[_Somebody] = Field(default_factory=list)
    binding: str = ""
    beneficiaries: list[_Somebody] = Field(default_factory=list, alias="for")
    means: list[str] = Field(default_factory=list)


class _AllSaid(BaseModel):
    norms: list[_Said]


@dataclass(frozen=True, slots=True)
class ProposeReport:
    """What was done: rules left `open`, norms `proposed` now, articles `held` from before."""

    regulation: Regulation
    open: int
    proposed: int
    held: int
    tokens: int
    file: Path


def propose(helper: "Assistant", regulation_id: str, progress: Progress | None = None) -> ProposeReport:
    """Propose for every article with a rule left open; each is kept as soon as it is there, so a second run goes on.

    Raises SettingError without a model, QuestionError for an unknown id, ModelError when the server fails.
    """
    model, regulation = ready(helper, regulation_id, "提出规范")
    done = read_proposals(helper.data, regulation)
    wanted = [(a, rules) for a in regulation.numbered if (rules := left_open(helper.library().norms_of_article(a.id)))]
    missing = [(a, norms) for a, norms in wanted if a.id not in done]
    usage, proposed = Usage(), 0
    for article, norms in in_turn(missing, progress):
        said = read_json(said_of(helper, article, _messages(regulation, article, norms), usage), _AllSaid)
        if said is None:
            continue
        kept = tuple(n for one in said.norms if (n := checked(article, norms, one)))
        add_proposal(helper.data, regulation, article, model.name, kept)
        proposed += len(kept)
    return ProposeReport(
        regulation,
        sum(len(norms) for _, norms in wanted),
        proposed,
        len(done),
        usage.tokens,
        proposals_file(helper.data, regulation.id),
    )


def _messages(regulation: Regulation, article: Article, norms: Iterable[Norm]) -> tuple[Message, Message]:
    return load_prompt("norms").render(
        article=article_text(regulation, article, article.paragraphs, numbered=True),
        quotes="\n".join(as_data(n.quote) for n in norms),
        bindings="、".join(BINDINGS),
        means="、".join(MEANS),
        classes="、".join(CLASSES),
    )


def checked(article: Article, norms: Sequence[Norm], said: _Said) -> Norm | None:
    """The proposal as it may be kept: of a rule left open, in words of the article, with known values."""
    rule = next((n for n in norms if plain(n.quote) == plain(said.quote)), None)
    if rule is None or (said.binding and said.binding not in BINDINGS):
        return None
    actors, beneficiaries = _held(article, said.actors), _held(article, said.beneficiaries)
    means = tuple(m for m in MEANS if m in said.means) or rule.means
    if not actors and not beneficiaries and means == OTHER_MEANS:
        return None
    return replace(
        rule,
        actors=_names(actors),
        actors_said=tuple(a.said for a in actors),
        binding=next((b for b in BINDINGS if b == said.binding), rule.binding),
        beneficiaries=_names(beneficiaries),
        beneficiaries_said=tuple(b.said for b in beneficiaries),
        means=means,
        origin="model",
    )


def _held(article: Article, said: Iterable[_Somebody]) -> list[_Somebody]:
    return [s for s in said if s.said and s.said in article.text and is_class(s.name)]


def _names(said: Iterable[_Somebody]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.name for s in said))
