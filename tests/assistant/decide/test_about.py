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


@pytest.mark.parametrize("question", ["洛阳的条例分几章？", "洛阳条例总共几章几条"])
def test_how_many_chapters_are_counted_and_named_and_no_article_is_quoted(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (answer.refused, answer.citations) == (False, ())
    assert "8章48条" in answer.text
    assert "第四十四条至第四十七条，共4条" in answer.text
    assert answer.text.count("共") == 8


def test_a_table_of_contents_that_is_asked_for_beside_a_count_is_an_outline(helper: Assistant) -> None:
    assert len({c.chapter for c in helper.ask("洛阳条例分几章？每章讲什么").citations}) == 8


@pytest.mark.parametrize("greeting", ["你好", "谢谢！", "在吗"])
def test_a_greeting_is_met_with_what_can_be_asked(greeting: str, helper: Assistant) -> None:
    answer = helper.ask(greeting)
    assert (answer.refused, answer.reason) == (True, "off_topic")
    assert answer.text.startswith("您好")


@pytest.mark.parametrize("question", ["常州支持哪些城市合作创新", "洛阳第几条讲劳务费", "洛阳第七章都有哪几条"])
def test_a_question_of_the_law_is_answered_from_the_law(question: str, helper: Assistant) -> None:
    assert helper.ask(question).citations


@pytest.mark.parametrize(
    "question", ["和首席科学家类似的用人办法，三个城市有哪些", "与消防演练一样定期做的事，条例有哪些"]
)
def test_a_matter_of_its_own_is_not_answered_with_what_is_held(question: str, helper: Assistant) -> None:
    assert "收录了以下法规" not in helper.ask(question).text
