"""The law's own rule told in another form: as a condition, as what is left out, as how a case stands to it."""

import pytest

from assistant import Regulation
from assistant.verify import Open, Verdict, judge
from law.corpus import load_corpus
from law.parsing.parser import parse


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    return tuple(load_corpus())


def judged(sentence: str, ids: str, held: tuple[Regulation, ...], asked: str = "", least: float = 0.0) -> Verdict:
    cited = [(r, a) for id_ in ids.split() for r in held for a in r.articles if a.id == id_]
    return judge(sentence, cited, others=held, asked=asked, least=least)


PAIRS = [
    # article, a right sentence, one that is wrong in the same form
    (
        "wuhan/66",  # a condition told after its rule
        "鼓励创新主体面向公众开放研发机构、生产设施或者展览场所，但创新主体要有条件。",
        "鼓励有条件的创新主体面向公众开放研发机构，但创新主体要开展科学技术普及活动。",
    ),
    (
        "luoyang/13",  # who may approve is asked
        "完成人自行转化职务成果，要由项目承担单位批准。",
        "完成人自行转化职务成果，要由科学技术行政部门批准。",
    ),
    (
        "wuhan/44",  # what a condition bars
        "可以赋予完成人成果使用权，但不得影响国家安全和他人合法权益。",
        "不得赋予职务科技成果完成人成果使用权。",
    ),
    (
        "luoyang/36",  # who lacks what the law asks for
        "注册地不在本市境内的创业投资机构不在资金支持的范围内。",
        "注册地在本市境内的创业投资机构不在资金支持的范围内。",
    ),
    (
        "wuhan/20",  # everybody for those who are named
        "对做出突出贡献的科技人员，国有企业可以按照规定给予股权和分红激励。",
        "对全体科技人员，国有企业可以按照规定给予股权和分红激励。",
    ),
    (
        "luoyang/13",  # on whose asking it hangs is told as acting
        "职务成果要自行转化，先由完成人申请。",
        "职务成果要自行转化，先由财政部门申请。",
    ),
    (
        "luoyang/36",  # all of the conditions
        "注册地在本市境内、投资行为符合条件的创业投资机构，政府可以给予资金支持，两项缺一不可。",
        "注册地在本市境内、投资行为符合条件，满足其中一项的创业投资机构，政府可以给予资金支持。",
    ),
    (
        "luoyang/16",  # taken away in other words
        "科技中介服务机构连续两次考核不合格的，财政性资金资助到此为止。",
        "科技中介服务机构连续两次考核不合格的，给予财政性资金资助。",
    ),
    (
        "luoyang/32",  # a rule without exceptions and one that tries
        "科学技术经费的增长幅度一律应当高于同级财政经常性收入的增长幅度。",
        "科学技术经费的增长幅度一律应当低于同级财政经常性收入的增长幅度。",
    ),
    (
        "luoyang/24",  # for whom stands before what is denied
        "市人民政府应当设立引进高层次科技人才发展专项资金。",
        "条例没有为高层次科技人才设立发展专项资金。",
    ),
]


@pytest.mark.parametrize(("ids", "right", "wrong"), PAIRS, ids=[p[0] + p[2][:8] for p in PAIRS])
def test_the_same_in_another_form_stands_and_another_rule_does_not(
    ids: str, right: str, wrong: str, held: tuple[Regulation, ...]
) -> None:
    assert judged(right, ids, held).reasons == ()
    assert not judged(wrong, ids, held).supported


def test_what_is_reckoned_rightly_need_not_be_in_the_words_of_the_law(held: tuple[Regulation, ...]) -> None:
    asked = "我们研究所想给课题组六年的普通许可，可以吗"
    assert judged("不可以，六年没有达到草案不少于十年的要求。", "wuhan/44", held, asked, least=0.6).supported
    wrong = judged("可以，六年已经达到草案不少于十年的要求。", "wuhan/44", held, asked, least=0.6)
    assert not wrong.supported


def test_a_figure_of_the_question_alone_tells_whether_it_reaches(held: tuple[Regulation, ...]) -> None:
    asked = "我们规模以上企业研发投入占销售收入0.7%，能承担市级项目吗"
    reasons = judged("贵公司的研发投入已经达标。", "luoyang/7", held, asked).reasons
    assert any("数对不上" in r and not isinstance(r, Open) for r in reasons)
    assert "数对不上" not in "".join(judged("贵公司的研发投入没有达到要求。", "luoyang/7", held, asked).reasons)


def test_of_two_cities_one_may_be_told_by_what_it_alone_does(held: tuple[Regulation, ...]) -> None:
    said = "洛阳对科技保险保费给予补助，常州只鼓励保险机构开发保险品种。"
    assert judged(said, "luoyang/39 changzhou/55", held).supported
    alone = judged("常州只鼓励保险机构开发保险品种。", "changzhou/55", held)
    assert alone.open, alone.reasons  # of one city it may be false


def test_a_sum_that_ends_one_range_and_begins_another_is_either() -> None:
    text = "第一条 占道经营的，处五十元以上一百元以下罚款；拒不改正的，处一百元以上二百元以下罚款。"
    law = Regulation("ye", "甲市夜市管理条例", "甲市", "", "in_force", {}, "simplified", "", parse(text).articles)
    cited = [(law, law.articles[0])]
    assert judge("占道经营的罚五十到一百元，拒不改正的罚一百到二百元。", cited).reasons == ()
    assert not judge("占道经营的罚五十到三百元，拒不改正的罚一百到二百元。", cited).supported


def test_a_word_of_full_extent_says_more_than_a_rule_that_leaves_room(held: tuple[Regulation, ...]) -> None:
    assert not judged("软科学研究项目的劳务费一律占该项目经费的百分之五十。", "luoyang/34", held).supported
    assert not judged("市人民政府一律给予创业投资机构资金支持。", "luoyang/36", held).supported


def test_a_condition_that_the_question_tells_of_the_asker_need_not_be_told_again(held: tuple[Regulation, ...]) -> None:
    said = "市人民政府可以给你们资金支持。"
    told = "我们是创业投资机构，注册地在本市境内，投资行为也符合条件，有资金支持吗"
    assert judged(said, "luoyang/36", held, told).supported
    assert not judged(said, "luoyang/36", held, "我们是创业投资机构，有资金支持吗").supported
    denied = "我们是创业投资机构，注册地不在本市境内，投资行为也不符合条件，有资金支持吗"
    assert not judged(said, "luoyang/36", held, denied).supported


def test_what_only_names_the_matter_of_a_silence_need_not_be_in_the_words_of_the_law(
    held: tuple[Regulation, ...],
) -> None:
    said = "个人租用孵化器，房租能不能便宜些，第十九条没有说。"
    assert judged(said, "luoyang/19", held, least=0.6).supported
    other = "个人租用孵化器，能不能得到创业引导，第十九条没有说。"
    assert not judged(other, "luoyang/19", held, least=0.6).supported


def test_a_bare_yes_does_not_stand_against_what_the_law_takes_away(held: tuple[Regulation, ...]) -> None:
    said = "可以，经专家评审后项目终止的，承担单位继续申请利用财政性资金的科技项目不受影响。"
    assert "与条文相反" not in "".join(judged(said, "luoyang/30", held, "项目失败了还能再申请吗").reasons)


def test_what_only_says_what_comes_then_is_no_statement(held: tuple[Regulation, ...]) -> None:
    said = "写明了的是方向：按照市场机制的原则提供专业孵化、创业引导和持股孵化等服务。"
    assert judged(said, "luoyang/19", held, least=0.6).supported
