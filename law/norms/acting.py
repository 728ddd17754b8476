"""Who acts in one rule, as the rule itself says: by its mark, behind 由, in its head, in what it is conditioned on."""

from typing import TYPE_CHECKING

from law.norms.actors import Actor, is_official
from law.norms.carried_over import by, does_too
from law.norms.clause.clauses import Clause
from law.norms.clause.marks import begins_with_verb
from law.norms.clause.stretches import CONDITION, FRAME, RULE
from law.norms.grammar import GRAMMAR
from law.norms.norm import Binding

if TYPE_CHECKING:
    from law.norms.rule_reading import Reading


#: A clause so begun says how or where.
_WAYS = GRAMMAR["reading.ways"]
#: A clause so begun says to whom.
TOWARDS = GRAMMAR["reading.towards"]
#: Who so acts is punished, and does not punish.
_WRONGS = GRAMMAR["reading.wrongs"]
#: An item that only names what a document says: 建设单位履行监督的义务.
CONTENT = GRAMMAR["reading.content"]
_APPROVED = GRAMMAR["reading.approved"]
PUNISHES: tuple[Binding, ...] = ("责任", "免除")


def acting_in(reading: "Reading") -> list[tuple[Clause, Actor]]:
    """Those who act as the rule itself says, with their clauses."""
    if reading.carried.lists_conditions and not reading.by_name and not reading.first.mark:
        return []
    if reading.carried.listed and reading.carried.who.classes and not reading.first.mark and not reading.by_name:
        return [(reading.first, a) for a in reading.first.subject if _charged(reading)]
    if reading.carried.listed and not reading.first.mark and not reading.by_name and only_names(reading):
        return []
    first = reading.first
    topic = reading.by_name and not first.mark and not by(first) and only_names(reading)
    doing = [c for c in reading.rules if c.mark or (c is first and not topic) or by(c) or does_too(c, first)]
    own = [(c, a) for c in doing for a in c.subject]
    if not own and reading.first.mark:
        before = reading.clauses[: reading.clauses.index(reading.first)]
        heads = [c for c in before if c.role in (RULE, FRAME) and c.subject and not TOWARDS.match(c.text)]
        if reading.binding in PUNISHES:
            heads = [c for c in heads if not _WRONGS.search(c.text, c.subject[-1].end)]
        own = [(c, a) for c in heads for a in c.subject]
    if not own and not reading.first.mark and reading.first is not reading.clauses[0]:
        head = reading.clauses[reading.clauses.index(reading.first) - 1]
        at_an_end = head.subject and (head.subject[0].start < 3 or head.subject[-1].end >= len(head.text) - 1)
        if head.role == FRAME and at_an_end and not TOWARDS.match(head.text) and not _WAYS.match(head.text):
            own = [(head, a) for a in head.subject]
    later = all(c.start > reading.first.start for c, _ in own)
    if later and reading.binding not in PUNISHES and reading.begins():
        grants = reading.grants()
        heads = [c for c in reading.clauses if c.role == CONDITION and c.subject]
        heads = heads[-1:] if heads and _APPROVED.search(heads[-1].text) else heads
        spoken = [(c, a) for c in heads for a in c.subject]
        own = [(c, a) for c, a in spoken if not grants or is_official(a)] + own
    if not own and reading.binding in PUNISHES:
        open_ones = [c for c in reading.clauses if c.role in (CONDITION, FRAME) and not c.text.endswith("的")]
        within = [c for c in open_ones if not _WRONGS.search(c.text)]
        own = [(c, a) for c in within for a in c.subject if is_official(a)]
    return own


def only_names(reading: "Reading") -> bool:
    """Whether an item only names a thing that begins with somebody: 企业新技术开发."""
    subject = reading.first.subject
    after = reading.first.text[subject[-1].end :] if subject else ""
    return bool(subject) and (not begins_with_verb(after) or bool(CONTENT.search(after)))


def _charged(reading: "Reading") -> bool:
    """Whether an item itself says which authority does what: (三)城市管理部门负责查处."""
    subject = reading.first.subject
    begins = bool(subject) and subject[0].start < 2 and all(is_official(a) for a in subject)
    does = reading.first.text[subject[-1].end :].removeprefix(")") if begins else ""
    return len(does) > 5 and begins_with_verb(does)
