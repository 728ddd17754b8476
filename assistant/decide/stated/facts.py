"""Which sorts of fact an article states, and of what: its sentences' figures, its norms' actors and consequences."""

import re
from collections.abc import Sequence

from assistant.decide.stated.wanted import FIGURES, Want, wants_of
from assistant.decide.stated.words import share_held
from assistant.decide.whole.counted import counted_in
from assistant.understand.figure_asked import lacks_the_figure
from law.norms import Norm
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures
from law.text.rules import Rule, load_rules
from law.text.script import plain

SENTENCE = re.compile("[。;；\n]")
_TIMES = frozenset(("date", "months", "days", "workdays", "hours", "share", "money"))
#: What a share of what is asked is held by where it names nothing of its own.
_NAMELESS = 0.3
#: Figures that a thing may be asked for alone; where it is asked whether, or who, words may answer beside it.
_SORTS: frozenset[Want] = frozenset(("money", "share", "period", "often", "count", "measure"))
_WORDS: frozenset[Want] = frozenset(("whether", "who"))
_LENGTH: frozenset[Want] = frozenset(("period",))
#: Wants that are stated by words of a kind, in the order of the signals.
TOLD: tuple[Want, ...] = (
    "point",
    "often",
    "recipient",
    "place",
    "how",
    "conditions",
    "papers",
    "payment",
    "consequence",
)


def figure_share(wants: frozenset[Want], question: str, words: Sequence[str], sentences: Sequence[str]) -> float | None:
    """The share of a question's words in a sentence that has a figure as wanted, of the best; None where none has."""
    wanted = wants & FIGURES
    shares = [share_held(words, s, 0.5) for s in sentences if _has_figure(wanted, question, s)]
    return max(shares, default=None)


def lacks_the_sort_of_figure(question: str, text: str) -> bool:
    """Whether a figure is asked for, and neither whether nor who, of which sort an article's text has none.

    How long before (隔多久之内) sounds like how often: a length of time answers either.

    >>> lacks_the_sort_of_figure("绩效评价几年搞一回", "定期组织评价考核。")
    True
    >>> lacks_the_sort_of_figure("绩效评价几年搞一回", "每三年组织评价考核。")
    False
    """
    wants = wants_of(question)
    sorts = wants & _SORTS
    if wants & _WORDS:
        return False
    if lacks_the_figure(question, text):
        return True
    either = sorts | _LENGTH if "often" in sorts else sorts
    sentences = [s for s in SENTENCE.split(plain(text)) if s]
    return bool(sorts) and figure_share(either, question, (), sentences) is None


def bound_held(wants: frozenset[Want], question: str, sentences: Sequence[str]) -> bool:
    """Whether a figure as wanted is bounded as it is asked for: 至少多少 by 不低于百分之七十."""
    asked = {bound for bound, words in figure_words().bounds_of_topic.items() if words.search(question)}
    wanted = (wants & FIGURES) - {"figure"}
    kinds = [rules()[f"kind_{want}"] for want in wanted if f"kind_{want}" in rules()]
    own = (f for s in sentences for f in figures(s) if f.bound.removesuffix("!") in asked) if asked else ()
    return any(not wanted or any(k.fullmatch(f.kind) for k in kinds) for f in own)


def actor_share(words: Sequence[str], norms: Sequence[Norm]) -> float | None:
    """The share of what is asked in a norm that says who acts, of the best; None where none says it."""
    return max((share_held(words, plain(n.quote), _NAMELESS) for n in norms if n.actors_said), default=None)


def tells(want: Want, text: str, norms: Sequence[Norm]) -> bool:
    """Whether a plain text tells anything of a sort that is no figure."""
    if want == "consequence" and any(n.kind == "consequence" for n in norms):
        return True
    if want == "conditions" and any(n.conditions for n in norms):
        return True
    return rules()[want].search(text) is not None


def _has_figure(wanted: frozenset[Want], question: str, sentence: str) -> bool:
    found = figures(sentence)
    named = wanted - {"figure"}
    if not named:
        return bool(found) and rules()["figure"].search(sentence) is not None
    return any(_answers(want, question, sentence, found) for want in named)


def _answers(want: Want, question: str, sentence: str, found: Sequence[Figure]) -> bool:
    if want == "count":
        counted = counted_in(question)
        return counted.stated_in(sentence) if counted else any(f.kind not in _TIMES for f in found)
    if want == "often":
        return rules()[want].search(sentence) is not None
    if want == "point" and rules()[want].search(sentence):
        return True
    if want in ("money", "share") and rules()["otherwise"].search(sentence):
        return True
    kinds = rules()[f"kind_{want}"]  # 多少 of money may be answered by a share
    return any(kinds.fullmatch(f.kind) for f in found)


def rules() -> dict[str, Rule]:
    """How each sort is told."""
    return load_rules("assistant.decide.stated", "facts.toml")
