"""A message is cut into what it asks: the clauses that ask, each with what was told before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understand.matter import matter_in
from law.text.numerals import to_int
from law.text.rules import Rule, load_rules, read_once

#: A blank where a comma is left out: between the characters of two clauses.
_BLANK = re.compile("(?<=[一-鿿][一-鿿”」?？])[^\\S\\n]+(?=[一-鿿“「][一-鿿])")
_BETWEEN = re.compile("[\\s，,]+")
_SEMICOLON = re.compile("[；;]")
SENTENCE = re.compile(r"[^。？?！!；;\n]+[。？?！!；;\n]?")
CLAUSE = re.compile(r"[^，,:：]+[，,:：]?")
ENDS = "，,。；;！!:： \n"
#: What marks a sentence that asks.
_MARKS = ("?", "？")
#: A thing asked that has fewer characters of its own leans on what was asked before it.
OWN = 3
#: Halves that begin with the same so many characters are one thing asked.
_ALIKE = 2
#: Of an aspect and the word that asks for it fewer characters than this stand between: 评审流程由谁定.
_BETWEEN_ASPECT_AND_WORD = 3
#: At most so many things are asked after together.
_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a message asks, in its own words; `context` is what was told with it and asks nothing, `before`
    the clause of that just before it. It `leans` where it is a later side of a list in key words, with none of its own:
    科技保险 补几成 / 一年受理几批."""

    text: str
    context: str = ""
    before: str = ""
    leans: bool = False


@read_once(16)
def asked_in(text: str, *, heard: bool = False, each: bool = False) -> tuple[Asked, ...]:
    """The things that a message asks, in order; with what somebody has only `heard` as one that he wants confirmed, and
    `each` of those that one clause asks after together.

    >>> [a.text for a in asked_in("买科技保险补不补钱?另外企业上市有没有绿色通道?")]
    ['买科技保险补不补钱', '企业上市有没有绿色通道']
    >>> [a.text for a in asked_in("保费谁出,单位还是个人?")]
    ['保费谁出，单位还是个人']
    >>> [a.text for a in asked_in("想了解孵化器的用地和创投机构的资金支持")]
    ['想了解孵化器的用地', '创投机构的资金支持']
    >>> [a.text for a in asked_in("停车场和员工食堂分别由谁管", each=True)]
    ['停车场由谁管', '员工食堂由谁管']
    >>> [a.text for a in asked_in("手里有几台旧设备。能不能折价卖?")]
    ['能不能折价卖']
    """
    if sides := in_key_words(text):
        return sides
    rule = _rules()
    supposes = load_rules("assistant.understand.thread", "said.toml")["supposes"]
    found: list[Asked] = []
    told: list[str] = []
    text = _BLANK.sub("，", rule["numbered"].sub("。", text))
    listed = rule["request"].search(text) is not None
    clauses = [c.strip(ENDS + "?？") for s in SENTENCE.findall(text) for c in CLAUSE.findall(s)]
    terse = not listed and not any(rule["asks"].search(c) for c in clauses)
    sentences = SENTENCE.findall(text)
    marked = any(s.rstrip().endswith(_MARKS) for s in sentences)
    whole = ((n, c) for n, s in enumerate(sentences) for c in CLAUSE.findall(s))
    named = "named" if listed else "side" if terse else ""
    halves = ((n, half, len(of) > 1) for n, c in whole for of in [_halves(c, named, each=each)] for half in of)
    formal = listed or _SEMICOLON.search(text) is not None  # where things are only named: 资助上限；由谁制定
    asking = -1  # the sentence of the last thing found
    for sentence, clause, one_of_several in halves:
        bare = clause.strip(ENDS + "?？")
        if not bare:
            continue
        if each and (these := rule["these"].search(bare)) and (found or told):
            things = _things(told, to_int(these["count"].replace("俩", "两")) or 0)
            found += [Asked(f"{thing}怎么规定") for thing in things]
            told = [] if things else told
            continue
        goes_on = asking == sentence and _only_marked(clause)
        if goes_on and supposes.search(bare):
            told.append(bare)
        elif found and not told and (goes_on or _are_its_answers(bare, found[-1].text)):
            found[-1] = replace(found[-1], text=f"{found[-1].text}，{bare}")
        elif (
            (
                rule["asks"].search(
                    _without_some(clause, told=marked and not sentences[sentence].rstrip().endswith(_MARKS))
                )
                and not (_announces(bare) or rule["reminds"].search(clause.strip(ENDS)))
            )
            or (formal and rule["side"].search(bare) and not (rule["tells"].search(bare) or rule["frame"].search(bare)))
            or (named and (terse or one_of_several) and rule[named].search(bare))
            or (one_of_several and rule["side"].search(bare) and not rule["tells"].search(bare))
            or (heard and rule["heard"].search(bare))
        ):
            own = rule["joint"].sub("", bare).strip(ENDS) or bare
            found.append(Asked(own, "，".join(told), "".join(told[-1:])))
            told, asking = [], sentence
        elif not rule["frame"].search(bare):
            told.append(rule["joint"].sub("", bare).strip(ENDS) or bare)
    if told and found:
        context = "，".join(filter(None, [found[-1].context, *told]))
        found[-1] = replace(found[-1], context=context)
    return tuple(found)


def in_key_words(text: str) -> tuple[Asked, ...]:
    """What a message asks in key words whose sides a stroke parts: of each side the first word that asks and what
    follows, else the last one; none where no stroke stands beside a blank.

    >>> [(a.text, a.context, a.leans) for a in in_key_words("科技保险 保费补助 补几成 / 一年受理几批")]
    [('补几成', '科技保险，保费补助', False), ('一年受理几批', '', True)]
    >>> [(a.text, a.context) for a in in_key_words("孵化器 用地 | 高校 设备 开放时间")]
    [('用地', '孵化器'), ('开放时间', '高校，设备')]
    """
    rule = _rules()
    found: list[Asked] = []
    sides = rule["stroke"].split(text)
    if (
        len(sides) < 2
        or rule["sentences"].search(text)
        or not (_BETWEEN.search(sides[0].strip()) or rule["asks"].search(sides[0]))
    ):
        return ()
    for side in sides:
        if words := [w for w in _BETWEEN.split(side.strip(ENDS + "?？")) if w]:
            at = next((n for n, w in enumerate(words) if rule["asks"].search(w)), len(words) - 1)
            told = words[:at]
            one = Asked("，".join(words[at:]), "，".join(told), "".join(told[-1:]), leans=bool(found) and not told)
            found.append(one)
    return tuple(found) if len(found) > 1 else ()


def _are_its_answers(clause: str, asked: str) -> bool:
    """Whether a clause only puts two answers to choose from to what was asked before it: that asks for no number, or
    each of the two has one.

    >>> _are_its_answers("单位还是个人", "费用谁出"), _are_its_answers("网上填还是交纸的", "多久填一回表")
    (True, False)
    """
    answers = filter(None, _rules()["or"].split(clause))
    lacks_number = _rules()["number_asked"].search(asked) and not all(map(_rules()["numeral"].search, answers))
    return _rules()["alternative"].search(clause) is not None and not lacks_number


def _without_some(clause: str, *, told: bool) -> str:
    """A clause without what it tells of some or no such thing, if its sentence has no mark while others of the message
    have one: it asks nothing by that word (手里有几项专利。……吗?)."""
    bare = clause.strip(ENDS)
    return _rules()["some"].sub("某", bare) if told else bare


def _only_marked(clause: str) -> bool:
    """Whether a clause asks by its mark alone, for no number and none of two: after one that asks it tells what follows
    (攒到多少分,银行才肯给?).

    >>> _only_marked("银行才肯给?"), _only_marked("银行肯不肯给?"), _only_marked("银行会给")
    (True, False, False)
    >>> _only_marked("几年之内申请才算数?")
    False
    """
    rule, bare = _rules(), clause.strip(ENDS + "?？")
    asks = any(rule[name].search(bare) for name in ("asks", "number_asked", "one_of_two"))
    return bool(rule["asks"].search(clause.strip(ENDS))) and not asks


def _things(told: Sequence[str], count: int) -> list[str]:
    """So many things that were named and asked nothing: in clauses of their own, or in the last one together.

    >>> _things(["停车场", "食堂"], 2), _things(["我是商户", "停车场、食堂"], 2), _things(["停车场"], 2)
    (['停车场', '食堂'], ['停车场', '食堂'], [])
    """
    together = [t for t in _rules()["thing"].split(told[-1]) if t] if told else []
    return next((things for things in (together, list(told)) if len(things) == count > 1), [])


def _of_each(clause: str) -> list[str]:
    """What one clause asks of each of the things that it names together; the clause alone where it names one."""
    found = _rules()["of_each"].search(clause.strip(ENDS + "?？"))
    things = [t for t in _rules()["thing"].split(found["things"]) if t] if found else []
    if not found or not 1 < len(things) <= _TOGETHER or min(map(len, things[1:])) < OWN:
        return [clause]
    return [f"{thing}{found['asked']}" for thing in things]


def _halves(clause: str, named: str, *, each: bool = False) -> list[str]:
    """The things that one clause asks, where each side of what joins them asks: 向谁申请、几个工作日到账.

    A side may also name what is to be told by the rule that is `named`: where it is listed (讲讲…) 孵化器的用地和创投
    机构的资金, in few words 认定条件、备案有效期.

    >>> _halves("补助向谁申请、几个工作日到账", ""), _halves("资助、考核由谁管", "")
    (['补助向谁申请', '几个工作日到账'], ['资助、考核由谁管'])
    >>> _halves("入库门槛、入库后有何支持", "")
    ['入库门槛', '入库后有何支持']
    """
    if each and len(apart := _of_each(clause)) > 1:
        return apart
    rule = _rules()
    joins = ("joins", "lists") if named else ("joins",)
    spans = sorted({found.span() for name in joins for found in rule[name].finditer(clause)})
    for begin, end in spans:
        first, rest = clause[:begin], clause[end:]
        alike = first.strip(ENDS)[:_ALIKE] == rest[:_ALIKE]  # 哪边快、哪边慢: one thing
        both = not alike and all(_wants(side, named) for side in (first, rest))
        if min(len(first), len(rest)) >= OWN and (both or _names_then_asks(first, rest)):
            return [first, *_halves(rest, named, each=each)]
    return [clause]


def _names_then_asks(first: str, rest: str) -> bool:
    """Whether one side of a clause only names what is to be told, and the other asks something else of the same.

    >>> _names_then_asks("劳务费最高占比", "能不能发给外聘人员"), _names_then_asks("评审标准", "评审流程由谁定")
    (True, False)
    """
    rule, bare = _rules(), rest.strip(ENDS + "?？")
    if not rule["side"].search(first) or not (asks := rule["asks"].search(bare)):
        return False
    before = (bare[: max(0, asks.start() - n)] for n in range(_BETWEEN_ASPECT_AND_WORD))
    return not any(rule["side"].search(told) for told in before)


def _wants(side: str, named: str) -> bool:
    """Whether one side of a clause asks, or names what is to be told by the rule that is `named`, if any."""
    rule, bare = _rules(), side.strip(ENDS + "?？")
    return any(rule[name].search(bare) for name in ("asks", named) if name)


def _announces(clause: str) -> bool:
    """两个问题一起问: it asks nothing itself."""
    frame = _rules()["frame"]
    return bool(frame.search(clause)) and not matter_in(frame.sub("", clause))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "parts.toml")
