"""Sentences of many kinds of law that were once misread: one line a kind."""

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
        ("打通各类资源支持科技型企业的通道。", ["应当"]),
        ("市人民政府可以划定并公布禁止使用高排放机械的区域。", ["可以"]),
        ("企业有权拒绝不符合规定的摊派、收费、罚款和集资。", ["可以"]),
        ("游客应当服从工作人员引导和管理。", ["应当"]),
        ("擅自允许他人设置营业摊点的，由县级人民政府物业主管部门责令改正。", ["责任"]),
        ("不得堵塞消防通道，及时移离废旧车辆。", ["不得", "应当"]),
        ("承担单位可以批准其自行转化，所得收入按照约定分配。", ["可以", "应当"]),
        ("省人民政府可以投入资金，引导创业投资机构的创立。", ["可以"]),
        ("科学技术协会是科普工作的主要社会力量。", ["无"]),
        ("市民政部门是殡葬工作的主管部门，其所属的殡葬管理机构具体负责日常工作。", ["应当"]),
        ("许可证被依法吊销的，自吊销之日起三年内不得重新申领。", ["不得"]),
        ("鼓励金融机构提供融资服务，支持其降低碳排放强度。", ["鼓励"]),
        ("企业应当自接到投诉之日起七日内予以处理。", ["应当"]),
        ("经营单位负责运营，并按照授权实施行政处罚。", ["应当"]),
        ("作出禁止经营者集中的决定，应当说明理由。", ["应当"]),
        ("检察院可以提出检察建议；发现企业有违法行为的，及时通报。", ["可以", "应当"]),
        ("经营单位负责恢复，所需费用由作业单位承担。", ["应当", "应当"]),
    ],
)  # fmt: skip
def test_how_binding_a_rule_is(text, bindings):
    assert [n.binding for n in norms(text)] == bindings


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("财政、经贸、教育等部门应当做好工作。", ("部门:财政", "部门:教育", "部门:经贸")),
        ("气象主管机构应当发布预报。", ("部门:气象",)),
        ("由科技成果完成单位对作出贡献的人员给予奖励。", ("单位",)),
        ("建设单位应当将产权归属资料报物业主管部门备案。", ("单位",)),
        ("甲市经济技术开发区和城乡一体化示范区管理委员会根据授权，依照本条例做好工作。", ("园区",)),
        ("国有及国有控股企业负责人对企业的技术创新负责。", ("个人",)),
        ("支持设立科技保险专营机构。", ()),
        ("示范区内利用财政性资金设立的科研项目，可以列支间接费用。", ()),
        ("交通运输主管部门在监督检查中，发现车辆不符合条件的，责令限期改正。", ("部门:交通运输",)),
        ("公民、人大代表、政协委员、先进人物和社会公众等应当发挥作用。", ("个人",)),
        ("企业接受用人单位委托招聘人员，应当审查材料。", ("企业",)),
        ("省、市、县（市、区）应当建立康复机构。", ("省政府", "市政府", "县区政府")),
        ("县级以上人民政府特种设备安全监督管理部门应当检查。", ("部门:特种设备",)),
        ("申请人提交材料齐全的，应当即时办结。", ()),
        ("辅警加班的，应当给予相应报酬。", ()),
        ("由列入目录的生产企业生产。", ("企业",)),
        ("重点排放单位申请贷款时，应当提供排放情况。", ("单位",)),
        ("市公安机关应当制定方案，有关部门组织实施。", ("部门:公安", "部门")),
        ("残疾人联合会维护残疾人的权益。", ("社会组织",)),
    ],
)
def test_who_acts(text, actors):
    assert norms(text)[0].actors == actors


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("重大决策应当履行公众参与、专家论证等程序。", ()),
        ("单位可以向金融机构申请贷款。", ()),
        ("管委会应当建设研发机构、联合实验室。", ()),
        ("鼓励建设单位、业主大会委托第三方评估机构，开展评估。", ("单位", "服务机构")),
        ("支持有关企业开展研究。", ("企业",)),
        ("市人民政府应当为外来务工人员提供法律援助。", ("个人",)),
        ("市人民政府应当设立引导基金，促进社会资本投入。", ()),
        ("研究机构应当发挥作用，为各级人民政府提供支持。", ("市政府", "县区政府", "乡镇政府")),
        ("单位应当移交给乡镇人民政府。", ("乡镇政府",)),
        ("辅警加班的，应当给予相应报酬。", ("个人",)),
        ("市人民政府应当扶持残疾人事业。", ()),
    ],
)
def test_for_whom(text, served):
    assert norms(text)[0].beneficiaries == served


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("在保护范围内，存放易燃物品的，处以罚款。", ("在保护范围内，存放易燃物品的",)),
        ("非经原批准程序不得变更。", ("非经原批准程序",)),
        ("有下列行为之一的单位和个人，应当承担民事责任。", ("有下列行为之一的",)),
        ("弄虚作假，采取欺骗手段，骗取奖励的，由科学技术部门责令改正。", ("弄虚作假，采取欺骗手段，骗取奖励的",)),
        ("违反本条例第五条规定，逾期不改的，责令停业整顿。", ("逾期不改的",)),
        ("对连续两次考核不合格者，市财政部门应当终止资助。", ("连续两次考核不合格者",)),
        ("对创办养老机构的毕业生，按照规定给予补贴。", ("创办养老机构的",)),
        ("因地质条件特殊，需要调整范围的，由市规划部门审核。", ("因地质条件特殊，需要调整范围的",)),
        ("参加自学考试，取得文凭的，由区人民政府给予奖励。", ("参加自学考试，取得文凭的",)),
    ],
)
def test_on_what_condition(text, conditions):
    assert norms(text)[0].conditions == conditions


def test_what_frames_the_next_rule_goes_with_it():
    first, second = norms("支持各类投资机构开展业务，对注册地在本市境内的投资机构，市人民政府可以给予资金支持。")
    assert second.quote.startswith("对注册地")
    assert second.means == ("资金",)
    assert first.means == ("融资",) or first.means == ("其他",)


def test_the_things_counted_are_the_subject_of_their_number():
    assert [(f.text, f.subject) for f in one("两个以上建设单位开发的物业，应当划为一个区域。").figures] == [
        ("两个", "建设单位")
    ]


def test_a_bound_before_what_a_share_is_of_holds():
    (figure,) = one("物业用房面积按照不少于总建筑面积的千分之三配置。").figures
    assert (figure.bound, figure.text) == ("不低于", "千分之三")


def test_a_period_begins_where_it_says_and_measures_what_is_done():
    (figure,) = one("企业应当自合同签订之日起十五日内，将合同副本报主管部门备案。").figures
    assert (figure.starts, figure.bound) == ("自合同签订之日起", "内")
    assert "备案" in figure.subject


def test_what_is_done_ahead_is_done_no_later():
    (figure,) = one("主办单位应当提前十日与经营单位协商。").figures
    assert (figure.bound, figure.text) == ("不低于", "十日")


def test_an_item_that_names_its_authority_overrides_the_lead():
    lead, item = norms("有关部门按照职责负责下列工作：\n（一）城市管理部门负责查处违法建筑、毁坏绿地等行为；")
    assert lead.actors == ("部门",)
    assert item.actors == ("部门:城市管理",)


def test_an_item_about_a_thing_is_done_by_whom_it_names():
    item = norms("建设殡葬设施，应当按照下列规定审批：\n（一）殡仪服务站、骨灰堂，由市民政部门审批；")[-1]
    assert item.actors == ("部门:民政",)
