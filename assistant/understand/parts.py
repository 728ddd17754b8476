"""A message is taken apart into what it asks: each thing apart, with the words that say what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.understand.asked import ENDS, OWN, SENTENCE, asked_in
from assistant.understand.breadth import FACT, breadth_of, only_somebody
from assistant.understand.cities import find_cities
from assistant.understand.language import Kind, emphasis_when, kinds_asked, status_asked, without_frame
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from assistant.understand.thread.anew import is_aspect
from law.regulation import Regulation
from law.text.rules import Rule, load_rules, read_once
from law.text.script import plain

#: One that has a word of so many is apart where it stands in no more than this share of the articles.
_WORD, _RARE = 2, 0.1
#: At most so many things of one message are answered each for itself.
_MOST = 4
#: What is not stated is told in at most so many characters, the matter before it in so many.
_PHRASE, _BEFORE = 30, 14
#: What is asked in so few characters is named with the matter before it.
_SHORT = 9
#: What a word that names something is tagged: nouns, and short ones (社保).
_NAMES = frozenset("nj")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, as a question of its own; `said` names it in a few words, for what is stated nowhere.

    It `leans` where it names no matter of its own; `nouns` are the words of its own that mean something, `own` its own
    words without those for its city; `beside` names the matter that was told with it, or that is asked of beside it.
    """

    question: Question
    said: str
    leans: bool
    own: str = ""
    nouns: tuple[str, ...] = ()
    attached: bool = False  # it follows a number without a word that joins it
    beside: str = ""

    @property
    def defines(self) -> bool:
        """Whether it asks what something is."""
        return _rules()["defines"].search(self.question.text) is not None

    @property
    def counts(self) -> bool:
        """Whether it asks how much, how many or how long."""
        return _rules()["quantity"].search(self.question.text) is not None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of fact it asks for, those included that are no reason to refuse by themselves."""
        return kinds_asked(self.question.text) or more_kinds_asked(self.question.text)


def of_a_turn(question: Question, held: Sequence[Regulation]) -> tuple[Part, ...]:
    """The questions of a talk's last turn that goes on (这个给不给补?补几成?), each with the matter of before.

    None at all where it asks one thing, or nothing in words of its own.
    """
    turn = question.blend
    if turn is None or not (question.rewritten and turn.alone):
        return ()
    matter = turn.carried.removesuffix(turn.alone).strip()
    own = replace(question, text=turn.asks, topic=turn.alone, rewritten=False, blend=None)
    return tuple(
        replace(p, question=replace(p.question, topic=f"{matter} {p.question.topic}".strip()))
        for p in take_apart(own, held)
    )


def take_apart(question: Question, held: Sequence[Regulation], *, heard: bool = False) -> tuple[Part, ...]:
    """The questions of a message, each to be answered for itself; none where the message asks one thing.

    What leans comes with the words of what was asked before it; a city goes on until another is named.
    """
    breadth = question.breadth
    several = breadth.kind == "duties" and not (breadth.firm or breadth.counts)
    lists = breadth.kind == "set" and not breadth.counts
    if not (several or lists or breadth.kind == "fact") or question.references or question.rewritten:
        return ()
    asked = asked_in(question.text, heard=heard, each=not question.compares)
    if not 1 < len(asked) <= _MOST:
        return ()
    parts: list[Part] = []
    ids: tuple[str, ...] = ()
    topic = matter = ""
    for one in asked:
        text = f"{one.context}，{one.text}" if one.context else one.text
        found = find_cities(text, held)
        ids = tuple(i for i in found.ids if i in question.regulation_ids) or ids or question.regulation_ids
        own = found.topic.strip(ENDS)
        frame = question.compares and len(matter_in(without_frame(own))) < OWN and not one.context
        if frame and not (parts and _rules()["number_asked"].search(own)):
            continue  # 三个城市有什么不同: how it is to be answered, no second thing
        only_who = _rules()["only_by_whom"].search(own) is not None
        short = only_who or (len(matter_in(own)) < OWN and not _names_itself(own, topic, ids, held))
        leans = bool(topic) and (one.leans or short or _rules()["if_so"].search(own) is not None)
        topic = f"{topic} {own}" if leans else own
        status = status_asked(text, own) or (parts and _goes_on_with(parts[-1], own)) or ""
        part = replace(question, text=text, topic=topic, regulation_ids=ids, status=status, breadth=FACT)
        mine = find_cities(one.text, held).topic
        beside = nouns_of(find_cities(one.context, held).topic) or matter
        before = beside if leans or len(mine) <= _SHORT else ""
        asks = _of_the_same(mine.strip(ENDS), parts[-1].own if parts else "")
        told = find_cities(one.before, held).topic.strip(ENDS)
        said = f"{told}，{asked_of(mine)}" if before and 0 < len(told) <= _BEFORE else phrase(mine, before)
        parts.append(Part(part, said, leans, asks, _words(mine), beside=beside))
        matter = matter if leans or (len(mine) <= _SHORT and matter) else nouns_of(own)
    if several and all(_is_several(p) for p in parts):
        return ()
    if lists and not (by_sentences(question.text, parts) and _of_places(parts, question)):
        return ()
    return _with_what_is_beside(parts) if len(parts) > 1 else ()


def _of_places(parts: Sequence[Part], question: Question) -> bool:
    """Whether a comparison is none: each thing is asked of a place of its own."""
    asked = {p.question.regulation_ids for p in parts}
    return not question.compares or len(asked) == len(parts)


def _with_what_is_beside(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The first thing asked with the matter of the next one, where nothing was told before it."""
    first, second = parts[:2]
    return (first if first.beside else replace(first, beside=nouns_of(second.own)), *parts[1:])


def _of_the_same(own: str, before: str) -> str:
    """A thing that is only named, with the quantity asked of the one before it: 维修费多少 of 维修费呢.

    >>> _of_the_same("维修费呢", "租金多少"), _of_the_same("谁管", "租金多少")
    ('维修费多少', '谁管')
    """
    named, asked = _rules()["ellipsis"].search(own), _rules()["quantity"].search(before)
    return f"{named['named']}{asked[0]}" if named and asked else own


def by_sentences(text: str, parts: Sequence[Part]) -> bool:
    """Whether each thing that a message asks has a sentence of its own and leans on none: whatever one of them lists,
    the others are no part of."""
    return _asking(text) >= len(parts) > 1 and not any(p.leans for p in parts)


def _asking(text: str) -> int:
    return sum(_rules()["asks"].search(s) is not None for s in SENTENCE.findall(text))


def _names_itself(own: str, topic: str, regulation_ids: Sequence[str], held: Sequence[Regulation]) -> bool:
    """Whether one short word is a matter of its own (容错, 上市): no side of what was asked before, and a word that few
    articles of the regulations asked for have."""
    word = plain(matter_in(own))
    if len(word) < _WORD or word in plain(topic) or is_aspect(word):
        return False
    articles = [a for r in held if r.id in regulation_ids for a in r.numbered]
    having = sum(word in plain(a.text) for a in articles)
    return 0 < having <= _RARE * len(articles)


def _goes_on_with(before: Part, own: str) -> str:
    """The status asked before, where a thing names hardly more than a day: 哪个会通过的，省里哪天批的."""
    only_when = emphasis_when().search(own) and len(matter_in(own)) <= OWN
    return before.question.status if only_when else ""


def _is_several(part: Part) -> bool:
    """Whether a thing asked wants more than one rule by itself, or only goes on with what was asked before it."""
    one = part.question
    wide = breadth_of(one.text, one.topic, several=one.compares, named=one.named).is_set
    return part.leans or wide or only_somebody(one.topic)


@cache
def more_kinds() -> tuple[Kind, ...]:
    """The kinds of fact whose silence is said only beside something that is answered."""
    rules = _rules()
    names = [name.removeprefix("asked_") for name in rules if name.startswith("asked_")]
    return tuple(Kind(name, rules[f"asked_{name}"], rules[f"carried_{name}"]) for name in names)


@read_once(256)
def more_kinds_asked(text: str) -> tuple[Kind, ...]:
    """Those of them that a question asks for."""
    return tuple(k for k in more_kinds() if k.asked.search(text))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "parts.toml")


def asks_no_kind(question: Question, parts: Sequence[Part]) -> Question | None:
    """The question by those of its parts alone that ask for no kind of fact; None where there is none, or all are."""
    whether = [p.question.text for p in parts if not kinds_asked(p.question.text) and not p.question.status]
    return replace(question, text="，".join(whether)) if 0 < len(whether) < len(parts) else None


def _words(text: str) -> tuple[str, ...]:
    """The words of a text that mean something: 税务所 of 由哪家税务所办."""
    import rjieba

    return tuple(w for w in rjieba.cut(matter_in(text)) if len(w) > 1 and w[0] > "\u4e00")


def nouns_of(text: str) -> str:
    """The longest run of words of a text that name a thing, of those of one length the last; else the last words that
    mean something. No negation is one that only asks.

    >>> nouns_of("设不设孵化器发展专项资金"), nouns_of("引导基金主要投哪些公司"), nouns_of("能不能转让")
    ('孵化器发展专项资金', '引导基金', '转让')
    >>> nouns_of("新型研发机构的认定条件")
    '新型研发机构'
    """
    import rjieba

    empty, whether, asks = _rules()["empty"], _rules()["whether"], _rules()["asks"]
    runs: list[list[tuple[str, bool]]] = [[]]
    behind = ""  # a noun of its own meaning nothing that ends a name: 机构 of 新型研发机构
    for word, kind in reversed(rjieba.tag(whether.sub("，", text))):
        means = len(word) > 1 and word[0] > "\u4e00" and not (empty.fullmatch(word) or asks.search(word))
        if means and sum(len(w) for w, _ in runs[-1]) + len(word + behind) <= _BEFORE:
            if behind and not runs[-1]:
                runs[-1].append((behind, True))
            runs[-1].insert(0, (word, kind[0] in _NAMES or kind == "vn"))
        elif runs[-1]:
            runs.append([])
        behind = word if not means and kind[0] in _NAMES and len(word) > 1 else ""
    named = [
        "".join(w for w, _ in run[: 1 + max((n for n, (_, names) in enumerate(run) if names), default=-1)])
        for run in runs
    ]
    return max(named, key=len) or next(("".join(w for w, _ in run) for run in runs if run), "")


def asked_of(text: str) -> str:
    """What is asked, in a few words."""
    return text.strip(ENDS + "?？")[:_PHRASE]


def phrase(own: str, matter: str) -> str:
    """An asked thing in a few words, after its matter where it does not name that itself."""
    said = asked_of(own)
    return f"{matter}：{said}" if matter and matter not in said else said
