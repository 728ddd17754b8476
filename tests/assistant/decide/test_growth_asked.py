"""What a grant or a budget must keep ahead of answers by how much it grows; a promise to grow does not."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "article"),
    [("洛阳科技经费的增幅有多大？", "luoyang/32"), ("武汉的科技支出每年要增长多少？", "wuhan/8")],
)
def test_a_bound_by_another_growth_answers(question: str, article: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert [c.id for c in answer.citations] == [article]


def test_steady_growth_names_no_growth(helper: Assistant) -> None:
    answer = helper.ask("常州财政科技投入每年增加多少？")
    assert answer.refused
    assert answer.reason == "not_stated"
    assert "增长幅度" in answer.text
    assert "changzhou/8" in [c.id for c in answer.related]
