"""A set is chosen instead of a best one: by words, by chapter, by who acts, by matter; with the ground that it says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision, Evidence, Listing
from assistant.decide.evidence import evidence_of, naming
from assistant.decide.of_the_law.still_about_the_law import rest_of_its_chapter
from assistant.decide.penalties import with_what_is_broken
from assistant.decide.unmentioned import written_out
from assistant.decide.whole.bodies import by_duties, by_norms
from assistant.decide.whole.differences import differ
from assistant.decide.whole.literal import articles_with, how_often, in_marks, name_of_help, opening
from assistant.decide.whole.members import least_likely, within_one
from assistant.retrieve import Found, hit_of
from assistant.understand.breadth import Breadth, counted_matter, who_gains
from assistant.understand.language import asks_penalties
from assistant.understand.question import Question
from assistant.understand.thread.anew import penalties_alone
from law.regulation import Regulation
from law.text.names import in_common
from law.text.numerals import to_chinese
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

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
_LAST = load_rules("assistant.decide.whole", "sets.toml")["last_chapter"]
#: Between two matters of a chapter's title.
_MATTERS = load_rules("assistant.decide.whole", "sets.toml")["matters"]
#: Words of a chapter's title are looked for from this many characters down; else by what stands in common.
_LONGEST, _SHORT = 10, 4


def choose_exactly(question: Question, found: Found, library: Library) -> Decision | None:
    """A set that needs no ranking: words, a chapter, duties, an outline; None where none of these is asked for."""
    match question.breadth.kind:
        case "words":
            return _by_words(question, library)
        case "duties":
            return by_duties(question, library)
        case "differences":
            return differ([library.regulation(i) for i in question.regulation_ids], library)
        case "outline":
            return _outline(question, library)
        case "set" if question.breadth.by_norms:
            return by_norms(question, library)
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


def chapter_of(regulation: Regulation, said: str) -> str:
    """The chapter that is meant by 第六章, 最后一章 or words of its title; "" where none is."""
    chapters = list(dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter))
    if _LAST.match(said):
        return chapters[-1] if chapters else ""
    if said.startswith("第") and said.endswith("章"):
        return next((c for c in chapters if plain(c).startswith(plain(_chinese(said)))), "")
    titles = {c: plain(re.sub(r"^第[^章]{1,4}章", "", c.strip())) for c in chapters}
    words = plain(said).removesuffix("的")
    for length in range(min(len(words), _LONGEST), 1, -1):
        with_it = [c for c, title in titles.items() if words[-length:] in title]
        if len(with_it) == 1:
            return with_it[0]
    scored = sorted(((in_common(words[-_SHORT:], title), c) for c, title in titles.items()), reverse=True)
    clear = len(scored) > 1 and scored[0][0] > scored[1][0] and scored[0][0] >= _SHORT - 1
    return scored[0][1] if clear else ""


def titled(regulation: Regulation, matter: str) -> str:
    """The chapter whose title is a matter, or one of the matters that its title joins; penalties by any name are the
    matter of 法律责任; "" where there is none."""
    penalties = penalties_alone(plain(matter))
    for chapter in dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter):
        title = plain(re.sub(r"^.*第[^章]{1,4}章", "", chapter)).strip()
        if matter and (plain(matter) in (title, *_MATTERS.split(title)) or (penalties and asks_penalties(title))):
            return chapter
    return ""


def _chinese(said: str) -> str:
    return re.sub(r"\d+", lambda m: to_chinese(int(m[0])), said)


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


def hits_of(decision: Decision, found: Found, library: Library) -> tuple[Hit, ...]:
    """The articles of a set as hits, so that what is listed is also what was found."""
    return tuple(hit_of(library, found.scored, i) for i in dict.fromkeys(e.article.id for e in decision.evidence))
