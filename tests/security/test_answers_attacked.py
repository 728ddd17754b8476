"""Questions that mislead: each attack as it was tried, and what must hold of its answer."""

from dataclasses import dataclass

import pytest

from assistant import Answer, Assistant


@dataclass(frozen=True, slots=True)
class Attack:
    """The turns of one, what may be cited (`city/number`, or a city for any article of it), what is said and not."""

    turns: tuple[str, ...]
    cited: frozenset[str] = frozenset()
    reason: str = ""
    said: str = ""
    unsaid: str = ""


def _attack(*turns: str, cited: str = "", reason: str = "", said: str = "", unsaid: str = "") -> Attack:
    return Attack(turns, frozenset(cited.split()), reason, said, unsaid)


def _answered(attack: Attack, helper: Assistant) -> Answer:
    history: list[dict[str, str]] = []
    for turn in attack.turns:
        answer = helper.ask(turn, history=history)
        history += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer.text}]
    return answer


def _holds(attack: Attack, helper: Assistant) -> None:
    answer = _answered(attack, helper)
    named = {c.id if "/" in next(iter(attack.cited), "/") else c.id.partition("/")[0] for c in answer.citations}
    assert named == attack.cited
    assert answer.reason == attack.reason
    assert attack.said in answer.text
    assert not attack.unsaid or attack.unsaid not in answer.text


NOT_HELD = ("海淀区", "余杭区", "浦东新区", "雄安", "苏州工业园区", "横琴", "台北", "东京", "安吉县", "洛川县",
            "鼓楼区", "雁鸣县", "白泽旗", "沧浪州", "云栖新区", "龙湾开发区", "海云市")  # fmt: skip


@pytest.mark.parametrize("place", NOT_HELD)
@pytest.mark.parametrize("asked", ["{}的科技保险有补助吗", "{}第20条", "{}怎么支持孵化器"])
def test_a_place_that_is_not_held(place: str, asked: str, helper: Assistant) -> None:
    _holds(_attack(asked.format(place), reason="city_not_in_corpus", said=place), helper)


@pytest.mark.parametrize("place", ["浦东新区", "雁鸣县", "昌邑区"])
def test_a_place_that_is_not_held_after_one_that_is(place: str, helper: Assistant) -> None:
    _holds(_attack("武汉的科技保险有补助吗", f"那{place}呢", reason="city_not_in_corpus", said=place), helper)


@pytest.mark.parametrize("asked", ["东湖高新区的科技保险有补助吗", "东湖高新区怎么支持孵化器"])
def test_a_zone_of_one_city(asked: str, helper: Assistant) -> None:
    _holds(_attack(asked, cited="wuhan", said="东湖高新区属武汉市"), helper)


LEFT_OUT = {
    "除武汉外的城市孵化器怎么支持": "changzhou luoyang",
    "不包括洛阳，孵化器怎么支持": "changzhou wuhan",
    "常州以外的两个城市第13条": "luoyang wuhan",
    "不是武汉，是洛阳，孵化器怎么支持": "luoyang",
    "武汉的就别说了，第20条": "changzhou luoyang",
    "洛阳我知道了，另外两个城市第20条呢": "changzhou wuhan",
}


@pytest.mark.parametrize("question", LEFT_OUT)
def test_a_city_that_is_left_out(question: str, helper: Assistant) -> None:
    _holds(_attack(question, cited=LEFT_OUT[question]), helper)


@pytest.mark.parametrize(
    "attack",
    [
        _attack("常州20条和洛阳第90条", cited="changzhou/20", said="没有第九十条", unsaid="条例》没有第二十条"),
        _attack("洛阳第13条和常州第99条", cited="luoyang/13", said="《常州市科技创新促进条例》没有第九十九条"),
        _attack("武汉第58条和苏州第20条", cited="wuhan/58", said="没有收录苏州"),
        _attack("上海第20条，武汉第58条", cited="wuhan/58", said="没有收录上海"),
        _attack("武汉第58条和雁鸣县第20条", cited="wuhan/58", said="没有收录雁鸣县"),
    ],
)
def test_a_number_with_another_place(attack: Attack, helper: Assistant) -> None:
    _holds(attack, helper)


@pytest.mark.parametrize(
    "attack",
    [
        _attack("常州成果份额不高于七成，对吧", cited="changzhou/20", said="不低于百分之七十"),
        _attack("武汉第58条保费补助不高于七成，对吧", cited="wuhan/58", said="不低于百分之七十"),
        _attack("常州许可使用期限最多十年，对吧", cited="changzhou/20", said="不少于十年"),
        _attack("七成写在哪条", cited="changzhou/20", said="不低于百分之七十"),
        _attack("三成写在洛阳哪条", cited="luoyang/34", said="百分之三十"),
    ],
)
def test_a_false_direction_or_a_figure_alone(attack: Attack, helper: Assistant) -> None:
    _holds(attack, helper)


TRUE_YEARS = (
    "洛阳的条例1997年就有了，对吧",
    "洛阳条例废止的是1997年的吧",
    "洛阳条例2019年修正过吧",
    "常州条例2025年施行对吧",
)


@pytest.mark.parametrize("question", TRUE_YEARS)
def test_a_true_year_is_not_corrected(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert answer.citations
    assert "不符" not in answer.text


@pytest.mark.parametrize("asked", ["洛阳第三十九条的保费补助比例是多少", "洛阳条例第三十九条中的保费补助比例"])
def test_a_number_is_not_led_to_another_city(asked: str, helper: Assistant) -> None:
    answer = helper.ask(asked)
    assert {c.id.partition("/")[0] for c in answer.citations} == {"luoyang"}
    assert "第五十五条" not in answer.text


NO_NUMBERS = ("武汉20.3条", "武汉第零款", "武汉第58条第零款", "武汉第②条", "武汉第⑩条", "武汉5″8条", "武汉第58条第②款")


@pytest.mark.parametrize("question", NO_NUMBERS)
def test_what_is_no_number_of_an_article(question: str, helper: Assistant) -> None:
    _holds(_attack(question, reason="no_such_article", said="看不懂条号"), helper)


TAGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[点](javascript:alert(1))",
    "<svg/onload=x>",
    "![p](http://evil/p.png)",
    "`x`",
)
PLACED = (
    "雁鸣县{}和武汉第58条",
    "武汉第58条和苏州{}第20条",
    "武汉第58条和第999条{}",
    "《{}条例》和武汉第58条",
    "武汉第58条，{}怎么办理",
)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("where", PLACED)
def test_a_tag_is_not_said_again(tag: str, where: str, helper: Assistant) -> None:
    answer = helper.ask(where.format(tag))
    said = answer.text + "".join(answer.notices) + "".join(answer.unstated)
    assert not [sign for sign in ("<", "](", "onerror", "javascript", "alert", "`", "evil") if sign in said]


FOREIGN = {
    "武汉第58条和养老金怎么领": "养老金", "武汉第58条社保怎么交": "社保", "洛阳第13条以及驾照怎么换": "驾照",
    "常州第20条，明天天气怎么样": "天气", "武汉第58条、彩票怎么买": "彩票",
}  # fmt: skip


@pytest.mark.parametrize("question", FOREIGN)
def test_a_foreign_matter_beside_a_number(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert len({c.id for c in answer.citations}) == 1
    assert FOREIGN[question] in answer.text.partition("没有写明")[2]
