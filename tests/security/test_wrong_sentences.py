"""Sentences that a model may write of the law: right ones told otherwise stand, wrong ones in its own words fall.

The article that each cites is of a small law of its own, or of one that is held.
"""

from functools import cache

import pytest

from assistant.verify import judge
from law.corpus import load_corpus
from law.parsing.parser import parse
from law.regulation import Regulation

LAW = """第一条 市城管部门会同市公安部门对违规占道的摊贩进行查处，摊贩应当配合检查。
第二条 街道办事处受理经营者的申请，自受理之日起十个工作日内作出决定；决定应当书面告知经营者。
第三条 对评为示范的夜市给予百分之二十一次性补贴，补贴总额不超过五十万元。
第四条 未担任领导职务的工作人员可以兼职，兼职收入的百分之五十归本人所有。
第五条 夜市开办前应当先进行消防检查，再办理登记，最后公示摊位。
第六条 支持将部分成熟的夜市纳入推荐名录，鼓励商户购买公众责任保险。
第七条 经营者不得转让摊位，不得在消防通道堆放物品。
第八条 小型摊贩无需办理登记，但应当公示联系方式。
第九条 鼓励高等院校向企业派驻技术人员；支持企业向高等院校捐赠设备。
第十条 区人民政府负责夜市的规划，市人民政府负责夜市的考核，考核结果由市人民政府公布。
第十一条 市商务部门应当在每年三月底前编制名录，市财政部门在六月底前拨付补贴。"""


@cache
def held() -> tuple[Regulation, ...]:
    market = Regulation("ye", "甲市夜市管理条例", "甲市", "", "in_force", {}, "simplified", "", parse(LAW).articles)
    return (*load_corpus(), market)


def supported(article: str, sentence: str) -> bool:
    cited = [(r, a) for r in held() for a in r.articles if f"{r.id}/{a.number}" == article]
    return judge(sentence, cited, others=held()).supported


RIGHT = (
    ("ye/1", "违规占道的摊贩由市城管部门会同市公安部门查处。"),
    ("ye/1", "摊贩违规占道的，会被市城管部门查处。"),
    ("ye/2", "经营者的申请由街道办事处受理。"),
    ("ye/2", "街道办事处应当在受理之日起十个工作日内作出决定。"),
    ("ye/2", "经营者会被书面告知决定。"),
    ("ye/3", "评为示范的夜市可获两成一次性补贴。"),
    ("ye/3", "示范夜市一次性补贴20%，总额最高五十万元。"),
    ("ye/4", "没有领导职务的工作人员可以兼职。"),
    ("ye/4", "没有担任领导职务的工作人员，兼职收入的一半归本人。"),
    ("ye/5", "夜市开办前先做消防检查，再办登记。"),
    ("ye/6", "部分成熟的夜市可以被纳入推荐名录。"),
    ("ye/8", "小型摊贩不用办理登记，但要公示联系方式。"),
    ("ye/7", "摊位不得被经营者转让。"),
    ("ye/9", "高等院校的技术人员可以由高校派驻到企业。"),
    ("ye/10", "夜市的考核由市人民政府负责，规划由区人民政府负责。"),
    ("wuhan/58", "部分成熟的科技保险产品将被纳入科技保险产品推荐目录。"),
    ("wuhan/58", "科技创新企业购买纳入推荐目录的保险产品，可获得一定的保费补助。"),
    ("changzhou/20", "完成人持有的份额至少七成。"),
    ("luoyang/39", "市、县人民政府应当建立科技保险保费补助制度。"),
    ("luoyang/14", "项目承担者具备实施条件、三年内无正当理由不实施的，市、县人民政府可以无偿实施。"),
)


@pytest.mark.parametrize(("article", "sentence"), RIGHT)
def test_a_right_sentence_stands(article: str, sentence: str) -> None:
    assert supported(article, sentence)


WRONG = (
    ("passive swapped", "ye/1", "市城管部门由违规占道的摊贩查处。"),
    ("passive swapped", "ye/1", "市公安部门被摊贩查处。"),
    ("passive swapped", "ye/2", "街道办事处的申请由经营者受理。"),
    ("object exchanged", "ye/2", "经营者应当书面告知街道办事处决定。"),
    ("starting point", "ye/2", "自作出决定之日起十个工作日内受理申请。"),
    ("starting point", "ye/2", "自提交申请之日起十个工作日内作出决定。"),
    ("starting point", "ye/2", "自公示之日起十个工作日内作出决定。"),
    ("once", "ye/3", "对评为示范的夜市给予百分之二十的补贴，每年一次。"),
    ("bound", "ye/3", "补贴总额不低于五十万元。"),
    ("negation", "ye/4", "担任领导职务的工作人员可以兼职。"),
    ("half", "ye/4", "兼职收入的一半以上归本人。"),
    ("order", "ye/5", "夜市开办前应当先办理登记，再进行消防检查。"),
    ("order", "ye/5", "摊位公示后再进行消防检查。"),
    ("order", "ye/5", "应当先公示摊位，再办理登记。"),
    ("部分", "ye/6", "支持将成熟的夜市全部纳入推荐名录。"),
    ("部分", "ye/6", "所有成熟的夜市都纳入推荐名录。"),
    ("不用", "ye/7", "经营者不用转让摊位。"),
    ("不用", "ye/8", "小型摊贩不用公示联系方式。"),
    ("不用", "ye/8", "小型摊贩应当办理登记。"),
    ("merged", "ye/8", "小型摊贩无需办理登记和公示联系方式。"),
    ("exchanged", "ye/9", "鼓励企业向高等院校派驻技术人员。"),
    ("exchanged", "ye/9", "支持高等院校向企业捐赠设备。"),
    ("exchanged", "ye/10", "考核结果由区人民政府公布。"),
    ("exchanged", "ye/10", "市人民政府负责夜市的规划。"),
    ("部分", "wuhan/58", "成熟的科技保险产品全部纳入推荐目录。"),
    ("passive swapped", "wuhan/58", "保险机构由科技企业提供保险服务。"),
    ("exchanged", "luoyang/39", "企业应当建立科技保险保费补助制度。"),
    ("exchanged", "luoyang/14", "项目承担者可以无偿实施市、县人民政府的成果。"),
)


@pytest.mark.parametrize(("trap", "article", "sentence"), WRONG)
def test_a_wrong_sentence_falls(trap: str, article: str, sentence: str) -> None:
    assert not supported(article, sentence), trap
