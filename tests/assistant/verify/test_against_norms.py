"""What is right word by word and wrong as a pair: a figure of another subject, an exception told as the rule, …"""
# ruff: noqa: E501

from functools import cache

import pytest

from assistant.verify import judge
from law.corpus import load_corpus
from law.parsing.parser import parse
from law.regulation import Regulation

LAW = """第一条 养犬人应当自犬只免疫之日起三十日内向区公安机关办理登记。
第二条 推动设立市犬只收容中心，探索建立领养积分制度。
第三条 单位应当按照约定支付看护费用，看护人员的报酬不低于看护费用的百分之六十。
第四条 除导盲犬和军警犬外，犬只不得进入公共场所。对流浪犬收容单位给予场地补贴，区级财政按年拨付。
第五条 普通犬只每只可以补贴免疫费用，最高占免疫费用的百分之二十；其中，导盲犬最高可以占免疫费用的百分之八十。
第六条 区公安机关应当会同农业农村、城市管理部门建立犬只信息平台。
第七条 收容经费的增长幅度应当高于本级财政收入的增长幅度，用于收容场所的建设和防疫。
第八条 自犬只被送交收容场所之日起七日内无人认领的，由市、区城市管理部门处置。"""


@cache
def held() -> tuple[Regulation, ...]:
    dogs = Regulation("dogs", "甲市养犬管理条例", "甲市", "", "in_force", {}, "simplified", "", parse(LAW).articles)
    return (*load_corpus(), dogs)


def supported(article: str, sentence: str) -> bool:
    cited = [(r, a) for r in held() for a in r.articles if f"{r.id}/{a.number}" == article]
    return judge(sentence, cited, others=held()).supported


@pytest.mark.parametrize(
    ("trap", "article", "right", "wrong"),
    [
        ("another start", "dogs/1", "养犬人应当自犬只免疫之日起三十日内办理登记。", "养犬人应当自犬只出生之日起三十日内办理登记。"),
        ("another start", "luoyang/46", "从记入科研诚信档案那天起,五年内不能申报科技项目。", "自该行为发生之日起五年内,取消其申报科学技术项目的资格。"),
        ("a plan told as a fact", "dogs/2", "甲市推动设立犬只收容中心。", "甲市已经设立犬只收容中心。"),
        ("a plan told as a fact", "wuhan/41", "武汉推动设立武汉知识产权法院。", "武汉设立了知识产权法院。"),
        ("as agreed left out", "dogs/3", "单位应当按约定支付看护费用。", "单位应当支付看护费用。"),
        ("another bound", "dogs/3", "看护人员的报酬不低于看护费用的60%。", "看护人员的报酬应当高于看护费用的60%。"),
        ("the exception as the rule", "wuhan/30", "高等院校的正职领导不在允许持有股权的范围内。", "高等院校的正职领导可以持有职务科技成果入股形成的企业股权。"),
        ("another level", "dogs/4", "区级财政按年拨付。", "市级财政按年拨付。"),
        ("another level", "changzhou/44", "常州鼓励推进省级以上科技园区创建。", "常州鼓励推进市级以上科技园区创建。"),
        ("for somebody else", "wuhan/58", "对科技创新企业购买纳入推荐目录的保险产品给予保费补助。", "对保险机构购买纳入推荐目录的保险产品给予保费补助。"),
        ("who helps told as the leader", "dogs/6", "农业农村部门参与建立犬只信息平台。", "犬只信息平台由区农业农村部门牵头建立。"),
        ("who leads and who helps turned round", "dogs/6", "区公安机关会同城市管理部门建立犬只信息平台。", "城市管理部门会同区公安机关建立犬只信息平台。"),
        ("figures swapped", "dogs/5", "普通犬只最高补贴20%,导盲犬最高80%。", "普通犬只最高补贴80%,导盲犬最高20%。"),
        ("figures swapped", "luoyang/7", "规模以上企业研发费用占比达到1%的可以承担市级项目,高新技术企业要达到3%至6%。", "规模以上企业研发费用占比达到3%的可以承担市级项目,高新技术企业达到1%即可。"),
        ("two rules in one", "luoyang/32", "县级财政每年安排的科技经费支出不低于省创新型试点县平均水平。", "县级财政每年安排的科技经费支出不低于国家创新型试点市平均水平。"),
        ("whose share it is", "changzhou/20", "约定按份共有的,成果完成人持有的份额不低于百分之七十。", "约定按份共有的,单位持有的份额不低于百分之七十。"),
        ("higher told as equal", "dogs/7", "收容经费的增幅要高于本级财政收入的增幅。", "收容经费的增长幅度与本级财政收入的增长幅度保持一致。"),
        ("another purpose", "dogs/7", "收容经费用于收容场所的建设。", "收容经费用于发放养犬人的奖金。"),
        ("an office of another level", "dogs/8", "无人认领的,由区城市管理部门处置。", "无人认领的,由省城市管理部门处置。"),
        ("another start, without its figure", "dogs/8", "自犬只送交收容场所之日起,无人认领的,由城市管理部门处置。", "自犬只走失之日起,无人认领的,由城市管理部门处置。"),
        ("a duty told as none", "luoyang/9", "国有资产监督管理部门应当把研发投入纳入国有企业负责人的业绩考核。", "国有资产监督管理部门不需要把研发投入纳入业绩考核。"),
        ("a duty told as a choice", "dogs/6", "区公安机关应当会同城市管理部门建立犬只信息平台。", "建立犬只信息平台由区公安机关自行决定。"),
    ],
)  # fmt: skip
def test_each_trap_is_caught_and_the_right_sentence_beside_it_kept(trap, article, right, wrong):
    assert supported(article, right), trap
    assert not supported(article, wrong), trap
