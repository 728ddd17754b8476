"""「还需要知道……」「要看……是否……」: facts that would decide a case, which must touch the matter of the law."""

import re
from collections.abc import Sequence

from assistant.verify.amounts import MOST_COUNTED, counts_points
from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.coverage import told_words
from assistant.verify.source import Source
from assistant.verify.verdict import Open
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures, unstated
from law.text.references import blank_references

#: Of the words that name the facts, as many must be the law's or the question's.
_TOUCHES = 0.3
_CLAUSE = re.compile(r"(?P<said>[^,;。:]+)[,;。:]?")


def needs(said: str, sources: Sequence[Source], asked: str) -> tuple[list[str], str]:
    """Reasons against what a plain stretch says that one would have to know, and the stretch without it.

    From the words that begin it (还需要知道) to the next semicolon or the next clause that turns (但, 否则).
    """
    known = "\n".join((*(s.known for s in sources), asked))
    reasons: list[str] = []
    rest, facts = "", ""
    for m in _CLAUSE.finditer(said):
        clause = m["said"]
        goes_on = bool(facts) and not soft_rules()["need_ends"].search(clause)
        if not goes_on and not _begins(clause, known):
            if soft_rules()["wonders"].search(clause) and _begins(said[m.end() :].partition(",")[0], known):
                continue  # 能否申请,还需要知道……
            reasons += _strange(facts, known)
            rest, facts = rest + m[0], ""
            continue
        facts += soft_rules()["need_for"].sub("", soft_rules()["need"].sub("", clause)) + ","
        if m[0].endswith((";", "。")):
            reasons += _strange(facts, known)
            facts = ""
    reasons += _strange(facts, known)
    return reasons, rest.strip(",;。")


def _begins(clause: str, known: str) -> bool:
    """Whether a clause begins to name facts; the law's own duty to find something out is none."""
    found = soft_rules()["need"].search(clause)
    return found is not None and found[0] not in known


def _strange(facts: str, known: str) -> list[str]:
    if not facts:
        return []
    held = figures(blank_references(known))
    own = figures(figure_words().own_counting.sub(",", facts))
    reasons = [
        f"条文和问题都没有「{f.said}」" for f, why in unstated(own, held) if why == "number" and not _own_count(f)
    ]
    if told_words(facts, known) < _TOUCHES and not soft_rules()["need_elsewhere"].search(facts):
        reasons.append(Open(f"条文和问题都没有说到「{facts.strip(',')}」"))
    return reasons


def _own_count(figure: Figure) -> bool:
    """Whether a figure counts what is to be known: 两项增长幅度."""
    return counts_points(figure) and figure.value <= MOST_COUNTED
