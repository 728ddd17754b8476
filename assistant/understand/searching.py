"""Words that are looked for in the text: 「光谷」出现了几处, 哪些条写到长三角, 全文检索“飞地”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from law.text.rules import Rule, load_rules

_ASKED = re.compile(r"[^。;；!！?？]+[?？](?=.)")
#: What is so short and written somewhere is a word, what is longer may be a matter told in other words.
_SHORT = 4
#: Kinds of words that stand in clauses, not in names: prepositions, pronouns, particles.
_OF_A_CLAUSE = frozenset("pry")
#: Without quotation marks, how the words stand in the question, the surest way first.
_AFTER = "after_verb"
_HEARD = ("holds", "where", "called")
_FIRST = "fronted"
_BARE = (_FIRST, "told_of", "before_name", "after_command", _AFTER, "before_verb")


@dataclass(frozen=True, slots=True)
class Sought:
    """`words` are looked for, not where they are part of `without`; `literal` says that they were called words, so that
    their standing nowhere is an answer too; `often` asks how often they stand."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    literal: bool = False
    often: bool = False


def words_sought(text: str, topic: str) -> Sought | None:
    """The words that a question looks for; None where it looks for none. `topic` is it without names of regulations.

    >>> words_sought("洛阳条例提没提过院士", "提没提过院士").words
    ('院士',)
    """
    rules = _rules()
    where, ordered, called = (rules[n].search(text) is not None for n in ("where", "command", "called"))
    if not (where and rules["holds"].search(text)) and not ordered:
        return None
    without = tuple(m["words"] or m["words2"] for m in rules["without"].finditer(text))
    often = rules["often"].search(text) is not None
    quoted = (m["words"] for m in rules["quoted"].finditer(text))
    if words := _kept(quoted, without, least=1):
        return Sought(words, without, called, often)
    if any(not rules["holds"].search(asked) for asked in _ASKED.findall(text)):
        return None  # 对年轻人有什么照顾?凡是提到青年人才的都给我
    for name in _BARE:  # a city that is looked for is cut out of the topic
        if found := rules[name].search(topic) or (rules[name].search(text) if name == _AFTER else None):
            words = _kept(_rules()["joined"].split(found["words"]), without, least=2)
            if not words:
                continue
            short = name != "told_of" and rules["places"].search(text) and all(map(_is_one_word, words))
            called = called or bool(short)
            return Sought(words, without, called, often)
    if (found := rules[_FIRST].search(text)) and (words := _kept([found["words"]], without, least=2)):
        return Sought(words, without, called, often)  # a word that is a place too: of the topic it is cut off
    return None


def heard_of_words(text: str, topic: str) -> tuple[bool, ...]:
    """Whether words are looked for, and which of the rules about it hear something."""
    rules = _rules()
    return (words_sought(text, topic) is not None, *(rules[n].search(text) is not None for n in _HEARD))


def place_sought(text: str) -> tuple[str, ...]:
    """Words that are looked for in quotation marks or right after their verb: a city among them is no scope."""
    if sought := words_sought(text, text):
        return sought.words
    return ()


def _kept(words: Iterable[str], without: tuple[str, ...], *, least: int) -> tuple[str, ...]:
    empty, lead = _rules()["empty"], _rules()["lead"]
    own = (lead.sub("", w.strip()) for w in words)
    kept = (w for w in own if len(w) >= least and w not in without and not _rules()["text"].search(w))
    if least > 1:  # without quotation marks: no clause, no word that only asks
        kept = (w for w in kept if not empty.fullmatch(w) and _is_name(w))
    return tuple(dict.fromkeys(kept))


def _is_one_word(words: str) -> bool:
    """Whether it is short and no phrase, of which each half may be told elsewhere: 长三角, not 企业融资."""
    import rjieba

    return len(words) <= _SHORT and sum(len(w) > 1 for w in rjieba.cut(words)) <= 1


def _is_name(words: str) -> bool:
    """Whether words name something, and are no piece of a clause: 院士, not 用技术把."""
    import rjieba

    tagged = rjieba.tag(words)
    return not any(kind[0] in _OF_A_CLAUSE for _, kind in (tagged[:-1] or tagged))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "searching.toml")
