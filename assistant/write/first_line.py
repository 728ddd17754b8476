"""The line that answers first: 有, 没有找到规定, 是, 不是, 已删去, for each city, from the norms of what is quoted.

It never says more than the quotes carry: where a norm does not surely answer it says that there is a rule, and where.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer import Block, Citation
from assistant.decide.decision import Decision
from assistant.understand.parts import Part
from assistant.understand.question import Question
from assistant.write.asked_first import WHETHER, AskedFirst
from assistant.write.quote_carries import Chance, carrying, is_near, nowhere
from law.norms.actors import actors_in
from law.norms.norm import Norm
from law.regulation import Article, Regulation
from law.text.dates import printed_date
from law.text.grams import bigrams
from law.text.rules import Rule, load_rules
from law.text.script import plain, same_length_simplified
from prompts import say
from vectorstore.library import Library

#: What is brought to somebody: a quoted norm that works by one of these may be the help that is asked for.
_GIVEN = frozenset({"资金", "补助", "奖励", "税收", "用地", "融资", "采购", "人才服务", "免责"})
#: Statuses that are said beside the city.
_SAID = ("draft", "amended", "repealed", "not_yet_in_force")
#: A norm answers where so many bigrams of the question's matter stand in it, and this share of them.
_SHARED, _SHARE = 2, 0.5
#: More places that stand out than this are no answer in a line; more labels are left to the quotes; more cities are
#: put one below the other.
_SPANS, _LABELS, _IN_A_LINE = 2, 3, 3
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十百千万亿]")
#: Below this chance what is quoted is only called related, and who acts is not told from it: of 118 articles that `dev`
#: cites rightly for a fact .034 are below, of 26 cited wrongly .115; of 11 that tell who acts none.
_RELATED = 0.1
_URGED = ("鼓励", "支持", "探索", "可以")


def first_line(
    question: Question,
    decision: Decision,
    blocks: Sequence[Block],
    library: Library,
    chance: Chance,
    parts: Sequence[Part],
) -> str:
    """The line, Simplified; "" for a refusal, a list, and where only a wording is looked up that still stands.

    `chance` tells how likely an article states what is asked, `parts` are the things that are asked, of several.
    """
    if decision.reason or decision.statement or not any(b.citations for b in blocks):
        return ""
    asked = AskedFirst.of(question, parts, decision, library, len(blocks))
    said = [
        _of_city(asked, block, library, chance)
        for block in blocks
        if not (decision.listing or _only_wording(question, asked, block))
        or (block.citations and all(c.fate for c in block.citations))
    ]
    if len(said) <= _IN_A_LINE:
        return "；".join(said) + "。" if said else ""
    return "\n".join(f"- {line}。" for line in said)


def fate_of(regulation: Regulation, article: Article) -> str:
    """已删去（2019年） where a later text no longer has the article; "" for one that stands."""
    for note in regulation.notes_on(article):
        if note.kind != "erratum" and _rules()["deleted"].search(note.text):
            year = re.search(r"\d{4}年", note.text)
            return say("verdict.deleted") + (f"（{year[0]}）" if year else "")
    return ""


def _only_wording(question: Question, asked: AskedFirst, block: Block) -> bool:
    """Whether an article is looked up by its number, and nothing of it can be told in a line."""
    if not question.references or asked.wrong:
        return False
    return not asked.form or (asked.form == "figure" and not _standing_out(block.citations))


def _of_city(asked: AskedFirst, block: Block, library: Library, chance: Chance) -> str:
    """One city's part."""
    if not block.citations:
        return say("verdict.city", place=block.heading, said=say("verdict.none"))
    standing = next((c for c in block.citations if not c.fate), None)
    status = block.citations[0].status
    place = block.heading + (f"（{say(f'status.{status}')}）" if status in _SAID else "")
    if asked.form == "valid":
        place = block.heading
    if standing is None:
        said = say("verdict.gone", labels=_labels(block.citations), fate=block.citations[0].fate)
    elif asked.wrong:
        said = say("verdict.wrong", why=asked.wrong.rstrip("。"))
    else:
        said = _said(asked, block, library, chance)
    return say("verdict.city", place=place, said=said)


def _said(asked: AskedFirst, block: Block, library: Library, chance: Chance) -> str:
    where = _where(block.citations)
    if asked.form == "change":
        return _changed(block, library)
    if asked.form == "valid" and _rules()["of_repeal"].search(plain(block.citations[0].quote)):
        return say("verdict.rule") + where  # another text is spoken of
    if asked.form == "valid":
        return say(f"verdict.{block.citations[0].status}") + where
    if block.city in asked.silent:
        return say("verdict.only_near", labels=_labels(block.citations))
    if asked.form == "figure" and (figure := _standing_out(block.citations)):
        return figure
    if asked.ground and len({c.id for c in block.citations}) == 1:
        return _said(asked.ground, block, library, chance)
    if asked.each:
        return _of_each(asked, block, library, chance)
    if asked.form == "figure":
        return say("verdict.rule") + where
    if asked.form in ("", "exists", "may", "must") and asked.sought.helps:
        return _help(asked, block, library, chance)
    if asked.form in WHETHER and (near := is_near(asked.sought, block.citations, chance)) is not False:
        return say("verdict.only_near" if near else "verdict.see", labels=_labels(block.citations))
    rule = _rule(asked, block, chance)
    if asked.form not in ("who", "must", "may", "blame"):
        return rule
    norm, citation = _nearest(asked, block.citations, library)
    if norm is None or citation is None:
        return rule
    if asked.form == "who":
        words = _who(norm)
        return words + _where([citation]) if words and chance(citation.id) >= _RELATED else rule
    word = _judged(asked.form, norm)
    return f"{_bounded(word, norm)}{_where([citation])}" if word else rule


def _who(norm: Norm) -> str:
    """Who acts, as written; that nobody is named where the place alone is: 本市 tells no office to go to."""
    said = [same_length_simplified(a) for a in norm.actors_said if a in norm.quote]
    if said and all(c.endswith("政府") for c in norm.actors) and not any(actors_in(plain(a)) for a in said):
        return say("verdict.place_alone", said="、".join(said))
    return "、".join(f"「{a}」" for a in said)


def _rule(asked: AskedFirst, block: Block, chance: Chance) -> str:
    """That there is a rule; where none that is quoted is at all likely to state what is asked, which is related."""
    cited = dict.fromkeys(c.id for c in block.citations)
    if asked.sure.isdisjoint(cited) and all(chance(i) < _RELATED for i in cited):
        return say("verdict.see", labels=_labels(block.citations))
    return say("verdict.rule") + _where(block.citations)


def _changed(block: Block, library: Library) -> str:
    """The days of the amendments that the quotes tell of; where they tell of none, how the text stands."""
    regulation = library.regulation(block.regulation_id)
    quotes = plain("\n".join(c.quote for c in block.citations))
    amended = regulation.dates.get("amended")
    days = [day for d in (amended if isinstance(amended, list) else []) if (day := printed_date(d)) in quotes]
    if not days:
        return say("verdict.amended" if regulation.status == "amended" else "verdict.unchanged")
    named = "、".join(days)
    said = say("verdict.changed_often", days=named, last=days[-1]) if days[1:] else say("verdict.changed", days=named)
    return said + _where(block.citations)


def _help(asked: AskedFirst, block: Block, library: Library, chance: Chance) -> str:
    """Whether a help that is asked for is there: given by a quoted norm, by none of the whole text, or unsure."""
    norms = [(n, c) for c in block.citations for n in _norms_of(c, library)]
    if held := carrying(asked.sought, norms, chance):
        norm, citation = held
        word = _judged(asked.form, norm) if asked.form in ("may", "must") else ""
        word = "" if word == say("verdict.should") else word  # whether it may be had is answered by 有
        return f"{_bounded(word or say('verdict.there'), norm)}{_where([citation])}"
    if asked.many or asked.sought.untold or not nowhere(asked.sought, block.regulation_id, library):
        return say("verdict.see", labels=_labels(block.citations))
    what = "、".join(h.named for h in asked.sought.helps)
    if what and not {m for n, _ in norms for m in n.means} & _GIVEN:
        return say("verdict.no_help", what=what, labels=_labels(block.citations))
    return say("verdict.only_near", labels=_labels(block.citations))


def _of_each(asked: AskedFirst, block: Block, library: Library, chance: Chance) -> str:
    """Of several things: that there are rules, where each is carried by a quote of its own; else what is related."""
    norms = [(n, c) for c in block.citations for n in _norms_of(c, library)]
    carried = (
        carrying(sought, norms, chance) is not None
        if sought.helps
        else is_near(sought, block.citations, chance) is False
        for sought in asked.each
    )
    return _rule(asked, block, chance) if all(carried) else say("verdict.see", labels=_labels(block.citations))


def _judged(form: str, norm: Norm) -> str:
    """The word that a norm's binding gives to a question of that form; "" where it gives none."""
    binding = norm.binding
    if form == "blame":
        return {"免除": say("verdict.exempt"), "责任": say("verdict.liable")}.get(binding, "")
    if form == "must":
        if binding in _URGED:
            return say("verdict.not_must", word=binding) if binding in plain(norm.quote) else ""
        return {"应当": say("verdict.must"), "不得": say("verdict.must_not")}.get(binding, "")
    return {
        "不得": say("verdict.must_not"),
        "可以": say("verdict.may"),
        "支持": say("verdict.may"),
        "鼓励": say("verdict.may"),
        "应当": say("verdict.should") if "应当" in plain(norm.quote) else "",
    }.get(binding, "")


def _bounded(word: str, norm: Norm) -> str:
    """The word with what bounds it: conditions, or that it is only encouraged or explored."""
    if norm.conditions and word != say("verdict.not_must", word=norm.binding):
        return say("verdict.on_condition", said=word)
    soft = "探索" if norm.plan and "探索" in plain(norm.quote) else norm.binding
    if soft in ("鼓励", "支持", "探索") and soft in plain(norm.quote) and soft not in word:
        return say("verdict.softly", said=word, word=soft)
    return word


def _nearest(asked: AskedFirst, citations: Sequence[Citation], library: Library) -> tuple[Norm | None, Citation | None]:
    """The quoted norm that shares most with the matter, where that is enough and no other as near says otherwise.

    Who is held responsible, and who is not, is told by few norms: any quoted one counts.
    """
    blames = asked.form == "blame"
    ranked = sorted(
        (
            (len(asked.matter & _grams(n.quote)), n, c)
            for c in citations
            for n in _norms_of(c, library)
            if not blames or _judged("blame", n)
        ),
        key=lambda one: -one[0],
    )
    if not ranked or (not blames and ranked[0][0] < max(_SHARED, _SHARE * len(asked.matter))):
        return None, None
    best, norm, citation = ranked[0]
    words = {_judged(asked.form, n) for shared, n, _ in ranked if (shared == best or blames) and asked.form != "who"}
    return (norm, citation) if len(words) <= 1 else (None, None)


def _norms_of(citation: Citation, library: Library) -> list[Norm]:
    """The norms that stand in what is quoted."""
    quote = _squeezed(citation.quote)
    if citation.id not in library.by_id:
        return []
    return [
        n
        for n in library.norms_of_article(citation.id)
        if n.paragraph == citation.paragraph and _squeezed(n.quote) in quote
    ]


def _standing_out(citations: Sequence[Citation]) -> str:
    """The words of the first quote that answer a question for when or how much, where they are few and figures."""
    first = citations[0] if citations else None
    if first is None:
        return ""
    spans = [same_length_simplified(first.quote[start:end]) for start, end in first.bold]
    if not 0 < len(spans) <= _SPANS or not all(_NUMERAL.search(words) for words in spans):
        return ""
    return "、".join(f"「{words}」" for words in spans) + _where([first])


def _where(citations: Sequence[Citation]) -> str:
    return f"（{_labels(citations)}）"


def _labels(citations: Sequence[Citation]) -> str:
    numbers: dict[str, list[str]] = {}
    for citation in citations:
        numbers.setdefault(citation.label, []).append(citation.number)
    labels = [mine[0] if len(set(mine)) == 1 else label for label, mine in numbers.items()]
    return "、".join(labels[:_LABELS]) + (say("verdict.more") if len(labels) > _LABELS else "")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    return frozenset(bigrams(text))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.write", "first_line.toml")
