"""How much is asked for: one fact, a set of rules, an outline, the articles with some words, what somebody must do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.understand.bodies.concerned import concerned
from assistant.understand.bodies.helped import helped
from assistant.understand.bodies.names import named_in
from assistant.understand.bodies.served import is_served
from assistant.understand.bodies.task import last_listed, listed_between, names_work, of_a_case, tasked
from assistant.understand.searching import words_sought
from law.norms.actors import Actor
from law.text.rules import Rule, load_rules

Kind = Literal["fact", "set", "duties", "words", "outline", "differences"]
#: A whole regulation is asked for where so little is left of the question besides.
_NOTHING_ELSE, _LITTLE_ELSE, _MUCH_ELSE = 3, 3, 6
#: Between somebody named and the words that ask for his duties stand at most so many characters that mean something.
_NEAR = 3
#: How likely a set is wanted where the rules on a body are asked for that no rule speaks of.
_PERHAPS = 0.6
#: The rules whose voices are weighed where none of them decides.
_HEARD = ("outline", "differences", "all", "list", "which", "about", "duties", "count", "told")
GOVERNMENTS = ("省政府", "市政府", "县区政府", "乡镇政府")
#: So many matters told one by one, asked how they are ruled, are a set.
_SEVERAL = 2
#: Aspects told one by one, and what stands between and around them.
_ASPECT = 12
_ENUMERATED = re.compile(
    r"[^，,。；;？?！!：:（）()、]{2,16}、[^，,。；;？?！!：:（）()]{2,60}|(?<=[（(])[^（）()]*、[^（）()]*(?=[）)])"
)


@dataclass(frozen=True, slots=True)
class Breadth:
    """`words` are looked for literally, `without` words in which they do not count; `literal` says that they were
    called words, so that their absence is an answer. `counts` asks how many; `chapter` names a chapter loosely.
    `actors` are classes of those whose duties are asked for, said as in `said`; `must` wants what binds only. Of a set
    they are bodies whose rules alone are asked for, by their names in `words`; or those who get a help that is asked
    for by its sort alone, which `means` tell.
    """

    kind: Kind = "fact"
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    literal: bool = False
    counts: bool = False
    chapter: str = ""
    actors: tuple[str, ...] = ()
    said: str = ""
    means: tuple[str, ...] = ()
    must: bool = False
    alone: bool = False  # of duties: without those that several levels of government share
    firm: bool = False  # of a set: everything, or a list, was asked for in so many words
    often: bool = False  # of words: how many times they stand
    sign: bool = False  # of a fact: one sign of a plural was seen all the same
    chance: float = 1.0  # of a set: how likely one is wanted; the less, the surer must an article belong
    ease: float | None = None  # of a set of one regulation: how easily (log odds) an article is held to belong to it

    @property
    def is_set(self) -> bool:
        """Whether several rules are wanted, by the words that ask; words that are only asked after may be one."""
        return self.kind != "fact" and (self.kind != "words" or self.firm)

    @property
    def by_norms(self) -> bool:
        """Whether it is a set that norms choose: of a body, or of a sort of help."""
        return self.kind == "set" and bool(self.actors or self.means)


FACT = Breadth()


def breadth_of(text: str, topic: str, *, several: bool, compared: bool = False, named: bool = False) -> Breadth:
    """The breadth of a question in Simplified; `topic` is it without the names of regulations.

    `several` says that more than one regulation is asked, `compared` that they were named, `named` that any was.

    >>> breadth_of("哪些条写到了长三角", "哪些条写到了长三角", several=True).words
    ('长三角',)
    """
    counts = _says("count", text)
    if sought := words_sought(text, topic):
        plural = counts or _plural(text) or _says("all", text) or _says("list", text)
        return Breadth("words", sought.words, sought.without, sought.literal, counts, firm=plural, often=sought.often)
    if chapter := _chapter(text):
        if counts or _says("which", text) or _says("list", text) or _says("all", text) or _says("outline", text):
            return Breadth("set", counts=counts, chapter=chapter)
        return FACT
    if whose := _helped(text, topic) or _concerned(text, topic):
        return whose
    if (
        several
        and _says("differences", text)
        and not names_a_part(topic)
        and _nothing_else(topic, "differences", most=_LITTLE_ELSE)
    ):
        return Breadth("differences")
    whole = (named or bool(_whole()["text"].search(text))) and (_says("outline", topic) or named)
    strongly = _whole()["strongly"].search(topic) and (named or several) and not _whole()["field"].search(topic)
    most = _MUCH_ELSE if strongly else _NOTHING_ELSE if _says("outline", topic) else 1
    duties = _duties(text, topic)
    if whole and not duties and _nothing_else(topic, "outline", most):
        return Breadth("outline")
    if duties:
        return replace(duties, counts=counts, firm=_says("all", text))
    if counts or _is_set(text) or (compared and _is_wide(topic)):
        return Breadth("set", counts=counts, firm=counts or _says("all", text) or _says("list", text))
    return Breadth(sign=any(_says(name, text) for name in ("all", "list", "which")))


def counted_matter(topic: str) -> str:
    """What is counted in a question of how many: 法律责任 of 「法律责任有几条」.

    >>> counted_matter("法律责任一共有几条?"), counted_matter("附则几条"), counted_matter("一共多少条")
    ('法律责任', '附则', '')
    """
    rule = _rules()["counting"]
    while (left := rule.sub("", topic)) != topic:
        topic = left
    return topic


def _whole() -> dict[str, Rule]:
    return load_rules("assistant.understand", "whole.toml")


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "breadth.toml")


def _says(rule: str, text: str) -> bool:
    return _rules()[rule].search(text) is not None


def heard(text: str) -> tuple[bool, ...]:
    """Which of the rules about breadth hear something in a question, and whether it speaks of a chapter."""
    return (*(_says(name, text) for name in _HEARD), bool(_chapter(text)))


def names_a_whole(text: str) -> bool:
    """Whether it speaks of a regulation: 这部条例, 草案."""
    return bool(_whole()["text"].search(text))


def within_a_whole(text: str) -> bool:
    """Whether it is asked how a matter is ruled within a regulation: 草案里科普是怎么写的."""
    return bool(_whole()["of_a_matter"].search(text))


def names_a_part(text: str) -> bool:
    """Whether it speaks of a part of a regulation by its name: 罚则."""
    return bool(_whole()["part"].search(text))


def _is_set(text: str) -> bool:
    """Two signs of a plural, or one where the matter is named as a field."""
    signs = sum(_says(name, text) for name in ("all", "list", "which"))
    if not signs and _says("told", text):
        return len(aspects_of(text)) > _SEVERAL
    return signs >= 2 or (signs == 1 and _says("about", text)) or (signs == 1 and _says("all", text))


def _duties(text: str, topic: str) -> Breadth | None:
    """Whose duties are asked for: somebody named right before or behind the words that ask for them."""
    if _whole()["field"].search(text):
        return None
    bare, named = named_in(topic)
    if of_a_case(bare):
        return None
    if (body := tasked(bare, named)) and not is_served(body, named, bare, text):
        return _of(body, named, bare, text)
    if _which_things(bare) or not (_plural(text) or _says("all", text) or _says("list", text)):
        return None
    for asked in _rules()["duties"].finditer(bare):
        near = [a for a in named if a.end <= asked.start() and _joins(bare[a.end : asked.start()])]
        near = near or [a for a in named if asked.start() <= a.start <= asked.end() + 4]
        if near and not is_served(near[-1], named, bare, text):
            return _of(near[-1], named, bare, text)
    return None


def duties_of(text: str, topic: str, most: int) -> Breadth | None:
    """The duties of whom a question names first, where it is known otherwise that duties are asked for, and at most so
    many characters of it name anything else: none where it asks which things of a name (哪些创业大赛)."""
    if _whole()["field"].search(text):
        return None
    bare, named = named_in(topic)
    left = bare
    for actor in reversed(named):
        left = left[: actor.start] + left[actor.end :]
    if not named or len(_whole()["light"].sub("", _rules()["duties"].sub("", left)).strip("?？,，。 ")) > most:
        return None
    if _which_things(left) or is_served(named[0], named, bare, text):
        return None
    return _of(last_listed(named, bare), named, bare, text)


def _which_things(text: str) -> bool:
    """Whether it asks which things of a name there are (哪些创业大赛), and not which work."""
    which = _rules()["which_of"].search(text)
    return which is not None and not (names_work(which["what"]) or _says("which", which[0]))


def _concerned(text: str, topic: str) -> Breadth | None:
    """The rules of bodies, where nothing else is asked for."""
    if _says("whether", text) or not (whose := concerned(*named_in(topic))):
        return None
    if _duties(text, topic) and not _says("gains", text):
        return None
    said = "、".join(whose.names)
    return Breadth("set", words=whose.names, actors=whose.classes, said=said, chance=_PERHAPS)


def _helped(text: str, topic: str) -> Breadth | None:
    """A list of help of a sort, where nothing else is asked for."""
    if _says("whether", text) or not (_plural(text) or _says("all", text) or _says("list", text)):
        return None
    if not (given := helped(*named_in(topic))):
        return None
    return Breadth("set", actors=given.classes, said=given.said, means=given.means, chance=_PERHAPS)


def only_somebody(topic: str) -> bool:
    """Whether somebody is named and nothing beside him: 工信局呢.

    >>> only_somebody("工信局呢"), only_somebody("工信局管企业上云吗"), only_somebody("怎么办")
    (True, False, False)
    """
    bare, named = named_in(topic)
    left = bare
    for actor in reversed(named):
        left = left[: actor.start] + left[actor.end :]
    return bool(named) and len(_whole()["light"].sub("", left).strip("?？,，。 呢啊呀嘛")) <= 1


def who_gains(text: str, topic: str) -> tuple[str, ...]:
    """Of whom it is asked what they get, by their names: 新型研发机构能得到什么; nobody where it is not."""
    if not _says("gains", text) or _says("whether", text):
        return ()
    bare, named = named_in(topic)
    return tuple(bare[a.start : a.end] for a in named)


def _of(last: Actor, named: Sequence[Actor], bare: str, text: str) -> Breadth:
    """The duties of somebody and of those listed before him."""
    mine = [last]
    for actor in reversed([a for a in named if a.end <= last.start]):
        if not listed_between(bare[actor.end : mine[0].start]):
            break
        mine.insert(0, actor)
    classes = tuple(dict.fromkeys(c for a in mine for c in a.classes))
    if _rules()["of_the_city"].search(text) and set(GOVERNMENTS) & set(classes):
        classes = (*(c for c in classes if c not in GOVERNMENTS), "市政府")
    return Breadth(
        "duties",
        actors=classes,
        said=bare[mine[0].start : last.end],
        must=bool(_whole()["must"].search(text)),
        alone=bool(_rules()["alone"].search(text)),
    )


def _joins(between: str) -> bool:
    """Whether nothing but light words stands between those named and what is asked of them."""
    return len(_whole()["light"].sub("", between)) <= _NEAR


def _is_wide(text: str) -> bool:
    """Of several regulations: one sign of a plural, or aspects told one by one."""
    if len(re.findall("[?？]", text)) > 1:
        return False  # two questions
    return any(_says(name, text) for name in ("all", "list", "which", "about")) or len(aspects_of(text)) > 2


def aspects_of(text: str) -> tuple[str, ...]:
    """The aspects that a question tells one by one: 资助、考核、转化 of 「资助、考核、转化都要」.

    >>> aspects_of("对知识产权都有啥规定,资助、考核、转化到侵权都要")
    ('资助', '考核', '转化', '侵权')
    """
    found: list[str] = []
    for listed in _ENUMERATED.finditer(text):
        parts = (_whole()["trimmed"].sub("", p) for p in _whole()["between"].split(listed[0]))
        found += [p for p in parts if 2 <= len(p) <= _ASPECT]
    return tuple(dict.fromkeys(found))


def _plural(text: str) -> bool:
    return _whole()["plural"].search(text) is not None


def _chapter(text: str) -> str:
    """第六章, or the words before 「那一章」; "" where no chapter is spoken of."""
    if numbered := _whole()["numbered_chapter"].search(text):
        return numbered[0]
    found = _whole()["chapter"].search(text)
    return str(found["title"]) if found and not _rules()["no_title"].search(found["title"]) else ""


def _nothing_else(topic: str, rule: str, most: int) -> bool:
    """Whether the question names no matter besides the whole."""
    left = _rules()[rule].sub("", topic)
    for name in ("outline", "differences", "list", "which"):
        left = _rules()[name].sub("", left)
    left = _whole()["residue"].sub("", left)
    names_one = rule == "differences" and not _whole()["text"].search(topic) and _has_a_word(left)
    return len(left) <= most and not names_one  # 武汉和洛阳的科普差在哪: of one matter


def _has_a_word(text: str) -> bool:
    import rjieba

    return any(len(word) > 1 for word in rjieba.cut(text))
