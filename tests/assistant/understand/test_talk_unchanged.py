"""What a turn asks does not depend on courtesy, on the script, nor, where it says all that it asks, on the talk."""

import pytest

from assistant import Assistant
from assistant.understand.question import understand
from assistant.understand.thread.said import said_in

TALKS = (
    (("洛阳怎么扶持孵化器", "luoyang/19"), ("专项资金由谁设立", "luoyang/19")),
    (("武汉的伦理审查管哪些研究", "wuhan/69"), ("档案几年更新一次", "wuhan/70")),
)
#: Turns that lean on what was said, each with what it is asked after.
LEANING = (
    ("入驻的企业得到什么服务", TALKS[0]),
    ("武汉对它有规定吗", TALKS[0]),
    ("谁来监督审查", TALKS[1][:1]),
)
#: Turns that say all that they ask.
WHOLE = (
    "常州的大型科学仪器在哪些情况下可以不向社会开放",
    "武汉的银行能不能按人才的等级发放信用贷款",
    "洛阳选派科技人员下到农村服务,原来单位的岗位还留不留",
    "常州企业买研发设备加速折旧、研发费用加计扣除,这些优惠由哪些部门讲解政策",
    "常州和洛阳对科研失败各怎么规定,有什么不同",
    "武汉和常州对科技金融的规定有什么不同",
    "常州市司法行政部门在这部条例里要做什么",
    "武汉那份草案主要讲了哪些内容",
    "洛阳条例从哪天起施行",
    "三部条例里哪几条写到了保险",
)
#: Turns that name their city and go on all the same.
ELSEWHERE = (
    *("那常州呢", "常州有没有类似的规定", "常州在这方面怎么规定", "常州也这样吗", "常州有什么规定", "常州的规定有哪些"),
    *("常州是怎么规定的", "常州和武汉怎么规定", "常州和武汉有规定吗"),
)


def _history(helper: Assistant, talk: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    told: list[dict[str, str]] = []
    for asked, id_ in talk:
        regulation, article = helper.article(id_)
        quote = f"> {article.paragraphs[0].full}\n\n——《{regulation.title}》{article.label}"
        told += [{"role": "user", "content": asked}, {"role": "assistant", "content": quote}]
    return told


def _cited(helper: Assistant, question: str, history: list[dict[str, str]] | None = None) -> set[str]:
    return {c.id for c in helper.ask(question, history=history).citations}


@pytest.mark.parametrize("form", ["请问{}", "那{}", "好的,{}", "{}?谢谢", "{}?", "麻烦问一下,{}"])
@pytest.mark.parametrize(("turn", "talk"), LEANING)
def test_courtesy_changes_nothing(form: str, turn: str, talk: tuple[tuple[str, str], ...], helper: Assistant) -> None:
    history = _history(helper, talk)
    assert _cited(helper, form.format(turn), history) == _cited(helper, turn, history) != set()


@pytest.mark.parametrize(("turn", "talk"), LEANING)
def test_thanks_between_change_nothing(turn: str, talk: tuple[tuple[str, str], ...], helper: Assistant) -> None:
    history = _history(helper, talk)
    thanked = [*history, {"role": "user", "content": "好的,谢谢"}, {"role": "assistant", "content": "不客气。"}]
    assert _cited(helper, turn, thanked) == _cited(helper, turn, history)


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize("question", WHOLE)
def test_what_says_all_that_it_asks_is_answered_as_without_a_talk(
    question: str, talk: tuple[tuple[str, str], ...], helper: Assistant
) -> None:
    assert _cited(helper, question, _history(helper, talk)) == _cited(helper, question) != set()


def test_a_word_that_points_at_the_turns_own_clause_leans_on_nothing() -> None:
    assert not said_in("企业的研发设备可以加速折旧,这个由谁讲解").points
    assert said_in("这个由谁讲解").points
    assert said_in("好的,这个由谁讲解").points


def test_what_says_that_the_law_says_so_denies_nothing() -> None:
    assert not said_in("常州不是说份额可以约定的吗,怎么约定").corrects
    assert said_in("我不是说份额,我说的是期限").corrects


def test_only_another_city_asks_what_was_asked_last(helper: Assistant) -> None:
    talk = (("洛阳中介机构几次考核不合格就停拨资金", "luoyang/16"), ("政府购买中介服务怎么办", "luoyang/15"))
    question = understand("常州呢", helper.library().regulations, _history(helper, talk))
    assert "几次" in question.text
    assert question.asking == "政府购买中介服务怎么办"


@pytest.mark.parametrize(
    ("asked", "id_", "turn", "counterpart"),
    [
        ("常州怎么做科学技术普及", "changzhou/65", "武汉呢", "wuhan/66"),
        ("武汉怎么照顾人才的家里人", "wuhan/25", "洛阳", "luoyang/24"),
        ("洛阳的老师下厂兼职有规定没有", "luoyang/25", "换成武汉", "wuhan/31"),
    ],
)
def test_another_city_has_what_is_worded_alike(
    asked: str, id_: str, turn: str, counterpart: str, helper: Assistant
) -> None:
    assert counterpart in _cited(helper, turn, _history(helper, ((asked, id_),)))


@pytest.mark.parametrize("turn", ELSEWHERE)
def test_what_names_only_its_city_goes_on(turn: str, helper: Assistant) -> None:
    history = _history(helper, TALKS[0][:1])
    assert understand(turn, helper.library().regulations, history).rewritten
    assert "changzhou/23" in _cited(helper, turn, history)


@pytest.mark.parametrize(
    ("turn", "points"),
    [
        ("常州这部条例怎么说", False),
        ("那份草案有几章", False),
        ("这条怎么办", True),
        ("这部分怎么办", True),
        ("这部门归谁管", True),
    ],
)
def test_the_law_itself_is_no_word_for_what_was_spoken_of(turn: str, points: bool) -> None:
    assert said_in(turn).points is points


def test_what_names_the_city_that_was_spoken_of_and_no_matter_goes_on(helper: Assistant) -> None:
    history = _history(helper, TALKS[0][:1])
    assert understand("洛阳的规定有哪些", helper.library().regulations, history).rewritten
