"""What goes beyond the words of an article: silence of the whole regulation, yes and no, conclusions for a case."""

import pytest

from assistant import Regulation
from assistant.verify import Verdict, judge
from law.corpus import load_corpus


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    return tuple(load_corpus())


def judged(sentence: str, *ids: str, held: tuple[Regulation, ...], asked: str = "") -> Verdict:
    cited = [(r, a) for r in held for a in r.articles if a.id in ids]
    return judge(sentence, cited, others=held, asked=asked)


RIGHT = [
    ("条例没有写明对科技创新联合体给予多少资金。", "changzhou/33"),
    ("收费标准条文没有写明。", "luoyang/19"),
    ("可以优先购买，前提是产品的性能、技术等指标能够满足政府采购需求。", "luoyang/40"),
    ("有规定，司法行政部门应当加强公共法律服务平台建设。", "changzhou/70"),
    ("本条例（2015年文本）要求高等院校构建科技创新人才培养体系。", "luoyang/21"),
    ("条例后经修正。", "luoyang/21"),
    ("草案没有写明科技保险的办理期限。", "wuhan/58"),
    ("对推荐目录里的保险产品给予一定的保费补助，这一条的规定还是草案。", "wuhan/58"),
    ("这一条2019年修正时已删去。", "luoyang/40"),
    ("政府采购中的优先购买在2019年修正时已经删去。", "luoyang/40"),
    ("劳务费的上限在2019年修正时改为「预算不设比例限制，据实编制」。", "luoyang/34"),
    ("原来规定劳务费最高可以占项目经费的百分之三十，软件开发类项目最高可以占百分之五十。", "luoyang/34"),
    ("还需要知道产品的性能能不能满足政府采购需求。", "luoyang/40"),
    ("可以通过政府首购、订购等方式支持首台（套）装备的推广应用，而没有写明价格。", "changzhou/17"),
    ("条文没有谈到亏损。", "changzhou/33"),
    ("补助不以企业规模为条件。", "luoyang/39"),
    ("条文没有写明创业投资机构是否包括银行。", "luoyang/36"),
    ("条文没有写明怎样才算投资行为符合条件。", "luoyang/36"),
    ("创业投资机构可以得到资金支持，没有单列天使投资。", "luoyang/36"),
]


@pytest.mark.parametrize(("sentence", "id_"), RIGHT)
def test_what_is_right_stands(sentence: str, id_: str, held: tuple[Regulation, ...]) -> None:
    assert judged(sentence, id_, held=held).reasons == ()


HARD = [
    ("这一条2019年修正时已删去。", "luoyang/21"),  # the law was amended, this article was not deleted
    ("条例2017年修正过。", "luoyang/21"),
    ("劳务费的上限在2018年修正时改为据实编制。", "luoyang/34"),
    ("人才培养体系在2019年修正时已经删去。", "luoyang/21"),
    ("还需要知道企业注册是否满三年。", "luoyang/39"),
    ("补助不以在本市注册为条件。", "luoyang/39"),
    ("创业投资机构可以得到资金支持，没有单独提到注册地。", "luoyang/36"),
    ("政府支持首台（套）装备，而没有写明政府首购。", "changzhou/17"),
    ("常州市的这部条例后来经过修正。", "changzhou/33"),
    ("目前仍是征求意见稿。", "luoyang/21"),
    ("条例没有对高等院校构建科技创新人才培养体系作出规定。", "luoyang/21"),
    ("条例没有规定高等学校应当开放大型科学仪器。", "changzhou/12"),  # it is in another article
    ("条文没有写明考核的频次。", "luoyang/16"),
    ("条例写明了资助的具体金额。", "luoyang/16"),
    ("采购人应当采用谈判方式确定企业研究开发。", "luoyang/40"),
    ("常州草案支持联合设立科技创新联合体。", "changzhou/33"),
]


@pytest.mark.parametrize(("sentence", "id_"), HARD)
def test_a_hard_fact_is_no_matter_of_opinion(sentence: str, id_: str, held: tuple[Regulation, ...]) -> None:
    verdict = judged(sentence, id_, held=held)
    assert not verdict.supported
    assert not verdict.open, verdict.reasons


OPEN = [
    ("贵机构只有一次考核不合格，因此不会终止资助。", "luoyang/16", "我们一次考核不合格"),
    ("不能，司法行政部门应当加强公共法律服务平台建设。", "changzhou/70", ""),
    ("草案只支持行业协会参与技术标准制定。", "wuhan/65", ""),
    ("武汉市已经建成光谷科技创新大走廊。", "wuhan/48", ""),
]


@pytest.mark.parametrize(("sentence", "id_", "asked"), OPEN)
def test_what_words_cannot_tell_is_left_open(
    sentence: str, id_: str, asked: str, held: tuple[Regulation, ...]
) -> None:  # fmt: skip
    verdict = judged(sentence, id_, held=held, asked=asked)
    assert not verdict.supported
    assert verdict.open, verdict.reasons


def test_a_figure_of_the_question_is_that_of_a_case(held: tuple[Regulation, ...]) -> None:
    said = "百分之四十超过了条例规定的最高比例百分之三十。"
    assert not judged(said, "luoyang/34", held=held).open
    assert judged(said, "luoyang/34", held=held, asked="劳务费占百分之四十行不行").supported  # it can be reckoned


def test_all_of_them_means_each_of_them(held: tuple[Regulation, ...]) -> None:
    assert not judged("都设立了孵化器发展专项资金。", "luoyang/19", "changzhou/23", held=held).supported


def test_a_condition_may_stand_in_the_sentence_before(held: tuple[Regulation, ...]) -> None:
    cited = [(r, a) for r in held for a in r.articles if a.id == "luoyang/16"]
    said = "对获得资助的中介服务机构，终止财政性资金资助。"
    alone = judge(said, cited, others=held)
    assert alone.needs_beside
    assert judge(said, cited, others=held, before="连续两次考核不合格的，后果如下。").supported
