"""One half of a message is stated, the other nowhere: the answer stands, the silence beside it."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from assistant import Assistant
from assistant.decide.decision import Decision
from assistant.decide.stated.head import Stated
from assistant.decide.stated.naming import names_of
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.parts_stated import with_one_standing
from assistant.retrieve import Found
from assistant.understand.parts import Part
from law.text.script import plain


@pytest.mark.parametrize(
    ("question", "article", "silent"),
    [
        ("武汉科技成果转化收益怎么分？多久发到手？", "wuhan/44", "多久"),
        ("武汉草案里概念验证中心市里支持吗，一年给多少钱？", "wuhan/45", "金额"),
        ("常州中小学科学教育谁负责推，一周几节课有规定没有", "changzhou/65", "节课"),
        ("武汉科技保险可以补保费吧，投保的企业要交保证金吗？", "wuhan/58", "保证金"),
        ("武汉对买科技保险的企业给补助吧，补几成？", "wuhan/58", "几成"),
        ("武汉企业买科技保险的补助找谁申请、几天能到账", "wuhan/58", "申请"),
        ("常州大型仪器设备要不要对外开放？借用时弄坏了谁赔？", "changzhou/67", "谁赔"),
        ("常州定期发布人才需求目录吗？多久更新一次？", "changzhou/39", "周期"),
        ("常州大型仪器设备要不要对外开放？借用时弄坏了谁赔？", "changzhou/67", "大型仪器设备："),
        ("武汉城市治理鼓励在哪些领域用新产品？试用名单多久公布一次？", "wuhan/67", "周期"),
        ("洛阳规定骗奖的多少年不能申报科技奖励?对认定不服的话到哪申诉?", "luoyang/46", "申诉"),
        ("武汉在创新街区办会展归哪家管？孵化器给创业团队提供什么？一个孵化器最少要多少平米？", "wuhan/52", "面积"),
        ("私人能在洛阳开办研究机构吗？注册资金起码要多少？", "luoyang/20", "注册资金"),
        ("洛阳高风险项目完不成可以终止吗？要提前多少天申请？", "luoyang/30", "天数"),
        ("常州采用先使用后付费的方式许可成果吗？许可收入的个税怎么算？", "changzhou/23", "个人所得税"),
        ("常州中小学的科学教育由谁推动？每周上几节？", "changzhou/65", "课时"),
        ("洛阳单位和个人可以设立科技咨询机构吗？要不要持证？", "luoyang/15", "资格证"),
        ("洛阳给科技型企业的保费补助吗？两家保险公司的能不能叠加？", "luoyang/39", "重复享受"),
    ],
)  # fmt: skip
def test_what_is_not_stated_takes_nothing_from_what_is(
    question: str, article: str, silent: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert article in {c.id for c in answer.citations}
    assert any(silent in said for said in answer.unstated)


def test_an_article_that_is_of_no_answered_thing_is_not_cited(helper: Assistant) -> None:
    answer = helper.ask("想在武汉申请自然科学基金，一个项目能批多少钱？另外研发机构搞检测能不能用别人的大型仪器？")
    assert {c.id for c in answer.citations} == {"wuhan/35"}


def test_the_likeliest_of_several_things_stands_where_all_would_be_silence() -> None:
    def told(chance: float) -> Answered:
        part = cast(Part, SimpleNamespace(own="", question=SimpleNamespace(status="")))
        return Answered(part, cast(Found, None), Decision(), np.zeros(1), Stated(chance, lacks=True))

    assert [p.unstated for p in with_one_standing([told(0.02), told(0.1)])] == [True, False]
    assert [p.unstated for p in with_one_standing([told(0.02), told(0.04)])] == [True, True]


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ("池子一共有多少亿", "规模、总额"),
        ("被发现要罚几万", "罚款金额、数额"),
        ("一个月几回", "次数、频次、频率、周期"),
        ("每月还是每半年交一回", "频次、频率、周期"),
        ("注册资本最低多少", "下限、最低标准、金额、数额"),
        ("报名截止是每年几月", "期限、截止日期、时间、时限、年限"),
        ("一户封顶多少钱", "上限、金额、数额"),
        ("三年从哪天起算", "起算日"),
        ("一起做的里头怎么分", "分配办法"),
        ("本人能不能调出来看", "查询、查阅"),
        ("样机碰坏了算谁的", "责任、承担"),
        ("开办以前要先经哪一级批", "审批"),
        ("名额能不能转给同事", "转让"),
        ("四十六岁还收不收", "年龄"),
        ("贷款几个点", "利率"),
        ("要不要先登记", ""),
        ("一个课题拨多少经费", "金额、数额"),
    ],
)
def test_what_is_unstated_is_called_as_an_office_calls_it(asked: str, called: str) -> None:
    assert names_of(asked) == called


def test_things_that_each_have_an_article_that_stands_out_are_no_silence_both(helper: Assistant) -> None:
    answer = helper.ask("洛阳学校转让职务成果,得分多少给完成人?财政出钱的专利放着三年不实施会怎样?")
    assert {"luoyang/13", "luoyang/14"} <= {c.id for c in answer.citations}


def test_two_things_that_are_both_stated_have_no_silence(helper: Assistant) -> None:
    answer = helper.ask("武汉草案对买科技保险补不补？搞人工智能研究要不要过伦理审查？")
    assert {"wuhan/58", "wuhan/69"} <= {c.id for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("常州给团队的长期使用权许可,我们只签三年行不行,这算赋权吗", "changzhou/20"),
        ("洛阳的条例是哪届会议通过的、省里哪天批的", "luoyang/48"),
        ("拿武汉第五十八条去要补贴，站得住脚吗？", "wuhan/58"),
    ],
)
def test_what_the_quoted_words_settle_is_no_silence(question: str, article: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert article in {c.id for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "article", "silent"),
    [
        ("常州科研人员出去创业能不能保留职位", "changzhou/38", "岗位"),
        ("武汉老师离岗创业，编制还在不在", "wuhan/31", "岗位"),
        ("常州离岗创业能拿原单位工资吗", "changzhou/38", "工资"),
        ("常州兼职创业要不要单位同意", "changzhou/38", "同意"),
    ],
)
def test_a_right_that_would_go_with_what_is_stated_is_told_as_unstated(
    question: str, article: str, silent: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert article in {c.id for c in answer.citations}
    assert any(silent in said for said in answer.unstated)
    assert "没有直接规定" in answer.text.splitlines()[0]


def test_a_right_that_is_stated_is_no_silence(helper: Assistant) -> None:
    answer = helper.ask("被派到洛阳农村做科技服务，原单位工资还发不发")
    assert ("luoyang/26", 2) in {(c.id, c.paragraph) for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("企业买科技保险政府贴多少、去哪申请？", {"wuhan/58", "luoyang/39"}),
        ("武汉企业买科技保险政府贴多少、去哪申请？", {"wuhan/58"}),
        ("武汉买科技保险补多少钱，找哪个部门办", {"wuhan/58"}),
        ("洛阳给高层次人才的安家费多少钱，到哪里领", {"luoyang/24"}),
        ("洛阳办孵化器能拿多少钱，去哪里申请", {"luoyang/19"}),
    ],
)
def test_how_much_and_where_to_apply_are_two_silences_beside_the_article_that_grants_it(
    question: str, articles: set[str], helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == articles
    assert len(answer.unstated) == 2


@pytest.mark.parametrize(
    "question",
    ["洛阳科技奖一等奖发多少钱、几年评一次？", "武汉科技创新企业上市奖励多少钱，在哪领", "武汉科技保险补助百分之几？"],
)
def test_where_nothing_is_granted_or_only_how_much_is_asked_both_silences_refuse(
    question: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert answer.reason == "not_stated"
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("question", "silent"),
    [
        ("仪器设备藏着不共享，洛阳怎么罚，常州怎么罚", "常州市"),
        ("洛阳课题的劳务费最高能列多少，差旅费呢？", "差旅费"),
        ("常州人才目录由哪个部门编？是不是每年都编一次？", "每年"),
    ],
)
def test_a_silence_of_one_city_of_one_more_thing_named_or_of_how_often(
    question: str, silent: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert any(silent in said for said in answer.unstated)


def test_what_is_assessed_year_by_year_is_told_how_often(helper: Assistant) -> None:
    answer = helper.ask("洛阳的科技中介机构拿了补助，多久考核一次？")
    assert "luoyang/16" in {c.id for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "article", "silent"),
    [
        ("洛陽企業領頭編行業標準有獎嗎、每項獎幾十萬元", "luoyang/10", "金额"),
        ("财政是不是优先采购自主创新产品，预留多少", "luoyang/40", "多少"),
        ("武汉职务科技成果能给完成人用吗、要找哪个部门批", "wuhan/44", "受理部门"),
        ("常州对首台套会不会带头订购？订购几套？", "changzhou/17", "套数"),
        ("常州首台套装备政府肯不肯采购？按什么价采购？", "changzhou/17", "价格"),
        ("常州中小微企业可以先用高校成果后付钱吗？最晚什么时候付？", "changzhou/23", "期限"),
        ("武汉许可完成人用成果最少几年？三年期满能不能延期？", "wuhan/44", "延期"),
    ],
)
def test_a_half_is_heard_however_it_is_put_and_its_silence_named_by_what_is_asked(
    question: str, article: str, silent: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert article in {c.id for c in answer.citations}
    assert any(silent in plain(said) for said in answer.unstated), answer.unstated
    assert not any(said.startswith("不") for said in answer.unstated)  # of 能不能 no negation is left


def test_who_acts_is_unstated_where_the_article_names_nobody(helper: Assistant) -> None:
    nobody = helper.ask("武汉的产业集群由谁统筹推进")
    assert "wuhan/48" in {c.id for c in nobody.citations}
    assert any("部门" in said for said in nobody.unstated)
    assert helper.ask("常州科研诚信档案由谁建立").unstated == ()


def test_a_refusal_of_several_things_says_each_as_data_too(helper: Assistant) -> None:
    answer = helper.ask("武汉创新街区的房租每平米收多少钱?合同签几年?")
    assert answer.refused
    assert not answer.citations
    assert len(answer.unstated) == 2
    assert "房租" in answer.unstated[0]


def test_what_a_list_is_asked_beside_is_no_part_of_the_list(helper: Assistant) -> None:
    answer = helper.ask("常州青年科技人才能得到哪些支持?对科技人才的评价要建立什么机制?")
    assert {"changzhou/35", "changzhou/41"} <= {c.id for c in answer.citations}


def test_what_is_asked_beside_the_day_of_effect_is_answered_too(helper: Assistant) -> None:
    answer = helper.ask("洛阳这部条例何时开始施行?里头说的科技工作归哪个部门管?")
    assert {"luoyang/48", "luoyang/5"} <= {c.id for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "article", "silent"),
    [
        ("常州大型仪器开放要求、预约截止日", "changzhou/67", "截止日"),
        ("洛阳科技企业孵化器用地政策，备案有效期", "luoyang/19", "有效期"),
    ],
)
def test_a_message_in_few_words_is_taken_apart_by_what_it_names(
    question: str, article: str, silent: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert article in {c.id for c in answer.citations}
    assert any(silent in said for said in answer.unstated)


def test_what_asks_by_its_mark_alone_goes_on_with_what_was_asked(helper: Assistant) -> None:
    answer = helper.ask("常州的公司能不能先使用大学的成果，挣到了再付许可费？")
    assert "changzhou/23" in {c.id for c in answer.citations}
    assert answer.unstated == ()
