"""Who asked, is answered or ordered, and who only has a thing named after him: one line a sentence."""

import pytest

from law.norms import norms_of_text
from law.norms.actors import actors_in


def _served(text: str) -> list[str]:
    return sorted({v for n in norms_of_text(text) for v in n.beneficiaries})


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("登记部门可以根据申请人的请求提前公布其申请。", ["个人"]),
        ("主管部门应经营者的申请，可以延长期限。", ["企业"]),
        ("物业服务企业应当及时答复业主提出的询问。", ["个人"]),
        ("主管部门应当处理企业的投诉。", ["企业"]),
        ("街道办事处应当责令建设单位在十日内报告情况。", ["单位"]),
        ("业主委员会应当督促业主按时交纳物业服务费。", ["个人"]),
        ("业主要求承租车位的，建设单位不得无故拒绝。", ["个人"]),
        ("经营者承诺消除后果的，主管机关可以决定中止调查。", ["企业"]),
        ("金融机构对符合贷款条件的科研机构、高新技术企业等，应当优先给予贷款。", ["企业", "科研机构"]),
        ("企业可以与参加研发的有关人员签订保密协议。", ["个人"]),
        ("业主对停车有特别要求的，应当与物业服务人另行约定。", ["企业"]),
        ("协会应当建立企业及从业人员自律制度。", ["个人", "企业"]),
        ("开展卫生运动，使广大群众养成良好习惯。", ["个人"]),
        ("街道办事处应当组织业主共同决定选聘新物业服务人。", ["个人", "企业"]),
        ("对作出贡献的单位给予奖励的支出，有关单位应当专项拨付。", ["单位"]),
        ("筹备组由业主代表组成，其中业主所占比例不得低于二分之一。", []),
        ("应当与业主大会选聘的物业服务人签订合同。", ["企业"]),
        ("物业服务人有权禁止装修施工人员进入服务区域。", ["个人"]),
        ("县级人民政府应当保障养老机构获得必需的场地、设备和经费。", ["服务机构"]),
        ("物业服务费应当按照约定收取。", []),
    ],
)
def test_for_whom_by_what_he_asked(text, served):
    assert _served(text) == served


def test_a_name_does_not_begin_with_the_word_before_it():
    text = "应当配合反垄断执法机构的调查"
    assert [text[a.start : a.end] for a in actors_in(text)] == ["反垄断执法机构"]


def test_a_term_made_longer_is_no_subsidy():
    assert [n.means for n in norms_of_text("专利部门可以给予专利权期限补偿。")] == [("知识产权",)]
