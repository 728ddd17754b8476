"""What a clause is for in its sentence: a condition, an exception, a purpose, or what is ruled."""

import re

CONDITION, EXCEPTION, PURPOSE, FRAME, RULE = "condition", "exception", "purpose", "frame", "rule"

_EXCEPTION = re.compile(
    r"除外$|^除.{2,60}外$|^但是?法律、?法规另有规定|另有规定的?$|^(?:但是?)?从其规定$|例外$|^除.{2,60}(?:以外|之外)|^国家.{0,10}另有规定|规定的从其规定$|^(?:法律、?法规|国家)[^,;。]{0,8}已有规定的?$"
)
_CONDITION = re.compile(
    r"(?<!目)的$|的话$|前提下$|情况下$|条件下$|情形下$|状态下$|情形时?$|期限内$|^(?:对|凡)[^,;。]{4,}[^或记读学作]者$|期间$|期间内$|过程中$|为前提$|基础上$|(?<=[一-鿿]{2})(?:时|后|前|之后|以后|以前|之前)$|"
    r"^(?:如果|若(?!干)|凡|只要|除非|未经(?![^,;。]{0,14}(?:同意|批准|许可|授权)[一-鿿]{3})|未按|未依法|未取得|未履行|逾期|期满|发现[^,;。]{2,40}$|遇有|遇到|发生[^,;。]{2,40}$|接到)|^经[^,;。]{2,30}(?:批准|同意|认定|审批|审查|检查|确认|核准|评审|备案|申请|许可|验收|论证|协商|程序|公示)(?:后|的)?$|^具备[^,;]{2,30}条件$|日内$|^[^,;。]{2,24}未经[^,;。]{2,40}(?:批准|同意|许可|审查|验收|检测|备案|登记)(?:合格)?$|^[^,;。]{2,20}(?:不合格|未通过)$|^[^,;。]{2,20}报经[^,;。]{2,20}(?:批准|同意)$|^造成[^,;。]{2,20}$"
)
_NO_CONDITION = re.compile(
    r"^(?!.*(?:需要|应当|需))(?:按照?|依照|根据|本条例所称|为|以|包括)[^,;]{0,40}的$|目的$|^(?:今|此|然)后$"
)
_PURPOSE = re.compile(r"^为了?(?=[一-鿿]{2})(?!.{0,120}(?:提供|给予|创造|设立|建立))|^以(?:促进|推动|实现|保障|提高)")
_IN_SPIRIT = re.compile(
    r"^[^,;。]{0,20}?违反(?:本|前|国家|有关|法律)[^,;。]{0,30}(?:规定|条例|法规|本办法|[条款项])$|^(?:秉持|本着|按照|遵循|坚持)[^,;。]{2,40}的?(?:理念|原则|要求)$"
)
#: Where something holds: 严格保护区域内.
_PLACE = re.compile(r"^(?!在)[^,;。]{2,24}(?:区域|范围|地区|路段|场所|区)内$")
#: Prepositions that open a clause in which nothing is ruled yet.
_FRAME = re.compile(
    r"^(?:其中|同时|在(?!用|建|职|校|岗|库|编)|对于?|按照?|依照|根据|围绕|通过|依托|结合|针对|依据|从|自|由于|因|向|将|以|本着|经(?=[^,;。]{2,20}的)|利用|作为|鉴于|遵循)"
)


#: 按照规定 and what is then done: no mere frame.
_AS_RULED = re.compile(
    r"^(?:按照?|依照|遵照)[^,;的]{0,16}?(?:规定|要求|约定|标准|程序|顺序)(?=[一-鿿]{3})(?!的|和|及|、|以及|与)"
)


#: About whom or what the next clause rules: 对注册地在本市境内的创业投资机构.
_TOWARDS_WHAT = re.compile(
    r"^(?:对于?|针对)(?!.*(?:给予|予以|进行|实行|实施|提供|开展|加以|采取|作出|负责|落实|组织|监督|检查|考核|评估|评价|审查|建立|制定|整治|的$))[^,;。]{6,}$"
)


#: What is done to or for somebody, in the clause itself: 对经认定的企业给予奖励.
_DONE_TO = re.compile(r"^(?:对于?|为|向)[^,;。]*(?:给予|予以|进行|实行|实施|提供|开展|加以|作出)[^,;。]*$")


def role_of(text: str, *, marked: bool, ruled: bool) -> str:
    """What a clause is for. `marked` says that it holds 应当 or the like, `ruled` that something was ruled before."""
    if _EXCEPTION.search(text):
        return EXCEPTION
    if _IN_SPIRIT.match(text) or (_PLACE.match(text) and not marked):
        return FRAME
    if _CONDITION.search(text) and not _NO_CONDITION.search(text) and not (marked and not text.endswith(("的", "者"))):
        return CONDITION
    if marked:
        return RULE
    if _PURPOSE.match(text):
        return PURPOSE
    if _TOWARDS_WHAT.match(text):
        return FRAME
    if _DONE_TO.match(text):
        return RULE
    return FRAME if not ruled and _FRAME.match(text) and not _AS_RULED.match(text) else RULE


#: Conditions that stand within a clause: 在…前提下, 未经批准.
_WITHIN = re.compile(
    r"^[^,;。]{4,60}[^目]的(?=应当|可以|不得)|在[^,;。]{2,40}(?:前提|情况|条件|基础)(?:之?下|上)|有条件的|情节(?:特别)?严重的|"
    r"(?<!未)经[一-鿿]{2,20}(?:批准|同意|许可)(?=[应可方后不])|未经[^,;。]{0,12}(?:批准|同意|许可)|"
    r"(?<=[并且、应当位门者业人府会])在[^,;、。]{2,30}(?:(?<![日月年])[后前]|时|期间)(?=$|立即|及时|应|可|恢复|重新|进行|向)|"
    r"(?<!不)(?:符合|具备|(?:未)?达到)[^,;、。的]{0,12}(?:条件|要求|标准)(?:、[^,;、。的]{2,16})?的(?=[一-鿿])|"
    r"有下列[^,;。]{1,8}之一的(?=[一-鿿])|非经[^,;。]{2,12}(?:批准|同意|程序)(?=不得)"
)
#: What somebody must have done or be to be meant: 在本市注册的企业, 作出突出贡献的个人.
_QUALIFIED = re.compile(
    r"^(?:.*(?:[对向给,;:由]|(?<!行)为|应当|可以|鼓励|支持|引导|以及|表彰|奖励|建立|完善|健全|制定|实施|落实|创办|设立|组建))?"
    r"(?P<q>[^,;:]{0,40}?(?:符合|具备|具有|注册|登记|做出|作出|取得|获得|完成|转化|达到|起主导作用|"
    r"捐献|履行|从事|存在|纳入|列入|通过|认定)[^,;:]{0,30}的)[一-鿿]{0,6}$"
)


_AND = re.compile(r"(?:及其?|和|以及|或者?)(?=符合|具备|具有|注册|登记|取得|获得)")


def conditions_within(text: str) -> tuple[tuple[int, int], ...]:
    """The places of conditions in the middle of a clause."""
    return tuple(m.span() for m in _WITHIN.finditer(text))


def qualification(text: str, actor_start: int, after: int = 0) -> tuple[int, int] | None:
    """The place of what qualifies somebody who stands at `actor_start`; looked for behind `after`."""
    begin = max(after, actor_start - 80)
    m = _QUALIFIED.search(text[begin:actor_start])
    if m is None or len(m["q"]) <= 3:
        return None
    joined = _AND.match(m["q"])
    return begin + m.start("q") + (joined.end() if joined else 0), begin + m.end("q")
