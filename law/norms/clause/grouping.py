"""Which clauses of a sentence are one rule."""

from collections.abc import Iterator, Sequence

from law.norms.clause.clauses import Clause, says_what_is_done, takes_over
from law.norms.clause.stretches import AS_RULED, CONDITION, EXCEPTION, FRAME, RULE
from law.norms.grammar import GRAMMAR
from law.norms.norm import Binding

_OF_ONE_WHO, _WAY = GRAMMAR["clauses.of_one_who"], GRAMMAR["clauses.way"]
#: What is ruled of a thing itself, whatever was allowed before: 所得收入按照约定分配, 费用由用地单位承担.
OWN_THING = GRAMMAR["grouping.own_thing"]
#: Who bears the cost of what was ruled: 所需费用由作业单位承担.
COST = GRAMMAR["grouping.cost"]
#: What is to be done, though it stands after a ban: 不得堵塞通道,及时移离废旧车辆.
GOOD = GRAMMAR["grouping.good"]
#: In a list of duties, how somebody must be, before what he must not do: 言谈举止文明,不得喧哗.
_MANNER = GRAMMAR["grouping.manner"]
#: What those who were encouraged do for others: 鼓励金融机构提供融资服务,支持其降低排放.
_OF_THEIRS = GRAMMAR["grouping.of_theirs"]
LOOSE: tuple[Binding, ...] = ("可以", "不得", "鼓励", "支持", "探索")


def rules_in(clauses: Sequence[Clause], *, listed: bool = False) -> Iterator[list[Clause]]:
    """The clauses of a sentence, those of one rule together; `listed` under a lead that says what is to be done."""
    group: list[Clause] = []
    rules: list[Clause] = []  # of the group, those that rule something
    for clause in clauses:
        if group and _opens(clause, group[-1], rules, listed=listed):
            framing = _framing(group)
            yield group[: len(group) - framing]
            group, rules = group[len(group) - framing :], []
        group.append(clause)
        if clause.role == RULE:
            rules.append(clause)
    if group:
        yield group


def _framing(group: list[Clause]) -> int:
    """How many clauses at the end of a group frame the rule that begins now: 对符合条件的企业,…."""
    count = 0
    while count < len(group) - 1 and group[-1 - count].role == FRAME and group[-1 - count].stop == ",":
        count += 1
    return count if any(c.role == RULE for c in group[: len(group) - count]) else 0


def _opens(clause: Clause, last: Clause, rules: Sequence[Clause], *, listed: bool) -> bool:
    """Whether a clause begins a rule of its own, after the last one of a group and those in it that rule something."""
    if clause.role == EXCEPTION or not rules:
        return False
    if last.stop in ";:":
        return True
    if OWN_THING.match(clause.text) and any(c.mark and c.mark.binding in LOOSE for c in rules) and not clause.mark:
        return True
    if COST.match(clause.text) and not clause.mark and any(c.mark or c.subject for c in rules):
        return True
    if GOOD.match(clause.text) and not clause.mark and any(c.mark and c.mark.binding == "不得" for c in rules):
        return True
    if clause.role in (CONDITION, FRAME):
        return clause.role == CONDITION and not clause.mark and _OF_ONE_WHO.search(clause.text) is not None
    if clause.mark is None:
        return takes_over(clause) and any(c.mark and c.mark.binding in LOOSE for c in rules)
    new = clause.mark.binding
    if _OF_THEIRS.match(clause.text) and new in ("支持", "鼓励") and rules[0].mark and rules[0].mark.binding == "鼓励":
        return False
    binding = next((c.mark.binding for c in rules if c.mark), None)
    if new == "支持" and binding == "鼓励" and _WAY.search(last.text):
        return False  # 鼓励公民通过捐赠等方式,支持图书馆建设
    if (
        binding is None
        and listed
        and new == "不得"
        and all(_MANNER.match(c.text) or AS_RULED.match(c.text) for c in rules)
    ):
        return True
    if binding is None:
        return new not in ("应当", "责任") and any(says_what_is_done(c) for c in rules)
    return new != binding and not _covers(binding, new)


def _covers(binding: Binding, new: Binding) -> bool:
    """应当 goes on over 支持 and 鼓励 of the same sentence, 责任 over what may be done besides."""
    return (binding in ("应当", "可以") and new in ("支持", "鼓励")) or (binding == "责任" and new in ("可以", "应当"))
