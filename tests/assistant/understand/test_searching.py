"""Words that are looked for: which are words, and which questions only sound like it."""

import pytest

from assistant import Assistant
from assistant.understand.question import understand
from assistant.understand.searching import words_sought


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("条例提没提过院士", ("院士",)), ("哪一条有“颠覆性技术”", ("颠覆性技术",)), ("全文检索“飞地”", ("飞地",)),
        ("三部条例里概念验证这个词在哪", ("概念验证",)), ("把提到大学生的条文全部找给我", ("大学生",)),
        ("中原城市群这个提法在哪儿", ("中原城市群",)), ("“以用为导向”的“用”字出现几次", ("以用为导向", "用")),
        ("孵化器出现了几次", ("孵化器",)), ("哪些条写到了对外开放", ("对外开放",)),
    ],
)  # fmt: skip
def test_words_are_cut_where_they_end(question: str, words: tuple[str, ...]) -> None:
    sought = words_sought(question, question)
    assert sought
    assert sought.words == words


@pytest.mark.parametrize(
    "question",
    [
        "有没有给研发公司找便宜场子的说法", "哪里写了能这么搞", "监管沙盒试点有没有条文依据",
        "使用权至少给二十年,是第几条",
        "企业买科技保险有补助吗", "提前还款行吗", "对年轻人有什么照顾?凡是提到青年人才的都给我",
        "农民工培训、乡村旅游这些有没有写进去", "有没有提过用财政资金把老旧设备换掉",
    ],
)  # fmt: skip
def test_a_matter_is_no_word(question: str) -> None:
    assert words_sought(question, question) is None


def test_words_are_called_words_where_their_standing_nowhere_answers() -> None:
    for question, literal in (("有没有“概念验证”字样", True), ("有没有“谁都能来用”的那种许可", False)):
        sought = words_sought(question, question)
        assert sought
        assert sought.literal is literal


def test_a_city_at_the_head_of_what_is_looked_for_is_still_the_one_asked(helper: Assistant) -> None:
    held = helper.regulations()
    assert understand("武汉知识产权归在哪几条", held).regulation_ids == ("wuhan",)
    assert understand("常州科教城出现在哪些条", held).regulation_ids == ("changzhou",)
    assert not understand("“武汉”出现在哪几条", held).named
    assert understand("常州条例哪几条提到武汉都市圈", held).regulation_ids == ("changzhou",)
