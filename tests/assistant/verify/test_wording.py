"""What a sentence says of the wording of the law, of whom a rule leaves out, and how many things it names."""

import pytest

from assistant import Regulation
from assistant.verify import Verdict, judge
from law.corpus import load_corpus


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    return tuple(load_corpus())


def judged(sentence: str, *ids: str, held: tuple[Regulation, ...]) -> Verdict:
    cited = [(r, a) for r in held for a in r.articles if a.id in ids]
    return judge(sentence, cited, others=held, least=0.6)


RIGHT = [
    ("这一处的用语是「可以」，条文没有要求政府必须优先购买。", "luoyang/40"),
    ("「等」字表示列举并未穷尽。", "luoyang/37"),
    ("对以社会资金购置的大型仪器，条文用的是「鼓励」，并不强制开放。", "changzhou/67"),
    ("上述条文后经修正。", "luoyang/39"),
    ("洛阳市收录的文本规定，应当建立科学技术保险保费补助制度。", "luoyang/39"),
    ("没有在洛阳市行政区域内注册的，不在保费补助的范围之内。", "luoyang/39"),
    ("两个前提是注册地在本市境内和投资行为符合条件。", "luoyang/36"),
    ("武汉市国有企业的研发准备金制度，条文用的是「鼓励」，不是「应当」。", "wuhan/20"),
    (
        "可以找的是税务、财政、科学技术、工业和信息化等部门，它们应当为企业提供政策解读、操作指引等服务。",
        "changzhou/26",
    ),
    ("还需要知道贵公司与贷款机构的关系，才能最后判断。", "luoyang/38"),
    ("百分之三十是劳务费的一般上限，百分之五十是软科学研究项目的上限，两者不是同一类比例。", "luoyang/34"),
]


@pytest.mark.parametrize(("sentence", "id_"), RIGHT)
def test_what_is_right_stands(sentence: str, id_: str, held: tuple[Regulation, ...]) -> None:
    assert judged(sentence, id_, held=held).reasons == ()


WRONG = [
    ("这一处用的是「鼓励」。", "luoyang/40"),
    ("条文没有要求单位必须开放利用财政性资金购置的大型科学仪器。", "changzhou/67"),
    ("「等」字表示列举并未穷尽。", "luoyang/6"),
    ("上述条文后经修正。", "changzhou/33"),
    ("武汉市国有企业建立研发准备金制度，条文用的是「应当」，不是「鼓励」。", "wuhan/20"),
    ("没有起主导作用的，也可以获得奖励。", "luoyang/10"),
    ("四个前提是注册地在本市境内和投资行为符合条件。", "luoyang/36"),
    ("还需要知道贵公司是否缴纳五百万元保证金。", "luoyang/38"),
]


@pytest.mark.parametrize(("sentence", "id_"), WRONG)
def test_what_is_wrong_falls(sentence: str, id_: str, held: tuple[Regulation, ...]) -> None:
    assert not judged(sentence, id_, held=held).supported
