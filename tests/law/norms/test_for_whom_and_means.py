"""For whom a rule is and by what it works, told by what is done: one line a kind."""

import pytest
from norm_support import read

from law.norms import norms_of_text


@pytest.mark.parametrize(
    ("text", "served"),
    [
        # who stands before what is done, or does it in an attribute, is not served
        ("担任事业单位领导职务的职工不得侵占财物。", []),
        ("老人可以享受由基层服务机构提供的免费体检。", []),
        ("建设单位预交的经费应当予以退还。", []),
        ("应当将高等院校的智力资源与市场结合。", []),
        ("物业管理委员会由业主以及建设单位派员组成。", []),
        ("取得许可的单位不享有独占的权利，并且无权允许其他公司使用。", ["企业"]),
        # something is done to or for whom a preposition names, whatever he does
        ("对残疾人开展的活动应当给予支持。", ["个人"]),
        ("市人民政府对作出贡献的企业应当给予奖励。", ["企业"]),
        ("由街道办事处督促业主委员会限期召集。", ["单位"]),
        # a list of doings only names them
        ("红十字会依法参与宣传、志愿者招募等工作。", []),
        ("协会应当组织专家进行项目评估。", []),
        ("协会应当组织职工进行学习。", ["个人"]),
        # 其 is of whom the condition spoke
        ("会员有违法行为的企业，由协会取消其资格。", ["企业"]),
        # who is only named in what is said of another is not served
        ("对维护企业生产秩序，促进发展作出贡献的公民，给予奖励。", ["个人"]),
        ("公司发现乘客违法的，应当及时制止。", ["个人"]),
        ("业主对收支情况提出异议的，企业应当书面答复。", ["个人"]),
        ("教育部门应当推动中小学加强科学素质教育。", ["单位"]),
        ("精神文明建设机构应当指导居民委员会、村民委员会等，依法制定公约。", ["单位"]),
        ("尊重和保护捐献人的人格尊严。", ["个人"]),
        ("关心爱护未成年人，赡养老人。", ["个人"]),
        ("省人民政府可以决定由光明新区人民政府行使该职权。", ["县区政府"]),
        # people of bodies that are listed
        ("鼓励国家机关、国有企业事业单位工作人员参加志愿服务。", ["个人"]),
        ("鼓励科技项目的承担者提交报告。", ["单位"]),
        ("对技术推广人员给予奖励。", ["科技人员"]),
        ("为他人提供帮助。", ["个人"]),
    ],
)
def test_for_whom_a_rule_is(text, served):
    assert read(text, "beneficiaries") == served


@pytest.mark.parametrize(
    ("text", "means"),
    [
        # a place in which others work is built; what is put into it, or kept running, is something else
        ("企业应当将车辆数据传输至行业监管平台。", ["其他"]),
        ("经营者应当保持网络服务平台安全运行。", ["其他"]),
        ("鼓励高等院校参与建设公共研究开发平台。", ["平台"]),
        # what a thing is for, or is known by, is not by what the rule works
        ("绩效考核结果应当作为人才引进、平台建设的重要依据。", ["监督考核"]),
        ("单位应当将工作业绩作为职称评定的重要参考。", ["人才服务"]),
        ("对经营者应用网络服务平台发布有害信息的行为，依法查处。", ["监督考核"]),
        ("统筹科技、税收、人才、金融等政策，为发展创造良好环境。", ["其他"]),
        ("重大投资项目、人才引进项目所涉及的知识产权应当进行评估。", ["监督考核", "知识产权"]),
        # who or what it is given to tells aid from money
        ("设立基金，资助开展基础研究。", ["资金"]),
        ("对困难学生给予资助。", ["补助"]),
        ("鼓励引进企业在本市落户。", ["其他"]),
        ("为人才及其家属落户提供便利。", ["人才服务"]),
        ("血站应当对献血者进行健康检查。", ["其他"]),
        ("合理安排科技成果转化财政资金投入。", ["资金"]),
        # rights in results are a matter wherever they are spoken of
        ("将职务科技成果作价投资的，从股份中提取百分之七十。", ["知识产权"]),
        ("开展文明礼仪、文明行为教育。", ["宣传培训"]),
        # results put to use, beside another means, say what that is for
        ("对科技成果转化活动给予税收优惠、补助。", ["税收", "补助"]),
        ("支持保险机构为科技成果转化提供保险服务。", ["保险"]),
        ("鼓励企业实施科技成果转化。", ["知识产权"]),
        # people are valued for their ranks and pay, nobody is watched
        ("高等院校应当完善职称评定、岗位管理和考核评价制度。", ["人才服务"]),
        ("建立考核评价制度，完善职称评定办法，开展监督检查。", ["人才服务", "监督考核"]),
        # what is then done to who does not comply belongs to the consequence
        ("违法开采的，由主管部门责令停止开采；拒不停止的，主管部门可以封闭井口。", ["监督考核"]),
        ("违法排放的，由主管部门责令清除；拒不清除的，主管部门可以指定单位代为清除。", ["监督考核"]),
        ("市人民政府应当统筹规划；逾期未完成的，可以延期。", ["其他"]),
        # one's own conduct is not made known to others
        ("公民应当弘扬良好家风。", ["其他"]),
        ("国家工作人员应当弘扬艰苦奋斗的作风。", ["其他"]),
        ("新闻媒体应当弘扬科学精神。", ["宣传培训"]),
    ],
)
def test_by_what_a_rule_works(text, means):
    assert read(text, "means") == means


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        ("对可以形成较大规模的转化项目，市人民政府应当给予支持。", ["应当"]),
        ("市人民政府可以采取机动车限行、责令企业停产等应急措施。", ["可以"]),
        ("完善尽职免责机制和授信政策。", ["应当"]),
        ("人才使用坚持人尽其才的原则。", ["应当"]),
        ("重点资助实施高层次人才特殊支持計畫。", ["应当"]),
    ],
)
def test_what_only_names_a_thing_binds_nobody(text, bindings):
    assert [n.binding for n in norms_of_text(text)] == bindings
