"""How people put questions: frames, questions of status, kinds of fact asked for. The rules lie in `language.toml`,
`asked.toml` and `answered.toml`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from law.regulation import Regulation
from law.text.references import read_references, without_references
from law.text.rules import Rule, load_rules, read_once
from law.text.script import plain

#: More characters than this left of a question of status are a matter of its own.
_STATUS_MATTER = 10
_CLAUSE_ENDS = re.compile(r"[,，。;；!！?？:：\n]")
#: And of one that asks which regulations are held, or how many articles they have.
_HELD_MATTER = 6
#: Kinds of figures that a question may tell of the rule; a bare number or a counter may be anything.
_COMPARED = frozenset({"share", "money", "months", "days", "workdays", "date", "倍"})
#: Instruments with a name of their own: an article must say them whatever else is asked.
NAMED_HELP = frozenset({"voucher", "bond"})
#: Thanks take at most so many characters; characters from here on are emoji.
_COURTEOUS, _EMOJI = 30, 0x1F000
_TWO_WORDS = re.compile("[一-\u9fff]{2}")
#: What the days of a regulation are of, as its data name them.
DATED = ("adopted", "approved", "announced", "effective", "amended")
_ABOUT = ("held", "count", "greeting")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: how it is asked for, and what a text must say to carry it."""

    name: str
    asked: Rule
    carried: Rule


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A way of asking (who, when, whether, a figure) and the words (group `words`) that answer it in a quote."""

    name: str
    asked: Rule
    answered: Rule


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "language.toml")


def _asked(family: str) -> dict[str, tuple[Rule, Rule]]:
    """Of each way of asking of a family, how it is asked and how answered, in the order of the file."""
    answered = load_rules("assistant.understand", "answered.toml")
    asked = load_rules("assistant.understand", "asked.toml")
    return {name: (rule, answered[name]) for name, rule in asked.items() if rule.id.startswith(f"{family}.")}


@lru_cache(maxsize=1)
def _kinds() -> tuple[Kind, ...]:
    return tuple(Kind(name, *both) for name, both in _asked("kind").items())


@lru_cache(maxsize=1)
def emphases() -> tuple[Emphasis, ...]:
    """The ways of asking whose answer stands out in a quote."""
    return tuple(Emphasis(name, *both) for name, both in _asked("emphasis").items())


def emphasis_when() -> Rule:
    """How it is asked when something is."""
    return next(e.asked for e in emphases() if e.name == "when")


def emphasis_who() -> Rule:
    """How it is asked who acts, or is competent."""
    return next(e.asked for e in emphases() if e.name == "who")


def matter_of(topic: str) -> str:
    """The topic of a comparison without its frame: 「中试平台怎么建，列个三城对照」 → 「中试平台怎么建」. Never empty.

    >>> matter_of("中试平台怎么建,列个三城对照")
    '中试平台怎么建'
    """
    cut = without_frame(topic)
    return cut if len(cut) >= 3 else topic


def without_frame(topic: str) -> str:
    """What is left of a topic when the frame of a comparison is cut out; maybe nothing.

    >>> without_frame("三个城市有什么不同"), without_frame("中试平台怎么建,列个三城对照")
    ('', '中试平台怎么建')
    """
    return re.sub(r"[,，、:：;；\s]+", ",", _rules()["compare"].sub("", topic)).strip(",。?？!！的")


def has_matter(topic: str) -> bool:
    """Whether anything is left of a question besides 「有没有差不多的」.

    >>> has_matter("有没有差不多的"), has_matter("工资是不是停发")
    (False, True)
    """
    return len(re.sub(r"\s", "", _rules()["same"].sub("", topic))) >= 2


def matter_beside(topic: str) -> str:
    """What a look-up by number asks besides the wording of that number; "" where it asks nothing else.

    >>> matter_beside("第五十九条写的什么"), matter_beside("第四十条规定的伦理审查,做医学的都得过吧?")
    ('', '规定的伦理审查,做医学的都得过吧?')
    """
    spans = read_references(topic).spans
    first = max((m.end() for m in _CLAUSE_ENDS.finditer(topic, 0, spans[0][0])), default=0) if spans else 0
    topic = topic[first:]  # what is told before the clause with the number is no matter under it
    left = _rules()["lookup"].sub("", without_references(topic))
    return topic_without_references(topic) if len(left) >= 5 else ""


def topic_without_references(topic: str) -> str:
    """The topic with article, paragraph and item numbers cut out."""
    return without_references(topic).strip(" ,，。的")


def about_asked(text: str, topic: str) -> str:
    """`held` (what is in the index), `count` (how many articles), `greeting`, or ""."""
    rules = _rules()
    for name in _ABOUT:
        asked = rules[name]
        if asked.search(text) and (
            name == "greeting" or len(rules["rest"].sub("", asked.sub("", topic))) <= _HELD_MATTER
        ):
            return name
    return ""


def counts_chapters(text: str) -> bool:
    """Whether it asks how many chapters there are.

    >>> counts_chapters("一共几章几条"), counts_chapters("一共几条")
    (True, False)
    """
    return bool(_rules()["chapters"].search(text))


def courtesy(text: str) -> bool:
    """Whether a message only thanks for an answer or takes note of it.

    >>> courtesy("行，我知道了"), courtesy("谢谢，那罚多少"), courtesy("？")
    (True, False, False)
    """
    said = any(c.isalnum() or ord(c) > _EMOJI for c in text)
    return said and len(text) <= _COURTEOUS and not _rules()["thanks"].sub("", text)


def asks_where(text: str) -> bool:
    """Whether the number of the article that says something is asked for: 写在哪条."""
    return bool(_rules()["where"].search(text))


def where_cut(text: str) -> str:
    """The text without the words that ask where something is written."""
    return _rules()["where"].sub("", text)


def asks_for_sanction(text: str) -> bool:
    """Whether it may want to know what becomes of who breaks a rule.

    >>> asks_for_sanction("一把火点了会咋着我"), asks_for_sanction("业委会得选几个人")
    (True, False)
    """
    return bool(_rules()["sanction_asked"].search(plain(text)))


def official_contact(text: str, asking: str = "") -> bool:
    """Whether the telephone, address or name of an office or an official is asked for, in the words `asking` of it."""
    asked = {k.name for k in kinds_asked(asking or text)}
    return bool(asked & {"contact", "address", "person"}) and bool(_rules()["official"].search(text))


def vague_about(text: str, *, named: bool = False) -> str:
    """What a question asks for without saying of what: 补贴多少钱, 谁管; "" where it says more.

    Where a city is `named` much can be answered of its regulation as a whole, but not how to apply for what is unsaid.

    >>> vague_about("补贴多少钱"), vague_about("谁管?"), vague_about("孵化器谁管")
    ('补贴', '「谁管」', '')
    """
    rules = _rules()
    asked = text.strip(" ?？!！。,，")
    if (
        not _TWO_WORDS.search(asked)
        or has_matter(rules["vague"].sub("", asked))
        or (named and not rules["vague_of_city"].search(asked))
    ):
        return ""
    found = rules["help"].search(asked)
    return found[0] if found else f"「{asked}」"


def names_nothing_but_asking(word: str) -> bool:
    """Whether a word only asks, and names no matter.

    >>> names_nothing_but_asking("补贴"), names_nothing_but_asking("人才")
    (True, False)
    """
    return not has_matter(_rules()["vague"].sub("", word))


def asks_for_help(text: str) -> bool:
    """Whether money or help is asked for: 补贴, 奖励, 优惠."""
    return bool(_rules()["help"].search(text))


def asked_of_the_whole(topic: str) -> str:
    """`subject` where it asks who is in charge of all that a law is about, `funds` whence the money comes, `scope` what
    it applies to, or "".

    >>> asked_of_the_whole("谁管"), asked_of_the_whole("资金从哪里来"), asked_of_the_whole("孵化器谁管")
    ('subject', 'funds', '')
    """
    rules = _rules()
    if rules["of_the_scope"].search(topic):
        return "scope"
    if has_matter(rules["vague"].sub("", topic)):
        return ""
    return next((name for name in ("funds", "subject") if rules[f"of_the_{name}"].search(topic)), "")


def subject_of(ids: Sequence[str], held: Sequence[Regulation]) -> str:
    """What the first of these regulations is about, by its title: 科学技术进步."""
    first = next(r for r in held if r.id == ids[0])
    return _rules()["no_subject"].sub("", plain(first.title).removeprefix(first.place))


def date_told_of(after: str) -> str:
    """What a day is told of by the words after it: adopted, approved, announced, effective, amended, or "".

    >>> date_told_of("通过的吧"), date_told_of("起施行"), date_told_of("以前的项目")
    ('adopted', 'effective', '')
    """
    return next((role for role in DATED if _rules()[role].search(after)), "")


def claims_of_the_rule(text: str, kind: str, start: int) -> bool:
    """Whether a question tells a figure of that kind, standing at `start`, of the rule rather than of the asker."""
    rules = _rules()
    return kind in _COMPARED and bool(rules["claims"].search(text)) and not rules["own"].search(text[:start])


def without_filler(text: str) -> str:
    """The text without the courtesies that it opens with."""
    return _rules()["filler"].sub("", text)


def status_asked(text: str, topic: str = "", *, named: bool = False) -> str:
    """`effect` (in force, since when, repealed, draft), `passage` (adopted, approved, announced), `change`, or "".

    `topic` is the text without the names of regulations; where it holds a matter besides, that is what is asked.
    With regulations `named` by their cities (武汉和常州哪个先施行) no word for them is needed, and nothing may be left.
    """
    rules = _rules()
    kinds = ("passage", "change", "effect")
    asked = next((kind for kind in kinds if rules[kind].search(text)), "")
    spoken_of = rules["subject"].search(text)
    if not asked or not (spoken_of or named):
        return ""
    for kind in kinds:
        topic = rules[kind].sub("", topic)
    left = rules["rest"].sub("", rules["subject"].sub("", topic))
    return asked if len(left) <= (_STATUS_MATTER if spoken_of else 1) else ""


@read_once(256)
def kinds_asked(text: str) -> tuple[Kind, ...]:
    """The kinds of fact a question asks for; none for whether, who and how."""
    *special, any_figure = _kinds()
    found = tuple(k for k in special if k.asked.search(text))
    facts = [k for k in found if k.name not in NAMED_HELP]
    return found if facts or not any_figure.asked.search(text) else (*found, any_figure)


def asks_penalties(text: str) -> bool:
    """Whether a fine, a penalty or liability is asked for.

    >>> asks_penalties("有没有罚则"), asks_penalties("谁来管")
    (True, False)
    """
    return bool(_broken()["follows"].search(text))


def says_broken(text: str) -> bool:
    """Whether a rule is said to be broken."""
    return bool(_broken()["act"].search(text))


def names_nothing_else(topic: str) -> bool:
    """Whether such a question names no matter of its own: it asks of a whole regulation.

    >>> names_nothing_else("三部条例的罚则有什么不同"), names_nothing_else("骗取资金怎么处罚")
    (True, False)
    """
    return not _broken()["frame"].sub("", without_frame(topic))


def _broken() -> dict[str, Rule]:
    return load_rules("assistant.understand", "broken.toml")
