"""Sets that norms choose: what somebody must do, leads or takes part in, and all the rules that concern a body."""

from dataclasses import replace

from assistant.decide.decision import Decision, Evidence, Listing
from assistant.decide.whole.literal import name_of_kind
from assistant.understand.bodies.names import formal
from assistant.understand.breadth import GOVERNMENTS
from assistant.understand.question import Question
from law.norms.actors import PEOPLE, actors_in, may_be_named
from law.norms.choose import role_of
from law.norms.clause.roles import groups_of
from law.norms.norm import DEPARTMENT, Norm
from law.regulation import Article, Regulation
from law.text.rules import load_rules, read_once
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

_RULES = load_rules("assistant.decide.whole", "sets.toml")

_BINDS = ("应当", "不得")
#: Classes of bodies with little in common: one that a regulation names is asked for by its name.
_OF_MANY = {"社会组织", "服务机构", "金融机构"}
#: Classes of which a kind may be asked for by its own name (国有企业, 项目承担单位).
_OF_KINDS = {"企业", "单位"}
#: Before somebody stands, of what kind he is, in at most so many characters: 科技型企业.
_KIND = 6
#: What ends the subject of a sentence.
_PREDICATE = _RULES["predicate"]
_WITHHELD = _RULES["withheld"]
#: Between two departments of a subject.
_LISTED = _RULES["listed"]
#: A name of more characters is that of one kind of body (新型研发机构), others are those of all of a class (高校), as
#: those of people are.
_OF_ALL = 4
_Rule = tuple[Regulation, Article, Norm]


def by_duties(question: Question, library: Library) -> Decision | None:
    """The norms in which somebody acts, leads or takes part."""
    breadth = question.breadth
    norms = library.norms(question.regulation_ids, breadth.actors)
    rules = [r for r in norms if _wanted(r[2], must=breadth.must)]
    if breadth.alone:
        rules = [r for r in rules if _alone(r[2], breadth.actors)]
    mine = [r for r in rules if _takes_part(r[2], breadth.actors)]
    if set(breadth.actors) <= _OF_MANY and (by_name := [r for r in rules if _acts_by_name(r[2], breadth.said)]):
        mine = by_name
    kind = name_of_kind(question, [r[2] for r in mine]) if set(breadth.actors) <= _OF_KINDS else ""
    mine = [r for r in mine if kind in plain(r[2].quote)]
    if not mine and question.named and all(c.startswith(f"{DEPARTMENT}:") for c in breadth.actors):
        return _of_every_department(question, library)
    evidence = [_of_norm(regulation, article.id, norm, library) for regulation, article, norm in mine]
    if not evidence:
        return None
    listing = Listing(say("ground.actor", actor=kind or breadth.said), counts=breadth.counts)
    return Decision(_joined(evidence), listing=listing)


def by_norms(question: Question, library: Library) -> Decision | None:
    """The norms that give a help of a sort, or those that concern bodies; None where hardly one does."""
    return _by_means(question, library) if question.breadth.means else _by_concern(question, library)


def _by_means(question: Question, library: Library) -> Decision | None:
    """The norms that give a help of the sorts asked for, to those who are named where any are."""
    breadth = question.breadth
    rules = (r for r in library.norms(question.regulation_ids) if r[2].kind == "rule" and r[2].binding != "不得")
    given = [r for r in rules if set(breadth.means) & set(r[2].means) and not _WITHHELD.search(plain(r[2].quote))]
    if breadth.actors:
        given = [r for r in given if _is_for(r[2], breadth.actors)]
    evidence = [_of_norm(regulation, article.id, norm, library) for regulation, article, norm in given]
    listing = Listing(say("ground.means", means=breadth.said), counts=breadth.counts)
    several = len({e.article.id for e in evidence}) > 1
    return Decision(_joined(evidence), listing=listing) if several else None


def _by_concern(question: Question, library: Library) -> Decision | None:
    """The norms in which bodies act, take part or gain, or that name them; None where no norm speaks of a kind of body
    that was named (国有企业, 农民合作社), or one article alone does."""
    breadth = question.breadth
    rules = [r for r in library.norms(question.regulation_ids, breadth.actors) if _wanted(r[2], must=False)]
    mine = [r for r in rules if _concerns(r[2], breadth.actors)]
    if set(breadth.actors) <= _OF_MANY:  # an association is no 联合体, and one of the 社会组织
        names = (*breadth.words, *breadth.actors)
        mine = [r for r in mine if any(n in formal(plain(r[2].quote)) for n in names)]
    wanted: list[_Rule] = []
    for name in breadth.words:
        by_name = [r for r in mine if name in formal(plain(r[2].quote))]
        if not by_name and (_is_a_kind(name) or set(breadth.actors) <= {*_OF_MANY, "单位"}):
            return None
        one_kind = _is_a_kind(name) or (len(name) > _OF_ALL and not set(breadth.actors) <= {*PEOPLE})
        wanted += by_name if by_name and one_kind else mine
    kept = {id(r[2]) for r in wanted}
    evidence = [
        _of_norm(regulation, article.id, norm, library) for regulation, article, norm in mine if id(norm) in kept
    ]
    listing = Listing(say("ground.concern", actor=breadth.said))
    several = len({e.article.id for e in evidence}) > 1
    return Decision(_joined(evidence), listing=listing) if several else None


def _is_a_kind(name: str) -> bool:
    """Whether words before the name of a body say of what kind it is: 国有企业.

    >>> _is_a_kind("国有企业"), _is_a_kind("高等学校")
    (True, False)
    """
    return any(a.start > 0 for a in actors_in(name)[:1])


def _is_for(norm: Norm, classes: tuple[str, ...]) -> bool:
    """Whether one of the classes gains by a norm, or is named in one of which nobody is told to gain."""
    return bool(set(norm.beneficiaries) & set(classes)) or (not norm.beneficiaries and _concerns(norm, classes))


def _concerns(norm: Norm, classes: tuple[str, ...]) -> bool:
    """Whether one of the classes acts, takes part or gains by a norm, or is named in it."""
    wanted = set(classes)
    told = not wanted.isdisjoint((*norm.actors, *norm.partners, *norm.beneficiaries))
    return told or (may_be_named(plain(norm.quote), classes) and not wanted.isdisjoint(_named(norm.quote)[0]))


def _of_every_department(question: Question, library: Library) -> Decision:
    """For a department that no rule names: what is said to the departments concerned, and that it is not named."""
    actor, must = question.breadth.said, question.breadth.must
    rules = [r for r in library.norms(question.regulation_ids) if _wanted(r[2], must=must)]
    if question.breadth.alone:
        rules = [r for r in rules if _alone(r[2], question.breadth.actors)]
    evidence = [_of_norm(r, a.id, n, library) for r, a, n in rules if DEPARTMENT in n.actors]
    if not evidence:
        return Decision(reason="not_stated", refusal=say("refusal.not_named", actor=actor))
    listing = Listing(say("ground.every_department"), counts=question.breadth.counts)
    return Decision(_joined(evidence), notices=(say("notice.not_named", actor=actor),), listing=listing)


def _acts_by_name(norm: Norm, said: str) -> bool:
    """Whether the name by which somebody is asked for stands in the subject of a rule."""
    text = formal(plain(norm.quote))
    predicate = _PREDICATE.search(text)
    return said in (text[: predicate.start()] if predicate else text)


def _alone(norm: Norm, classes: tuple[str, ...]) -> bool:
    """Whether those asked for are named, and no other level of government acts beside them."""
    named = {c for said in norm.actors_said for a in actors_in(plain(said)) for c in a.classes}
    return bool(named & set(classes)) and not (set(GOVERNMENTS) & set(norm.actors)) - set(classes)


def _takes_part(norm: Norm, classes: tuple[str, ...]) -> bool:
    """Whether one of the classes acts by a norm; a department with a field does wherever it is named."""
    said = {*norm.actors, *norm.partners}
    if not said.intersection(classes) and not may_be_named(plain(norm.quote), classes):
        return False
    if role_of(norm, classes) or _urged(norm.quote) & set(classes):
        return True
    anywhere, subject = _named(norm.quote)
    return bool({c for c in classes if c.startswith(f"{DEPARTMENT}:")} & anywhere or set(classes) & subject)


@read_once(16_384)
def _urged(quote: str) -> frozenset[str]:
    """The classes whom the place itself encourages to act: 保险机构 of 本市鼓励保险机构开发保险品种."""
    text = plain(quote)
    if (urges := _RULES["urged"].match(text)) is None:
        return frozenset()
    first = next(iter(groups_of(text, actors_in(text))), [])
    near = first and first[0].start - urges.end() <= _KIND and not text.startswith("的", first[-1].end)
    return frozenset(c for a in first for c in a.classes) if near else frozenset()


@read_once(16_384)
def _named(quote: str) -> tuple[frozenset[str], frozenset[str]]:
    """The classes that a rule names anywhere, and those of its subject, departments listed by their fields too."""
    text = plain(quote)
    predicate = _PREDICATE.search(text)
    subject = text[: predicate.start()] if predicate else ""
    listed = set(_LISTED.split(subject)) if DEPARTMENT in subject else set()
    named = {c for a in actors_in(subject) for c in a.classes} | {f"{DEPARTMENT}:{field}" for field in listed}
    return frozenset(c for a in actors_in(text) for c in a.classes), frozenset(named)


def _wanted(norm: Norm, *, must: bool) -> bool:
    return norm.binding in _BINDS if must else norm.kind in ("rule", "consequence")


def _of_norm(regulation: Regulation, article_id: str, norm: Norm, library: Library) -> Evidence:
    article = library.by_id[article_id][1]
    paragraph = next(p for p in article.paragraphs if p.number == norm.paragraph)
    return Evidence(regulation, article, (paragraph,), item=norm.item, stretch=norm.quote)


def _joined(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """Norms that follow each other in one 款 as one stretch."""
    kept: list[Evidence] = []
    for one in evidence:
        last = kept[-1] if kept else None
        if (
            last
            and not one.item
            and (last.article.id, last.paragraphs, last.item) == (one.article.id, one.paragraphs, 0)
        ):
            text = one.paragraphs[0].text
            start, end = text.find(last.stretch), text.find(one.stretch)
            if 0 <= start < end and not text[start + len(last.stretch) : end].strip(" ,，;；、。\n"):
                kept[-1] = replace(last, stretch=text[start : end + len(one.stretch)])
                continue
        kept.append(one)
    return tuple(kept)
