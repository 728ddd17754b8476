"""What is told of all, of a special case, of another beginning, of a case that lacks a condition; what is not said."""

import pytest

from assistant import Regulation
from assistant.verify import Verdict, judge
from law.corpus import load_corpus


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    return tuple(load_corpus())


def judged(held: tuple[Regulation, ...], said: str, *ids: str, asked: str = "") -> Verdict:
    cited = [(r, a) for id_ in ids for r in held for a in r.articles if a.id == id_]
    return judge(said, cited, others=held, asked=asked)


PAIRS = (
    # article, a right sentence, a wrong one, what was asked
    (
        "luoyang/34",
        "软件开发类项目的劳务费最高可以占项目经费的百分之五十。",
        "软件开发类项目的劳务费最高可以占项目经费的百分之三十。",
        "",
    ),
    (
        "luoyang/46",
        "五年内取消申报资格，从行为被记入科研诚信档案之日起计算。",
        "五年内取消申报资格，从处理结果公布之日起计算。",
        "",
    ),
    (
        "changzhou/63",
        "由市知识产权主管部门会同发展改革、商务等部门建立知识产权分析评议制度。",
        "由市商务主管部门会同发展改革、工业和信息化等部门建立知识产权分析评议制度。",
        "",
    ),
    (
        "wuhan/58",
        "能，前提是产品纳入科技保险产品推荐目录，纳入的给予一定的保费补助。",
        "能，对科技创新企业购买的保险产品，给予一定的保费补助。",
        "我们公司买的产品没有列进推荐目录，能拿保费补助吗",
    ),
    (
        "wuhan/35",
        "财政性资金形成的科技资源，资源管理单位应当在保证自身使用需求的前提下面向社会开放共享，保密的除外。",
        "财政性资金形成的科技资源要不要开放共享，由资源管理单位自己说了算。",
        "",
    ),
    (
        "luoyang/32",
        "县级财政每年安排的科学技术经费支出应当不低于省创新型试点县平均水平。",
        "贵县每年安排的科学技术经费支出应当不低于国家创新型试点市平均水平。",
        "",
    ),
    (
        "wuhan/61",
        "支持融资租赁公司按照有关规定开发特色科技创新金融产品。",
        "只准融资租赁公司按照有关规定开发特色科技创新金融产品。",
        "",
    ),
    (
        "luoyang/13",
        "以技术转让方式转化的，应当将百分之二十以上的技术转让净收入一次性奖励给完成人和做出主要贡献的人员。",
        "以技术转让方式转化的，应当将百分之二十以上的技术转让总收入一次性奖励给完成人和做出主要贡献的人员。",
        "",
    ),
)


@pytest.mark.parametrize(("id_", "right", "wrong", "asked"), PAIRS, ids=[p[0] for p in PAIRS])
def test_one_is_carried_and_the_other_is_not(
    id_: str, right: str, wrong: str, asked: str, held: tuple[Regulation, ...]
) -> None:
    told = judged(held, right, id_, asked=asked)
    assert told.supported or (asked and told.open), told.reasons
    assert not judged(held, wrong, id_, asked=asked).supported


def test_who_acts_is_not_released(held: tuple[Regulation, ...]) -> None:
    said = "市人民政府应当给予表彰、奖励，县级市人民政府没有这项职责。"
    assert not judged(held, said, "changzhou/72").supported


def test_a_denied_whole_is_no_whole(held: tuple[Regulation, ...]) -> None:
    said = "{}免除相关责任，探索性失败还要未违反禁止性规定、经过决策程序、勤勉尽责、未谋取私利、未造成重大损失。"
    told = [judged(held, said.format(word), "wuhan/71") for word in ("并非一律", "一律")]
    assert len(told[0].reasons) < len(told[1].reasons)


def test_a_share_that_is_asked_about_is_none_of_the_case(held: tuple[Regulation, ...]) -> None:
    said = "劳务费也以项目经费的百分之三十为限。"
    assert not judged(held, said, "wuhan/30", asked="三成的上限在武汉适用吗").supported


def test_a_beginning_may_be_shortened(held: tuple[Regulation, ...]) -> None:
    said = ["入档之日起五年内取消其申报资格。", "公告之日起五年内取消其申报资格。"]
    assert [any("起,不是" in r for r in judged(held, s, "luoyang/46").reasons) for s in said] == [False, True]


def test_what_is_told_to_be_alike_is_held_to_each_city(held: tuple[Regulation, ...]) -> None:
    said = "做法相同：挪用财政性科学技术经费，构成犯罪的，依法追究刑事责任。"
    assert not judged(held, said, "luoyang/44", "changzhou/67").supported
    assert judged(held, said.replace("做法相同：", ""), "luoyang/44", "changzhou/67").supported


@pytest.mark.parametrize(
    "said",
    [
        "孵化器的租金标准，条例未置一词。",
        "租金标准在条例里查不到。",
        "条例没有关于租金标准的规定。",
        "没有租金标准可查。",
        "条例没有为租金设上限。",
        "租金多高，通篇未予明确。",
    ],
)
def test_an_absence_is_heard_in_many_forms(said: str, held: tuple[Regulation, ...]) -> None:
    assert judged(held, said, "luoyang/19").supported, judged(held, said, "luoyang/19").reasons
