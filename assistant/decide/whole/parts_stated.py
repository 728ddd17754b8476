"""How likely each asked thing is stated at all: in its own best article, or in what answers the message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.decide.confirmation import Confirmed, unconfirmed
from assistant.decide.decision import Decision
from assistant.decide.premise import told_of_the_rule
from assistant.decide.stated.acting import tells_of_no_such_act
from assistant.decide.stated.head import Stated, Statedness, mean
from assistant.decide.stated.of_a_turn import unsaid
from assistant.decide.stated.of_cities import silent_cities
from assistant.decide.stated.wanted import FIGURES, OPENLY, Want, asks_who_acts, wants_of
from assistant.decide.stated.words import held, measured_thing, own_words, share_held
from assistant.decide.whole.answered import LIKELY, STANDS, Answered
from assistant.decide.whole.combine import silent_on_count
from assistant.retrieve import Found, Vector, hit_of
from assistant.understand.language import asks_for_help, asks_penalties, kinds_asked
from assistant.understand.parts import Part, asked_of
from assistant.understand.question import Question
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: Below this chance the one thing that a message asks is stated nowhere: a stricter measure than beside an answer.
_NOWHERE = 0.02
#: Who does what no article tells of is lacking below this chance (from 0.2 on two more of `dev` were denied).
_NO_ACT = 0.04
#: Facts of these sorts have words of their own, whatever the thing is called of which they are asked.
_TYPED: frozenset[Want] = FIGURES | {"consequence", "recipient", "papers"}
#: Reasons for which what is nearest to a thing does not speak of it.
_ELSEWHERE = ("off_topic", "no_evidence")
#: From the first chance on its own best article states a thing that is asked, and one of the others' may do so from the
#: second on, unless it has so much less of the words.
_OWN, _OTHERS, _FEWER = 0.9, 0.5, 0.15
#: An article with at most this share of the first one's score is far from a thing that is told without the matter of
#: another: of those told with it two facts of `dev` had an article more.
_FAR = 0.5
#: What is likelier stated there than not is its own too, where the next one ranks so far behind, and what is cited for
#: the others is far, and states it below this chance.
_NEXT, _NO_OTHER = 0.8, 0.1
#: From this on a text names a thing.
_NAMED = 0.5


@dataclass(frozen=True, slots=True)
class Alone:
    """The head for one thing asked by itself, and the `least` chance from which on what may state it is cited."""

    head: Statedness
    least: float


def own_words_of(part: Part) -> str:
    """An asked thing in its own words."""
    return part.own or part.question.topic


def judged(
    parts: Sequence[Answered], whole: Decision, library: Library, statedness: Statedness | None
) -> list[Answered]:
    """The asked things, each with its chance; as they are where no head was fitted for the model."""
    if statedness is None:
        return list(parts)
    of_a_text = any(p.part.question.status for p in parts)
    said = [
        p
        if p.part.question.status
        else replace(
            p,
            stated_in=None
            if of_a_text and _of_the_whole(p, library)
            else _best(p, candidates(p, whole, parts), library, statedness),
            has_its_own=_has_its_own(p, whole, parts, library, statedness),
            of_nothing=_of_nothing(p, library),
        )
        for p in parts
    ]
    return with_one_standing(said) if all(p.unstated for p in said) else said


def _of_the_whole(one: Answered, library: Library) -> bool:
    """Whether a thing beside one that its data answer is asked of a regulation as a whole too: it leans, or what stands
    before the text is nearest to it (能不能当依据)."""
    before_it = any(not library.by_id[h.id][1].number for h in one.found.hits[:1])
    return one.part.leans or before_it


def with_one_standing(said: Sequence[Answered]) -> list[Answered]:
    """Things that would all be stated nowhere: those stand that have each an article of its own that stands out, else
    the likeliest, where that is not too rare."""
    own = [p.decision.evidence[0].article.id if p.decision.evidence and p.clear else "" for p in said]
    if len({o for o in own if o}) > 1:
        return [replace(p, stands=bool(o)) for p, o in zip(said, own, strict=True)]
    chances = [p.stated_in.chance if p.stated_in else 0.0 for p in said]
    best = chances.index(max(chances))
    return [replace(p, stands=n == best and chances[n] >= STANDS) for n, p in enumerate(said)]


def silent_on_it(
    question: Question,
    found: Found,
    decision: Decision,
    library: Library,
    statedness: Statedness | None,
    alone: Alone | None = None,
) -> Decision:
    """The decision on a message that asks one thing; its silence where surely no article states that, or
    not as many as it asks for. Where none is likely to, `alone` judging, what was cited is offered as candidates."""
    if statedness and not decision.unstated:
        decision = replace(decision, unstated=silent_cities(question, found, decision, library, statedness))
    if found.lookups or asks_penalties(question.text):  # what follows from a breach is chosen by what it names
        return decision
    told = not decision.evidence or decision.listing or decision.statement or decision.unstated
    cited = [e.article.id for e in decision.evidence]
    silence = unsaid(question, found, cited, library, statedness) if statedness and not told else ""
    if silence == "surely":
        return silence_on(question.asking, found)
    decision = _silent_on_who(question, silent_on_count(question, decision), library)
    if silence == "perhaps" and not decision.unstated:
        return replace(decision, unstated=(asked_of(question.asking),))
    told = told or decision.unstated
    leans = bool(question.near or question.rewritten or question.besides or question.blend)
    leans |= question.compares and (question.named or question.every)  # each city may say something else
    if alone is None or told or leans or decision.confidence is None:  # what is looked up by its words stands
        return decision
    wants = wants_of(question.topic)
    if wants <= OPENLY or question.references or told_of_the_rule(question.asking):  # what is told is held to the text
        return decision
    if asks_for_help(question.asking) and wants == {"whether"}:  # that none is given is told beside the nearest article
        return decision
    if not any(library.asked_about(e.regulation.id) for e in decision.evidence):
        return decision  # without likely questions its confidence has weighed this already
    ids = list(dict.fromkeys((*(e.article.id for e in decision.evidence), *(h.id for h in found.hits[:1]))))
    said = [alone.head.judge(question.topic, found.vector, found, library, i) for i in ids]
    chance = max(s.chance for s in said)
    figured = bool(wants & FIGURES)
    if chance >= alone.least or (figured and not all(s.lacks for s in said)):
        return decision
    if chance < _NOWHERE:
        return silence_on(question.topic, found)
    kinds = kinds_asked(question.asking) if figured else ()  # a growth is bound by another one, without a number
    texts = [plain(library.by_id[i][1].text) for i in ids]
    if any(k.carried.search(t) for k in kinds for t in texts):
        return decision
    near = tuple(hit_of(library, found.scored, i) for i in ids)
    return unconfirmed(found, Confirmed((), near, decision.chances))


def _silent_on_who(question: Question, decision: Decision, library: Library) -> Decision:
    """The decision, with its silence where one thing is asked, who is to do it, and no quoted article names anybody."""
    told = not decision.evidence or decision.listing or decision.statement or decision.unstated
    leans = question.near or question.rewritten or question.besides or question.references or question.status
    if told or leans or not asks_who_acts(question.asking):
        return decision
    if any(n.actors_said for e in decision.evidence for n in library.norms_of_article(e.article.id)):
        return decision
    return replace(decision, unstated=(f"{asked_of(question.asking)}（{say('kind.who')}）",))


def silence_on(asked: str, found: Found) -> Decision:
    """A refusal: what is asked is stated nowhere."""
    what = f"「{asked_of(asked)}」"
    return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])


def readings(one: Answered) -> list[tuple[str, Vector]]:
    """How an asked thing is read, each with its vector: in its own words, unless they name and want nothing (行吗), and
    with what was told before it. What it leans on is stated for itself: only where nothing else is left."""
    own, topic = own_words_of(one.part), one.part.question.topic
    read = [(own, one.vector)] if wants_of(own) & _TYPED or own_words(own) else []
    return read if topic == own or (read and one.part.leans) else [*read, (topic, one.found.vector)]


def _best(one: Answered, ids: Sequence[str], library: Library, statedness: Statedness) -> Stated | None:
    """What the article says that states it most likely by its first reading, in all of them; None where it is looked
    up, or says nothing, or nothing was found."""
    read = readings(one)
    if one.found.lookups or not (read and ids):
        return None

    def said(id_: str, reading: tuple[str, Vector]) -> Stated:
        return statedness.judge(*reading, one.found, library, id_)

    first, id_ = max(((said(i, read[0]), i) for i in ids), key=lambda s: s[0].chance)
    best = mean([first, *(said(id_, r) for r in read[1:])])
    lacks = best.chance < _NO_ACT and _no_act(one, own_words_of(one.part), ids, library)
    return best.lacking if lacks else best


def _of_nothing(one: Answered, library: Library) -> bool:
    """Whether it asks for a figure of a thing that the regulations that are named have nowhere."""
    thing = measured_thing(own_words_of(one.part))
    if not thing or not one.part.question.named:  # of all that is held something names it
        return False
    texts = (plain(a.text) for i in one.found.by_regulation for a in library.regulation(i).articles)
    return not any(held(thing, text) >= _NAMED for text in texts)


def _has_its_own(
    one: Answered, whole: Decision, parts: Sequence[Answered], library: Library, statedness: Statedness
) -> bool:
    """Whether the article that ranks first for it is cited for it and states it, however near the next one is, while
    what is cited for the others does not, or has less of its words."""
    best, asked = one.found.hits[:1], own_words_of(one.part)
    if not best or best[0].id not in {e.article.id for e in one.decision.evidence}:
        return False

    def said(id_: str) -> tuple[float, float]:
        chance = statedness.judge(asked, one.vector, one.found, library, id_).chance
        return chance, share_held(own_words(asked), plain(library.by_id[id_][1].text), 0.0)

    chance, share = said(best[0].id)
    cited = [
        e.article.id for d in (whole, *(p.decision for p in parts if p is not one and p.clear)) for e in d.evidence
    ]
    others = [i for i in dict.fromkeys(cited) if i != best[0].id]
    near = [said(i) for i in others if not _far(one, i, library)]
    if chance >= _OWN:
        return all(c < _OTHERS or s + _FEWER <= share for c, s in near)
    alone = len(one.found.hits) < 2 or one.found.hits[1].score <= _NEXT * best[0].score
    return chance > LIKELY and alone and bool(others) and not near and all(said(i)[0] < _NO_OTHER for i in others)


def _far(one: Answered, article_id: str, library: Library) -> bool:
    """Whether an article ranks far behind the first for a thing asked that names a matter itself, of one regulation."""
    own = one.part
    if (own.beside and own.beside in own.said) or len(own.question.regulation_ids) > 1:
        return False
    total = one.found.scored.total
    score = float(total[library.searcher.index_of(article_id)])
    return score <= _FAR * one.found.hits[0].score


def _no_act(one: Answered, asked: str, ids: Sequence[str], library: Library) -> bool:
    """Whether it is asked who does what none of the articles tells of."""
    if "who" not in wants_of(asked) or one.part.question.compares:  # of several cities 谁 may be one of these
        return False
    texts = [plain(f"{a.heading}\n{a.text}") for i in ids for a in (library.by_id[i][1],)]
    return tells_of_no_such_act(asked, one.part.question.topic.removesuffix(asked), texts)


def candidates(one: Answered, whole: Decision, parts: Sequence[Answered]) -> list[str]:
    """Ids of the articles that may state it: the best, unless it is about something else, and what is cited."""
    best = [] if one.decision.reason in _ELSEWHERE else [h.id for h in one.found.hits[:1]]
    cited = [e.article.id for d in (one.decision, whole, *(p.decision for p in parts)) for e in d.evidence]
    ids = [i for i in dict.fromkeys((*best, *cited)) if i.partition("/")[0] in one.part.question.regulation_ids]
    return ids or [h.id for h in one.found.hits[:1]]
