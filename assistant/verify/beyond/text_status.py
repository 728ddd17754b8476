"""「条例后经修正」「这一条2019年修正时已删去」: what a sentence says of its text, held to what is known of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.coverage import told_words
from assistant.verify.verdict import Open
from law.regulation import Article, Regulation
from law.text.script import plain

_CLAUSE = re.compile(r"[(][^()]*[)]|[^,;:。()]+[,;:。]?")
_YEAR = re.compile(r"\d{4}(?=年)")
_STANDINGS = ("amended", "deleted", "drafted", "waiting", "over", "in_force")
#: How much of what is said to be deleted its article says.
_ITS_SUBJECT = 0.6


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the standing of cited articles: the years of changes, and which are deleted."""

    amended: bool
    draft: bool
    repealed: bool
    years: frozenset[str]
    texts: tuple[tuple[str, str], ...]  # of each article its text, and what is noted of its later fate


def standings(said: str, cited: Sequence[tuple[Regulation, Article]]) -> tuple[list[str], str]:
    """Reasons against what a plain stretch says of the standing of its text, and the stretch without it.

    A text that was amended may be called so, a draft a draft, and an article deleted of which that is noted; a year
    told along must be one of these. Of a clause that says more (「上限在2019年修正时已改为…」) the rest stays, to be
    held to the article and to what is noted of it.
    """
    known = _known(cited)
    reasons: list[str] = []
    rest = ""
    for m in _CLAUSE.finditer(said):
        clause = m[0]
        bare = clause.strip("(),;:。")
        frame = soft_rules()["standing_when"].search(bare)
        found = next((name for name in _STANDINGS if _tells(name, bare)), "")
        if not found and not frame:
            rest += clause
            continue
        if not _holds(found or "amended", bare, known):
            reasons.append(f"所引条文没有这样的修正情况:「{bare}」")
        elif not found and frame and (more := soft_rules()["standing_gone"].search(bare)):
            reasons += _gone(bare[: frame.start()] or bare[frame.end() : more.start()], known)
        elif not found and frame:
            rest += clause.replace(frame[0], "", 1)
    return reasons, rest.strip(",;。")


def _tells(name: str, clause: str) -> bool:
    return soft_rules()[f"standing_{name}"].search(clause) is not None


def _holds(name: str, clause: str, known: _Known) -> bool:
    if any(year not in known.years for year in _YEAR.findall(clause)):
        return False
    deleted = any(_tells_struck(later) for _, later in known.texts)
    holds = {
        "amended": known.amended,
        "deleted": deleted,
        "drafted": known.draft,
        "waiting": known.draft,
        "over": deleted or known.repealed,
        "in_force": not (deleted or known.draft or known.repealed),
    }
    return holds[name]


def _tells_struck(later: str) -> bool:
    return soft_rules()["struck"].search(later) is not None


def _gone(subject: str, known: _Known) -> list[str]:
    """Reasons where something is said to be deleted of which that is not noted."""
    shares = [told_words(subject, text) for text, later in known.texts if _tells_struck(later)]
    if not shares:
        return [f"没有注明「{subject}」已删去"]
    return [] if max(shares) >= _ITS_SUBJECT else [Open(f"没有注明「{subject}」已删去")]


def _known(cited: Sequence[tuple[Regulation, Article]]) -> _Known:
    regulation = cited[0][0]
    changed = regulation.dates.get("amended") or []
    later = [plain("".join(n.text for n in r.notes_on(a) if n.kind == "later")) for r, a in cited]
    years = {str(d)[:4] for d in ([changed] if isinstance(changed, str) else changed)}
    years |= set(_YEAR.findall("".join(later)))
    texts = tuple((plain(a.text) + noted, noted) for (_, a), noted in zip(cited, later, strict=True))
    amended = bool(years) or regulation.status == "amended"
    draft, repealed = regulation.status in ("draft", "not_yet_in_force"), regulation.status == "repealed"
    return _Known(amended, draft, repealed, frozenset(years), texts)
