"""Does a turn of a talk ask what none of its articles states, neither by itself nor with the matter of before?

All bounds were set on the turns of `talks_dev` and `talks_train` that come here: some 1,080 that are answered, 60
that are not.
"""

from collections.abc import Collection, Sequence
from typing import Literal

from assistant.decide.stated.head import Stated, Statedness
from assistant.decide.stated.wanted import FIGURES, OPENLY, Want, clause_with, wants_of
from assistant.decide.stated.words import held, own_words
from assistant.retrieve import Found
from assistant.understand.language import names_nothing_but_asking
from assistant.understand.question import Question
from assistant.understand.thread.blend import Blend
from law.text.rules import load_rules
from law.text.script import plain
from vectorstore.library import Library

Silence = Literal["", "perhaps", "surely"]
#: Below this chance a turn is stated nowhere (one that is answered has 0.003); a figure that its articles all
#: lack below the second (two are answered, with 0.012 and 0.447, eight are not, with 0.001 to 0.2), when something is,
#: which they lack, below the third.
_OF_TURN, _FIGURE, _POINT = 0.003, 0.2, 0.025
#: A turn that asks whether is answered by what says so. Below the first it is stated nowhere (nearest 0.012), below the
#: second that is said beside what is quoted (of 291 that are answered three are below).
_WHETHER, _PERHAPS_WHETHER = 0.008, 0.04
#: What is asked so openly that the rules on its matter answer it is denied below this chance alone; above it what is
#: cited is quoted, and beside it that it may not say this.
_OPEN = 0.005
#: Who does what no article tells of is stated nowhere below the first chance of the turn by itself (of those that are
#: answered two are below, the next has 0.909); who somebody is of whom none tells below the second; who does what one
#: word cannot tell below the third (one that is answered is there, with 0.001).
_ACT, _WHOSE, _NO_ACT = 0.5, 0.05, 0.001
#: Words are held by a text from this on.
_HELD = 0.5
#: With the matter of before it is told from this chance on.
_TOLD = 0.9
#: So far they name what a turn speaks of: 职称 of 评职称.
_NAMED = 0.3


def unsaid(
    question: Question, found: Found, cited: Collection[str], library: Library, statedness: Statedness
) -> Silence:
    """Whether what a turn that goes on asks is stated in none of the articles cited (ids), nor in the best.

    Where somebody acts, who does it is denied only of an act of which no article tells.
    """
    turn, own = question.blend, found.own
    if turn is None or own is None or question.compares or not turn.alone:
        return ""
    wants = wants_of(turn.alone)
    if "who" in wants and _is_acted_on(turn.alone):
        wants -= {"who"}
    ids = tuple(dict.fromkeys((*cited, *(h.id for h in found.hits[:1]))))
    alone = [statedness.judge(turn.alone, own, found, library, i) for i in ids]
    both = [*alone, *(statedness.judge(question.topic, found.vector, found, library, i) for i in ids)]
    lacks = all(s.lacks for s in both)
    if "who" in wants:
        before = turn.carried.removesuffix(turn.alone)
        texts = [plain(f"{a.heading}\n{a.text}") for i in ids for a in (library.by_id[i][1],)]
        if _chance(alone) < least_of_who(turn.alone, before, texts) and _chance(both) < _TOLD:
            return "perhaps" if any(held(w, t) >= _HELD for w in _acts_in(turn.alone) for t in texts) else "surely"
        if not lacks:
            return ""
    silence = _by_chance(wants, _chance(both), lacks=lacks)
    if silence == "surely" and not wants & (FIGURES | {"who", "point"}):
        open_ = wants <= OPENLY and _chance(both) >= _OPEN
        return "perhaps" if open_ or _speaks_of_it(turn, library) else silence
    return silence


def _is_acted_on(asked: str) -> bool:
    """Whether it is asked with whom, to whom or whom somebody does it, and not who acts: 钱投给谁, 跟谁一起做."""
    clause, _ = clause_with("who", plain(asked))
    return load_rules("assistant.decide.stated", "wanted.toml")["not_acting"].search(clause) is not None


def _speaks_of_it(turn: Blend, library: Library) -> bool:
    """Whether an article that was just cited has a word by which the turn names what it asks of: it is quoted again,
    and that it may not say this beside it."""
    words = [w for w in own_words(turn.alone) if not names_nothing_but_asking(w)]
    texts = [plain(f"{a.heading}\n{a.text}") for i in turn.cited for a in (library.by_id[i][1],)]
    return any(held(w, t) >= _NAMED for w in words for t in texts)


def _by_chance(wants: frozenset[Want], chance: float, *, lacks: bool) -> Silence:
    """What the chance tells, by the sorts of fact that are wanted."""
    if not wants:
        return ""
    if "point" in wants:
        return "surely" if lacks and chance < _POINT else ""
    if "whether" in wants and "who" not in wants and chance < _PERHAPS_WHETHER:
        return "surely" if chance < _WHETHER else "perhaps"
    figure = bool(wants & FIGURES) and "who" not in wants
    if figure and not lacks:  # a figure of the sort is there
        return "perhaps" if chance < _OF_TURN else ""
    return "surely" if chance < (_FIGURE if figure else _OF_TURN) else ""


def _chance(said: Sequence[Stated]) -> float:
    return max(s.chance for s in said)


def least_of_who(asked: str, before: str, texts: Sequence[str]) -> float:
    """How likely it must be at least that texts tell who does what is asked: 0 where they speak of that, or where it is
    only asked who is in charge.

    >>> least_of_who("由谁裁决", "成果可以共有吗", ["单位与完成人可以约定"])
    0.5
    >>> least_of_who("由谁负责", "成果可以共有吗", []), least_of_who("谁来约定", "", ["可以约定"])
    (0.0, 0.0)
    """
    clause, end = clause_with("who", plain(asked))
    rules = load_rules("assistant.decide.stated", "wanted.toml")
    words = [w for w in own_words(clause) if not rules["who"].search(w)]
    told = _acts_in(asked)
    own = [w for w in words if held(w, plain(before)) < _HELD and not rules["in_charge"].fullmatch(w)]
    meant = told[-1:] or own
    if not meant or any(w not in own or any(held(w, t) >= _HELD for t in texts) for w in meant):
        return 0.0
    if told:
        return _ACT
    return _WHOSE if rules["particles"].fullmatch(clause[end:]) else _NO_ACT


def _acts_in(asked: str) -> list[str]:
    """The words that say what somebody is asked for to do: 盖章 of 由谁来盖章."""
    clause, end = clause_with("who", plain(asked))
    who = load_rules("assistant.decide.stated", "wanted.toml")["who"]
    return [w for w in own_words(clause) if not who.search(w) and clause.find(w) >= end]
