"""The figures of a case held to those of the law by reckoning: 200万元的一半, 8年不够十年, 2020年仍在五年内."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.verify.coverage import cut, told_words
from assistant.verify.coverage import told as words_told
from assistant.verify.source import Source
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures
from law.text.references import blank_references
from law.text.rules import Rule, load_rules
from law.text.script import plain

_CLAUSE = re.compile(r"[^,;:。]+[,;:。]?")
#: How much of what is told with a figure the question tells for both to be the same fact.
_ASKED = 0.5
#: How much of what is concluded the law says, for it to be its rule.
_RULED = 0.5
_LOWER, _UPPER = ("min", "over", "reach"), ("max", "within", "below")
#: What is left of a reckoning says nothing in so few characters: 只占的.
_BARE = 2
#: Kinds of figures that are none of a length, a sum, a share or a count of one thing.
_NO_KINDS = ("date", "")
#: Kinds that measure, and count nothing.
_MEASURES = ("money", "share", "months", "days", "workdays", "hours", "age")


@dataclass(frozen=True, slots=True)
class _Case:
    """What is reckoned with: the figures of the law that bound something, those of the question, and its words."""

    law: tuple[Figure, ...]
    asked: tuple[Figure, ...]
    words: str

    def states(self, figure: Figure) -> bool:
        """Whether the law has a figure itself."""
        return any(f.kind == figure.kind and f.value == figure.value for f in self.law)


def applied(said: str, sources: Sequence[Source], asked: str) -> tuple[list[str], str]:
    """Reasons against what a plain stretch reckons for a case, and the stretch without what it reckons rightly.

    A sum that is a share of another is told as that share, so that it is then held to the law like any share.
    """
    question = _summed(plain(asked))
    case = _Case(tuple(f for s in sources for f in _bounding(s)), figures(question), question)
    own = [f for f in figures(_summed(said)) if f.kind and not case.states(f)]
    any_own = bool(own)
    judged = any_own or (_only(case) and case_rules()["of_asker"].search(said))  # 贵公司已经达标
    if not judged or not (question or any(f.kind == "money" for f in own)):
        return [], said
    text_held = "\n".join(s.text for s in sources)
    reasons: list[str] = []
    kept: list[str] = []
    last: Figure | None = None  # the figure of the case that was told last
    used = unmet = False
    part = next((r for m in _CLAUSE.finditer(_summed(said)) for r in _ratio(m[0], case)), None)
    text, shares = _in_shares(_summed(said), case)
    told = [f for f in figures(text) if case.states(f)]
    for m in _CLAUSE.finditer(text):
        clause = m[0].strip(",;:。")
        own = [f for f in figures(clause) if f.kind not in _NO_KINDS and not case.states(f)]
        mine_here = [f for f in own if _is_asked(f, case) or f.said in shares or (part and f.value == part.value)]
        last = mine_here[-1] if mine_here else last
        right = _dated(clause, case) if any(f.kind == "date" for f in figures(clause)) else None
        mine = last or part or (None if _other_than(own, _only(case)) else _only(case))
        if right is None and mine:
            right = _decided(clause, mine, told, case)
            unmet = _met(mine, told, case) is False and not _lapses(mine, case)
        stated = any(f.kind and case.states(f) for f in figures(clause))
        if right is None and unmet and mine:
            right = _mended(clause, mine, case)
        if right is None and unmet and not stated and told_words(clause, text_held) >= _RULED:
            right = _follows(clause)
        if right is False:
            reasons.append(f"「{clause}」和条文的数对不上")
        elif right is None and not (own and _of_case(clause, own, case, part)) and not _rest_of(clause, own, told):
            kept.append(m[0])
        used = used or right is not None
    rest = "".join(kept).strip(",;:。")
    if not any_own:
        return reasons, said  # what is told without a figure of the case is held to the law as it stands
    if used and last:
        rest = _without(rest, last)
        rest = rest if len("".join(w for w, _, _ in words_told(cut(rest), ""))) > _BARE else ""
    return reasons, rest


def _in_shares(said: str, case: _Case) -> tuple[str, frozenset[str]]:
    """A stretch, each sum that is one of the law's shares of another told as that share; and these shares."""
    own = [f for f in figures(said) if f.kind == "money" and not case.states(f)]
    bases = {f.value for f in (*case.asked, *own) if f.kind == "money"}
    shares = {f.value: f for f in case.law if f.kind == "share"}
    asked = {f.value for f in case.asked if f.kind == "money"}
    parts: dict[int, str] = {}
    of: set[Fraction] = set()
    for f in own:
        for base in sorted(b for b in bases if b > f.value):
            both_asked = base in asked and f.value in asked
            if shares and (f.value / base in shares or both_asked):
                parts[f.start] = f"{float(100 * f.value / base):g}%"
                of.add(base)
                break
    for f in own:
        if f.start not in parts and f.value in of:
            parts[f.start] = ""
    bounded = {f.kind for f in case.law}
    no_counts = (*bounded, *_NO_KINDS, *_MEASURES)
    counted = [f for f in figures(said) if f.kind not in no_counts and _is_asked(f, case)]
    parts |= {f.start: "" for f in counted if not case.states(f)}  # 两位工程师, where the question has 两名
    for f in sorted((*own, *counted), key=lambda f: -f.start):
        if f.start in parts:
            said = said[: f.start] + parts[f.start] + said[f.end :]
    return said, frozenset(parts.values())


def _ratio(clause: str, case: _Case) -> list[Figure]:
    """The share that a part is of a whole, where the law has shares and a clause counts both: 20人中有5名."""
    counted = [f for f in figures(clause) if f.kind not in ("share", *_NO_KINDS) and _is_asked(f, case)]
    if len(counted) != 2 or not any(f.kind == "share" for f in case.law):
        return []
    whole, part = counted
    if not 0 < part.value < whole.value or not _rules()["of_which"].search(clause[whole.end : part.start]):
        return []
    return [replace(part, kind="share", value=part.value / whole.value)]


def _lapses(mine: Figure, case: _Case) -> bool:
    """Whether the law's figure of this kind is a time within which something is to be done: what follows behind it is a
    rule of its own."""
    return any(f.kind == mine.kind and f.bound.rstrip("!") == "within" for f in case.law)


def _decided(clause: str, mine: Figure, told: Sequence[Figure], case: _Case) -> bool | None:
    """Whether a clause says rightly how a figure of the case stands to the law's; None where it does not say or the
    law has several such figures that would each be right for another claim."""
    rules = _rules()
    here = [f for f in figures(clause) if f.kind == mine.kind and case.states(f)]
    if here:
        value = here[-1].value
        if rules["not_above"].search(clause):
            return mine.value <= value
        if rules["under"].search(clause):
            return mine.value < value
        if rules["above"].search(clause):
            return mine.value > value
    met = _met(mine, told, case)
    if met is None:
        return None
    timed = mine.kind in ("months", "days")
    if rules["not_above"].search(clause):
        return met
    if rules["fails"].search(clause):
        return not met
    if (timed or not here) and rules["over"].search(clause):
        return not met
    if rules["meets"].search(clause) or (timed and rules["within"].search(clause)):
        return met
    return None


def _met(mine: Figure, told: Sequence[Figure], case: _Case) -> bool | None:
    """Whether a figure of the case is one that the law's ask for; None where these disagree."""
    of_kind = [f for f in case.law if f.kind == mine.kind]
    limits = [f for f in of_kind if any(t.kind == f.kind and t.value == f.value for t in told)] or of_kind
    reached = {_reaches(mine.value, f) for f in limits}
    return None if len(reached) != 1 else reached.pop()


def _follows(clause: str) -> bool | None:
    """Of a case that does not reach what is asked for: what is denied follows, what is granted does not."""
    denied, granted = case_rules()["denied"].search(clause), case_rules()["granted"].search(clause)
    return True if denied else False if granted else None


def _mended(clause: str, mine: Figure, case: _Case) -> bool | None:
    """Of a figure that is not what is asked for: whether it is rightly said to be brought up or down to that."""
    up, down = _rules()["raised"].search(clause), _rules()["lowered"].search(clause)
    if bool(up) == bool(down):
        return None
    limits = [f for f in case.law if f.kind == mine.kind]
    if not all((f.value > mine.value) == bool(up) for f in limits):
        return False
    own = [f.value for f in figures(clause) if f.kind == mine.kind]
    return True if not own or own[-1] in {f.value for f in limits} else None


def _reaches(value: Fraction, limit: Figure) -> bool | None:
    bound = limit.bound.rstrip("!")
    if bound in _LOWER:
        return value > limit.value if bound == "over" else value >= limit.value
    if bound in _UPPER:
        return value < limit.value if bound == "below" else value <= limit.value
    return None


def _dated(clause: str, case: _Case) -> bool | None:
    """The same of a day: within a period of the law that began on the day of the question, behind it, its end."""
    days = [f for f in figures(clause) if f.kind == "date"]
    starts = [f for f in (*case.asked, *days) if f.kind == "date" and f.parts[0]]
    lengths = {f.value for f in case.law if f.kind == "months" and f.bound in ("within", "", "min", "max")}
    if not starts or len(lengths) != 1:
        return None
    length, begin, day = lengths.pop(), starts[0], days[-1]
    rules = _rules()
    if day.parts == begin.parts:
        text = clause[: day.start] + clause[day.end :]
        return True if rules["begins"].search(clause) or told_words(text, case.words) >= _ASKED else None
    passed = _months(begin, day)
    if passed is None:
        return None
    if rules["over"].search(clause):
        return passed >= length
    if rules["within"].search(clause):
        return passed < length
    return passed == length if rules["since"].search(clause) else None


def _months(begin: Figure, day: Figure) -> int | None:
    (year, month, _), (to, until, _) = begin.parts, day.parts
    if year is None or to is None:
        return None
    return 12 * (to - year) + ((until - month) if month and until else 0)


def _of_case(clause: str, own: Sequence[Figure], case: _Case, part: Figure | None) -> bool:
    """Whether a clause only says again what the question says of the case, or which share the one is of the other."""
    if part and only_says(clause) and all(f.value == part.value for f in own):
        return True
    if not only_says(clause) or not all(_is_asked(f, case) for f in own):
        return False
    for f in reversed(own):
        clause = clause[: f.start] + clause[f.end :]
    return told_words(clause, case.words) >= _ASKED


def only_says(clause: str) -> bool:
    """Whether a clause only says how a case is: it rules, gives and concludes nothing."""
    return _rules()["rules"].search(clause) is None


def _is_asked(figure: Figure, case: _Case) -> bool:
    return any(f.value == figure.value for f in case.asked)


def _rest_of(clause: str, own: Sequence[Figure], told: Iterable[Figure]) -> bool:
    """Whether a share is what one of the law's, told beside it, leaves to the other side: at least 70%, at most 30%."""
    return len(own) == 1 and any(
        own[0].kind == f.kind == "share"
        and own[0].value == 1 - f.value
        and ((f.bound in _LOWER and own[0].bound in _UPPER) or (f.bound in _UPPER and own[0].bound in _LOWER))
        for f in told
    )


def _without(text: str, figure: Figure) -> str:
    """The text without a figure of the case that was reckoned with."""
    for f in reversed(figures(text)):
        if f.kind == figure.kind and f.value == figure.value:
            text = text[: f.start] + text[f.end :]
    return text


def _only(case: _Case) -> Figure | None:
    bounded = {f.kind for f in case.law}
    own = [f for f in case.asked if f.kind in bounded and not case.states(f)]
    return own[0] if len(own) == 1 else None


def _other_than(own: Sequence[Figure], only: Figure | None) -> bool:
    """Whether a clause has a figure of the kind of the question's that is another."""
    return only is not None and any(f.kind == only.kind and f.value != only.value for f in own)


def _bounding(source: Source) -> list[Figure]:
    """The figures of an article, of a range its lower end alone."""
    found = list(source.figures)
    text = blank_references(source.text)
    upper = {id(b) for a, b in itertools.pairwise(found) if figure_words().range_to.fullmatch(text[a.end : b.start])}
    return [f for f in found if id(f) not in upper]


def _summed(text: str) -> str:
    return _rules()["unitless"].sub(r"\g<0>元", text)


def case_rules() -> dict[str, Rule]:
    """The rules of `case_facts.toml`."""
    return load_rules("assistant.verify.beyond", "case_facts.toml")


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.verify.beyond", "applied.toml")
