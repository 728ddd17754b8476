"""An article that is looked up, laid beside the one that stands in its place in another regulation."""

import pytest

from assistant import Answer, Assistant


def cited(answer: Answer) -> list[tuple[str, str]]:
    return list(dict.fromkeys((c.city, c.label) for c in answer.citations))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("洛阳第三十条和常州的有什么区别", [("洛阳市", "第三十条"), ("常州市", "第七十五条")]),
        ("洛阳三十九条在武汉草案里有没有对应的", [("洛阳市", "第三十九条"), ("武汉市", "第五十八条")]),
        (
            "武汉第52条跟其他两个城市比怎么样",
            [("武汉市", "第五十二条"), ("常州市", "第二十三条"), ("洛阳市", "第十九条")],
        ),
    ],
)
def test_the_article_in_its_place_stands_beside(
    question: str, expected: list[tuple[str, str]], helper: Assistant
) -> None:
    answer = helper.ask(question)
    assert cited(answer) == expected
    assert "两条互为最接近" in answer.text


def test_where_nothing_stands_in_its_place_the_nearest_is_named_and_not_cited(helper: Assistant) -> None:
    answer = helper.ask("常州第十二条在洛阳有没有类似规定")
    assert cited(answer) == [("常州市", "第十二条")]
    assert "没有找到与《常州市科技创新促进条例》第十二条对应的条文" in answer.text
    assert [h.city for h in answer.related] == ["洛阳市"]


@pytest.mark.parametrize("question", ["武汉58条和常州55条有什么区别", "常州第55条讲什么", "常州第55条由谁来做"])
def test_what_is_named_by_number_alone_has_nothing_laid_beside_it(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert "最接近" not in answer.text
    assert ("常州市", "第五十五条") in cited(answer)


def test_a_talk_asks_for_the_article_in_its_place(helper: Assistant) -> None:
    history: list[dict[str, str]] = []
    told: list[list[tuple[str, str]]] = []
    for question in ("常州第五十五条讲什么", "武汉有对应的条文吗", "那洛阳呢"):
        answer = helper.ask(question, history=history)
        told.append(cited(answer))
        history += [{"role": "user", "content": question}, {"role": "assistant", "content": answer.text}]
    own = ("常州市", "第五十五条")
    assert told == [[own], [own, ("武汉市", "第五十八条")], [own, ("洛阳市", "第三十九条")]]


def test_a_turn_that_names_a_matter_is_not_asked_of_the_article(helper: Assistant) -> None:
    first = helper.ask("常州第五十五条讲什么")
    history = [{"role": "user", "content": first.question}, {"role": "assistant", "content": first.text}]
    assert ("常州市", "第五十五条") not in cited(helper.ask("武汉有没有类似孵化器的规定", history=history))
