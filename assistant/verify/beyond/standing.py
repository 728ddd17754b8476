"""「条例后经修正」「这一条2019年修正时已删去」: what a sentence says of its text, held to what is known of it."""

import re
from collections.abc import Sequence

from assistant.verify.beyond.conclusions import soft_rules
from law.regulation import Article, Regulation
from law.text.script import plain

_CLAUSE = re.compile(r"[(][^()]*[)]|[^,;。()]+[,;。]?")
_YEAR = re.compile(r"\d{4}(?=年)")


def standings(said: str, cited: Sequence[tuple[Regulation, Article]]) -> tuple[list[str], str]:
    """Reasons against what a plain stretch says of the standing of its text, and the stretch without it.

    A text that was amended may be called so, a draft a draft, and an article deleted of which that is noted; a year
    told along must be one of these.
    """
    reasons: list[str] = []
    rest = ""
    for m in _CLAUSE.finditer(said):
        clause = m[0]
        bare = clause.strip("(),;。")
        found = next((name for name in ("amended", "deleted", "drafted") if _tells(name, bare)), "")
        if not found:
            rest += clause
        elif not _holds(found, bare, cited):
            reasons.append(f"所引条文没有这样的修正情况:「{bare}」")
    return reasons, rest.strip(",;。")


def _tells(name: str, clause: str) -> bool:
    return soft_rules()[f"standing_{name}"].search(clause) is not None


def _holds(name: str, clause: str, cited: Sequence[tuple[Regulation, Article]]) -> bool:
    regulation = cited[0][0]
    notes = "".join(plain(n.text) for r, a in cited for n in r.notes_on(a) if n.kind == "later")
    changed = regulation.dates.get("amended") or []
    years = {str(d)[:4] for d in ([changed] if isinstance(changed, str) else changed)} | set(_YEAR.findall(notes))
    if any(year not in years for year in _YEAR.findall(clause)):
        return False
    if name == "deleted":
        return "删去" in notes
    return bool(years) or regulation.status == "amended" if name == "amended" else regulation.status == "draft"
