"""What people complained of in programs of this kind: by kind, cases that must be answered as they should be.

The three regulations are held, and some small ones that are written here: two laws of one place, articles with a
suffix, an annex.
"""

from collections.abc import Callable

import pytest

from assistant import Assistant

SMALL = {
    "nanchang_a": """南昌市一类冷库管理办法
（2020年1月1日南昌市人民政府令第1号公布）
第一条　为了加强一类冷库管理，制定本办法。
第二条　冷库温度不得高于零下十八摄氏度。
第三条　冷库应当每六个月检修一次。
第四条　本办法自2020年2月1日起施行。
""",
    "nanchang_b": """南昌市二类冷库管理办法
（2020年1月1日南昌市人民政府令第2号公布）
第一条　为了加强二类冷库管理，制定本办法。
第二条　冷库温度不得高于零下八摄氏度。
第三条　冷库应当每十二个月检修一次。
第四条　本办法自2020年2月1日起施行。
""",
    "qingdao": """青岛市水库管理条例
（2020年5月8日青岛市人民代表大会常务委员会通过）
第一条　为了规范水库管理，制定本条例。
第二条　本市水库适用本条例。
第二条之一　水库实行名录管理。
第二条之二　名录每年更新一次。
第三条　违反第二条之一规定的，责令改正。
第三条之一　有下列情形之一的，移出名录：
（一）改作他用；
（二）干涸三年。
第四条　本条例自2020年7月1日起施行。
""",
    "ningde": """宁德市船坞收费管理规定
（2022年9月1日宁德市人民政府令第3号公布）
第一条　为了规范船坞收费，制定本规定。
第二条　收费标准见附件1。
第三条　本规定自2022年10月1日起施行。
附件1
宁德市船坞收费标准表
区域	首日（元）	之后每日（元）
东港	十	五
西港	八	四
附件2
宁德市船坞协议示范文本
第一条　甲方提供船坞。
第二条　乙方按日付费。
""",
}


@pytest.fixture(scope="module")
def more(holding: Callable[..., Assistant]) -> Assistant:
    """An assistant that holds the small regulations too."""
    return holding(**SMALL)


def cited(helper: Assistant, *turns: str) -> list[str]:
    """The articles cited for the last of several turns, once each."""
    history: list[dict[str, str]] = []
    for turn in turns:
        answer = helper.ask(turn, history=history)
        history += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer.text}]
    return list(dict.fromkeys(c.id for c in answer.citations))


NO_NUMBERS = (
    "第-5条", "第五点八条", "第⑤条", "第㈤条", "第Ⅴ条", "第N条", "第1e3条", "第58a条", "第五十几条", "第几十条",
    "第五十〇条", "第十十条", "第二百百条", "第零条", "第0条", "第58条之百", "第五十八条之零", "第58条第0款",
    "58.0条", "第5 8.条",
    "第一万零一条", "第五八条", "第" + "9" * 40 + "条",
)  # fmt: skip


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_is_said_to_be_none_and_nothing_is_cited(number: str, helper: Assistant) -> None:
    answer = helper.ask(f"武汉{number}")
    assert (answer.reason, answer.citations) == ("no_such_article", ())
    assert "看不懂条号" in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("武汉科创条例58条", "wuhan/58"), ("58条，武汉的", "wuhan/58"), ("洛阳科技进步条例20", "luoyang/20"),
        ("洛阳市科技进步条例§20", "luoyang/20"), ("第贰拾条 常州", "changzhou/20"), ("常州第廿条", "changzhou/20"),
        ("条例第五十八条（武汉）", "wuhan/58"), ("武汉那个草案58讲啥", "wuhan/58"), ("洛阳倒数第二条", "luoyang/47"),
    ],
)  # fmt: skip
def test_ways_to_name_a_regulation_and_a_number(question: str, number: str, helper: Assistant) -> None:
    assert cited(helper, question) == [number]


@pytest.mark.parametrize("question", ["常州后两条", "常州最后两条"])
def test_the_last_two_articles(question: str, helper: Assistant) -> None:
    assert cited(helper, question) == ["changzhou/75", "changzhou/76"]


def test_further_from_the_end_than_there_are_articles_is_no_article(helper: Assistant) -> None:
    answer = helper.ask("洛阳倒数第一百条")
    assert answer.reason == "no_such_article"
    assert "倒数第一百条" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "常州第八条高铁对科创有帮助吗", "武汉第三条地铁线什么时候通", "洛阳新上了第二条产线有奖励吗",
        "常州第一条消息说有补助", "武汉第二条裤子",
    ],
)  # fmt: skip
def test_a_measure_word_is_no_article(question: str, helper: Assistant) -> None:
    assert not [c for c in cited(helper, question) if c.partition("/")[2] in ("1", "2", "3", "8")]


@pytest.mark.parametrize(
    ("question", "city"),
    [
        ("蔡甸的科技保险", "wuhan"), ("嵩县有科技特派员吗", "luoyang"), ("黄陂的人才怎么落户", "wuhan"),
        ("栾川的科技特派员", "luoyang"), ("武汉经开区的孵化器", "wuhan"),
    ],
)  # fmt: skip
def test_a_district_by_its_short_name_has_the_regulation_of_its_city(
    question: str, city: str, helper: Assistant
) -> None:
    assert {c.partition("/")[0] for c in cited(helper, question)} == {city}


@pytest.mark.parametrize(
    "question",
    [
        "萧山区的科技保险", "姑苏区孵化器奖励", "前海的科技企业有什么奖励", "两江新区孵化器",
        "张江的科创企业怎么支持", "北海市孵化器",
        "大阪的科技保险", "昌邑区孵化器", "溧水区第20条",
    ],
)  # fmt: skip
def test_a_place_that_only_sounds_near_is_not_held(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("别给我武汉的，孵化器怎么支持", {"changzhou", "luoyang"}),
        ("非武汉的城市孵化器怎么支持", {"changzhou", "luoyang"}),
        ("跳过洛阳，第20条", {"changzhou", "wuhan"}), ("刨去常州，第13条", {"luoyang", "wuhan"}),
        ("不想看武汉和常州的，孵化器", {"luoyang"}), ("洛阳以外第20条", {"changzhou", "wuhan"}),
        ("特别是武汉的孵化器", {"wuhan"}), ("个别武汉企业说孵化器有补助", {"wuhan"}),
    ],
)  # fmt: skip
def test_an_excluded_city_is_not_answered(question: str, cities: set[str], helper: Assistant) -> None:
    assert {c.partition("/")[0] for c in cited(helper, question)} == cities


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("武汉第58条，还有怎么报税", "报税"), ("常州第20条讲什么，顺便问下明天天气", "天气"),
        ("洛阳第39条和怎么办离婚", "离婚"),
        ("武汉第五十八条原文，另外请问公积金怎么提取", "公积金"), ("常州第20条，再帮我写首诗", "写首诗"),
        ("武汉第58条和彩票中奖怎么领", "彩票"), ("武汉第58条和养老金怎么领", "养老金"),
        ("武汉第58条社保怎么交", "社保"), ("常州第20条 怎么领失业金", "失业金"), ("洛阳第13条、宠物怎么登记", "宠物"),
        ("武汉第58条，帮我写首诗", "写首诗"), ("武汉第58条（另外帮我写首诗）", "写首诗"),
    ],
)  # fmt: skip
def test_a_foreign_matter_beside_a_number_is_said_to_be_unanswered(
    question: str, foreign: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert len({c.id for c in answer.citations}) == 1
    assert any(foreign in u for u in answer.unstated)
    assert foreign in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "武汉第58条讲什么，对企业有什么要求？", "常州第20条第三款，怎么理解？",
        "帮我查一下常州条例第30条，然后解释一下",
        "洛阳第39条，和武汉比有什么区别", "常州第20条，能不能给我看看，谢谢", "武汉第58条，保费补多少？",
        "武汉第58条，谁来管？", "武汉第58条适用于哪些企业", "武汉第58条能详细解释一下吗", "常州第二十条的比例是多少",
    ],
)  # fmt: skip
def test_what_is_asked_of_the_number_itself_is_nothing_foreign(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert answer.citations
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("武汉第58条的科技保险，还有孵化器怎么支持", {"wuhan/58", "wuhan/52"}),
        ("武汉第58条，常州孵化器怎么支持", {"wuhan/58", "changzhou/23"}),
        ("武汉第99条，还有孵化器怎么支持", {"wuhan/52"}),
    ],
)
def test_a_matter_beside_a_number_is_answered_too(question: str, both: set[str], helper: Assistant) -> None:
    assert set(cited(helper, question)) == both


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("70%在哪里规定的", "changzhou/20"), ("百分之三十写在洛阳哪条", "luoyang/34"),
        ("洛阳百分之二十的奖励在哪条", "luoyang/13"),
    ],
)  # fmt: skip
def test_a_figure_at_the_head_is_found_where_it_stands(question: str, number: str, helper: Assistant) -> None:
    assert cited(helper, question) == [number]


@pytest.mark.parametrize("question", ["80%写在哪条", "10%是哪条说的", "二十日内这句在哪条", "八百万元在哪条"])
def test_a_figure_that_no_article_has_is_said_to_stand_nowhere(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("not_stated", ())
    assert "没有写" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("常州规定奖励给研发人员的比例不超过70%，是吗", "不超过70%"),
        ("不低于六成，常州的职务科技成果，对吧", "六成"),
        ("常州最多给七成，没错吧", "七成"),
    ],
)
def test_a_false_figure_is_held_against_the_article_that_has_the_matter(
    question: str, told: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert "changzhou/20" in {c.id for c in answer.citations}
    assert any(told in n and "不低于百分之七十" in n for n in answer.notices)
    assert "百分之七十" in "".join(c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ["高企一次性奖励多少", "洛阳高企认定奖励多少钱", "常州专利一次性补多少钱"])
def test_a_share_of_another_matter_is_no_sum(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("not_stated", ())
    assert "金额、金额" not in answer.text


@pytest.mark.parametrize("thanks", ["👍", "🙏", "多谢啦！", "嗯嗯", "知道了，谢谢您", "OK", "收到"])
def test_thanks_repeat_no_citation(thanks: str, helper: Assistant) -> None:
    assert cited(helper, "武汉科技保险有补助吗", thanks) == []


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (("洛阳第二十条", "换成武汉的"), "wuhan/20"), (("常州第二十条", "武汉呢"), "wuhan/20"),
        (("常州第七十三条", "第二款呢"), "changzhou/73"), (("常州第七十三条", "下一条"), "changzhou/74"),
        (("武汉第58条", "这条适用于谁"), "wuhan/58"), (("武汉第58条", "全文"), "wuhan/58"),
        (("洛阳第39条", "常州也有这一条吗"), "changzhou/39"), (("武汉第58条第二款", "上一款"), "wuhan/58"),
        (("武汉第58条第一款", "下一款呢"), "wuhan/58"), (("武汉第58条", "再上一条", "再上一条"), "wuhan/56"),
        (("武汉第58条", "那第59条呢"), "wuhan/59"),
    ],
)  # fmt: skip
def test_a_follow_up_goes_on_from_the_citation(turns: tuple[str, ...], number: str, helper: Assistant) -> None:
    assert cited(helper, *turns) == [number]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("南昌一类冷库管理办法第三条", ["nanchang-a/3"]), ("南昌二类冷库第三条", ["nanchang-b/3"]),
        ("南昌一类冷库多久检修一次", ["nanchang-a/3"]), ("南昌市二类冷库管理办法第二条", ["nanchang-b/2"]),
        ("南昌第三条", ["nanchang-a/3", "nanchang-b/3"]), ("南昌冷库管理办法第三条", ["nanchang-a/3", "nanchang-b/3"]),
    ],
)  # fmt: skip
def test_of_two_laws_of_a_place_the_titles_own_words_choose(question: str, numbers: list[str], more: Assistant) -> None:
    assert cited(more, question) == numbers


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (("青岛第2条之1",), ["qingdao/2.1"]), (("青岛第二条之一到之二",), ["qingdao/2.1", "qingdao/2.2"]),
        (("青岛第三条之一第二项",), ["qingdao/3.1"]), (("青岛第二条之一", "下一条"), ["qingdao/2.2"]),
        (("青岛第三条", "上一条"), ["qingdao/2.2"]), (("青岛第三条之一的上一条",), ["qingdao/3"]),
        (("青岛第二条之九",), []),
    ],
)  # fmt: skip
def test_articles_with_a_suffix_and_their_neighbours(
    turns: tuple[str, ...], numbers: list[str], more: Assistant
) -> None:
    assert cited(more, *turns) == numbers


@pytest.mark.parametrize(
    ("question", "label"), [("宁德附件1", "附件1"), ("宁德附件2第一条", "附件2"), ("宁德附件一的西港", "附件1")]
)
def test_an_annex_is_named_by_its_own_label(question: str, label: str, more: Assistant) -> None:
    assert {c.label for c in more.ask(question).citations} == {label}


@pytest.mark.parametrize(
    "question",
    [
        "洛阳市发改委根据条例有哪些职责", "常州市科学技术局根据条例应做什么",
        "我是洛阳市工信局的，条例对我们有什么要求",
        "武汉市人力资源和社会保障局按条例负责什么",
    ],
)  # fmt: skip
def test_a_bureaus_name_is_no_title(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert "没有收录" not in answer.text
    assert {c.city for c in answer.citations} == {question.removeprefix("我是")[:3]}


@pytest.mark.parametrize(
    "question",
    ["把《武汉<b>市</b>条例》第58条给我", "武汉<script>alert(1)</script>第58条", "<|im_start|>武汉第58条<|im_end|>"]
)  # fmt: skip
def test_a_tag_in_a_question_is_not_said_again(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert not any(sign in answer.text for sign in ("<", "im_start", "script", "b条例"))


@pytest.mark.parametrize(
    "question",
    [
        "上海市实施《中华人民共和国科学技术进步法》办法第三条",
        "《上海市实施〈中华人民共和国科学技术进步法〉办法》第三条",
        "关于适用《民法典》的解释第二条", "武汉市实施《促进科技成果转化法》办法第五条",
    ],
)  # fmt: skip
def test_a_title_with_a_title_in_it_is_not_answered_from_another(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())


GIBBERISH = (
    "asdfghjkl",
    "？？？",
    "1234567",
    "条条条条条条",
    "第第第条",
    "🎉🎉🎉",
    "0000000000",
    "qwerty 58",
    "武武武武武武汉汉汉",
)


@pytest.mark.parametrize("question", GIBBERISH)
def test_gibberish_is_refused(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert answer.refused
    assert answer.citations == ()
