"""The answers of a message that asks several things: each thing with its article, or with its silence."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.decision import Decision, Evidence
from assistant.decide.stated.naming import names_of
from assistant.decide.stated.wanted import wants_of
from assistant.decide.whole.answered import CLEAR, FAIR, Answered
from assistant.decide.whole.counted import counted_in, elapsed
from assistant.understand.asked import asked_in
from assistant.understand.figure_asked import figure_asked
from assistant.understand.language import Kind, asks_for_help, emphasis_when, kinds_asked
from assistant.understand.matter import matter_in
from assistant.understand.parts import asked_of, more_kinds_asked, nouns_of, phrase
from assistant.understand.question import Question
from law.text.figures import figures
from law.text.grams import bigrams
from law.text.script import plain
from prompts import say

#: So many articles are the nearest to a thing that is asked.
_NEAREST = 3
#: A thing that names as many characters is told without the matter beside it.
_NAMED = 4
#: Kinds of fact that only say how to go about what is granted.
_HOW = frozenset({"apply", "procedure", "download"})
#: Kinds of fact whose silence is said of one thing too: rights that go with what is asked, and may be left open by it;
#: those for whom it is asked, where what is quoted holds for everybody.
_GROUPS = frozenset({"women", "disabled", "veterans"})
_GOES_WITH = _GROUPS | {"post", "pay", "consent"}
_SILENT_ON = ("not_stated", "no_evidence")


def combine(whole: Decision, parts: Sequence[Answered]) -> Decision:
    """One decision for all that was asked.

    Things that each have an article of their own are answered by these; what is one matter by the message as a whole.
    What is stated nowhere is said beside what is answered; it alone is a reason to refuse.
    """
    answers = not whole.reason
    if whole.reason in _SILENT_ON and (carrying := next((p for p in parts if p.carries), None)):
        whole = replace(carrying.decision, related=whole.related)
    others = [p for p in parts if not (p.unstated or (_otherwise(p) and not p.likely))]
    clear = [
        p for p in (others or parts) if (p.clear or p.has_its_own or (whole.reason and p.stated)) and _of_the_text(p)
    ]
    if whole.reason:
        clear = [p for p in clear if p.stated or not (p.part.question.status or kinds_asked(p.part.question.text))]
    silent = [p for p in parts if (p not in clear or p.part.question.status) and _silent(p)]
    silent += [p for p in parts if ((others and p not in others) or p.unstated) and p not in silent]
    if whole.reason not in ("", *_SILENT_ON) and not clear:
        return whole
    own = {e.article.id for p in clear for e in p.decision.evidence}
    astray = {e.article.id for p in parts if p.unstated for e in p.decision.evidence} - own
    told = any(p.unstated for p in parts) and all(p in clear or p.unstated for p in parts)
    strays = bool(own) and any(e.article.id in astray or (told and e.article.id not in own) for e in whole.evidence)
    several = len({e.article.id for p in clear for e in p.decision.evidence[:1]}) > 1
    quoted = {e.article.id for e in whole.evidence}
    unquoted = [
        p
        for p in clear
        if (p.has_its_own and p.found.hits[0].id not in quoted)
        or (_alone_in_its_city(p, parts) and not any(e.article.id in quoted for e in p.decision.evidence))
    ]
    if several or strays or (whole.reason and clear):
        answered = merged([e for p in clear for e in p.decision.evidence])
        decision = replace(whole, reason="", refusal="", evidence=answered, related=_related(whole, answered))
        decision = replace(decision, notices=_notices(whole, clear))
    elif unquoted:
        theirs = {e.article.id for p in parts for e in p.decision.evidence}
        kept = [e for e in whole.evidence if e.article.id in theirs or not all(p.decision.evidence for p in parts)]
        answered = merged([*kept, *(e for p in unquoted for e in p.decision.evidence)])
        decision = replace(whole, evidence=answered, related=_related(whole, answered))
    elif whole.reason:
        said = unstated_of(silent or parts, parts) if whole.reason == "not_stated" else ()
        return replace(whole, unstated=said)
    else:
        decision = whole
    mute = [*(p for p in silent if p.unstated or not _unsure(p, decision)), *_uncarried(parts, decision)]
    unnamed = [p for p in parts if p not in mute and _unnamed(p, decision)]
    mute += unnamed if len(mute) + len(unnamed) < len(parts) else []
    mute = [p for p in mute if not (p.likely or _settled(p, decision)) or p.part.question.status]
    if answers and all(p in mute for p in parts):
        mute = [p for p in mute if p.unstated or not _has_its_kind(p, decision)]
    unstated = unstated_of(mute, parts, decision.evidence)
    if all(p in mute and not _only_asks_how(p) for p in parts):
        related = decision.related or parts[0].found.hits[:3]
        refusal = say("refusal.not_stated", what="、".join(unstated))
        return Decision(reason="not_stated", refusal=refusal, related=related, unstated=unstated)
    return replace(decision, unstated=unstated)


def _alone_in_its_city(part: Answered, parts: Sequence[Answered]) -> bool:
    """Whether no other thing is asked of its regulations: what is cited of them is cited for it."""
    others = {i for p in parts if p is not part for i in p.part.question.regulation_ids}
    return not others.intersection(part.part.question.regulation_ids)


def unstated_of(
    silent: Sequence[Answered], parts: Sequence[Answered], answered: Sequence[Evidence] = ()
) -> tuple[str, ...]:
    """What some of the parts ask, each in a few words, beside what is answered."""
    return tuple(dict.fromkeys(_said(p, parts, answered) for p in silent))


def silent_on_count(question: Question, decision: Decision) -> Decision:
    """The decision on a message that asks one thing, with its silence where the article of the matter lacks the figure
    that is asked for by its counter, or a right that would go with it (离岗创业留不留岗位)."""
    if not decision.evidence or decision.statement or question.references or question.status:
        return decision
    counted = not decision.listing and _uncounted(question.asking, decision)
    kinds = _GROUPS if decision.listing else _GOES_WITH
    names = ["quantity"] if counted else _not_carried(question.asking, decision, kinds)
    if not names:
        return decision
    asked = asked_in(question.asking)
    said = asked[0].text if len(asked) == 1 else question.topic
    lacking = names_of(said) if counted else ""
    lacking = lacking or "、".join(say(f"kind.{name}") for name in names)
    return replace(decision, unstated=(*decision.unstated, f"{asked_of(said)}（{lacking}）"))


def _not_carried(asked: str, decision: Decision, among: Collection[str]) -> list[str]:
    """The rights and the groups of people asked for of which no quoted article says anything, by their kind."""
    text = plain("\n".join(e.article.text for e in decision.evidence))
    kinds = (k for k in more_kinds_asked(plain(asked)) if k.name in among)
    return [k.name for k in kinds if not k.carried.search(text)]


def _settled(part: Answered, decision: Decision) -> bool:
    """Whether it only asks if a figure of its own will do, and a quoted sentence of its matter, or in its best
    article, bounds such figures: 五年行不行 beside 不少于十年 is answered, 离岗五年行不行 is not."""
    own = plain(part.part.own)
    asked = figures(own)
    if wants_of(own) != {"whether"} or not asked or elapsed(own):
        return False
    kinds, nearest = {f.kind for f in asked}, {h.id for h in part.found.hits[:1]}
    named = [n for n in map(plain, part.part.nouns) if n in own and not any(n in f.said or f.said in n for f in asked)]
    quoted = ((e, s) for e in decision.evidence for p in e.paragraphs for s in re.split("[。；;]", plain(p.full)))
    bounding = ((e, s) for e, s in quoted if any(f.bound and f.kind in kinds for f in figures(s)))
    return any(not named or e.article.id in nearest or any(n in s for n in named) for e, s in bounding)


def _has_its_kind(part: Answered, decision: Decision) -> bool:
    """Whether what is quoted for the message as a whole has every kind of fact that a thing asks for."""
    text = plain("\n".join(e.article.text for e in decision.evidence))
    kinds = kinds_asked(part.part.question.text)
    return bool(kinds) and all(k.carried.search(text) for k in kinds)


def _only_asks_how(part: Answered) -> bool:
    """Whether the article of its matter is known, and only how to go about it is unsaid: no reason to refuse. So it is
    where one asks to whom to apply for what an article grants."""
    own = part.part
    granted = asks_for_help(own.question.text) and part.found.hits[0].score >= CLEAR
    return (part.carries and {k.name for k in own.kinds} <= _HOW) or (granted and "recipient" in wants_of(own.own))


def _silent(part: Answered) -> bool:
    """Whether the thing is treated nowhere, or without the kind of fact that was asked for."""
    if part.part.question.status:
        return _undated(part)
    kinds = kinds_asked(part.part.question.text)
    if part.decision.reason:
        return part.decision.reason == "no_evidence" or bool(kinds)
    return bool(kinds) and not part.part.leans and not _told_of(part, kinds)


def _unsure(part: Answered, decision: Decision) -> bool:
    """Whether no article is surely the answer to it, while what is quoted has the kind of fact: that is no silence."""
    text = plain("\n".join(e.article.text for e in decision.evidence))
    return part.decision.reason == "unconfirmed" and any(
        k.carried.search(text) for k in kinds_asked(part.part.question.text)
    )


def _otherwise(part: Answered) -> bool:
    """Whether the fact that its article has is one of something else: no sentence with such a fact has its words."""
    own = part.part
    kinds = kinds_asked(own.question.text)
    return (
        part.clear and bool(kinds) and not own.leans and not own.question.status and not _told_of(part, kinds, least=0)
    )


def _of_the_text(part: Answered) -> bool:
    """Whether its best article is one of the text, not what stands before it, or is looked up."""
    return bool(part.found.lookups) or any(e.article.number for e in part.decision.evidence[:1])


def _undated(part: Answered) -> bool:
    """Whether it asks since when a regulation is in force whose text leaves that day open."""
    asked = part.part.question
    when = emphasis_when().search(asked.text) is not None
    return (
        when
        and asked.status == "effect"
        and any(not e.regulation.dates.get("effective") for e in part.decision.evidence)
    )


def _unnamed(part: Answered, decision: Decision) -> bool:
    """Whether a thing that asks for no kind of fact is treated nowhere: no quoted article has its words, and it asks
    how much, or is far from every article by itself and the quoted ones are not the nearest. Everyday words alone are
    no sign of silence."""
    own = part.part
    sure = own.defines if own.leans and own.counts else own.leans or own.kinds or part.stated or part.clear
    if sure or own.question.status or not own.nouns:
        return False
    text = plain("\n".join(f"{e.article.heading}{e.article.text}" for e in decision.evidence))
    if any(plain(noun) in text for noun in own.nouns):
        return False
    if own.counts:
        return True
    quoted, nearest = {e.article.id for e in decision.evidence}, part.found.hits[:_NEAREST]
    far = part.decision.reason == "off_topic" and nearest[0].score < FAIR
    return far and not any(h.id in quoted for h in nearest)


def _told_of(part: Answered, kinds: Sequence[Kind], least: float = 0.5) -> bool:
    """Whether a sentence that has the kind of fact also names what it is asked of, by so large a part of its words."""
    nouns = part.part.nouns or (matter_in(part.part.said),)
    text = plain("\n".join(e.article.text for e in part.decision.evidence))
    sentences = [set(bigrams(s)) for s in re.split("[。；;]", text) if any(k.carried.search(s) for k in kinds)]
    wanted = [set(bigrams(plain(n))) for n in nouns if len(n) > 1]
    named = (sum(bool(w & s) for w in wanted) for s in sentences)
    return not wanted or any(n and n >= least * len(wanted) for n in named)


def _uncarried(parts: Sequence[Answered], decision: Decision) -> list[Answered]:
    """Things that ask for a kind of fact that no quoted article has, though articles were found."""
    text = plain("\n".join(e.article.text for e in decision.evidence))
    found: list[Answered] = []
    for part in parts:
        kinds = more_kinds_asked(part.part.question.text)
        lacks = bool(kinds) and not all(k.carried.search(text) for k in kinds)
        if lacks or _uncounted(part.part.question.text, decision):
            found.append(part)
    return found if len(found) < len(parts) else found[1:]


def _uncounted(asked: str, decision: Decision) -> bool:
    """Whether a figure is asked for by its counter, or an hour or a length, and no quoted article has it."""
    figure = figure_asked(plain(asked))
    wanted = [f for f in (counted_in(asked), figure if figure and not figure.kinds else None) if f]
    return any(not any(f.stated_in(plain(e.article.text)) for e in decision.evidence) for f in wanted)


def _said(part: Answered, parts: Sequence[Answered], answered: Sequence[Evidence]) -> str:
    """What is stated nowhere, in a few words: its own, after the matter that it is asked of, and what an office calls
    it."""
    own = part.part
    said = phrase(own.said, _matter(part, parts, answered))
    names = names_of(own.own, own.question.text)
    return f"{said}（{names}）" if names else said


def _matter(part: Answered, parts: Sequence[Answered], answered: Sequence[Evidence]) -> str:
    """The matter that is answered beside a thing, as the law calls it, else as it was told; "" where the thing names
    one itself, or another article stands out for it."""
    own = part.part
    if own.beside and own.beside in own.said:
        return own.beside  # named already
    if part.clear and not any(h.id == e.article.id for h in part.found.hits[:1] for e in answered):
        return ""
    text = plain("".join(f"{e.article.heading}{e.article.text}" for e in answered))
    told = [own.beside, *(n for p in parts if p is not part for n in (p.part.beside, nouns_of(p.part.own)))]
    of_law = max((n for n in told if len(n) >= _NAMED and plain(n) in text), key=len, default="")
    return of_law or (own.beside if len(nouns_of(own.own)) < _NAMED else "")


def merged(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each article once, with all of its 款 that were chosen."""
    kept: dict[str, Evidence] = {}
    for one in evidence:
        before = kept.get(one.article.id)
        if before:
            numbers = {p.number for p in (*before.paragraphs, *one.paragraphs)}
            one = replace(before, paragraphs=tuple(p for p in one.article.paragraphs if p.number in numbers))
        kept[one.article.id] = one
    return tuple(kept.values())


def _notices(whole: Decision, parts: Sequence[Answered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*whole.notices, *(n for p in parts for n in p.decision.notices)]))


def _related(whole: Decision, evidence: Sequence[Evidence]) -> tuple[Hit, ...]:
    cited = {e.article.id for e in evidence}
    return tuple(h for h in whole.related if h.id not in cited)
