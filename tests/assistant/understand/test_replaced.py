"""In a talk one part of what was asked is put in another's place, and the rest is kept."""

from assistant import Assistant
from assistant.understand.question import Question, understand


def _turn(helper: Assistant, question: str, *earlier: tuple[str, str]) -> Question:
    history = [{"role": r, "content": c} for pair in earlier for r, c in zip(("user", "assistant"), pair, strict=True)]
    return understand(question, helper.library().regulations, history)


WUHAN = ("武汉买科技保险有补助吗", "有（《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条第二款）。")
CHANGZHOU = ("常州呢", "鼓励开发（《常州市科技创新促进条例》第五十五条）。")


def test_both_cities_are_those_spoken_of_and_no_third(helper: Assistant) -> None:
    assert set(_turn(helper, "那这两个城市谁给钱?", WUHAN, CHANGZHOU).regulation_ids) == {"wuhan", "changzhou"}


def test_the_rest_of_a_set_leaves_out_what_was_told(helper: Assistant) -> None:
    question = _turn(helper, "除去保险,其余还有什么办法?", ("武汉企业缺钱怎么办", WUHAN[1]))
    assert question.breadth.kind == "set"
    assert question.besides == ("wuhan/58",)


def test_what_is_contrasted_stands_where_the_other_stood(helper: Assistant) -> None:
    said = ("常州怎么引进人才", "见《常州市科技创新促进条例》第三十九条第二款。")
    assert "怎么自己培养人才" in _turn(helper, "刚才说的是引进,自己培养这一块呢?", said).text


def test_the_same_thing_elsewhere_is_looked_for_by_its_sentence(helper: Assistant) -> None:
    question = _turn(helper, "洛阳有类似的补助吗", WUHAN)
    assert question.regulation_ids == ("luoyang",)
    assert "保费补助" in question.text
