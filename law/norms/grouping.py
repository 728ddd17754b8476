"""Which clauses of a sentence are one rule, and where the next begins."""

import re
from collections.abc import Iterator, Sequence

from law.norms.clauses import Clause, says_what_is_done
from law.norms.norm import Binding
from law.norms.stretches import CONDITION, EXCEPTION, FRAME, RULE

#: What is ruled of a thing itself, whatever was allowed before: 所得收入按照约定分配, 费用由用地单位承担.
OWN_THING = re.compile(
    r"^(?![按依根]|对|在|从|由)(?:其|具体|相关|所需|有关)?[一-鿿]{2,8}?(?<!的)(?:按照?|依照|由[^,;。]{2,24}(?:承担|负责|决定|确定|制定|支付|规定|约定)|归[^,;。]{1,12}所有|从[^,;。]{2,20}(?:列支|支出|提取|支付))"
)
#: What is to be done, though it stands after a ban: 不得堵塞通道,及时移离废旧车辆.
GOOD = re.compile(
    r"(?:并)?(?:保持|维护|爱护|遵守|遵循|尊重|按(?:照)?规定|及时|主动|自觉|文明|确保|保证|保障|依法|妥善|做好|服从)"
)
LOOSE: tuple[Binding, ...] = ("可以", "不得", "鼓励", "支持", "探索")


def rules_in(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """The clauses of a sentence, those of one rule together."""
    group: list[Clause] = []
    for clause in clauses:
        if group and _opens(clause, group):
            framing = _framing(group)
            yield group[: len(group) - framing]
            group = group[len(group) - framing :]
        group.append(clause)
    if group:
        yield group


def _framing(group: list[Clause]) -> int:
    """How many clauses at the end of a group frame the rule that begins now: 对符合条件的企业,…."""
    count = 0
    while count < len(group) - 1 and group[-1 - count].role == FRAME and group[-1 - count].stop == ",":
        count += 1
    return count if any(c.role == RULE for c in group[: len(group) - count]) else 0


def _opens(clause: Clause, group: list[Clause]) -> bool:
    """Whether a clause begins a rule of its own."""
    rules = [c for c in group if c.role == RULE]
    if clause.role == EXCEPTION or not rules:
        return False
    if group[-1].stop in ";:":
        return True
    if OWN_THING.match(clause.text) and any(c.mark and c.mark.binding in LOOSE for c in rules) and not clause.mark:
        return True
    if GOOD.match(clause.text) and not clause.mark and any(c.mark and c.mark.binding == "不得" for c in rules):
        return True
    if clause.role in (CONDITION, FRAME):
        return clause.role == CONDITION and not clause.mark and clause.text.endswith("的")
    new = clause.mark.binding if clause.mark else None
    binding = next((c.mark.binding for c in rules if c.mark), None)
    if new and not binding:
        return new not in ("应当", "责任") and any(says_what_is_done(c) for c in rules)
    return bool(new and binding and new != binding and not _covers(binding, new))


def _covers(binding: Binding, new: Binding) -> bool:
    """应当 goes on over 支持 and 鼓励 of the same sentence, 责任 over what may be done besides."""
    return (binding in ("应当", "可以") and new in ("支持", "鼓励", "探索")) or (
        binding == "责任" and new in ("可以", "应当")
    )
