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
        ("人均可支配收入低于标准的，按月发放保障金。", ["应当"]),
        ("企业发生的研究开发费用，可以在计算应纳税所得额时加计扣除。", ["可以"]),
        ("辅警在履行职责时，对公民造成损害的，由所在公安机关承担责任。", ["责任"]),
        ("盲人携带导盲犬的，不受本条规定的限制。", ["可以"]),
        ("主管部门应当及时告知被责令停止施工的单位。", ["应当"]),
        ("行业协会是非营利组织，为会员提供服务，依法制定行业规范。", ["应当"]),
        ("每次献血量一般为二百毫升，最多不得超过四百毫升。", ["应当"]),
        ("科普工作的对象是全体公民，重点是青少年、农民。", ["无"]),
        ("鼓励公民通过捐赠等方式，支持图书馆建设。", ["鼓励"]),
        ("违法行为轻微的，可以从轻或者减轻处罚。", ["免除"]),
        ("市人民政府应当建立推广机制，探索科技创新发展路径。", ["应当", "探索"]),
    ],
)  # fmt: skip
def test_how_binding_a_rule_is(text, bindings):
    assert [n.binding for n in norms(text)] == bindings


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("财政、经贸、教育等部门应当做好工作。", ("部门:财政", "部门:教育", "部门:经贸")),
        ("气象主管机构应当发布预报。", ("部门:气象",)),
        ("企业给他人造成损失的，应当给予补偿。", ("企业",)),
        ("在本市依法登记注册的出版单位应当交存出版物。", ("单位",)),
        ("报刊、广播、电视等媒体，每年应当开展公益宣传。", ("单位",)),
        ("享受由医疗机构提供的健康体检。", ()),
        ("动员全体公民参与献血。", ()),
        ("船舶油料供给单位应当备案。", ("单位",)),
        ("鼓励企业以及其他组织的科技人员到高等学校兼职。", ("科技人员",)),
        ("高等学校在校学生经所在学校同意，可以休学。", ("个人",)),
        ("丧事承办人逾期未办理的，殡仪馆报经民政部门批准，可以火化遗体。", ("服务机构",)),
        ("由报废机动车回收拆解企业按照规定进行登记、拆解等处理。", ("企业",)),
        ("建设单位无偿配置的物业服务用房应当具备采光条件。", ()),
        ("市及有关区县科学技术部门应当制定办法。", ("部门:科学技术",)),
        ("公安、城管执法部门的工作人员应当佩戴标志。", ("个人",)),
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
        ("血站应当及时告知献血者检测情况。", ("个人",)),
        ("企业给他人造成损失的，应当给予补偿。", ("个人",)),
        ("献血者献血后，血站应当颁发献血证。", ("个人",)),
        ("应当充分发挥行业协会在培训方面的作用。", ()),
        ("用人单位应当与劳动者订立劳动合同。", ("个人",)),
        ("退役军人应聘辅警的，其学历可以放宽。", ("个人",)),
        ("应当在物业服务企业退出前，依法组织业主决定管理模式。", ("个人",)),
        ("支持中小企业转贷基金建设，为科技企业提供服务。", ("企业",)),
        ("采用年薪制，为科技创新人才及其团队合理确定薪酬。", ("科技人员",)),
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


def test_to_give_more_is_for_those_whom_the_rule_before_served():
    support, pay = norms("公民献血的，所在单位应当给予支持，可以给予适当补贴或者补休。")
    assert support.beneficiaries == pay.beneficiaries == ("个人",)


def test_who_punishes_goes_on_to_the_graver_case():
    _, graver = norms("由生态环境部门报政府责令拆除，处二万元罚款；情节严重的，处十万元以上二十万元以下罚款。")
    assert graver.actors == ("部门:生态环境",)


def test_a_principle_names_no_means():
    assert one("物业管理应当坚持业主自治、政府监管、权责分明的原则。").means == ("其他",)


def test_theirs_are_those_who_were_supported_before():
    _, keeps = norms("支持科技人员离岗创办企业，所在单位应当为其继续提供科研条件。")
    assert (keeps.actors, keeps.beneficiaries) == (("单位",), ("科技人员",))


def test_an_item_that_names_what_a_document_says_has_no_actor_of_its_own():
    item = norms("合同应当载明下列内容：\n（一）建设单位履行监督物业服务企业的义务；")[-1]
    assert (item.actors, item.beneficiaries) == ((), ())


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


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("文物管理部门应当查明情况，通知有关村民。", ("个人",)),
        ("公安部门应当通知急救机构进行救治。", ()),
        ("科协在青少年中开展科学技术活动。", ("个人",)),
        ("技术推广机构应当加强对服务站点和农民技术人员的指导。", ("服务机构", "科技人员")),
        ("各级人民政府应当加大对政府设立的公共图书馆的投入。", ("单位",)),
        ("企业开发新技术发生的研究开发费用，可以依法加计扣除。", ("企业",)),
        ("创业人员可以向区开业指导服务部门申请贴息。", ()),
        ("建设单位应当将更换物业服务企业的情况告知买受人。", ("个人",)),
        ("学会的合法权益受法律保护。", ("社会组织",)),
        ("盲人携带导盲犬的，不受本条规定的限制。", ("个人",)),
        ("科技人员在被选派到农村服务期间，原单位应当保留其岗位和工资。", ("科技人员",)),
        ("物业服务企业应当及时公示并报告业主，协调办理报废事宜。", ("个人",)),
    ],
)
def test_whom_it_is_for_where_he_is_told_taught_protected_or_relieved(text: str, served: tuple[str, ...]):
    assert one(text).beneficiaries == served


@pytest.mark.parametrize("text", ["学会的合法权益受法律保护。", "盲人携带导盲犬的，不受本条规定的限制。"])
def test_whoever_is_protected_or_spared_does_not_act(text: str):
    assert one(text).actors == ()


@pytest.mark.parametrize(
    "text",
    [
        "2017年8月25日甲市第十八届人民代表大会常务委员会第三次会议通过",
        "甲市人民代表大会常务委员会关于促进和保障示范区建设若干问题的决定",
    ],
)
def test_a_title_and_a_line_of_passage_rule_nothing(text: str):
    assert one(text).binding == "无"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("区人民政府应当为中小企业提供财政支持。", ("资金",)),
        ("低收入困难家庭有特殊困难的，给予相应专项救助。", ("补助",)),
        ("企业应当依法纳税、公平竞争。", ("其他",)),
        ("基地可以按照规定获得专项经费资助。", ("补助",)),
        ("相邻建设用地使用权人应当提供便利。", ("其他",)),
    ],
)
def test_means_by_what_is_given_not_by_a_word_in_a_name(text: str, means: tuple[str, ...]):
    assert one(text).means == means


# Found in fresh law of other subjects: what is asked, banned, listed, given.


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
