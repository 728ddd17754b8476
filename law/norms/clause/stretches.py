"""What a clause is for in its sentence: a condition, an exception, a purpose, or what is ruled."""

from law.norms.grammar import GRAMMAR

CONDITION, EXCEPTION, PURPOSE, FRAME, RULE = "condition", "exception", "purpose", "frame", "rule"

_EXCEPTION = GRAMMAR["stretches.exception"]
_CONDITION = GRAMMAR["stretches.condition"]
_NO_CONDITION = GRAMMAR["stretches.no_condition"]
_PURPOSE = GRAMMAR["stretches.purpose"]
_IN_SPIRIT = GRAMMAR["stretches.in_spirit"]
#: Where something holds: 严格保护区域内.
_PLACE = GRAMMAR["stretches.place"]
#: Prepositions that open a clause in which nothing is ruled yet.
_FRAME = GRAMMAR["stretches.frame"]


#: 按照规定 and what is then done: no mere frame.
AS_RULED = GRAMMAR["stretches.as_ruled"]


#: 根据授权 and what is then done.
BY_CHARGE = GRAMMAR["stretches.by_charge"]


#: About whom or what the next clause rules: 对注册地在本市境内的创业投资机构.
_TOWARDS_WHAT = GRAMMAR["stretches.towards_what"]


#: A thing named by what was ruled of it: 条例规定应当办理的事项.
_NAMED_THING = GRAMMAR["stretches.named_thing"]
#: What somebody does, before it is said how it must be done: 使用地下空间,应当….
SCENE = GRAMMAR["stretches.scene"]
#: A condition that is joined to the one before: 或…, 并且….
JOINED_BY_OR = GRAMMAR["clauses.joined_by_or"]


#: What is done to or for somebody, in the clause itself: 对经认定的企业给予奖励.
_DONE_TO = GRAMMAR["stretches.done_to"]


def role_of(text: str, *, marked: bool, ruled: bool) -> str:
    """What a clause is for. `marked` says that it holds 应当 or the like, `ruled` that something was ruled before."""
    if _EXCEPTION.search(text):
        return EXCEPTION
    if _IN_SPIRIT.match(text) or (_PLACE.match(text) and not marked):
        return FRAME
    if _CONDITION.search(text) and not _NO_CONDITION.search(text) and not (marked and not text.endswith(("的", "者"))):
        return CONDITION
    if _NAMED_THING.match(text) and not ruled:
        return FRAME
    if marked:
        return RULE
    if _PURPOSE.match(text):
        return PURPOSE
    if _TOWARDS_WHAT.match(text):
        return FRAME
    if _DONE_TO.match(text):
        return RULE
    says = AS_RULED.match(text) or BY_CHARGE.match(text)
    return FRAME if not ruled and _FRAME.match(text) and not says else RULE


#: A clause so begun, after another, says what for.
AIM = GRAMMAR["working.aim"]
#: Conditions that stand within a clause: 在…前提下, 未经批准.
_WITHIN = GRAMMAR["stretches.within"]
#: What somebody must have done or be to be meant: 在本市注册的企业, 作出突出贡献的个人.
_QUALIFIED = GRAMMAR["stretches.qualified"]


_AND = GRAMMAR["stretches.and"]
#: What somebody or something must fit to get what a rule gives: 对经核实采用的重要线索.
_FIT = GRAMMAR["stretches.fit"]


def conditions_within(text: str) -> tuple[tuple[int, int], ...]:
    """The places of conditions in the middle of a clause."""
    return tuple(m.span() for m in _WITHIN.finditer(text))


def fits_within(text: str) -> tuple[tuple[int, int], ...]:
    """The places of what somebody or something must fit to get what a rule gives."""
    return tuple(m.span("q" if m["q"] else 0) for m in _FIT.finditer(text))


def qualification(text: str, actor_start: int, after: int = 0) -> tuple[int, int] | None:
    """The place of what qualifies somebody who stands at `actor_start`; looked for behind `after`."""
    begin = max(after, actor_start - 80)
    m = _QUALIFIED.search(text[begin:actor_start])
    if m is None or len(m["q"]) <= 3:
        return None
    joined = _AND.match(m["q"])
    return begin + m.start("q") + (joined.end() if joined else 0), begin + m.end("q")
