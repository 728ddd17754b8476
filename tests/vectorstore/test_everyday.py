"""Everyday words and the law's words for them."""

from importlib.resources import files

import pytest

from assistant import Assistant
from vectorstore.ranking import words as of_words
from vectorstore.ranking.everyday import words_of_the_law


def test_the_longest_expression_is_taken() -> None:
    whole, short = words_of_the_law("谁来出钱"), words_of_the_law("钱")
    assert len(whole) == 1
    assert whole != short


def test_traditional_and_spaced_text_is_read_as_simplified() -> None:
    assert words_of_the_law("補 貼") == words_of_the_law("补贴") != ()


def test_every_line_is_an_expression_and_words_of_the_law() -> None:
    lines = (files("vectorstore.ranking") / "everyday.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [line.split("\t") for line in lines]
    assert all(len(pair) == 2 for pair in pairs)
    assert len({said for said, _ in pairs}) == len(pairs) > 15_000
    for said, words in pairs:
        assert 1 <= len(said) <= 8
        assert said not in words.split("|")
        assert all(2 <= len(word) <= 8 for word in words.split("|"))


@pytest.mark.parametrize(("question", "article"), [("小公司报税的时候研发花的钱能少交点不", "changzhou/26")])
def test_words_of_the_law_add_to_the_score(question: str, article: str, helper: Assistant) -> None:
    searcher = helper.library().searcher
    words = searcher._words
    _, scores = words.score_both(question, words_of_the_law(question))
    assert scores[searcher.index_of(article)] > scores.mean()


def test_in_one_table_or_word_by_word_the_scores_are_the_same(
    helper: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = helper.library().searcher._words
    asked = ("小公司报税的时候研发花的钱能少交点不", "谁来出钱，黄了怎么办", "今天")

    def scores() -> list[list[float]]:
        return [part.tolist() for q in asked for part in words.score_both(q, words_of_the_law(q))]

    at_once = scores()
    monkeypatch.setattr(of_words, "_CELLS", 0)
    assert scores() == [pytest.approx(one, rel=1e-5) for one in at_once]  # in four bytes
    assert all(map(any, at_once[:2]))
