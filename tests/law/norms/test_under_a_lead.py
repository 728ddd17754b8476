"""What an item has from its lead, who is raised, and who acts only in his turn."""

import pytest

from law.norms import Norm, norms_of, norms_of_text
from law.parsing.parser import parse
from law.regulation import Regulation


def norms(text: str) -> tuple[Norm, ...]:
    return norms_of(
        Regulation("x", "甲市某条例", "甲市", "", "in_force", {}, "simplified", "", parse(f"第一条 {text}").articles)
    )


def one(text: str) -> Norm:
    (norm,) = norms_of_text(text)
    return norm


def test_whoever_breaks_the_rule_is_punished_and_does_not_act_in_the_items_either():
    text = "物业企业违反本条例规定，有下列行为之一的，依照下列规定处罚：\n（一）未备案的，由物业主管部门责令改正；"
    lead, item = norms(text)
    assert (lead.actors, lead.beneficiaries) == ((), ("企业",))
    assert (item.actors, item.beneficiaries) == (("部门:物业",), ("企业",))


def test_an_item_that_is_one_condition_names_nobody_else():
    text = "主管部门及其工作人员有下列行为之一的，对责任人员依法给予处分：\n（一）违法实施行政处罚的；"
    assert norms(text)[1].beneficiaries == ()


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("负责人有下列行为之一的，应当录入企业信用档案：\n（一）擅自改变用途的；", ("监督考核",)),
        ("企业应当移交下列资料：\n（一）监督检验报告；", ("其他",)),
    ],
)
def test_an_item_that_states_or_names_something_works_by_what_the_lead_does(text: str, means: tuple[str, ...]):
    assert norms(text)[1].means == means


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("市人民政府应当加强普及工作，提高公众科学素养。", ("个人",)),
        ("教育部门应当开展教育，提升学生和教师的文明素养。", ("个人",)),
        ("市人民政府应当加强宣传，提高服务水平。", ()),
        ("建设单位应当将规约向业主予以说明，业主应当予以书面承诺。", ("个人",)),
        ("科协依照科协章程开展活动。", ()),
        ("业主大会采用招标方式选聘物业服务企业。", ()),
        ("市人民政府应当加大对示范区建设的支持力度。", ("园区",)),
    ],
)
def test_whom_it_is_for(text: str, served: tuple[str, ...]):
    assert one(text).beneficiaries == served


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("经营者逾期未补交文件的，视为未申报。", "无"),
        ("有下列情形之一的，不视为侵犯专利权。", "无"),
        ("逾期未补交的，应当视为未申报。", "应当"),
        ("省人民政府有权改变或者撤销不适当的规章。", "可以"),
    ],
)
def test_how_binding_what_counts_as_something_and_a_power_are(text: str, binding: str):
    assert one(text).binding == binding
