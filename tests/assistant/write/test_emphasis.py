"""The words of a quote that answer stand out, and the quote stays as it is."""

import pytest

from assistant import Assistant
from assistant.write.emphasis import emphasised


def shown(question: str, quote: str) -> list[str]:
    return [quote[start:end] for start, end in emphasised(question, quote)]


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        ("份额最低多少", "持有的份额不低于百分之七十;许可使用期限不少于十年。", ["不低于百分之七十", "不少于十年"]),
        ("从什么时候起施行", "本條例自2015年1月1日起施行。", ["自2015年1月1日起"]),
        ("归哪个部门管", "市科學技術行政部門應當會同有關部門建立制度。", ["市科學技術行政部門"]),
        ("能不能终止", "經專家評審後,項目可以終止。", ["可以"]),
        ("劳务费百分之几", "劳务费的比例不超过百分之三十，软科学项目不超过50%。", ["不超过百分之三十", "不超过50%"]),
        ("职务成果归谁", "高等学校可以赋予成果完成人成果所有权。", []),
        ("写的什么", "支持科技创新基金体系建设。", []),
        ("有没有", "", []),
    ],
)
def test_figure_date_actor_and_whether_stand_out(question: str, quote: str, words: list[str]) -> None:
    assert shown(question, quote) == words


def test_spans_lie_in_the_quote_in_order_and_the_text_holds_the_quote_unmarked(helper: Assistant) -> None:
    answer = helper.ask("常州成果完成人按份共有的份额不低于多少")
    (citation,) = (c for c in answer.citations if c.id == "changzhou/20" and c.paragraph == 3)
    flat = [place for span in citation.bold for place in span]
    assert flat == sorted(flat)
    assert 0 < flat[-1] <= len(citation.quote)
    assert "百分之七十" in "".join(citation.quote[a:b] for a, b in citation.bold)
    assert citation.quote in answer.text
    assert answer.as_dict()["citations"][0]["bold"] is not None
