"""Questions about what is held: the store answers, with its own counts."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize("question", ["收录了哪些法规？", "你能做什么", "现在能查哪些城市"])
def test_what_is_held_is_listed_with_status_and_counts(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert not answer.refused
    assert answer.citations == ()
    for regulation in helper.regulations():
        assert f"{regulation.place}《{regulation.title}》" in answer.text
        assert f"{len(regulation.numbered)}条" in answer.text
    assert "草案" in answer.text


def test_how_many_articles_one_regulation_has(helper: Assistant) -> None:
    answer = helper.ask("武汉草案一共多少条？")
    assert "9章72条" in answer.text
    assert "常州" not in answer.text


@pytest.mark.parametrize("greeting", ["你好", "谢谢！", "在吗"])
def test_a_greeting_is_met_with_what_can_be_asked(greeting: str, helper: Assistant) -> None:
    answer = helper.ask(greeting)
    assert (answer.refused, answer.reason) == (True, "off_topic")
    assert answer.text.startswith("您好")


@pytest.mark.parametrize("question", ["常州支持哪些城市合作创新", "洛阳第几条讲劳务费", "洛阳第七章都有哪几条"])
def test_a_question_of_the_law_is_answered_from_the_law(question: str, helper: Assistant) -> None:
    assert helper.ask(question).citations
