"""Rules in which somebody gives, tells or spares another, and words that only name a thing: one line a kind."""

import pytest
from norm_support import read

from law.norms import norms_of_text


@pytest.mark.parametrize(
    ("text", "served"),
    [
        # an authority and whom it acts upon stand before what is done
        ("市科技部门对在科普工作中做出贡献的企业和科技人员，应当给予表彰。", ["企业", "科技人员"]),
        # for whom it is provided, whatever he does
        ("单位应当为科技工作者参加学术交流提供必要的时间。", ["科技人员"]),
        ("居委会发现为他人提供场所的行为，应当报告主管部门。", []),
        # those of the rule before, and those named last
        ("鼓励行业协会开展培训，有关部门按照规定给予支持。", ["社会组织"]),
        ("科协应当反映科技工作者的意见和诉求，维护其合法权益。", ["科技人员"]),
        # who is told what became of it; a result by which something is reckoned
        ("主管部门应当核实处理，并将结果告知举报人。", ["个人"]),
        ("面积按照测绘机构的实测面积计算。", []),
        # who is spared what would follow is served
        ("符合条件的单位和个人，经程序认定，可以减轻或者免除责任。", ["个人", "单位"]),
        ("支持孵化基地为大学生创业提供场地。", ["个人"]),
    ],
)
def test_for_whom_something_is_given(text, served):
    assert read(text, "beneficiaries") == served


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("用人单位招用就业困难人员的，按照规定给予补贴。", []),
        ("符合条件的单位和个人，经程序认定，可以减轻或者免除责任。", []),
        ("支持孵化基地为大学生创业提供场地。", []),
    ],
)
def test_who_is_given_something_does_not_act(text, actors):
    assert read(text, "actors") == actors


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        ("保险公司可以开发保险产品，市人民政府对投保企业给予保费补贴。", ["可以", "应当"]),
        ("鼓励投资人投资初创企业，对符合条件的，按照投资额的一定比例给予补助。", ["鼓励", "应当"]),
        ("法律、法规另有规定的，从其规定。", ["无"]),
        ("企业可以申请延期，法律另有规定的，从其规定。", ["可以"]),
        ("市人民政府应当保障科学探索和技术攻关。", ["应当"]),
        ("保守国家秘密，不得泄露商业秘密。", ["应当", "不得"]),
        ("严重失信的责任人，五年内限制其申报财政资金支持的项目。", ["责任"]),
        ("残疾人凭证免费乘坐公共汽车。", ["可以"]),
    ],
)  # fmt: skip
def test_how_binding_what_is_given_is(text, bindings):
    assert [n.binding for n in norms_of_text(text)] == bindings


@pytest.mark.parametrize(
    ("text", "means"),
    [
        # who runs a place is not the place; a word that only has its name of another
        ("孵化器运营机构不得擅自提高租金。", ["其他"]),
        ("可以按照成本补偿的原则收取费用。", ["其他"]),
        ("融资担保机构应当降低担保费率，提供增信。", ["融资"]),
        ("学校应当配备专职或者兼职科学教师。", ["其他"]),
        ("落实技术转让所得减免等优惠政策。", ["其他"]),
        # what is written in other words
        ("对发明人给予合理的报酬。", ["奖励"]),
        ("市人民政府设立科学技术奖。", ["奖励"]),
        ("离岗期间保留人事关系。", ["人才服务"]),
        ("市人民政府应当向市人民代表大会常务委员会报告工作。", ["监督考核"]),
        ("购置的大型仪器设备，管理单位应当向社会开放。", ["资源开放"]),
        ("引导社会资本投向早期项目。", ["融资"]),
    ],
)
def test_by_what_something_is_given(text, means):
    assert read(text, "means") == means


@pytest.mark.parametrize(
    ("text", "served"),
    [
        # 其: who acted before, or was named last
        ("科技人员可以离岗创业，所在单位应当为其保留岗位。", ["科技人员"]),
        ("单位不得因职工参加志愿服务而扣减其工资。", ["个人"]),
        # a document, a factor, a way of working together only has its name of somebody
        ("申请人应当提交企业营业执照、驾驶员名册。", []),
        ("应当根据企业规模、人才数量等因素确定额度。", []),
        ("构建政府、企业、高校协同创新格局。", []),
        ("应当邀请企业代表、专家、公众参与论证。", []),
        # with him, at his place, like him
        ("可以受聘于民营科技企业。", []),
        ("企业可以申请项目，与国有单位享受同等待遇。", []),
        ("公司应当与当地居民签订补偿协议。", ["个人"]),
        ("市人民政府可以将管理权限下放给开发区管理机构。", ["园区"]),
        ("公民因救人致伤的，医疗机构应当及时救治。", ["个人"]),
    ],
)
def test_who_only_stands_beside_what_is_done(text, served):
    assert read(text, "beneficiaries") == served


def test_who_acts_where_one_is_named_by_another():
    assert read("鼓励户外劳动者的用人单位设置爱心驿站。", "actors") == ["单位"]
    assert read("企业委托科研机构进行研究开发，所支出的费用可以计入成本。", "actors") == ["企业"]


def test_a_duty_in_an_attribute_and_a_ban_that_goes_on_do_not_bind_anew():
    assert [n.binding for n in norms_of_text("对其应当缴纳的配套费可以给予优惠。")] == ["可以"]
    assert [n.binding for n in norms_of_text("不得违反协议，披露、允许他人使用该技术。")] == ["不得"]
