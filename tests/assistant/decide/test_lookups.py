"""Look-ups by number: the article, its 款 and 项, and what to say where there is none."""

import pytest

from assistant import Answer, Assistant

PLACES = {
    "武汉第58条": ["wuhan/58#1", "wuhan/58#2"],
    "武汉第５８条": ["wuhan/58#1", "wuhan/58#2"],
    "武汉 第 五十八 条 第 二 款": ["wuhan/58#2"],
    "武汉草案第五十八条第二款": ["wuhan/58#2"],
    "洛阳条例第三十九条第二款": ["luoyang/39#2"],
    "洛陽條例第三十九條第二款": ["luoyang/39#2"],
    "常州第二十条最后一款": ["changzhou/20#4"],
    "常州20条": [f"changzhou/20#{n}" for n in range(1, 5)],
    "武汉41条": [f"wuhan/41#{n}" for n in range(1, 6)],
    "洛阳第三十三条第(三)项": ["luoyang/33#1"],
    "洛阳33条第三项": ["luoyang/33#1"],
    "武汉第五十五条【总体设计】": ["wuhan/55-2#1"],
    "武汉第55条支持培育高质量产业生态": ["wuhan/55#1", "wuhan/55#2"],
    "武汉第55条": ["wuhan/55#1", "wuhan/55#2", "wuhan/55-2#1"],
    "武汉题注": ["wuhan/0#1"],
    "武汉第58条和第60条第一款": ["wuhan/58#1", "wuhan/58#2", "wuhan/60#1"],
}


def places(answer: Answer) -> list[str]:
    return [f"{c.id}#{c.paragraph}" for c in answer.citations]


@pytest.mark.parametrize(("question", "expected"), PLACES.items(), ids=PLACES.keys())
def test_a_lookup_cites_exactly_what_was_named(question: str, expected: list[str], helper: Assistant) -> None:
    answer = helper.ask(question)
    assert places(answer) == expected
    assert answer.hits[0].id == expected[0].split("#")[0]  # looked up first, ranked after
    assert (answer.refused, answer.reason) == (False, "")


def test_the_quote_of_58_is_the_sentence_of_the_law(helper: Assistant) -> None:
    (citation,) = helper.ask("武汉第五十八条第二款").citations
    assert citation.quote.startswith("探索建立科技保险产品推荐机制")
    assert citation.quote.endswith("给予一定的保费补助。")
    assert (citation.article, citation.label, citation.paragraph) == (58, "第五十八条", 2)
    assert citation.heading == "保险机构科技金融产品创新"
    assert (citation.city, citation.status) == ("武汉市", "draft")


def test_a_citation_prints_its_place(helper: Assistant) -> None:
    answer = helper.ask("武汉第五十八条第二款")
    source = "《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条第二款【保险机构科技金融产品创新】"
    assert source in answer.text
    (only,) = helper.ask("武汉第五十五条【总体设计】").citations
    assert "款" not in only.place  # the article has but one


@pytest.mark.parametrize(
    ("question", "held", "said"),
    [
        ("洛阳第二十二条第九款", "luoyang/22", "没有第九款，该条共3款"),
        ("武汉第58条第三款", "wuhan/58", "没有第三款，该条共2款"),
        ("洛阳第三十三条第十二项", "luoyang/33", "没有第十二项（该款共9项）"),
        ("常州第20条第一项", "changzhou/20", "没有第一项（没有分项）"),
    ],
)
def test_a_paragraph_or_item_that_is_not_there_is_refused_and_says_how_many_there_are(
    question: str, held: str, said: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert (answer.refused, answer.reason, answer.citations) == (True, "no_such_article", ())
    assert said in answer.text
    assert [h.id for h in answer.related] == [held]


def test_a_real_matter_under_a_paragraph_that_is_not_there_is_answered_and_the_number_corrected(
    helper: Assistant,
) -> None:
    answer = helper.ask("武汉第58条第五款说的保险费补助，企业要满足什么条件？")
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert any("没有第五款" in n for n in answer.notices)
    assert not any("没有第" in n for n in helper.ask("洛阳第三十三条第九项").notices)


@pytest.mark.parametrize("question", ["武汉第52条的上一条是讲什么的", "武汉第五十条后面那一条"])
def test_an_article_beside_a_numbered_one_is_that_article(question: str, helper: Assistant) -> None:
    assert {c.id for c in helper.ask(question).citations} == {"wuhan/51"}


@pytest.mark.parametrize(
    ("question", "label", "count"),
    [
        ("武汉第32条", "第三十二条", 72),
        ("武汉第三十二条第二款", "第三十二条", 72),
        ("常州第99条", "第九十九条", 76),
        ("洛阳条例第四十九条", "第四十九条", 48),
        ("常州第一百二十条", "第一百二十条", 76),
        ("武汉第十条之一", "第十条之一", 72),
    ],
)
def test_an_article_that_is_not_there_is_refused_and_never_made_up(
    question: str, label: str, count: int, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert (answer.refused, answer.reason, answer.citations) == (True, "no_such_article", ())
    assert label in answer.text
    assert f"共{count}条" in answer.text


def test_one_that_is_there_and_one_that_is_not(helper: Assistant) -> None:
    answer = helper.ask("武汉第58条和第99条")
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert any("没有第九十九条" in n for n in answer.notices)


def test_a_number_without_a_city_is_answered_for_each(helper: Assistant) -> None:
    assert {c.id for c in helper.ask("第39条").citations} == {"changzhou/39", "luoyang/39", "wuhan/39"}
    answer = helper.ask("第70条")  # 洛阳 ends with 48
    assert {c.city for c in answer.citations} == {"常州市", "武汉市"}
    assert any("洛阳" in n and "没有第七十条" in n for n in answer.notices)


def test_the_two_55_are_told_apart(helper: Assistant) -> None:
    answer = helper.ask("武汉第五十五条")
    headings = [(c.id, c.heading) for c in answer.citations]
    assert ("wuhan/55", "支持培育高质量产业生态") in headings
    assert ("wuhan/55-2", "总体设计") in headings
    assert all(h in answer.text for _, h in headings)
    assert any("2个第五十五条" in n for n in answer.notices)


@pytest.mark.parametrize("question", ["常州条例是什么时候通过的", "常州题注", "常州公告第几号"])
def test_the_text_before_the_first_chapter_is_article_0(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {(c.id, c.article, c.label) for c in answer.citations} == {("changzhou/0", 0, "题注")}
    assert "2024年8月28日" in "".join(c.quote for c in answer.citations)


def test_a_chapter_is_quoted_whole_and_one_that_is_not_there_is_said(helper: Assistant) -> None:
    cited = {c.id for c in helper.ask("武汉市第七章讲什么").citations}
    assert {"wuhan/55-2", "wuhan/58", "wuhan/64"} <= cited
    assert not cited & {"wuhan/55", "wuhan/54", "wuhan/65"}
    answer = helper.ask("武汉第十九章")
    assert (answer.reason, answer.citations) == ("no_such_article", ())


TURNS = [
    {"role": "user", "content": "武汉第58条"},
    {"role": "assistant", "content": "《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条"},
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第二款呢", ["wuhan/58#2"]),
        ("最后一款", ["wuhan/58#2"]),
        ("上一条呢", [f"wuhan/57#{n}" for n in range(1, 5)]),
        ("下一条", [f"wuhan/59#{n}" for n in range(1, 4)]),
        ("那常州第二十条最后一款呢", ["changzhou/20#4"]),
    ],
)
def test_a_reference_leans_on_the_conversation(question: str, expected: list[str], helper: Assistant) -> None:
    answer = helper.ask(question, history=TURNS)
    assert places(answer) == expected


def test_the_next_article_after_the_last_or_before_a_gap_is_not_made_up(helper: Assistant) -> None:
    for said, missing in (("武汉第31条", "第三十二条"), ("武汉第72条", "第七十三条")):
        answer = helper.ask("下一条呢", history=[{"role": "user", "content": said}])
        assert (answer.reason, answer.citations) == ("no_such_article", ())
        assert missing in answer.text


@pytest.mark.parametrize("question", ["上一条", "第二款呢", "第三项"])
def test_a_reference_that_leans_on_nothing_cites_nothing(question: str, helper: Assistant) -> None:
    assert helper.ask(question).citations == ()


def test_each_number_is_followed_under_its_own_city(helper: Assistant) -> None:
    answer = helper.ask("武汉第58条和常州第20条")
    assert {c.id for c in answer.citations} == {"wuhan/58", "changzhou/20"}


def test_one_number_for_two_cities_is_followed_under_both(helper: Assistant) -> None:
    answer = helper.ask("常州和洛阳第20条")
    assert {c.id for c in answer.citations} == {"changzhou/20", "luoyang/20"}


def test_a_matter_under_a_wrong_number_is_found_under_its_right_one(helper: Assistant) -> None:
    answer = helper.ask("武汉第四十条规定的科技保险保费补助是怎么说的？")
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert any("第四十条" in n and "第五十八条" in n for n in answer.notices)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("武汉第二十〇条", "第二十〇条"), ("武汉第十一十二条", "第十一十二条"),
        ("武汉第三百零十一条", "第三百零十一条"),
        ("常州第三五十条规定的补助是多少", "第三五十条"), ("洛阳第一百零零五条", "第一百零零五条"),
        ("第十百条讲什么", "第十百条"),
    ],
)  # fmt: skip
def test_a_number_that_is_none_is_said_and_nothing_is_looked_up_in_its_place(
    question: str, number: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert (answer.refused, answer.reason, answer.citations) == (True, "no_such_article", ())
    assert f"看不懂条号「{number}」" in answer.text


def test_a_number_that_is_read_is_looked_up_beside_one_that_is_none(helper: Assistant) -> None:
    answer = helper.ask("武汉第二十〇条和第58条")
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert any("看不懂条号「第二十〇条」" in n for n in answer.notices)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("武汉第三章第五条", "第五条在第一章"), ("武汉第一章第五十八条", "不在第一章"),
        ("常州第二章第七十六条", "不在第二章"),
    ],
)  # fmt: skip
def test_an_article_that_stands_in_another_chapter_is_quoted_and_that_is_said(
    question: str, said: str, helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert len({c.id for c in answer.citations}) == 1
    assert any(said in n for n in answer.notices)
    assert not any("不在第" in n for n in helper.ask("武汉第七章第五十八条").notices)


@pytest.mark.parametrize("asked", ["有什么要求", "怎么理解", "对企业有什么要求", "主要讲了什么内容", "具体内容是什么"])
def test_a_general_question_beside_a_number_is_answered_from_that_number(asked: str, helper: Assistant) -> None:
    assert {c.id for c in helper.ask(f"武汉第58条{asked}").citations} == {"wuhan/58"}


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("七成写在哪条", "changzhou/20"),
        ("常州不低于70%的规定在哪条", "changzhou/20"),
        ("常州百分之七十在第几条", "changzhou/20"),
    ],
)
def test_a_figure_whose_place_is_asked_for_is_looked_up(question: str, cited: str, helper: Assistant) -> None:
    assert {c.id for c in helper.ask(question).citations} == {cited}
