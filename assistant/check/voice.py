"""The writer's own voice in a sentence that cites: what is no statement of the law and is not held to it.

「…，各级财政部门要算好账」「…，环环相扣」: a clause of which the article says hardly anything, and which promises,
counts and threatens nothing. What adds an amount, a benefit, a penalty, a time or a scope stays, however little of it
stands in the article; so does everything where the article says little of the whole.
"""

import re
from collections.abc import Sequence

from assistant.check.claims import rule
from assistant.verify.actors import actors
from assistant.verify.coverage import told_words
from assistant.verify.words import words
from law.text.figures import figures
from law.text.places import places_in
from law.text.references import blank_references
from law.text.script import HAN

#: A clause of which less is told is the writer's own; what is left must be told this far.
_OWN, _LAW = 0.34, 0.5
#: Characters of a claim that only names a matter, at most.
_NAME = 8
#: What the law is said to be silent on is told this far where it is not.
_TOLD = 0.75
_CLAUSES = re.compile(r"[^,;:。!?]+[,;:。!?]*")


def own_words(claim: str, texts: Sequence[str], *, places: Sequence[str] = (), changed: bool = False) -> str:
    """A claim (plain) without the clauses in the writer's own voice, held to what the cited articles say.

    What is so in the world goes too, and, of an article that has `changed`, what became of it; "" if nothing is left.
    `places` are those of the cited laws, of which more may be said than their law says.
    """
    text = "\n".join(texts)
    parts = [p for p in _CLAUSES.findall(claim) if not _reported(p) and not (changed and rule("changed").search(p))]
    claim = "".join(parts).strip(",;:")
    kept = [p for p in parts if not _silent(p, text) and (_told(p, text) >= _OWN or _weighs(p, text, places))]
    rest = "".join(kept).strip(",;:")
    if len(kept) == len(parts) or len(HAN.findall(rest)) < 4 or told_words(rest, text) < _LAW:
        return claim
    return rest


def _reported(clause: str) -> bool:
    return rule("fact").search(clause) is not None and rule("ruling").search(clause) is None


def names_only(claim: str, text: str) -> bool:
    """Whether a claim is a few words that name a matter: 赋权改革."""
    return (
        len(HAN.findall(claim)) <= _NAME
        and not re.search(r"[,;:]", claim.strip(",;:。"))
        and not (rule("ruling").search(claim) or _weighs(claim, text))
    )


def _told(clause: str, text: str) -> float:
    """How far a clause is told, whoever acts in it aside: an article names many who act."""
    rest = clause
    for actor in reversed(actors(clause)):
        rest = rest[: actor.start] + "," + rest[actor.end :]
    return told_words(rest if len(HAN.findall(rest)) >= 4 else clause, text)


def _silent(clause: str, text: str) -> bool:
    """Whether a clause says that the law is silent on what the article does not speak of.

    What the judge reads as a silence itself is left to it.
    """
    said = None if words().silent.search(clause) else rule("silent").match(clause)
    return said is not None and told_words(said["what"] or said["thing"], text) < _TOLD


def _weighs(clause: str, text: str, places: Sequence[str] = ()) -> bool:
    """Whether a clause adds what only a law could.

    A figure, a benefit, a penalty, a time, a scope, a further condition; who is charged, what is banned, allowed or
    left to somebody's will; another place of which the same is said.
    """
    if figures(blank_references(clause)) or rule("assigned").search(clause) or words().at_will.search(clause):
        return True
    if any(m.lastgroup in ("ban", "may") for m in words().marks.finditer(clause)):
        return True
    if any(p.name not in places for _, _, p in places_in(clause)) and not rule("unlike").search(clause):
        return True
    skipped = ("方式",) if rule("further").search(clause) else ("方式", "条件")  # how a thing is done is his to tell
    return any(
        kind not in skipped and any(m[0] not in text for m in added.pattern.finditer(clause))
        for kind, added in words().added
    )


def beyond(claim: str, text: str) -> str:
    """What a claim promises beyond an article that does not speak so itself; "" for nothing.

    What stands in the article word for word is no promise of the writer's.
    """
    for kind in ("all", "sure", "bound"):
        found = rule(f"beyond.{kind}").search(claim)
        if found and found[0] not in text and not rule(f"excused.{kind}").search(text):
            return found[0]
    return ""
