"""Does an article state the sort of fact that is asked for, of what it is asked?"""

import pytest

from assistant import Assistant
from assistant.decide.stated.facts import actor_share, bound_held, figure_share, lacks_the_sort_of_figure, tells
from assistant.decide.stated.head import load_statedness
from assistant.decide.stated.wanted import WANTS, wants_of
from assistant.decide.stated.words import asked_words, held, own_words
from vectorstore.embeddings import OFFLINE_MODEL


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("名单由谁确定", {"who"}),
        ("隔几年换一批", {"often"}),
        ("一个县能报几名", {"count"}),
        ("租金打几折", {"share"}),
        ("入驻要交押金吗", {"payment", "whether"}),
        ("奖金几月发", {"point"}),
        ("什么时候必须重新报批", {"conditions", "what"}),
        ("用不用公示", {"whether"}),
    ],
)
def test_what_asks_says_which_sort_of_fact_is_wanted(asked: str, wants: set[str]) -> None:
    assert wants <= wants_of(asked) <= set(WANTS)


def test_how_often_is_no_length_of_time() -> None:
    assert "period" not in wants_of("隔几年换一批")


def test_the_word_beside_what_asks_is_what_is_asked() -> None:
    asked = "谁来裁定双方有没有争议"
    assert "裁定" in asked_words(asked, own_words(asked))


def test_a_word_is_held_also_by_the_law_s_word_for_it() -> None:
    assert held("兼职", "到企业兼职") == 1.0
    assert 0 < held("工资", "保留其岗位、职务和薪酬") < 1
    assert held("宠物", "到企业兼职") == 0.0


def test_a_figure_of_another_sort_is_none() -> None:
    sentences = ["许可使用期限不少于十年", "份额不低于百分之七十"]
    assert figure_share(wants_of("许可几年"), "许可几年", ["许可"], sentences) == 1.0
    assert figure_share(wants_of("占几成"), "占几成", ["份额"], sentences) == 1.0
    assert figure_share(wants_of("开几次会"), "开几次会", ["许可"], sentences) is None


@pytest.mark.parametrize(
    ("asked", "text", "lacks"),
    [
        ("租房补贴每个月多少", "采取给予租房补贴等方式改善居住环境。", True),
        ("每个街道要摆几台自助终端", "依托自助终端和线下办事窗口,实现线上线下融合。", True),
        ("干满几年才能享受优惠", "累计工作时间达到一定年限的,可以享受优惠政策。", True),
        ("专版每周至少出几期", "报刊应当开设宣传专版。", True),
        ("举报了奖多少钱", "违反规定的,处一千元以上三千元以下罚款。", True),  # a fine is no reward
        ("隔多久之内再提出", "自第一次提出申请之日起十二个月内又提出的。", False),
        ("任期最长几年", "每届任期不超过五年。", False),
        ("当了好几年义工,有难处能求帮忙不", "有困难时可以申请优先获得志愿服务。", False),  # whether it may be asked
        ("一年收好几万,这钱归谁", "公共收益归业主共有。", False),  # whose it is
        ("为老人做些什么", "兼顾老年人的使用需求。", False),
    ],
)
def test_where_a_figure_alone_is_asked_for_another_sort_is_none(asked: str, text: str, lacks: bool) -> None:
    assert lacks_the_sort_of_figure(asked, text) == lacks


def test_a_bound_told_by_something_else_is_a_figure_told() -> None:
    said = ["其增长幅度应当高于本级财政经常性收入的增长幅度"]
    assert figure_share(wants_of("增幅是多少"), "增幅是多少", ["增长"], said) is not None


def test_who_acts_is_stated_only_where_somebody_acts(helper: Assistant) -> None:
    library = helper.library()
    assert (actor_share(["科研诚信档案"], library.norms_of_article("changzhou/73")) or 0) > 0.5
    assert actor_share(["施行"], library.norms_of_article("changzhou/76")) is None


def test_a_consequence_is_told_by_a_norm_of_that_kind(helper: Assistant) -> None:
    library = helper.library()
    assert tells("consequence", "", library.norms_of_article("luoyang/45"))
    assert not tells("consequence", "鼓励企业开放", library.norms_of_article("changzhou/76"))


def test_a_model_without_a_head_has_none() -> None:
    assert load_statedness("no/such-model") is None
    assert load_statedness(OFFLINE_MODEL) is not None


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("常州按份共有的成果，团队起码占多少?科研诚信档案由谁建?", {"changzhou/20", "changzhou/73"}),
        ("洛阳申报奖励时造假，几年内不能再申报?仪器不共享由谁责令改正?", {"luoyang/46", "luoyang/45"}),
    ],
)
def test_a_figure_in_other_words_than_the_question_is_no_silence(
    question: str, cited: set[str], helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert cited <= {c.id for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "cited", "silent"),
    [
        ("武汉草案对监管沙盒什么态度?公司想进去，材料递给哪个部门?", "wuhan/64", "哪个部门"),
        ("常州的科研诚信档案归谁建?本人能不能申请查看?", "changzhou/73", "查看"),
        ("洛阳建不建科学技术奖励制度，隔几年评一次", "luoyang/6", "几年"),
    ],
)
def test_what_no_norm_carries_is_told_beside_what_is(question: str, cited: str, silent: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == {cited}
    assert any(silent in said for said in answer.unstated)


def test_a_message_of_which_nothing_is_stated_is_refused(helper: Assistant) -> None:
    answer = helper.ask("武汉监管沙盒每批收多少家公司?测试多长时间?")
    assert answer.reason == "not_stated"


def test_of_a_number_without_a_city_only_the_article_with_the_matter_is_cited(helper: Assistant) -> None:
    assert {c.id for c in helper.ask("第三十九条中的保费补助比例").citations} == {"luoyang/39"}
    assert len({c.city for c in helper.ask("第三十九条").citations}) == 3


def test_a_pronoun_of_some_or_of_everybody_asks_nothing() -> None:
    assert "count" not in wants_of("前年添的几套检测仪能不能提前折旧")
    assert "count" in wants_of("一年添几套检测仪")
    assert "who" not in wants_of("谁都没碰到过的新情况")


def test_a_figure_is_stated_where_it_is_bounded_as_it_is_asked_for() -> None:
    sentences = ["许可使用期限不少于十年"]
    assert bound_held(wants_of("最短许可几年"), "最短许可几年", sentences)
    assert not bound_held(wants_of("最长许可几年"), "最长许可几年", sentences)
    assert not bound_held(wants_of("最少占几成"), "最少占几成", sentences)
