"""The rules of an article one by one: of what each speaks (its head), and what it rules of it (its body)."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.actors import actors
from assistant.verify.clauses import read_clauses
from assistant.verify.coverage import cut, is_filler
from assistant.verify.words import grammar, words
from law.norms.clause.marks import begins_with_verb
from law.text.figures import figures
from law.text.references import blank_references

#: A word with whether it is denied there: 医院外 is not 医院.
Signed = tuple[str, bool]
#: A figure by kind and value, as a word that stands for it.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """One rule. `head` is what it speaks of and on what condition, `body` what it rules, both as signed words."""

    text: str
    head: frozenset[Signed]
    body: frozenset[Signed]
    around: frozenset[Signed] = frozenset()

    @property
    def all(self) -> frozenset[Signed]:
        """Every word of it."""
        return self.head | self.body


def units_of(quotes: Sequence[tuple[str, str, str]]) -> tuple[Unit, ...]:
    """The rules in the quotes of norms, each with who acts and its 款, in plain form.

    Where one quote has several actors, each has its own. One that names neither who acts nor a condition goes on from
    the rest of its 款: `around` are the words of that, or else of who acts.
    """
    return tuple(unit for quote, by, beside in dict.fromkeys(quotes) for unit in _split(quote, by, beside))


def signed_words(text: str) -> frozenset[Signed]:
    """The words of a plain text that say something, each with whether it is denied, and its figures."""
    found: set[Signed] = {(f"@{name}", False) for actor in actors(text) for name in actor.names}
    blank = blank_references(text)
    for f in figures(blank):
        found.add((f"{f.kind}:{f.value}", False))
        blank = blank[: f.start] + "|" * (f.end - f.start) + blank[f.end :]
    at = 0
    for word in cut(blank):
        at += len(word)
        before, after = text[max(0, at - len(word) - 2) : at - len(word)], text[at : at + 2]
        long = len(word) >= _LEAST or after[:1] in ("内", "外")
        if long and "|" not in word and not is_filler(word):
            denied = bool(grammar("denied_before").search(before) or grammar("denied_after").match(after))
            found.add((word, denied))
    return frozenset(found)


def _split(quote: str, by: str, beside: str) -> list[Unit]:
    found: list[Unit] = []
    head: list[str] = []
    body: list[str] = []
    texts: list[str] = []
    ruled = own = acts = False

    def close() -> None:
        nonlocal head, body, texts, ruled, own, acts
        if texts:
            spoken = signed_words(",".join(head))
            around = signed_words("" if acts else by if own else f"{by},{beside}")
            found.append(Unit(",".join(texts), spoken, signed_words(",".join(body)) - spoken, around))
        head, body, texts, ruled, own, acts = [], [], [], False, False, False

    clauses = read_clauses(quote, law=True)
    for n, clause in enumerate(clauses):
        begins = clause.marked and (clause.said_agents or clause.marks == {"urge"})
        if ruled and (begins or clause.role == "condition"):
            carried = head if grammar("also").match(clause.text) else []
            close()
            head = [*carried]
        texts.append(clause.text)
        acts = acts or clause.said_agents
        own = own or (bool(clause.role) and not grammar("chained").search(clause.text))
        if clause.role:
            head.append(clause.text)
            continue
        lead, rest = _parted(clause.text, clause.lead if clause.marked else "", opens=not ruled)
        if not (lead or ruled or clause.marked) and n + 1 < len(clauses) and _names(rest):
            lead, rest = rest, ""
        head.append(lead)
        body.append(rest)
        ruled = ruled or bool(rest)
    close()
    return found


def _names(clause: str) -> bool:
    """Whether a clause only names what the next is of: 收益的分配,由…决定."""
    return grammar("speaks_of").search(clause) is not None or not begins_with_verb(clause)


def _parted(text: str, lead: str, *, opens: bool) -> tuple[str, str]:
    """What a ruling clause speaks of and what it rules: up to its mark, or to the verb where it has none."""
    if lead:
        return words().marks.sub("", lead), text[len(lead) :]
    if not opens or begins_with_verb(text):
        return "", text
    at = 0
    for word in cut(text):
        rest = text[at:]
        if at and (grammar("rules_from_here").match(rest) or begins_with_verb(rest)):
            return text[:at], rest
        at += len(word)
    return "", text
