"""A false figure in a question: what is quoted is held against it, and the difference is said."""

import re
from collections.abc import Sequence

from assistant.decide.decision import Evidence
from assistant.understand.language import claims_of_the_rule
from assistant.verify.references import blank_references
from law.regulation import Regulation
from law.text.figures import Figure, figures, same_figure
from law.text.script import plain
from prompts import say

_PASSED = re.compile(r"通过|批准|公布|公告|审议")
#: A share or a sum that no cited article has at all is worth saying; a year or a time may be the asker's own.
_SAID_TO_BE_MISSING = ("share", "money")
_BOUNDS = ("不得低于", "不得超过", "不低于", "不少于", "不超过", "高于", "低于", "最高")


def corrections(question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """One notice for each figure that a question tells of the rule and that no cited article has.

    `question` is Simplified; what the articles have instead, of the same kind, is quoted in the notice.
    """
    text = plain(question)
    told = [f for f in figures(blank_references(text)) if claims_of_the_rule(text, f.kind, f.start)]
    if not told or not evidence:
        return ()
    held = [(e, f) for e in evidence for f in _figures_of(e)]
    notices: list[str] = []
    for figure in told:
        same = [(e, f) for e, f in held if f.kind == figure.kind]
        if any(same_figure(figure, f) for _, f in same) or _dated(figure, text, [e.regulation for e in evidence]):
            continue
        instead = "；".join(dict.fromkeys(say("premise.place", title=e.regulation.title, label=e.article.label,
                                              said=_printed(e, f)) for e, f in same))  # fmt: skip
        if instead or figure.kind in _SAID_TO_BE_MISSING:
            notices.append(say("premise.differs" if instead else "premise.unsaid", told=figure.said, instead=instead))
    return tuple(dict.fromkeys(notices))


def _figures_of(evidence: Evidence) -> list[Figure]:
    return [f for p in evidence.paragraphs for f in figures(blank_references(plain(p.full)))]


def _printed(evidence: Evidence, figure: Figure) -> str:
    """A figure with the words that bound it, as the paragraph has it in Simplified."""
    text = next((t for p in evidence.paragraphs if figure.said in (t := plain(p.full))), figure.said)
    at = text.find(figure.said)
    before = text[max(0, at - 4) : at]
    bound = next(
        (
            b
            for b in ("不低于", "不少于", "不超过", "不得低于", "不得超过", "高于", "低于", "最高")
            if before.endswith(b)
        ),
        "",
    )
    return bound + figure.said


def _dated(figure: Figure, text: str, regulations: Sequence[Regulation]) -> bool:
    """Whether a date is one of the regulation's own, where its adoption, approval or announcement is spoken of."""
    if figure.kind != "date" or not _PASSED.search(text):
        return False
    values = [v for r in regulations for v in r.dates.values()]
    days = [d for v in values for d in ([v] if isinstance(v, str) else v or [])]
    parts = [tuple(int(n) for n in str(d).split("-")) for d in days if str(d).count("-") == 2]
    return any(all(s is None or s == h for s, h in zip(figure.parts, p, strict=False)) for p in parts)
