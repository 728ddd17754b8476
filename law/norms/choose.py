"""The norms that fit a wish: whose they are, for whom, by what means, how binding, in which words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from law.errors import FatiaoError
from law.norms.actors import actors_in
from law.norms.clause.roles import groups_of
from law.norms.grammar import GRAMMAR
from law.norms.norm import BINDINGS, CLASSES, DEPARTMENT, MEANS, Norm, is_class
from law.regulation import Article, Regulation
from law.text.script import plain

_ASKS = GRAMMAR["choose.asks"]
_MAY_ASK = GRAMMAR["choose.may_ask"]
_ANSWERS = GRAMMAR["choose.answers"]
#: Who so acts helps others and leads nobody.
_HELPS = GRAMMAR["choose.helps"]
_LEADS_IT = GRAMMAR["reading.leads_it"]

Role = Literal["", "acts", "leads", "takes_part"]


class NormWishError(FatiaoError):
    """A wish that names nothing of the closed vocabularies."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to choose by; an empty field takes everything.

    `actor` and `beneficiary` are a class (企业, 部门:财政) or a said name (市科学技术主管部门, 科技局); `words`
    must all stand in the quote or the heading; `role` narrows what `actor` does: acts,
    leads (牵头) or takes_part (会同, 配合).
    """

    actor: str = ""
    role: Role = ""
    beneficiary: str = ""
    means: str = ""
    words: tuple[str, ...] = ()
    binding: str = ""
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A norm that fits, where it stands, and what the wished actor does in it ("" where none was wished).

    `takes_part` are the classes wished that only take part.
    """

    regulation: Regulation
    article: Article
    norm: Norm
    role: Role = ""
    takes_part: tuple[str, ...] = ()


def choose(rules: Iterable[tuple[Regulation, Article, Norm]], wish: Wish) -> tuple[Chosen, ...]:
    """The norms that fit a wish, in the order given. Raises NormWishError."""
    checked = _Checked.of(wish)
    return tuple(checked.chosen(rules))


def classes_named(name: str) -> tuple[str, ...]:
    """The classes that a class or a said name stands for. Raises NormWishError where it names nobody.

    >>> classes_named("科技局"), classes_named("市、区人民政府"), classes_named("企业")
    (('部门:科学技术',), ('市政府', '县区政府'), ('企业',))
    """
    bare = plain(name)
    if is_class(bare):
        return (bare,)
    if named := tuple(dict.fromkeys(c for a in actors_in(bare) for c in a.classes)):
        return named
    if named := tuple(dict.fromkeys(c for a in actors_in(bare + "部门") for c in a.classes if c != DEPARTMENT)):
        return named
    raise NormWishError(
        f"看不出「{name}」是哪一类主体，请写条文里的名称（市科学技术主管部门、企业）或：{'、'.join(CLASSES)}。"
    )


def role_of(norm: Norm, classes: Iterable[str]) -> Role:
    """What one of several classes does by a norm: leads (牵头, 会同), acts, takes part, or nothing."""
    wished = set(classes)
    if wished & set(norm.actors):
        leads = norm.partners and not _HELPS.search(plain(norm.quote))
        return "leads" if leads or _LEADS_IT.search(plain(norm.quote)) else "acts"
    return "takes_part" if wished & {*norm.partners, *_asked(norm)} else ""


def _asked(norm: Norm) -> Iterator[str]:
    """The classes that are asked before or told after: 经科学技术部门评审后, 报市人民政府批准."""
    quote = plain(norm.quote)
    if not _MAY_ASK.search(quote):
        return
    for group in groups_of(quote, actors_in(quote)):
        first, last = group[0], group[-1]
        if _ASKS.search(quote[max(0, first.start - 12) : first.start]) and _ANSWERS.match(quote, last.end):
            yield from (name for actor in group for name in actor.classes)


@dataclass(frozen=True, slots=True)
class _Checked:
    wish: Wish
    actors: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    words: tuple[str, ...]
    chapter: str

    @classmethod
    def of(cls, wish: Wish) -> "_Checked":
        if wish.binding and wish.binding not in BINDINGS:
            raise NormWishError(f"没有「{wish.binding}」这种约束，可用：{'、'.join(BINDINGS)}。")
        if wish.means and wish.means not in MEANS:
            raise NormWishError(f"没有「{wish.means}」这种手段，可用：{'、'.join(MEANS)}。")
        actors = classes_named(wish.actor) if wish.actor else ()
        beneficiaries = classes_named(wish.beneficiary) if wish.beneficiary else ()
        words = tuple(plain(w) for word in wish.words for w in re.split(r"\s+", word) if w)
        return cls(wish, actors, beneficiaries, words, plain(wish.chapter))

    def chosen(self, rules: Iterable[tuple[Regulation, Article, Norm]]) -> Iterator[Chosen]:
        for regulation, article, norm in rules:
            role: Role = role_of(norm, self.actors) if self.actors else ""
            if self.actors and (not role or (self.wish.role and role != self.wish.role)):
                continue
            if self._fits(article, norm):
                yield Chosen(regulation, article, norm, role, self.actors if role == "takes_part" else ())

    def _fits(self, article: Article, norm: Norm) -> bool:
        text = plain(norm.quote + article.heading)
        return (
            (not self.beneficiaries or bool(set(self.beneficiaries) & set(norm.beneficiaries)))
            and (not self.wish.means or self.wish.means in norm.means)
            and (not self.wish.binding or self.wish.binding == norm.binding)
            and self.chapter in plain(article.chapter)
            and all(word in text for word in self.words)
        )
