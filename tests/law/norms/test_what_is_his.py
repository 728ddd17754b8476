"""What is somebody's or is decided upon him, what only has a name, how a clause begins: one line a sentence."""

import pytest
from norm_support import read

from law.norms import norms_of, norms_of_text
from law.parsing.parser import parse
from law.regulation import Regulation


@pytest.mark.parametrize(
    ("text", "served"),
    [
        # it is his; others decide upon him; his rank is judged
        ("合同没有约定的，收益归合作单位所有。", ["单位"]),
        ("企业由其所在地的市科技主管部门认定。", ["企业"]),
        ("专业技术人员的职称评审应当注重实际贡献。", ["科技人员"]),
        ("监护人应当履行对被监护人的义务。", ["个人"]),
        ("依法设立的引导基金应当支持初创企业的发展。", ["企业"]),
        # who does it with those who are supported
        ("支持龙头企业开展研究，联合高等学校组建创新联合体。", ["企业", "高校"]),
        # founded, written down, joined in a system, where something is found
        ("支持企业设立符合产业发展方向的研究开发机构、技术转移机构。", ["企业"]),
        ("鼓励高等学校共建产业技术创新战略联盟。", ["高校"]),
        ("证书应当载明发证机关、发证日期。", []),
        ("实行农业技术推广机构与农民技术人员相结合的推广体系。", []),
        ("协会应当就行业标准，与全国行业的有关机构，建立沟通机制。", []),
    ],
)
def test_for_whom_it_is(text, served):
    assert read(text, "beneficiaries") == served


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("合同没有约定的，收益归合作单位所有。", []),
        ("企业由其所在地的市科技主管部门认定。", ["部门:科学技术"]),
        ("自主创新示范区引进金融机构，建立融资体系。", ["园区"]),
        ("建设单位应当将费用列入工程造价。", ["单位"]),
    ],
)
def test_who_has_it_does_nothing(text, actors):
    assert read(text, "actors") == actors


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("审计机关应当对科技资金的使用情况进行监督检查。", ["监督考核"]),
        ("统计部门应当公布科学技术投入统计情况。", ["监督考核"]),
        ("市人民政府应当安排科技资金。", ["资金"]),
        ("科技人员可以到企业兼职从事科技成果转化。", ["人才服务"]),
        ("企业可以从事科技成果转化。", ["知识产权"]),
        ("支持建设用人机制灵活的研发机构。", ["其他"]),
        ("科研机构应当完善用人机制。", ["人才服务"]),
        ("市人民政府应当正确处理税收增长与经济发展的关系。", ["其他"]),
        ("建立数据要素市场化配置体系。", ["其他"]),
    ],
)
def test_by_what_means(text, means):
    assert read(text, "means") == means


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        ("排放的污染物不得超过国家规定的标准。", ["不得"]),
        ("保存期限不得少于三年。", ["应当"]),
        ("部门可以延长期限，但最长不得超过六十日。", ["可以", "不得"]),
        ("推进监管沙盒机制试点。", ["应当"]),
    ],
)
def test_a_bound_without_a_figure_is_a_ban(text, bindings):
    assert [n.binding for n in norms_of_text(text)] == bindings


@pytest.mark.parametrize(
    ("lead", "item", "means"),
    [
        ("专项资金用于下列事项：", "科学技术平台建设；", ("资金",)),
        ("业主委员会接受业主大会的监督，履行下列职责：", "其他职责。", ("其他",)),
    ],
)
def test_what_a_lead_lends_to_its_items(lead, item, means):
    articles = parse(f"第一条 {lead}\n（一）{item}\n（二）{item}").articles
    found = norms_of(Regulation("x", "甲市某条例", "甲市", "", "in_force", {}, "simplified", "", articles))
    assert {n.means for n in found if n.item} == {means}
