"""A set is chosen instead of a best one: by words, by chapter, by who acts, by matter; with the ground that it says."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision, Evidence, Listing
from assistant.decide.evidence import evidence_of, naming
from assistant.decide.penalties import with_what_is_broken
from assistant.decide.still_about_the_law import rest_of_its_chapter
from assistant.decide.unmentioned import written_out
from assistant.decide.whole.chapters import chapter_of, titled
from assistant.decide.whole.differences import differ
from assistant.decide.whole.literal import articles_with, how_often, in_marks, name_of_help, name_of_kind, opening
from assistant.decide.whole.members import least_likely, within_one
from assistant.retrieve import Found, hit_of
from assistant.understand.breadth import GOVERNMENTS, Breadth, counted_matter, formal, who_gains
from assistant.understand.question import Question
from law.norms.actors import actors_in, may_be_named
from law.norms.choose import role_of
from law.norms.clause.roles import groups_of
from law.norms.norm import DEPARTMENT, Norm
from law.regulation import Article, Regulation
from law.text.rules import load_rules, read_once
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

_RULES = load_rules("assistant.decide.whole", "sets.toml")

#: An outline of more regulations than this is none.
_MOST_OUTLINED = 3
#: In regulations without likely questions, whose articles are all alike in their words, none less likely belongs.
_BELONGS_BARE = 0.5
#: Of one regulation a set is surely wanted from this likelihood on.
SURELY = 0.85
#: At most so many articles, of several cities so many each.
MOST, _MOST_EACH = 16, 6
#: Where no city is named, one whose best article is below this share of the best of all is left out.
_SHARE = 0.36
#: What stands apart as related.
_RELATED = 5
_BINDS = ("应当", "不得")
#: Classes of bodies with little in common: one that a regulation names is asked for by its name.
_OF_MANY = {"社会组织", "服务机构", "金融机构"}
#: Classes of which a kind may be asked for by its own name (国有企业, 项目承担单位).
_OF_KINDS = {"企业", "单位"}
#: Before somebody stands, of what kind he is, in at most so many characters: 科技型企业.
_KIND = 6
#: What ends the subject of a sentence.
_PREDICATE = _RULES["predicate"]
#: Between two departments of a subject.
_LISTED = _RULES["listed"]


def choose_exactly(question: Question, found: Found, library: Library) -> Decision | None:
    """A set that needs no ranking: words, a chapter, duties, an outline; None where none of these is asked for."""
    match question.breadth.kind:
        case "words":
            return _by_words(question, library)
        case "duties":
            return _by_actor(question, library)
        case "differences":
            return differ([library.regulation(i) for i in question.regulation_ids], library)
        case "outline":
            return _outline(question, library)
        case "set" if question.breadth.chapter or question.breadth.counts:
            return _by_chapter(question, library)
    return None


def by_name_of_help(question: Question, found: Found, library: Library) -> Decision | None:
    """Where nothing but a way of helping with a name of its own (创新券) is asked for: the articles that say it."""
    name = name_of_help(question, library)
    return choose_exactly(replace(question, breadth=Breadth("words", (name,))), found, library) if name else None


def choose_by_matter(question: Question, found: Found, library: Library, calibration: Calibration) -> Decision | None:
    """All articles that belong to the matter, by the text of each regulation; None where there is none."""
    chosen: list[Hit] = []
    near: list[Hit] = []
    several = question.compares
    cut = least_likely(question.breadth, several=several)
    for id_ in found.by_regulation:
        if not library.asked_about(id_):
            cut = max(cut, _BELONGS_BARE)
        chances = within_one(question, found, library, id_)
        if found.hits and not several and not _rules_something(found.hits[0].id, library):
            return None  # purpose, scope or day of effect is asked for: one article says it
        ruling = [i for i in chances if i not in question.besides and _rules_something(i, library)]
        ranked = sorted(ruling, key=lambda i: -chances[i])
        mine = [i for i in ranked[: _MOST_EACH if several else MOST] if chances[i] >= cut] or ranked[:1]
        if question.breadth.firm and not several:
            mine += rest_of_its_chapter(question, mine, library.regulation(id_))
        hits = [hit_of(library, found.scored, i) for i in mine]
        near_ones = [hit_of(library, found.scored, i) for i in ranked]
        chosen += with_what_is_broken(hits, near_ones, library) if several else hits
        near += [hit_of(library, found.scored, i) for i in [i for i in ranked if i not in mine][:_RELATED]]
    best = max((h.score for h in chosen), default=0.0)
    if several and not (question.named or question.every):
        chosen = [h for h in chosen if h.score >= best * _SHARE]
    gaining = who_gains(question.text, question.topic)
    quoted = (evidence_of(found, library, h, calibration, (), question) for h in _in_order(chosen, library))
    evidence = tuple(naming(one, gaining) for one in quoted)
    listing = Listing(say("ground.matter"), counts=question.breadth.counts)
    related = tuple(sorted(near, key=lambda h: -h.score)[:_RELATED])
    return Decision(evidence, related=related, listing=listing) if evidence else None


def _rules_something(article_id: str, library: Library) -> bool:
    """Whether an article rules or defines anything: purpose, scope and day of effect belong to no matter."""
    return any(n.kind not in ("scope", "effect") for n in library.norms_of_article(article_id))


def _in_order(hits: list[Hit], library: Library) -> list[Hit]:
    """By regulation as ranked, and within it in the order of the text."""
    owners = list(dict.fromkeys(h.id.partition("/")[0] for h in hits))
    at = {h.id: library.searcher.index_of(h.id) for h in hits}
    return sorted(hits, key=lambda h: (owners.index(h.id.partition("/")[0]), at[h.id]))


def _by_words(question: Question, library: Library) -> Decision | None:
    breadth = question.breadth
    evidence = articles_with(breadth.words, breadth.without, question.regulation_ids, library)
    full = tuple(dict.fromkeys(full for word in breadth.words for full in written_out(word) or (word,)))
    notices: list[str] = []
    if not evidence and full != breadth.words:
        evidence = articles_with(full, breadth.without, question.regulation_ids, library)
        notices += [say("notice.in_full", words=in_marks(breadth.words), full=in_marks(full))]
        breadth = replace(breadth, words=full) if evidence else breadth
    if evidence:
        held = {e.regulation.id for e in evidence}
        asked = question.regulation_ids if question.named or question.every else ()
        silent = tuple(library.regulation(i) for i in asked if i not in held)
        ground = say("ground.words", words=in_marks(breadth.words))
        articles = {e.article.id: e.article for e in evidence}.values()
        nowhere = [w for w in breadth.words if not any(how_often([w], breadth.without, a) for a in articles)]
        notices += [*_how_often(breadth, evidence), *([_no_words(question, nowhere, library)] if nowhere else [])]
        unstated = tuple(f"「{w}」" for w in nowhere)
        listing = Listing(ground, counts=True)
        return Decision(evidence, notices=tuple(notices), silent=silent, unstated=unstated, listing=listing)
    if not breadth.literal:
        return None
    return Decision(reason="not_stated", refusal=_no_words(question, breadth.words, library))


def _no_words(question: Question, words: Sequence[str], library: Library) -> str:
    """What is said of words that stand nowhere in the regulations asked for."""
    titles = "、".join(f"《{library.regulation(i).title}》" for i in question.regulation_ids[:_MOST_OUTLINED])
    return say("refusal.no_words", words=in_marks(words), titles=titles)


def _how_often(breadth: Breadth, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """How many times each of the words stands in the articles found, where that is asked."""
    if not breadth.often:
        return ()
    articles = {e.article.id: e.article for e in evidence}.values()
    counted = [(w, sum(how_often([w], breadth.without, a) for a in articles)) for w in breadth.words]
    return tuple(say("notice.how_often", words=f"「{w}」", count=n) for w, n in counted)


def _by_chapter(question: Question, library: Library) -> Decision | None:
    """The articles of the chapter that is named by its number or by words of its title."""
    evidence: list[Evidence] = []
    titles: list[str] = []
    said = question.breadth.chapter
    counted = "" if said else counted_matter(question.topic)
    for regulation in map(library.regulation, question.regulation_ids):
        if chapter := chapter_of(regulation, said) if said else titled(regulation, counted):
            titles.append(chapter)
            evidence += [_opened(regulation, a.id, library) for a in regulation.numbered if a.chapter == chapter]
    if not evidence or (len(titles) > 1 and not question.named):
        return None
    ground = say("ground.chapter", chapters="、".join(f"「{t}」" for t in dict.fromkeys(titles)))
    return Decision(tuple(evidence), listing=Listing(ground, counts=True))


def _opened(regulation: Regulation, article_id: str, library: Library) -> Evidence:
    """An article by its first words."""
    article = library.by_id[article_id][1]
    return Evidence(regulation, article, article.paragraphs[:1], stretch=opening(article.paragraphs[0]))


def _outline(question: Question, library: Library) -> Decision | None:
    """Every chapter with its articles, each by its heading or first words."""
    if len(question.regulation_ids) > _MOST_OUTLINED:
        return None
    evidence = [_opened(r, a.id, library) for r in map(library.regulation, question.regulation_ids) for a in r.numbered]
    return Decision(tuple(evidence), listing=Listing(say("ground.outline"), "outline")) if evidence else None


def _by_actor(question: Question, library: Library) -> Decision | None:
    """The norms in which somebody acts, leads or takes part."""
    breadth = question.breadth
    rules = [r for r in library.norms(question.regulation_ids) if _wanted(r[2], must=breadth.must)]
    if breadth.alone:
        rules = [r for r in rules if _alone(r[2], breadth.actors)]
    mine = [r for r in rules if _takes_part(r[2], breadth.actors)]
    if set(breadth.actors) <= _OF_MANY and (by_name := [r for r in rules if _acts_by_name(r[2], breadth.said)]):
        mine = by_name
    kind = name_of_kind(question, [r[2] for r in mine]) if set(breadth.actors) <= _OF_KINDS else ""
    mine = [r for r in mine if kind in plain(r[2].quote)]
    if not mine and question.named and all(c.startswith(f"{DEPARTMENT}:") for c in breadth.actors):
        return _of_every_department(question, rules, library)
    evidence = [_of_norm(regulation, article.id, norm, library) for regulation, article, norm in mine]
    if not evidence:
        return None
    listing = Listing(say("ground.actor", actor=kind or breadth.said), counts=breadth.counts)
    return Decision(_joined(evidence), listing=listing)


def _of_every_department(
    question: Question, rules: Sequence[tuple[Regulation, Article, Norm]], library: Library
) -> Decision:
    """For a department that no rule names: what is said to the departments concerned, and that it is not named."""
    actor = question.breadth.said
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


def hits_of(decision: Decision, found: Found, library: Library) -> tuple[Hit, ...]:
    """The articles of a set as hits, so that what is listed is also what was found."""
    return tuple(hit_of(library, found.scored, i) for i in dict.fromkeys(e.article.id for e in decision.evidence))
