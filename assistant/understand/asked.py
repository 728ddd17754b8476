"""A message is cut into what it asks: the clauses that ask, each with what was told before it."""

import re
from dataclasses import dataclass, replace

from assistant.understand.matter import matter_in
from law.text.rules import Rule, load_rules

SENTENCE = re.compile(r"[^。？?！!；;\n]+[。？?！!；;\n]?")
CLAUSE = re.compile(r"[^，,:：]+[，,:：]?")
ENDS = "，,。；;！!:： "
#: A thing asked that has fewer characters of its own leans on what was asked before it.
OWN = 3
#: Halves that begin with the same so many characters are one thing asked.
_ALIKE = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a message asks, in its own words; `context` is what was told with it and asks nothing."""

    text: str
    context: str = ""


def asked_in(text: str, *, heard: bool = False) -> tuple[Asked, ...]:
    """The things that a message asks, in order; with what somebody has only `heard` as one that he wants confirmed.

    >>> [a.text for a in asked_in("买科技保险补不补钱?另外企业上市有没有绿色通道?")]
    ['买科技保险补不补钱', '企业上市有没有绿色通道']
    >>> [a.text for a in asked_in("保费谁出,单位还是个人?")]
    ['保费谁出，单位还是个人']
    >>> [a.text for a in asked_in("想了解孵化器的用地和创投机构的资金支持")]
    ['想了解孵化器的用地', '创投机构的资金支持']
    """
    rule = _rules()
    found: list[Asked] = []
    told: list[str] = []
    text = _rules()["numbered"].sub("。", text)
    listed = rule["request"].search(text) is not None
    whole = (c for s in SENTENCE.findall(text) for c in CLAUSE.findall(s))
    halves = ((half, len(of) > 1) for c in whole for of in [_halves(c, listed)] for half in of)
    for clause, one_of_several in halves:
        bare = clause.strip(ENDS + "?？")
        if not bare:
            continue
        if found and not told and (rule["follows"].search(bare) or rule["alternative"].search(bare)):
            found[-1] = replace(found[-1], text=f"{found[-1].text}，{bare}")
        elif (
            (rule["asks"].search(clause.strip(ENDS)) and not _announces(bare))
            or (one_of_several and listed and rule["named"].search(bare))
            or (heard and rule["heard"].search(bare))
        ):
            own = rule["joint"].sub("", bare).strip(ENDS) or bare
            found.append(Asked(own, "，".join(told)))
            told = []
        elif not rule["frame"].search(bare):
            told.append(rule["joint"].sub("", bare).strip(ENDS) or bare)
    if told and found:
        context = "，".join(filter(None, [found[-1].context, *told]))
        found[-1] = replace(found[-1], context=context)
    return tuple(found)


def _halves(clause: str, listed: bool) -> list[str]:
    """The things that one clause asks, where each side of what joins them asks: 向谁申请、几个工作日到账. Where what is
    wanted is `listed` (讲讲…), a side may also name it: 孵化器的用地和创投机构的资金支持.

    >>> _halves("补助向谁申请、几个工作日到账", False), _halves("资助、考核由谁管", False)
    (['补助向谁申请', '几个工作日到账'], ['资助、考核由谁管'])
    """
    rule = _rules()
    joins = ("joins", "lists") if listed else ("joins",)
    spans = sorted({found.span() for name in joins for found in rule[name].finditer(clause)})
    for begin, end in spans:
        first, rest = clause[:begin], clause[end:]
        alike = first.strip(ENDS)[:_ALIKE] == rest[:_ALIKE]  # 哪边快、哪边慢: one thing
        if not alike and min(len(first), len(rest)) >= OWN and all(_wants(side, listed) for side in (first, rest)):
            return [first, *_halves(rest, listed)]
    return [clause]


def _wants(side: str, listed: bool) -> bool:
    """Whether one side of a clause asks, or (`listed`) names what is to be told."""
    rule, bare = _rules(), side.strip(ENDS + "?？")
    return any(rule[name].search(bare) for name in ("asks", *(["named"] if listed else [])))


def _announces(clause: str) -> bool:
    """两个问题一起问: it asks nothing itself."""
    frame = _rules()["frame"]
    return bool(frame.search(clause)) and not matter_in(frame.sub("", clause))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "parts.toml")
