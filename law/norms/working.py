"""By what a rule works, looked for in what it rules only: not in whom it names, lists of services, aims and asides."""

import re

from law.norms.holding import within
from law.norms.marks import begins_with_verb, means_in
from law.norms.norm import Means
from law.norms.reading import Reading
from law.norms.stretches import RULE

#: Lists that only fill a phrase: 提供检索、评估、培训等服务, 在融资、奖励等方面.
_LISTS = re.compile(
    r"对[^,;。]{2,40}(?:全链条|等[^,;。]{0,8}(?:资源|要素))|(?<=、)[^,;。]{2,80}?(?=等[^,;。]{0,6}服务)|在[^,;。]{2,80}?等(?:方面|领域|环节)(?!提供[^,;。]{0,4}便利|给予)|(?<=通过)[^,;。]{2,40}?(?=等活动)|[^,;。]{2,40}等[^,;。]{0,8}要素|与[^,;。]{2,60}(?=开展|合作|共建|联合|协同)"
)
#: What only says which thing is meant: 利用财政性资金设立的, 以企业为主体的, 以社会资金购置的.
_ASIDES = re.compile(
    r"(?:利用|以|由|用|全部或者主要利用)[^,;。的]{0,16}(?:资金|资本)[^,;。的]{0,16}的|以[^,;。]{2,16}为(?:主体|导向|核心|主题|支撑|重点|目标|基础|特色|内容)|与[^,;。]{2,20}相匹配的|在[^,;。]{2,24}前提下"
)
#: A clause so begun, after another, says what for.
_AIM = re.compile(
    r"^(?:从而|以)?(?:促进|加速|加快[^,;。]{0,12}(?:转化|发展)|(?:提高|提升)(?![^,;。]{0,30}(?:比例|标准|额度|待遇))|推动[^,;。]{0,20}(?:发展|转型|升级|合作|融合|创新)$|发挥|确保|增强|实现|形成|保障[^,;。]{0,10}(?:权益|发展)$|防止|降低|推动形成)"
)
_NAMED = (
    "部门",
    "省政府",
    "市政府",
    "县区政府",
    "乡镇政府",
    "金融机构",
    "保险机构",
    "投资机构",
    "服务机构",
    "司法机关",
    "社会组织",
)


#: A phrase that says by what itself: 通过税收优惠、资助等方式.
_BY_WHAT = re.compile(r"^(?:通过|采取|以)[^,;。]{4,}(?:方式|措施|手段|形式)$")
#: What is founded is the means: 设立科技支行.
_FOUNDED = re.compile(r"(?:设立|创办|组建|成立)[一-鿿]{0,4}$")


def means_of(reading: Reading, lead: tuple[Means, ...] = ()) -> tuple[Means, ...]:
    """The means of a rule; those of its lead for an item that is no sentence."""
    binding = reading.binding
    if binding == "无":
        return ()
    if binding == "免除":
        return ("免责",)
    if binding == "责任":
        return ("监督考核",)
    if lead and not reading.first.mark and not begins_with_verb(reading.first.text):
        return lead
    return means_in(_ruled(reading)) or ("其他",)


def _ruled(reading: Reading) -> str:
    parts: list[str] = []
    for clause in reading.clauses:
        if (clause.role != RULE and not _BY_WHAT.match(clause.text)) or (parts and _AIM.match(clause.text)):
            continue
        text = list(clause.text)
        for actor in (*clause.subject, *clause.partners, *clause.others):
            if actor.classes[0].split(":")[0] in _NAMED and not _FOUNDED.search(clause.text[: actor.start]):
                text[actor.start : actor.end] = "某" * (actor.end - actor.start)
        for start, end in within(clause):
            text[start - clause.start : end - clause.start] = "某" * (end - start)
        parts.append(_ASIDES.sub("", _LISTS.sub("", "".join(text))))
    return ",".join(parts)
