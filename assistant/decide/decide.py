"""Is there evidence, and which? A refusal says what kind of silence it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.about import about
from assistant.decide.calibration import Calibration
from assistant.decide.carrying import carrying, lacks_named_help, lacks_what_is_asked
from assistant.decide.confirmation import confirm, unconfirmed
from assistant.decide.decision import Decision, once
from assistant.decide.evidence import evidence_of, margins_of
from assistant.decide.lookups import elsewhere, looked_up
from assistant.decide.of_the_law.aside import is_aside
from assistant.decide.of_the_law.relevance import (
    LEAST_OF_HELP,
    is_beside,
    names_regulations,
    relevance,
)
from assistant.decide.of_the_law.still_about_the_law import facts_asked, words_shared
from assistant.decide.penalties import consequence_first, no_penalties, on_penalties, with_what_is_broken
from assistant.decide.premise import corrections, quoting_what_is_told
from assistant.decide.stated.head import load_statedness
from assistant.decide.stated.of_a_turn import is_said
from assistant.decide.unmentioned import Matter, matters_named, silent_on, where_else
from assistant.decide.whole.literal import with_the_figure
from assistant.decide.whole.sets import SURELY, by_name_of_help, choose_by_matter, choose_exactly
from assistant.retrieve import Found, hit_of, within_reach
from assistant.understand.breadth import counted_matter
from assistant.understand.language import (
    about_asked,
    asks_for_help,
    asks_penalties,
    kinds_asked,
    official_contact,
    vague_about,
)
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from assistant.understand.thread.anew import penalties_alone
from law.regulation import Regulation
from law.text.numbered import LONGEST_RANGE
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: Where cities are compared, a second article of one that is this good, and half as good as its best, is cited too.
_AS_GOOD, _HALF = 11.0, 0.5
#: Among so many of a regulation's best articles a figure that the question tells is looked for.
_NEAR_FIGURE = 5
#: Words that make up so much of what a turn names itself are what it asks of.
_ALL_BUT = 0.75
#: In a talk, where two readings are summed, a second article may be so far behind (chosen on `talks_train`, talks left
#: out of the weights that rank it).
_NEAR_IN_TALK = 0.7
#: Of several cities a set of one article is one where it was wanted this surely; else it is a fact.
_WANTED = 0.5
#: A refusal names at most so many of the regulations that are held.
_NAMED = 12


def decide(  # noqa: C901 (the order of its steps is what it says)
    question: Question, found: Found, library: Library, calibration: Calibration
) -> Decision:
    """The order matters: what was named and is not held, then look-ups, then the ranking."""
    if question.outside:
        return _outside(question, library)
    if question.unknown and not question.named:
        names = "、".join(question.unknown)
        about_it = relevance(question, found, calibration) >= calibration.off_topic
        refusal = say("refusal.city_not_in_corpus", names=names, held=_held(library))
        return Decision(reason="city_not_in_corpus", refusal=refusal, related=found.hits[:3] if about_it else ())
    if question.unread and not question.references:
        return Decision(reason="no_such_article", refusal=_unread(question))
    if penalties := on_penalties(question, found, library):
        return replace(penalties, notices=(*penalties.notices, *_partly_held(question)))
    reach = within_reach(question, found)
    some = () if reach is question else (say("notice.only_near", count=len(reach.regulation_ids)),)
    notices = (*_of_the_city(question, library), *_partly_held(question), *_too_many(question), *some)
    if vague := _vague(question, found):
        return vague
    if question.breadth.kind == "outline":
        if by_figure := with_the_figure(reach, library):
            return replace(by_figure, notices=notices)  # 洛阳百分之二十怎么规定 is no outline
        if not counted_matter(question.topic) and (counted := about(question, library)):
            return counted  # 分几章 asks for a number, and for nothing else
    if exact := choose_exactly(reach, found, library):
        return replace(exact, notices=(*exact.notices, *notices))
    if not question.references and (by_figure := with_the_figure(reach, library)):
        return replace(by_figure, notices=(*_of_the_city(question, library), *_partly_held(question), *some))
    if said := about(question, library):
        return said
    if question.unread:
        notices = (*notices, _unread(question))
    if question.cut:
        notices = (*notices, say("notice.cut_range", ranges="、".join(question.cut), most=str(LONGEST_RANGE)))
    if found.lookups:
        decision = elsewhere(question, found, library, calibration) or looked_up(question, found, notices)
        told = corrections(question.text, decision.evidence, library.regulations)
        return replace(decision, notices=(*told, *decision.notices))
    if official_contact(question.text, question.asking):
        what = say("kind.contact")
        return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])
    asked_of = question.topic.replace(question.told, "，") if question.told else question.topic
    matters = matters_named(asked_of, library)
    goes_on = question.near or question.besides or (question.rewritten and question.blend)
    named_or_near = matters or goes_on  # a talk about the law goes on
    aside = is_aside(question, found, library)
    if aside or (aside is None and not named_or_near and is_beside(question, found, library, calibration)):
        exact = by_name_of_help(question, found, library)
        return (
            replace(exact, notices=(*exact.notices, *notices))
            if exact
            else replace(_something_else(library), aside=True)
            if aside
            else _beside_the_law(question, found, library, calibration)
        )
    if question.blend and question.blend.swapped:  # of another city something of its own may be asked
        of_its_own = matters_named(matter_in(question.blend.alone), library)
        matters = (*matters, *(m for m in of_its_own if m.share >= _ALL_BUT))
    unspoken = silent_on(found.by_regulation, matters, found.scored, library)
    if unspoken and asks_penalties(plain(question.text)):  # a breach may be named otherwise: 失信 for 弄虚作假
        followed = {i: hits for i in unspoken if (hits := consequence_first(found.by_regulation[i], library))}
        unspoken = {i: m for i, m in unspoken.items() if i not in followed}
        found = replace(found, by_regulation={**found.by_regulation, **followed})
    if unspoken and len(unspoken) == len(found.by_regulation):
        return _unspoken(question, found, unspoken, library)
    asked = kinds_asked(question.asking)
    listed = choose_by_matter(question, found, library, calibration) if question.breadth.is_set else None
    if listed and lacks_named_help(asked, (e.article for e in listed.evidence)):
        listed = None
    surely = question.breadth.chance >= (SURELY if len(found.by_regulation) == 1 else _WANTED)
    if listed and (surely or (len(listed.evidence) > 1 and len(found.by_regulation) > 1)):
        return replace(listed, notices=(*listed.notices, *notices))
    best = _choose(question, found, library, calibration, unspoken)
    chosen = carrying(asked, best, found, library, question)
    if not chosen and any(h.id in question.near for h in best):
        chosen = best  # the conversation points to it, whatever it is called
    if not chosen and (exact := by_name_of_help(question, found, library)):
        return replace(exact, notices=(*exact.notices, *notices))
    head = load_statedness(library.manifest.model)
    stated = bool(not chosen and head and best and is_said(question, found, best[0].id, library, head))
    if stated:
        chosen = best[:1]
    if not chosen:
        what = "、".join(dict.fromkeys(say(f"kind.{k.name}") for k in asked))
        return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])
    if not stated and lacks_what_is_asked(question, chosen, library):
        refusal = say("refusal.not_stated", what=say("kind.quantity"))
        return Decision(reason="not_stated", refusal=refusal, related=found.hits[:3])
    made = confirm(question, found, library, calibration, chosen)
    if not made.sure and (pointed := tuple(h for h in chosen if h.id in question.near)):
        made = replace(made, sure=pointed)
    if not made.sure and not (listed and len(listed.evidence) > 1 and _wants_one_set(question)):
        return unconfirmed(found, made)
    if listed and len(listed.evidence) > 1:  # perhaps a set, of articles that surely answer
        return replace(listed, notices=(*listed.notices, *notices))
    near = [library.by_id[h.id] for hits in found.by_regulation.values() for h in hits[:_NEAR_FIGURE]]
    evidence = tuple(evidence_of(found, library, h, calibration, asked, question) for h in made.sure)
    evidence = quoting_what_is_told(question.text, evidence, near)
    answered = {e.regulation.id for e in evidence} | made.left_open
    silent = _silent_beside(question, answered, map(library.regulation, found.by_regulation))
    cited = {e.article.id for e in evidence}
    related = once(h for h in (*made.doubtful, *found.hits) if h.id not in cited)[:3]
    notices = (*corrections(question.text, evidence, library.regulations), *made.notices, *notices)
    return Decision(evidence, notices=notices, related=related, silent=silent, chances=made.chances)


def _silent_beside(
    question: Question, answered: Collection[str], asked: Iterable[Regulation]
) -> tuple[Regulation, ...]:
    """Those asked for that say nothing; not beside another of the same city, where it is named and its title is not."""
    if not (question.named or question.every):
        return ()
    asked = tuple(asked)
    places = {r.place for r in asked if r.id in answered}
    told = (r for r in asked if r.id not in answered)
    return tuple(r for r in told if question.every or r.place not in places or _titled(question, r))


def _titled(question: Question, regulation: Regulation) -> bool:
    """Whether a question names a regulation by its title, with its city or without."""
    return regulation.title.removeprefix(regulation.place) in question.text


def _wants_one_set(question: Question) -> bool:
    """Whether a set of one regulation is likelier wanted than one article, of which none need be sure then."""
    return question.breadth.kind == "set" and len(question.regulation_ids) == 1 and question.breadth.chance >= _WANTED


def _vague(question: Question, found: Found) -> Decision | None:
    """A question back, where a question says neither of what nor where; None where it says enough."""
    if question.rewritten or question.every or question.references or question.status or question.courtesy:
        return None
    if question.unread or question.breadth.counts or about_asked(question.text, question.topic):
        return None
    asked = vague_about(question.topic if question.named else question.text, named=question.named)
    if not question.named and penalties_alone(question.text):
        asked = f"「{question.text}」"
    words = "refusal.vague_of_city" if question.named else "refusal.vague"
    return Decision(reason="unconfirmed", refusal=say(words, what=asked), related=found.hits[:3]) if asked else None


def _held(library: Library) -> str:
    """What is held, for a refusal; of very many the first, and how many there are."""
    first = "、".join(f"{r.place}《{r.title}》" for r in library.regulations[:_NAMED])
    more = len(library.regulations) - _NAMED
    return first + (say("refusal.more_held", count=len(library.regulations)) if more > 0 else "")


def _outside(question: Question, library: Library) -> Decision:
    names = "、".join(library.regulation(i).place for i in question.outside)
    chosen = "、".join(dict.fromkeys(library.regulation(i).place for i in question.regulation_ids))
    return Decision(reason="city_not_in_corpus", refusal=say("refusal.not_in_filter", names=names, chosen=chosen))


def _something_else(library: Library) -> Decision:
    return Decision(reason="off_topic", refusal=say("refusal.off_topic", held=_held(library)))


def _beside_the_law(question: Question, found: Found, library: Library, calibration: Calibration) -> Decision:
    """Something else; or a matter on which a regulation was asked in so many words, or which has the law's own words,
    and which none of it is near."""
    if said := no_penalties(question, library):
        return said
    helped = asks_for_help(question.text) and relevance(question, found, calibration) >= LEAST_OF_HELP
    asked_of_it = question.itself and (names_regulations(question) or helped)
    shared = words_shared(question, library)
    if not asked_of_it and not shared:
        return _something_else(library)
    if shared and (facts := facts_asked(question)):
        what = "、".join(dict.fromkeys(say(f"kind.{name}") for name in facts))
        return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])
    titles = "、".join(f"《{library.regulation(i).title}》" for i in question.regulation_ids[:_NAMED])
    if len(question.regulation_ids) > _NAMED:
        titles += say("refusal.more_held", count=len(question.regulation_ids))
    return Decision(reason="not_stated", refusal=say("refusal.not_found", titles=titles), related=found.hits[:3])


def _unspoken(question: Question, found: Found, unspoken: Mapping[str, Matter], library: Library) -> Decision:
    """None of the regulations asked for says anything of the matter: where it is treated instead, and what is near."""
    matter = next(iter(unspoken.values()))
    refusal = where_else((library.regulation(i).title for i in unspoken), matter, library)
    named = tuple(hit_of(library, found.scored, i) for i in matter.article_ids)
    return Decision(reason="no_evidence", refusal=refusal, related=once((*found.hits[:2], *named))[:4])


def _of_the_city(question: Question, library: Library) -> tuple[str, ...]:
    """A district or county has the regulation of its city."""
    cities = {library.regulation(i).place for i in question.regulation_ids} if question.parts else set()
    return tuple(say("notice.part", part=part, city=city) for part, city in question.parts if city in cities)


def _too_many(question: Question) -> tuple[str, ...]:
    """What a pasted report asks beyond what is answered at once, with the count."""
    if not (question.report and question.report.left):
        return ()
    left, asked = question.report.left, question.report.asked
    total, most = str(len(left) + len(asked)), str(len(asked))
    return (say("notice.report", total=total, most=most, left="".join(left)),)


def _unread(question: Question) -> str:
    return say("notice.unread", numbers="、".join(f"「{n}」" for n in question.unread))


def _partly_held(question: Question) -> tuple[str, ...]:
    return (say("notice.not_held", names="、".join(question.unknown)),) if question.unknown else ()


def _choose(
    question: Question, found: Found, library: Library, calibration: Calibration, unspoken: Mapping[str, Matter]
) -> tuple[Hit, ...]:
    """The best article of each city that is not silent on the matter, and others close behind it.

    Where cities were not named, a city whose best article is far behind the best of all is left out;
    where they were, only one whose best article is not about the matter at all. Of one city's regulations a question
    that names the city alone asks of one matter: what is far behind the best of them is left out as if none was named.
    """
    tops = {i: hits for i, hits in found.by_regulation.items() if hits and i not in unspoken}
    if not tops:
        return ()
    best = max(hits[0].score for hits in tops.values())
    asked_each = question.named or question.every
    of_place: dict[str, float] = {}
    for id_, (first, *_) in tops.items():
        place = library.regulation(id_).place
        of_place[place] = max(of_place.get(place, first.score), first.score)
    chosen: list[Hit] = []
    for id_ in question.regulation_ids:
        if not (hits := tops.get(id_)):
            continue
        margins = margins_of(calibration, library, id_)
        behind = margins.city_margin_named if asked_each else margins.city_margin
        top, regulation = max(h.score for h in hits), library.regulation(id_)
        here = of_place[regulation.place]
        of_one = not question.every and not _titled(question, regulation)
        if top < best - behind * abs(best) or (of_one and top < here - margins.city_margin * abs(here)):
            continue
        near = hits[0].score - (max(margins.second_margin, _NEAR_IN_TALK) if question.blend else margins.second_margin)
        if asked_each and question.compares:
            near = min(near, max(_AS_GOOD, hits[0].score * _HALF))
        mine = [h for n, h in enumerate(hits[: margins.most_articles]) if n == 0 or near <= h.score <= hits[0].score]
        chosen += with_what_is_broken(mine, hits, library) if asked_each and question.compares else mine
    return tuple(chosen)
