"""A follow-up is made to stand alone: city swapped, topic carried over, place pointed to."""

import pytest

from assistant import Answer, Assistant


def follow(helper: Assistant, question: str, *earlier: str) -> Answer:
    history = [
        {"role": role, "content": content}
        for asked in earlier
        for role, content in (("user", asked), ("assistant", helper.ask(asked).text))
    ]
    return helper.ask(question, history=history)


@pytest.mark.parametrize(
    ("earlier", "question", "cited"),
    [
        ("武汉的企业买科技保险有补助吗？", "换成洛阳呢？", ("luoyang/39", 2)),
        ("常州第二十条讲什么", "那第二款呢", ("changzhou/20", 2)),
        ("武汉第58条", "下一条呢", ("wuhan/59", 1)),
        ("武汉最后一条", "上一条", ("wuhan/71", 1)),
        ("洛阳第三十三条", "第（六）项呢", ("luoyang/33", 1)),
        ("洛阳支持科研人员下基层吗", "工资是不是停发", ("luoyang/26", 2)),
    ],
)
def test_a_follow_up_finds_what_it_leans_on(
    earlier: str, question: str, cited: tuple[str, int], helper: Assistant
) -> None:
    answer = follow(helper, question, earlier)
    assert cited in {(c.id, c.paragraph) for c in answer.citations}
    assert answer.standalone


def test_the_place_pointed_to_is_said(helper: Assistant) -> None:
    assert follow(helper, "那第二款呢", "常州第二十条讲什么").standalone == "常州市第二十条第二款"


def test_before_the_first_article_lies_the_preamble_or_nothing(helper: Assistant) -> None:
    assert {c.id for c in follow(helper, "上一条", "常州第一条").citations} == {"changzhou/0"}
    assert follow(helper, "上一条", "洛阳第一条").reason == "no_such_article"


def test_all_cities_are_asked_about_the_matter_carried_over(helper: Assistant) -> None:
    answer = follow(helper, "三个城市都有吗", "常州的容错机制是什么")
    assert {"changzhou/74", "wuhan/71"} <= {c.id for c in answer.citations}


def test_a_question_with_a_city_and_a_matter_of_its_own_stands_alone(helper: Assistant) -> None:
    alone = helper.ask("洛阳对科技企业孵化器的用地有什么安排？")
    after = follow(helper, "洛阳对科技企业孵化器的用地有什么安排？", "武汉的企业买科技保险有补助吗？")
    assert after.standalone == ""
    assert after.citations == alone.citations


def test_a_leaning_question_keeps_the_city_of_the_last_answer(helper: Assistant) -> None:
    first = "龙城英才计划引进哪些人"
    assert {c.city for c in helper.ask(first).citations} == {"常州市"}
    assert {c.city for c in follow(helper, "那外国人呢", first).citations} == {"常州市"}


def test_a_question_of_its_own_is_asked_of_all_cities_whatever_the_last_answer_was(helper: Assistant) -> None:
    question = "企业买科技保险有没有保费方面的补贴政策可以享受"
    alone = helper.ask(question)
    assert {c.city for c in alone.citations} >= {"武汉市", "洛阳市"}
    assert follow(helper, question, "龙城英才计划引进哪些人").citations == alone.citations
    history = [{"role": "user", "content": "科技保险"}, {"role": "assistant", "content": "武汉市的规定如下。"}]
    assert helper.ask("那补贴呢", history=history, cities=["洛阳"]).reason != "city_not_in_corpus"


def test_a_city_that_is_not_held_is_not_answered_from_the_last_one(helper: Assistant) -> None:
    assert follow(helper, "换成苏州呢？", "武汉的企业买科技保险有补助吗？").reason == "city_not_in_corpus"


@pytest.mark.parametrize(
    ("earlier", "question", "cited"),
    [
        (["洛阳第二十条"], "换成武汉的", {"wuhan/20"}), (["武汉第二十条"], "换成洛阳的", {"luoyang/20"}),
        (["常州第二十条"], "武汉呢", {"wuhan/20"}), (["常州第二十条", "第二款呢"], "那洛阳呢", {"luoyang/20"}),
        (["武汉第58条"], "换成常州和洛阳的", {"changzhou/58"}), (["武汉第58条", "下一条"], "下一条呢", {"wuhan/60"}),
        (["常州第二十条"], "第二款呢", {"changzhou/20"}), (["洛阳第三十三条"], "换成常州", {"changzhou/33"}),
    ],
)  # fmt: skip
def test_another_city_or_place_after_a_look_up_keeps_the_number(
    earlier: list[str], question: str, cited: set[str], helper: Assistant
) -> None:
    history: list[dict[str, str]] = []
    for asked in earlier:
        answered = helper.ask(asked, history=history).text
        history += [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
    assert {c.id for c in helper.ask(question, history=history).citations} == cited


def test_the_citation_counts_and_not_what_is_quoted_in_it(helper: Assistant) -> None:
    source = "——《洛阳市科学技术进步条例》第三十九条第一款"
    told = f"> 违反本条例第二十二条规定的，由主管部门处罚。\n\n{source}\n\n**提示**\n\n- 第七条另有说明。"
    history = [{"role": "user", "content": "洛阳怎么处罚"}, {"role": "assistant", "content": told}]
    for question, cited in (("第二款呢", "luoyang/39"), ("下一条", "luoyang/40"), ("上一条", "luoyang/38")):
        assert {c.id for c in helper.ask(question, history=history).citations} == {cited}


@pytest.mark.parametrize("question", ["谢谢", "好的", "明白了", "好的，谢谢！", "收到，辛苦啦", "OK", "知道了，再见"])
def test_thanks_are_met_shortly_and_cite_nothing(question: str, helper: Assistant) -> None:
    answer = follow(helper, question, "洛阳科研诚信怎么管")
    assert (answer.citations, answer.notices, answer.refused) == ((), (), False)
    assert len(answer.text) < 40


@pytest.mark.parametrize(
    ("question", "cited", "gone"),
    [
        ("经费从哪来", "changzhou/8", "changzhou/5"),
        ("有没有罚则", "", "changzhou/5"),
    ],
)
def test_a_new_matter_is_not_answered_with_the_old_one(question: str, cited: str, gone: str, helper: Assistant) -> None:
    ids = {c.id for c in follow(helper, question, "常州谁负责科技创新工作").citations}
    assert gone not in ids
    assert not cited or cited in ids
