"""Which cities a question means, and which a filter allows."""

from dataclasses import replace

import pytest
from bundled import HELD

from assistant import Assistant, CityNotHeld
from assistant.understand.cities import find_cities
from assistant.understand.names import resolve_filter

C, L, W = "changzhou", "luoyang", "wuhan"
NAMED = {
    "武汉的科技保险": (W,),
    "武汉市的科技保险": (W,),
    "武汉草案怎么说": (W,),
    "武汉征求意见稿": (W,),
    "洛阳条例第三十九条": (L,),
    "常州科创条例": (C,),
    "《常州市科技创新促进条例》第二十条": (C,),
    "《武汉市推进科技创新中心建设条例（草案征求意见稿）》": (W,),
    "江苏常州的科技保险": (C,),
    "河南省洛阳市的科技保险": (L,),
    "武汉和常州": (W, C),
    "常州、洛阳、武汉": (C, L, W),
    "洛阳的企业和常州的企业": (L, C),
    "科技保险": (),
    "溧阳市的科技保险": (C,),
    "溧阳的科技保险": (C,),
    "武进区和江岸区的孵化器": (C, W),
    "武汉江岸区的孵化器": (W,),
    "新北的孵化器": (),
}
UNKNOWN = {
    "昆山有孵化器奖励吗": "昆山",
    "深圳的科技保险": "深圳",
    "上海市科技保险": "上海市",
    "吉林市的孵化器": "吉林市",
    "江苏省的科技条例": "江苏省",
    "湖北的科技保险": "湖北",
    "民法典第20条": "民法典",
    "《专利法》怎么说": "《专利法》",
    "科学技术进步法第二十条怎么规定": "科学技术进步法",
}


@pytest.mark.parametrize(("text", "ids"), NAMED.items(), ids=NAMED.keys())
def test_a_held_city_is_read_in_the_order_named(text: str, ids: tuple[str, ...]) -> None:
    found = find_cities(text, HELD)
    assert found.ids == ids
    assert found.unknown == ()


@pytest.mark.parametrize(("text", "name"), UNKNOWN.items(), ids=UNKNOWN.keys())
def test_what_is_not_held_is_named(text: str, name: str, helper: Assistant) -> None:
    assert find_cities(text, HELD).unknown == (name,)
    answer = helper.ask(text)
    assert (answer.refused, answer.reason, answer.citations) == (True, "city_not_in_corpus", ())
    assert name in answer.text
    assert all(r.place in answer.text for r in helper.regulations())  # what is held instead


def test_a_district_has_the_regulation_of_its_city_and_the_answer_says_so(helper: Assistant) -> None:
    answer = helper.ask("溧阳市的科创飞地怎么建")
    assert {c.city for c in answer.citations} == {"常州市"}
    assert "溧阳市属常州市，以下是常州市的规定。" in answer.notices
    assert helper.ask("常州溧阳市的科创飞地怎么建").citations == answer.citations
    assert not [n for n in helper.ask("常州溧阳市的科创飞地怎么建").notices if "属常州市" in n]
    for text in ("鼓楼区的孵化器", "老城区的旧厂房怎么改", "北京市朝阳区的孵化器", "对应城市的政策", "采集安全数据"):
        assert find_cities(text, HELD).parts == ()
    two = helper.ask("洛龙区、江夏区和溧阳的孵化器")
    assert [n[:3] for n in two.notices if "属" in n] == ["洛龙区", "江夏区", "溧阳属"]
    assert not [n for n in helper.ask("溧阳和武汉的孵化器", cities=["武汉"]).notices if "溧阳" in n]
    liyang = replace(HELD[0].with_id("liyang"), city="溧阳市", title="溧阳市科技规定", short_names=())
    assert find_cities("溧阳的科技保险", [*HELD, liyang]).ids == ("liyang",)  # it has one of its own
    assert find_cities("溧阳市知识产权条例怎么规定", HELD).unknown == ("溧阳市知识产权条例",)


@pytest.mark.parametrize("text", ["合作研发怎么支持", "大同小异", "东方不亮西方亮", "海南方言"])
def test_an_everyday_word_is_no_city(text: str) -> None:
    found = find_cities(text, HELD)
    assert "合作" not in found.unknown
    assert "大同" not in found.unknown
    assert "东方" not in found.unknown


def test_a_national_law_beside_a_held_city_is_background() -> None:
    found = find_cities("武汉怎么落实《中华人民共和国科学技术进步法》", HELD)
    assert (found.ids, found.unknown) == ((W,), ())


def test_a_city_beside_one_that_is_not_held_is_answered_and_the_other_named(helper: Assistant) -> None:
    answer = helper.ask("深圳和武汉的科技保险补贴")
    assert {c.city for c in answer.citations} == {"武汉市"}
    assert any("深圳" in n for n in answer.notices)
    assert "深圳" in answer.text


@pytest.mark.parametrize("text", ["武漢的企業買科技保險有補助嗎？", "武漢市科技保險", "洛陽條例第三十九條", "常州條例"])
def test_traditional_names_are_the_same_cities(text: str, helper: Assistant) -> None:
    city = {"武": "武汉市", "洛": "洛阳市", "常": "常州市"}[text[0]]
    assert {h.city for h in helper.search(text)} == {city}


@pytest.mark.parametrize("name", ["武汉", "武汉市", "wuhan", "WUHAN", " 武汉 ", "武漢", "武汉草案"])
def test_a_filter_takes_every_name_of_a_city(name: str, helper: Assistant) -> None:
    assert resolve_filter([name], HELD) == (W,)
    answer = helper.ask("科技保险补贴", cities=[name])
    assert {h.city for h in answer.hits} == {"武汉市"}
    assert {c.city for c in answer.citations} == {"武汉市"}


@pytest.mark.parametrize("cities", [None, [], (), "", "武汉,常州,洛阳", ["武汉", "wuhan", "常州", "洛阳"]])
def test_an_empty_filter_means_all_and_none_twice(cities: object, helper: Assistant) -> None:
    assert {h.city for h in helper.ask("科技保险补贴", cities=cities).hits} == {"武汉市", "常州市", "洛阳市"}


@pytest.mark.parametrize("name", ["上海", "昆山市", "湖北省", "nowhere", "武", "汉"])
def test_an_unknown_city_in_the_filter_names_it_and_what_is_held(name: str, helper: Assistant) -> None:
    with pytest.raises(CityNotHeld, match=name) as said:
        helper.ask("科技保险", cities=[name])
    for city in ("武汉市", "常州市", "洛阳市"):
        assert city in str(said.value)
    with pytest.raises(CityNotHeld, match=name):
        helper.search("科技保险", cities=["武汉", name])


def test_a_filter_that_excludes_the_named_city_refuses_and_says_both(helper: Assistant) -> None:
    for question in ("武汉的科技保险", "武汉第58条"):
        answer = helper.ask(question, cities=["常州"])
        assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())
        assert "武汉市" in answer.text
        assert "常州市" in answer.text


def test_a_filter_with_one_of_two_named_cities_answers_that_one(helper: Assistant) -> None:
    answer = helper.ask("武汉和常州的科技保险", cities=["常州"])
    assert {c.city for c in answer.citations} == {"常州市"}


def test_a_filter_decides_a_lookup_without_a_city(helper: Assistant) -> None:
    assert {c.id for c in helper.ask("第58条", cities=["武汉"]).citations} == {"wuhan/58"}


def test_a_title_with_markup_in_it_is_not_said_again(helper: Assistant) -> None:
    for title in ("<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://evil/p.png)", "`x`", "**x**"):
        answer = helper.ask(f"《{title}》怎么说")
        assert not any(sign in answer.text for sign in ("<", "](", "`", "evil"))


@pytest.mark.parametrize(
    "question",
    [
        "常州市知识产权条例第五条",
        "《武汉市科技成果转化条例》第三条",
        "洛阳市科学技术投入条例第三条",
        "国家科技奖励条例怎么说",
    ],
)
def test_a_title_that_is_not_held_is_not_answered_from_one_that_is(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())


@pytest.mark.parametrize(
    "question",
    ["常州科创条例第五条", "洛阳科技进步条例第五条", "武汉科技创新中心条例第五条", "洛阳出新条例了吗，第五条"],
)
def test_a_short_title_is_held_where_its_characters_stand_in_order(question: str, helper: Assistant) -> None:
    assert {c.article for c in helper.ask(question).citations} == {5}


@pytest.mark.parametrize(("typed", "meant"), [("落阳", "luoyang"), ("武汗", "wuhan"), ("常洲", "changzhou")])
def test_a_city_typed_by_its_sound_is_found_and_said(typed: str, meant: str, helper: Assistant) -> None:
    answer = helper.ask(f"{typed}的企业买科技保险有补助吗")
    assert {c.id.split("/")[0] for c in answer.citations} == {meant}
    assert answer.standalone


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("除武汉外的城市科技保险怎么规定", (C, L)), ("不包括洛阳,科技保险有补助吗", (C, W)),
        ("常州以外的两个城市第13条", (L, W)),
        ("不是武汉,是洛阳,有补助吗", (L,)), ("我问的是洛阳不是武汉", (L,)), ("除了武汉和常州以外的地方", (L,)),
        ("除常州之外,孵化器怎么支持", (L, W)), ("不要洛阳的,孵化器怎么支持", (C, W)), ("是不是武汉有补助", (W,)),
        ("武汉是不是有补助", (W,)),
    ],
)  # fmt: skip
def test_a_city_that_is_left_out_is_not_the_one_that_is_answered(question: str, ids: tuple[str, ...]) -> None:
    found = find_cities(question, HELD)
    assert set(found.ids) == set(ids)
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("海淀区的科技保险", "海淀区"), ("余杭区有孵化器补助吗", "余杭区"), ("浦东新区的科技保险", "浦东新区"),
        ("雄安的孵化器", "雄安"),
        ("苏州工业园区的孵化器", "苏州工业园区"), ("横琴有什么政策", "横琴"), ("台北的科技保险", "台北"),
        ("东京有科技保险补贴吗", "东京"),
        ("安吉县的科技特派员", "安吉县"), ("洛川县的孵化器", "洛川县"), ("鼓楼区的孵化器", "鼓楼区"),
        ("中关村的企业有补助吗", "中关村"),
        ("换成新加坡呢", "新加坡"), ("天府新区的孵化器", "天府新区"),
        ("临港新区有科技保险补助吗", "临港新区"), ("洛水县的孵化器有补助吗", "洛水县"),
        ("伊滨区科技保险有补助吗", "伊滨区"),
    ],
)  # fmt: skip
def test_a_place_that_is_not_held_is_said_not_to_be(question: str, name: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())
    assert name in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "引进德国专家有补贴吗", "公司产品卖到德国被告侵权怎么办", "新建孵化器有补助吗",
        "从硅谷挖人到武汉有什么便利", "滨海环境怎么保护", "龙城英才计划引进哪些人", "高新区的企业有补助吗",
        "各县区科技局做什么", "这个县区的孵化器怎么认定", "开发区和园区的孵化器", "保护区、核心区怎么管",
        "县级市区政府的责任",
        "武汉市伊滨区的孵化器",
    ],
)  # fmt: skip
def test_a_place_that_is_only_spoken_of_is_not_asked_for(question: str) -> None:
    assert find_cities(question, HELD).unknown == ()


@pytest.mark.parametrize("question", ["东湖高新区的孵化器", "光谷的企业有补助吗"])
def test_a_zone_has_the_regulation_of_its_city_alone(question: str, helper: Assistant) -> None:
    assert {c.city for c in helper.ask(question).citations} == {"武汉市"}


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("武汉第58条和苏州第20条", {"wuhan/58"}), ("常州20条和洛阳第90条", {"changzhou/20"}),
        ("武汉第58条和常州第20条", {"wuhan/58", "changzhou/20"}),
        ("洛阳、常州第20条和武汉第58条", {"luoyang/20", "changzhou/20", "wuhan/58"}),
        ("浦东新区第5条和武汉第58条", {"wuhan/58"}), ("上海第20条，武汉呢", {"wuhan/20"}),
        ("武汉第58条、南京第3条和常州第20条", {"wuhan/58", "changzhou/20"}),
        ("雁鸣县第3条和洛阳第13条", {"luoyang/13"}),
    ],
)  # fmt: skip
def test_a_number_belongs_to_the_place_it_was_said_with(question: str, cited: set[str], helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == cited
    assert not any("常州" in n and "第九十条" in n for n in answer.notices)


def test_a_district_that_is_not_held_is_not_answered_from_the_conversation(helper: Assistant) -> None:
    history = [
        {"role": "user", "content": "武汉的科技保险有补助吗"},
        {"role": "assistant", "content": "武汉市的规定如下。"},
    ]
    assert helper.ask("那浦东新区呢", history=history).reason == "city_not_in_corpus"


@pytest.mark.parametrize("text", ["本人能不能查（洛阳）", "本人能不能查( 洛阳 )", "（洛阳市）本人能不能查"])
def test_brackets_about_a_city_go_with_it(text: str) -> None:
    assert find_cities(text, HELD).topic == "本人能不能查"
