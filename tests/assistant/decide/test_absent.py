"""What a sentence calls unstated is looked for in the whole regulation, by its meaning."""

import pytest

from assistant import Assistant
from assistant.decide.stated.absent import Likely, absence_weights
from assistant.verify import Verdict, judge
from vectorstore.embeddings import OFFLINE_MODEL


def judged(helper: Assistant, asked: str, said: str, cited: str) -> Verdict:
    library = helper.library()
    looking = helper.path.deciding.looking(asked, library)
    assert looking is not None
    return judge(said, [library.by_id[cited]], others=library.regulations, asked=asked, looking=looking)


@pytest.mark.parametrize(
    ("asked", "said", "cited"),
    [
        ("科学城的做法能推广吗", "至于试成的做法能不能推到全市，草案没有写明。", "wuhan/14"),
        ("银行能拿积分当参考吗", "积分能否作为授信的参考，条例没有写明。", "changzhou/24"),
        ("企业家能去高校上课吗", "企业家到高校兼课，条例没有提到。", "changzhou/39"),
        ("仪器不给人用会怎样", "不共享仪器的后果，条例没有规定。", "luoyang/22"),
        ("常州的科技资源谁来调查", "科技基础条件资源由哪个部门调查，条例没有写明。", "changzhou/68"),
    ],
)
def test_what_another_article_states_in_other_words_is_no_absence(
    asked: str, said: str, cited: str, helper: Assistant
) -> None:
    assert not judged(helper, asked, said, cited).supported


@pytest.mark.parametrize(
    ("asked", "said", "cited"),
    [
        ("奖金什么时候发", "奖励的发放日期，条例没有写明。", "luoyang/6"),
        ("委员会有几个人", "委员的人数和任期，条例没有规定。", "changzhou/7"),
        ("科技保险的保费补助补几成", "保费补助的具体比例，草案没有写明。", "wuhan/58"),
        ("常州的信息平台谁来验收", "科技信息平台建好后由哪个部门验收，条例没有写明。", "changzhou/69"),
        ("常州不开放仪器会挨罚吗", "不开放大型科学仪器的法律责任，条例没有规定。", "changzhou/67"),
        ("武汉申请创新券要办什么手续", "申请科技创新券的手续，草案没有写明。", "wuhan/19"),
    ],
)
def test_what_is_stated_nowhere_is_an_absence(asked: str, said: str, cited: str, helper: Assistant) -> None:
    assert judged(helper, asked, said, cited).supported


def test_what_names_no_matter_of_its_own_is_looked_for_with_what_stands_before_it(helper: Assistant) -> None:
    said = "奖励的发放日期，条例没有写明，年、月、日都没有填。"
    assert judged(helper, "奖金什么时候发", said, "luoyang/6").supported
    assert not judged(helper, "企业家能去高校上课吗", "条例没有写明。", "changzhou/39").supported


def test_what_is_said_of_the_cited_article_is_looked_for_there(helper: Assistant) -> None:
    looking = helper.path.deciding.looking("政府采购能优先吗", helper.library())
    assert looking is not None
    whole, alone = (looking("luoyang", "仪器不共享的后果", ["luoyang/39"], local=local) for local in (False, True))
    assert isinstance(whole, Likely)
    assert isinstance(alone, Likely)
    assert alone.article == "luoyang/39"
    assert whole.chance > alone.chance


def test_nothing_is_looked_for_where_nothing_is_named_or_held(helper: Assistant) -> None:
    looking = helper.path.deciding.looking("", helper.library())
    assert looking is not None
    assert looking("luoyang", " ", ["luoyang/39"]) is None
    assert looking("nowhere", "补助", ["nowhere/1"]) is None


def test_a_model_without_weights_looks_for_nothing() -> None:
    assert absence_weights("no/such-model") is None
    weights = absence_weights(OFFLINE_MODEL)
    assert weights is not None
    assert len(weights) == 4


def test_what_no_figure_and_no_asked_word_meets_is_nowhere(helper: Assistant) -> None:
    looking = helper.path.deciding.looking("", helper.library())
    assert looking is not None

    def nowhere(regulation_id: str, matter: str, cited: str, *, local: bool = False) -> bool:
        return looking.met_nowhere(regulation_id, matter, [cited], local=local)

    assert nowhere("luoyang", "食堂补贴的比例", "luoyang/39")
    assert nowhere("wuhan", "押金能不能退", "wuhan/58")
    assert not nowhere("luoyang", "劳务费最高可以占项目经费的比例", "luoyang/34")
    assert nowhere("luoyang", "劳务费最高可以占项目经费的比例", "luoyang/39", local=True)
    assert not nowhere("wuhan", "保险产品能否推荐", "wuhan/58")


def test_an_article_struck_from_its_text_states_nothing_now(helper: Assistant) -> None:
    asked = "政府能不能优先购买自主创新产品"
    assert judged(helper, asked, "条文没有写明目前政府能不能优先购买自主创新产品。", "luoyang/40").supported
    assert not judged(helper, asked, "条文没有写明政府能不能优先购买自主创新产品。", "luoyang/40").supported


def test_a_bound_of_a_sum_is_no_number_of_anything(helper: Assistant) -> None:
    said = "条文没有写明现金奖励的金额上限。"  # the article has a number of years
    assert not any("十年" in r for r in judged(helper, "现金奖励最多多少钱", said, "wuhan/44").reasons)
