"""Whether somebody named in a rule is one for or against whom it is done."""

import re
from collections.abc import Sequence

from law.norms.actors import Actor
from law.norms.norm import DEPARTMENT
from law.norms.standing import groups_of

#: Directly before, these do not make anybody better or worse off: he is told, asked, joined, founded, or gone to.
_PASSED_BY = re.compile(
    r"(?:(?:报|报请|报告|经|通知|咨询|征求|征得|听取|指派|指定|配备|委派|建立|打造|新建|到|至|去|来|组织|(?<!支)持|凭|依托|与|移送|送|提请|申请|聘请|邀请|在|拥有|配备|具有|具备|配合)"
    r"(?:相关|有关|本级|同级|所在地|当地|各类|各级|国内外)?|"
    r"(?:加入|参加|召开|召集|成立|组建|发起|建立|选举)[^,;。对为向]{0,8}|(?:设立|设置|创办|兴建|组建|参与建设|建设)[^,;。对为向]{0,40}的|(?:设立|设置|创办|兴建)[^,;。对为向]{0,36}|到[市县区()、]{1,8})$"
)
#: Directly after, these make a phrase about something else: 医疗机构出具的证明, 企业共同参与的体系.
_PHRASE = re.compile(
    r"^(?:等)?(?:为主体|素质|意识|户口|身份证|自愿|健康|团体|(?:一致|书面)?(?:同意|参加|出席|表决|提议|批准|授权|委托|推荐|协商)|"
    r"的?[^,;。]{0,10}(?:意识|素质|素养|认识)|(?:参与|论证|评审|自治|自愿|主体|为主体|齐抓共管|共治)(?=[、,;。的和与]|体系|机制|$)|投入为|[^,;。]{0,14}集聚区|[^,;。]{0,12}等[^,;。]{0,6}(?:设施|场所|项目|产品|资料|文件)|等?[^,;。]{0,10}(?:区域|场所|场馆|地段|周边)|"
    r"的?(?:决定|决议)|且占|自筹|的(?:约定|原则|名称|信息|身份|人数|姓名|资质|指导|领导|监督|意见|授权|委托|规定|要求)|"
    r"(?:普通)?[^,;。的]{0,8}费(?=[、,;。]|$)|代表?(?:所占|占|不得?少于)|"
    r"(?:依法|统一|共同|联合)?(?:出具|作出|提出|规定|认定|设立|批准|牵头|主导|参与|颁发|组成|凝练|确定|公布|组织|共同所有|所有|取得)[^,;。]{0,8}的)"
)
#: An institution that is itself what is built: 推进技术转移机构、交易平台建设.
_BUILT = re.compile(r"(?:等|、|和)?[^,;。对为向]{0,20}(?:建设|改造)(?=[,;。、和]|规划|$)")
#: After 向 and somebody, these say that he is asked or told something.
_ASKED = re.compile(
    r"^(?:及时|提前|书面|如实|依法|统一|直接)*(?:申请|申报|报告|提出|反映|举报|投诉|备案|报备|报送|缴纳|缴存|购买|借|提交|查询|咨询|通报)"
)
#: What is built or founded, or only had, is not served: 建设研发机构、联合实验室; 有符合条件的驾驶员.
_BUILDS = re.compile(
    r"(?:新建|改造|扩建|建设(?!单位|部门|项目|工程|用地)|建立|创办|组建|成立|共建)[^,;。对为向给]{0,16}(?<!的)$|^(?:具?有|具备|配备|拥有)[^,;。]{0,40}$"
)
_HEAD = re.compile(r"^(?:等)?(?:[,;。]|$|、[^,;。、]{2,10}(?:$|[,;。]|平台|中心|实验室|基地))")
#: Before a government or a department, these say that something is done to it.
_UPON = re.compile(r"(?:对|督促|监督|考核|支持|约谈|纳入|问责|责令)[^,;。]{0,4}$")


def is_official(actor: Actor) -> bool:
    """Whether somebody is a government, a department or a court."""
    return all(c.endswith("政府") or c.split(":")[0] in (DEPARTMENT, "司法机关") for c in actor.classes)


def served_in(text: str, others: Sequence[Actor], *, marked: bool) -> tuple[Actor, ...]:
    """Those of a clause whom its rule serves, supervises or punishes."""
    return tuple(a for group in groups_of(text, others) for a in group if _is_served(text, group, a, marked=marked))


def _is_served(text: str, group: Sequence[Actor], actor: Actor, *, marked: bool) -> bool:
    first, last = group[0], group[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 16]
    if not marked and first.start == 0:
        return False
    if (actor.classes[0].endswith("机构") or actor.classes[0] in ("单位", "园区")) and _BUILT.match(after):
        return False
    if _BUILDS.search(before) and _HEAD.match(after):
        return False
    if re.search(r"向[^,;。对为]{0,6}$", before) and _ASKED.match(after):
        return False
    if is_official(actor):
        return bool(_UPON.search(before)) and not _PHRASE.match(after)
    upon = before.endswith(("对", "对于"))
    return not _PASSED_BY.search(before) and (upon or not _PHRASE.match(after))
