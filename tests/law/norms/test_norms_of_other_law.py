"""Kinds of sentences found misread in fresh law of other subjects: what is asked, banned, listed, given."""

import pytest

from law.norms import Norm, norms_of
from law.parsing.parser import parse
from law.regulation import Regulation


def norms(text: str) -> tuple[Norm, ...]:
    return norms_of(
        Regulation("x", "甲市某条例", "甲市", "", "in_force", {}, "simplified", "", parse(f"第一条 {text}").articles)
    )


def one(text: str) -> Norm:
    (norm,) = norms(text)
    return norm


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        ("民营企业违反本条例的，依法承担相应的责任。", ["责任"]),
        ("国家完善多层次资本市场，支持企业上市。", ["应当", "支持"]),
        ("国家鼓励保险机构开发符合企业特点的保险。", ["鼓励"]),
        ("被许可人无权允许他人实施该专利。", ["不得"]),
        ("公告的解释同条例具有同等效力。", ["无"]),
        ("行业综合许可证在全市通用。", ["无"]),
    ],
)
def test_how_binding_a_right_denied_a_consequence_and_an_effect_are(text: str, bindings: list[str]):
    assert [n.binding for n in norms(text)] == bindings


def test_a_list_of_conduct_behind_a_ban_is_banned():
    text = "行政机关不得滥用权力，实施下列行为，妨碍流通：\n（一）设置关卡，阻碍商品进入；\n（二）限定他人购买。"
    assert {n.binding for n in norms(text)} == {"不得"}


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("工会应当结合职工的特点，开展文体活动。", ()),
        ("向劳动者推广的技术，必须经过试验。", ()),
        ("申请人要求获得纸质证照的，主管部门应当确保信息一致。", ("个人",)),
        ("技术人员经考核符合条件的，可以授予技术职称。", ("科技人员",)),
        ("市人民政府应当帮助技术服务站点和农民技术人员。", ("服务机构", "科技人员")),
        ("对做出贡献的集体和个人，给予表彰。", ("单位", "个人")),
        ("主管部门应当督促建设单位加强防护设施建设。", ("单位",)),
        ("管理规约应当对业主的权利、违约责任等事项作出规定。", ()),
    ],
)
def test_whom_it_is_for_where_he_asks_or_only_names_a_thing(text: str, served: tuple[str, ...]):
    assert one(text).beneficiaries == served


def test_whoever_is_banned_by_what_he_has_acts():
    norm = one("禁止具有竞争关系的经营者达成垄断协议。")
    assert norm.actors == ("企业",)
    assert norm.beneficiaries == ()


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("鼓励单位向基金会进行捐赠。", ("资金",)),
        ("支持中小企业转贷基金建设，扩大基金规模。", ("资金", "融资")),
        ("要依法规范税收秩序。", ("其他",)),
        ("市人民政府应当把研究开发投入、知识产权产出纳入企业的业绩考核。", ("监督考核",)),
        ("合作各方应当约定资金投入、知识产权归属、违约责任等事项。", ("其他",)),
        ("市人民政府应当统筹人才、技术、资本等创新资源。", ("其他",)),
        ("企业应当组织职工学习农业科学知识。", ("宣传培训",)),
        ("鼓励各类主体共享创新资源。", ("资源开放",)),
        ("各级人民政府对科学普及经费投入的年增长幅度要高于财政收入的增长幅度。", ("资金", "宣传培训")),
    ],
)
def test_means_of_lists_that_name_things_and_of_gifts(text: str, means: tuple[str, ...]):
    assert one(text).means == means
