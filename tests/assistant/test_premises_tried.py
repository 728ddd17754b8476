"""What a question tells of the law is held against it: days, figures, which cities are left out; by kind."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "told", "right"),
    [
        ("洛阳条例1997年通过的吧", "1997年", "2014年8月22日通过"),
        ("洛阳条例是不是2013年施行的", "2013年", "2015年1月1日起施行"),
        ("洛阳不是2014年施行吗", "2014年", "2015年1月1日起施行"),
        ("常州条例2023年施行，对吗", "2023年", "2025年1月1日起施行"),
        ("常州条例是2020年公布的，是吗", "2020年", "2024年10月8日公布"),
        ("洛阳条例2017年修正过吧", "2017年", "后经修正（2019年5月9日、2019年7月26日）"),
    ],
)  # fmt: skip
def test_a_wrong_day_of_a_law_is_held_against_its_own_day_and_no_other(
    question: str, told: str, right: str, helper: Assistant
) -> None:
    (said,) = [n for n in helper.ask(question).notices if "不符" in n]
    assert told in said
    assert right in said
    assert said.count("《") == 1


@pytest.mark.parametrize(
    "question",
    [
        "洛阳条例是2014年通过的，对吗", "洛阳条例不是2014年通过的吧", "洛阳条例不是2015年施行的吗",
        "常州条例是2024年通过的对吧", "常州条例不是2025年施行的吧", "常州条例2024年9月批准的吧",
        "常州不是2025年1月1日施行的吗", "洛阳条例2019年修正过吧", "洛阳条例不是2019年7月改过吗",
        "洛阳的条例1997年就有了，对吧", "洛阳条例废止的是1997年的吧",
    ],
)  # fmt: skip
def test_a_true_day_of_a_law_is_not_corrected(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert not [n for n in answer.notices if "不符" in n]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("70%这个比例在哪", "changzhou/20"), ("百分之七十是怎么规定的", "changzhou/20"),
        ("七成在哪一条里", "changzhou/20"), ("洛阳百分之二十怎么规定", "luoyang/13"),
    ],
)  # fmt: skip
def test_a_figure_alone_is_found_where_it_stands(question: str, number: str, helper: Assistant) -> None:
    assert {c.id for c in helper.ask(question).citations} == {number}


@pytest.mark.parametrize("question", ["零下十八摄氏度是哪条", "-5℃写在哪条", "零下二十度在第几条"])
def test_degrees_below_zero_are_a_figure(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("not_stated", ())
    assert "没有写" in answer.text


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("武汉不算，别的城市第20条", {"changzhou", "luoyang"}),
        ("洛阳就不用了，看看另外两个城市第20条", {"changzhou", "wuhan"}),
        ("武汉不看，孵化器怎么支持", {"changzhou", "luoyang"}),
        ("常州除外，其他城市孵化器怎么支持", {"luoyang", "wuhan"}),
        ("除了武汉和常州，孵化器怎么支持", {"luoyang"}), ("排除武汉后第20条", {"changzhou", "luoyang"}),
        ("我问的不是常州，是武汉的第20条", {"wuhan"}), ("科技保险补助，武汉的就别说了", {"changzhou", "luoyang"}),
        ("不谈常州，只看另外两市的第20条", {"luoyang", "wuhan"}), ("忽略武汉，第20条", {"changzhou", "luoyang"}),
        ("武汉我知道了，另外两个城市第20条呢", {"changzhou", "luoyang"}),
        ("第20条，武汉除外", {"changzhou", "luoyang"}),
        ("第20条，洛阳和常州的，武汉不用", {"changzhou", "luoyang"}), ("武汉的第20条不要，要常州的", {"changzhou"}),
        ("并非武汉，而是常州的第20条", {"changzhou"}), ("别拿武汉的，拿常州的第20条", {"changzhou"}),
        ("武汉也别漏了，第20条", {"wuhan"}), ("不只武汉，常州第20条", {"changzhou", "wuhan"}),
    ],
)  # fmt: skip
def test_a_city_that_is_left_out_is_not_quoted(question: str, cities: set[str], helper: Assistant) -> None:
    assert {c.id.partition("/")[0] for c in helper.ask(question).citations} == cities


@pytest.mark.parametrize(
    "place",
    [
        "西城区", "滨江区", "天河区", "光明区", "德清县", "洛南县", "常熟市", "常德市", "武威市", "江北区",
        "首尔", "纽约", "澳门", "中关村", "苏州高新区", "雁鸣县", "碧螺县", "白泽旗", "沧浪州", "红岩自治县",
        "云栖新区", "龙湾开发区", "金鼎高新区", "云岭市", "海云市",
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["{}的科技保险", "{}第20条"])
def test_another_place_is_not_answered_from_those_held(place: str, asked: str, helper: Assistant) -> None:
    answer = helper.ask(asked.format(place))
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())


@pytest.mark.parametrize(
    "question",
    [
        "贫困县的孵化器怎么支持", "在开发区办孵化器怎么支持", "大城市的孵化器怎么支持", "我们县的孵化器怎么支持",
        "设区的市怎么支持孵化器", "革命老区的孵化器怎么支持", "中心城市的孵化器怎么支持",
    ],
)  # fmt: skip
def test_a_kind_of_place_is_the_name_of_none(question: str, helper: Assistant) -> None:
    assert {c.id for c in helper.ask(question).citations} >= {"luoyang/19", "wuhan/52"}


@pytest.mark.parametrize(
    ("question", "told", "held"),
    [
        ("常州份额不高于七成，对吧", "不高于七成", "不低于百分之七十"),
        ("常州科技成果份额至多百分之七十是吧", "至多百分之七十", "不低于百分之七十"),
        ("七成以下，对吧，常州第20条", "七成以下", "不低于百分之七十"),
        ("常州许可使用期限不超过十年，对吧", "不超过十年", "不少于十年"),
        ("洛阳第13条不超过百分之二十，是吗", "不超过百分之二十", "百分之二十以上"),
        ("约定按份共有的，团队份额应当小于七成？", "小于七成", "不低于百分之七十"),
        ("武汉第58条保费补助不高于七成，对吧", "不高于七成", "不低于百分之七十"),
    ],
)
def test_a_bound_turned_round_is_said_with_its_words(question: str, told: str, held: str, helper: Assistant) -> None:
    assert any(f"「{told}」" in n and f"「{held}」" in n for n in helper.ask(question).notices)
