"""A message is taken apart into what it asks: each thing apart, with the words that say what it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understand.breadth import FACT
from assistant.understand.cities import find_cities
from assistant.understand.language import Kind, kinds_asked, status_asked, without_frame
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.regulation import Regulation
from law.text.rules import Rule, load_rules

_SENTENCE = re.compile(r"[^。？?！!；;\n]+[。？?！!；;\n]?")
#: Several things may be numbered: 1.… 2.…
_NUMBERED = re.compile(r"(?:^|(?<=[\s:：,，。;；?？]))[1-9一二三四][.、)）](?=[^\d\s])")
_CLAUSE = re.compile(r"[^，,:：]+[，,:：]?")
#: A thing asked that has fewer characters of its own leans on what was asked before it.
_OWN = 3
#: At most so many things of one message are answered each for itself.
_MOST = 4
#: What is not stated is told in at most so many characters, the matter before it in so many.
_PHRASE, _BEFORE = 30, 14
_ENDS = "，,。；;！!:： "


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a message asks, in its own words; `context` is what was told with it and asks nothing."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, as a question of its own; `said` names it in a few words, for what is stated nowhere.

    It `leans` where it names no matter of its own; `nouns` are the words of its own that mean something.
    """

    question: Question
    said: str
    leans: bool
    nouns: tuple[str, ...] = ()

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
        text = self.question.text
        return kinds_asked(text) or tuple(k for k in more_kinds() if k.asked.search(text))


def asked_in(text: str) -> tuple[Asked, ...]:
    """The things that a message asks, in order.

    >>> [a.text for a in asked_in("买科技保险补不补钱?另外企业上市有没有绿色通道?")]
    ['买科技保险补不补钱', '企业上市有没有绿色通道']
    """
    rule = _rules()
    found: list[Asked] = []
    told: list[str] = []
    text = _NUMBERED.sub("。", text)
    for clause in (c for sentence in _SENTENCE.findall(text) for c in _CLAUSE.findall(sentence)):
        bare = clause.strip(_ENDS + "?？")
        if not bare:
            continue
        if found and not told and rule["follows"].search(bare):
            found[-1] = replace(found[-1], text=f"{found[-1].text}，{bare}")
        elif rule["asks"].search(clause.strip(_ENDS)) and not _announces(bare):
            own = rule["joint"].sub("", bare).strip(_ENDS) or bare
            found.append(Asked(own, "，".join(told)))
            told = []
        elif not rule["frame"].search(bare):
            told.append(rule["joint"].sub("", bare).strip(_ENDS) or bare)
    if told and found:
        context = "，".join(filter(None, [found[-1].context, *told]))
        found[-1] = replace(found[-1], context=context)
    return tuple(found)


def take_apart(question: Question, held: Sequence[Regulation]) -> tuple[Part, ...]:
    """The questions of a message, each to be answered for itself; none where the message asks one thing.

    What leans comes with the words of what was asked before it; a city goes on until another is named.
    """
    if question.breadth.kind != "fact" or question.references or question.rewritten:
        return ()
    asked = asked_in(question.text)
    if not 1 < len(asked) <= _MOST:
        return ()
    parts: list[Part] = []
    ids: tuple[str, ...] = ()
    topic = matter = ""
    for one in asked:
        text = f"{one.context}，{one.text}" if one.context else one.text
        found = find_cities(text, held)
        ids = tuple(i for i in found.ids if i in question.regulation_ids) or ids or question.regulation_ids
        own = found.topic.strip(_ENDS)
        if question.compares and len(matter_in(without_frame(own))) < _OWN and not one.context:
            continue  # 三个城市有什么不同: how it is to be answered, no second thing
        leans = len(matter_in(own)) < _OWN and bool(topic)
        topic = f"{topic} {own}" if leans else own
        part = replace(
            question, text=text, topic=topic, regulation_ids=ids, status=status_asked(text, own), breadth=FACT
        )
        mine = find_cities(one.text, held).topic
        parts.append(Part(part, _phrase(mine, matter if leans else ""), leans, _words(mine)))
        matter = matter if leans else _nouns(own)
    return tuple(parts) if len(parts) > 1 else ()


def more_kinds() -> tuple[Kind, ...]:
    """The kinds of fact whose silence is said only beside something that is answered."""
    rules = _rules()
    names = [name.removeprefix("asked_") for name in rules if name.startswith("asked_")]
    return tuple(Kind(name, rules[f"asked_{name}"], rules[f"carried_{name}"]) for name in names)


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


def _nouns(text: str) -> str:
    """The last words of a text that mean something: 孵化器发展专项资金 of 设不设孵化器发展专项资金."""
    import rjieba

    empty = _rules()["empty"]
    kept = ""
    for word in reversed(rjieba.cut(text)):
        means = len(word) > 1 and not empty.fullmatch(word) and word[0] > "\u4e00"
        if not means and kept:
            break
        kept = word + kept if means and len(kept) + len(word) <= _BEFORE else kept
    return kept


def _phrase(own: str, matter: str) -> str:
    said = own.strip(_ENDS + "?？")[:_PHRASE]
    return f"{matter}：{said}" if matter else said


def _announces(clause: str) -> bool:
    """两个问题一起问: it asks nothing itself."""
    frame = _rules()["frame"]
    return bool(frame.search(clause)) and not matter_in(frame.sub("", clause))
