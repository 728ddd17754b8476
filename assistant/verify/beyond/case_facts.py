"""What a sentence says of the asker's case, as the question tells it, and what follows where a condition is not met."""

import re
from collections.abc import Iterable, Sequence

from assistant.verify.beyond.applied import case_rules as _rules
from assistant.verify.beyond.applied import only_says
from assistant.verify.beyond.conclusions import is_opener
from assistant.verify.coverage import cut, is_filler, stands, told_words
from assistant.verify.source import Source
from assistant.verify.words import grammar, words
from law.norms import Norm
from law.text.figures import figures
from law.text.script import plain

_CLAUSE = re.compile(r"[^,;:。]+[,;:。]?")
#: How much of a clause the question says for it to be a fact of the case, and the law for it to be about the rule.
_ASKED, _RULED = 0.5, 0.5
#: How much of a stretch the question says for it to be only its case.
_REPEATED = 0.8
#: Characters of two words that are cut as one.
_TWO_WORDS = 4
#: How much of whom something is said of is told by a condition that he does not meet.
_MEETS = 0.6
#: Norms told as well as the best.
_NEAR = 0.9


def facts(said: str, sources: Sequence[Source], asked: str) -> tuple[list[str], str]:
    """Reasons against what a stretch concludes from a fact of the case, and the stretch without the deciding ones.

    Where the case lacks what the law's condition names (or has what it excludes), what is denied for it follows, and
    what is granted does not.
    """
    question = plain(asked)
    norms = [n for s in sources for n in s.norms]
    conditions = [c for n in norms for c in n.conditions]
    conditions += [m[0] for s in sources for c in s.clauses for m in words().attributive.finditer(c.text)]
    text = "\n".join(s.text for s in sources)
    reasons: list[str] = []
    kept: list[str] = []
    asked_for = _unmet_in(question, conditions)
    if told_words(asked_for, said) >= _ASKED:
        asked_for = ""  # what is told along is held to the law as it is told
    unmet, known = "", False  # whether the question tells the fact, or it is of anybody
    clauses = list(_CLAUSE.finditer(said))
    for n, m in enumerate(clauses):
        clause = m[0].strip(",;:。")
        anybody = _of_anybody(clause, clauses[n + 1][0] if n + 1 < len(clauses) else "")
        if (anybody or _of_asker(clause)) and (lacking := _unmet(clause, conditions, text if anybody else "")):
            if anybody and told_words(_said_of_them(clause), lacking) < _MEETS:
                kept.append(m[0])
                continue
            unmet, known = lacking, anybody or is_told(clause, question)
            if known:
                continue
        if unmet and told_words(_rules()["frame"].sub("", clause), text) >= _RULED:
            if known and _rules()["denied"].search(clause):
                continue
            grants = not _rules()["denied"].search(clause) and _rules()["granted"].search(clause)
            if grants and unmet in _told_of(clause, norms):
                reasons.append(f"条文以「{unmet}」为条件,推不出「{clause}」")
        elif asked_for and _grants(clause, text) and asked_for in _told_of(clause, norms):
            reasons.append(f"条文以「{asked_for}」为条件,问题里的情形不是")
        kept.append(m[0])
    return reasons, "".join(kept).strip(",;:。")


def _grants(clause: str, text: str) -> bool:
    """Whether a clause tells something of the law as given."""
    granted, denied = _rules()["granted"].search(clause), _rules()["denied"].search(clause)
    return bool(granted and not denied) and told_words(clause, text) >= _RULED


def _unmet_in(question: str, conditions: Iterable[str]) -> str:
    """What the law's conditions name, one that must hold with others by itself, and the question denies of its case."""
    single = [one for c in conditions for one in grammar("conjuncts").split(c)]
    told = (m[0].strip(",;:。?!") for m in _CLAUSE.finditer(question))
    return next((unmet for one in told if _of_asker(one) and (unmet := _unmet(one, single))), "")


def _told_of(clause: str, norms: Sequence[Norm]) -> str:
    """The norms that a clause tells best."""
    scored = [(told_words(clause, n.quote), n.quote) for n in norms]
    best = max((share for share, _ in scored), default=0.0)
    return "\n".join(quote for share, quote in scored if share >= _NEAR * best)


def told_case(said: str) -> str:
    """What a plain sentence says of the asker's case before it rules: 您已经献血1200毫升.

    It stands for the question of a sentence that is judged without one.
    """
    told: list[str] = []
    for m in _CLAUSE.finditer(said):
        clause = m[0].strip(",;:。")
        asker = bool(told) or _rules()["of_asker"].search(clause) is not None
        if not asker or not only_says(clause) or any(f.bound for f in figures(clause)):
            break
        told.append(clause)
    return ",".join(told) if figures(",".join(told)) else ""


def is_told(clause: str, question: str) -> bool:
    """Whether a clause says what the question says of the asker, both affirmed or both denied."""
    bare = _rules()["of_asker"].sub("", clause)
    shared = [w for w in _named(bare) if stands(w, question)]
    if told_words(bare, question) < _ASKED or not shared:
        return False
    return all(_denials(w, bare) & _denials(w, question) for w in shared if w in question)


def speaks_to_asker(said: str) -> bool:
    """Whether a plain sentence speaks of the asker: what his question tells of the case need not be told again."""
    return _rules()["of_asker"].search(said) is not None


def is_told_case(said: str, asked: str) -> bool:
    """Whether a plain stretch only repeats what the question tells of the asker."""
    case = _rules()["of_asker"].sub("", said)
    return case != said and bool(asked) and told_words(case, asked) >= _REPEATED


def of_the_rule(stretch: str) -> str:
    """A plain stretch without what no law says of itself: whose case it is, words of concluding, a bare yes or no."""
    clauses = [m[0].strip(",;:。") for m in _CLAUSE.finditer(stretch)]
    told = clauses[1:] if clauses and is_opener(clauses[0]) else clauses
    return ",".join(filter(None, (_rules()["frame"].sub("", _rules()["of_asker"].sub("", c)) for c in told)))


def _of_asker(clause: str) -> bool:
    """Whether a clause only says how it is with the asker."""
    return _rules()["of_asker"].search(clause) is not None and only_says(clause)


def _of_anybody(clause: str, following: str) -> bool:
    """Whether a clause says of whom something is said: 没有备案的, 没有备案,或者已经注销的."""
    whose = _rules()["of_anybody"]
    other = _rules()["or_else"].match(following) and whose.search(following.strip(",;:。"))
    return bool(whose.search(clause) or other) and only_says(clause)


def _said_of_them(clause: str) -> str:
    """What is denied of those of whom a clause says something: 备案, of 没有备案的摊位."""
    return _rules()["whom"].sub("", clause)


def _unmet(fact: str, conditions: Iterable[str], text: str = "") -> str:
    """The condition of the law that a fact does not meet: it denies what that affirms, or the other way round.

    What the `text` of the law has in the same way is no such fact.
    """
    for condition in conditions:
        for word in _named(_rules()["of_asker"].sub("", fact)):
            if text and _denials(word, fact) & _denials(word, text):
                continue
            if _denials(word, condition) and not _denials(word, fact) & _denials(word, condition):
                return condition
    return ""


def _named(text: str) -> list[str]:
    """The words of a text, of one of four characters its halves too: 具备条件."""
    named = [w for w in cut(text) if len(w) > 1 and not is_filler(w)]
    return [*named, *(half for w in named if len(w) == _TWO_WORDS for half in (w[:2], w[2:]))]


def _denials(word: str, text: str) -> frozenset[bool]:
    """Whether a word stands behind a negation, at each of its places; 有 right before it affirms it again."""
    pieces = text.split(word)
    starts = [word.join(pieces[:n]) for n in range(1, len(pieces))]
    return frozenset(_rules()["denies"].search(before) is not None for before in starts)
