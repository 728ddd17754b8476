"""A way of helping with a name of its own: where an article says the name, that is the answer, wherever it ranks."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    "question", ["我们局要起草创新券办法,条例里有依据吗?", "发创新券有什么依据?", "创新券在条例里有依据吗?"]
)
def test_the_article_that_says_the_name_is_found(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == {"wuhan/19"}


@pytest.mark.parametrize(
    "question", ["常州有创新券吗?", "科技创新券最高多少钱?", "哪里领消费券?", "洛阳的创新券依据是什么?"]
)
def test_another_city_a_sum_or_another_voucher_stays_open(question: str, helper: Assistant) -> None:
    assert not helper.ask(question).citations
