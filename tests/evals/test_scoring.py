"""The scores catch what is planted: a wrong citation, an invented article, an unfaithful quote."""

import sys
from dataclasses import replace
from math import log2

import pytest

from assistant import Answer, Article, Assistant
from assistant.answer import Hit
from evals.evaluation import evaluate
from evals.questions.case import Case, Gold
from evals.scores.ranking import named, rank_measures
from evals.scores.scoring import Score, score
from law.errors import FatiaoError

CASE = Case(
    "1", "lookup", "武汉第五十八条第二款", gold=(Gold("武汉", 58),), must_contain=("保费补助", "推荐目录"),
    must_not_contain=("一百万元",),
)  # fmt: skip
REFUSE = Case("2", "missing_article", "武汉第32条", refuse=True, reason="no_such_article")


@pytest.fixture(scope="module")
def articles(helper: Assistant) -> dict[str, Article]:
    return {a.id: a for r in helper.regulations() for a in r.articles}


@pytest.fixture(scope="module")
def good(helper: Assistant) -> Answer:
    return helper.ask(CASE.question)


def scored(case: Case, answer: Answer, articles: dict[str, Article]) -> Score:
    (ranking,) = rank_measures([case], [[named(h) for h in answer.hits]])
    return score(case, answer, articles, ranking)


def test_a_right_answer_has_every_point(good: Answer, articles: dict[str, Article]) -> None:
    one = scored(CASE, good, articles)
    assert (one.recall_1, one.recall_5, one.recall_10, one.ndcg_10, one.rr) == (1, 1, 1, 1, 1)
    assert (one.cited, one.right, one.facts) == (1, 1, 1)
    assert (one.invented, one.unfaithful, one.forbidden, one.unsupported, one.why) == (0, 0, 0, 0, "")
    assert not one.failed
    assert one.wrongly_refused == 0
    assert (one.refused, one.reason) == (None, None)  # says nothing about refusals


def test_a_wrong_citation_is_caught(good: Answer, helper: Assistant, articles: dict[str, Article]) -> None:
    (other,) = helper.ask("常州第二十条最后一款").citations
    added = score(CASE, replace(good, citations=(*good.citations, other)), articles)
    assert (added.cited, added.right) == (1, 0.5)
    assert "常州20" in added.why
    instead = score(CASE, replace(good, citations=(other,)), articles)
    assert (instead.cited, instead.right) == (0, 0)
    assert "没引武汉58" in instead.why


def test_the_same_number_of_another_city_is_wrong(good: Answer, helper: Assistant, articles: dict) -> None:
    one = score(CASE, replace(good, citations=helper.ask("常州第58条").citations), articles)
    assert (one.cited, one.right) == (0, 0)


def test_an_invented_article_is_caught(good: Answer, articles: dict[str, Article]) -> None:
    false = replace(good.citations[0], id="wuhan/99", article=99, label="第九十九条")
    one = score(CASE, replace(good, citations=(*good.citations, false)), articles)
    assert one.invented == 1
    assert one.right == 0.5
    assert "武汉99" in one.why


@pytest.mark.parametrize("quote", ["企业购买科技保险的，给予百分之五十的补贴。", "鼓励……补助"])
def test_an_unfaithful_quote_is_caught(quote: str, good: Answer, articles: dict[str, Article]) -> None:
    one = score(CASE, replace(good, citations=(replace(good.citations[0], quote=quote),)), articles)
    assert (one.unfaithful, one.invented) == (1, 0)


def test_white_space_is_the_only_liberty_of_a_quote(good: Answer, articles: dict[str, Article]) -> None:
    quote = good.citations[0].quote
    spaced = replace(good.citations[0], quote=quote[:9] + "\n 　" + quote[9:])
    assert score(CASE, replace(good, citations=(spaced,)), articles).unfaithful == 0
    changed = replace(good.citations[0], quote=quote.replace("一定", "全部"))
    assert score(CASE, replace(good, citations=(changed,)), articles).unfaithful == 1


def test_a_missing_and_a_forbidden_fact_are_caught(good: Answer, articles: dict[str, Article]) -> None:
    one = score(CASE, replace(good, text="给予保费 补助，最高一百万元。"), articles)
    assert one.facts == 0.5
    assert one.forbidden == 1
    assert "推荐目录" in one.why
    assert "一百万元" in one.why


def test_refusals_are_scored_for_themselves(good: Answer, helper: Assistant, articles: dict) -> None:
    right = score(REFUSE, helper.ask(REFUSE.question), articles)
    assert (right.refused, right.reason, right.why) == (1, 1, "")
    assert (right.cited, right.right, right.facts, right.recall_5, right.wrongly_refused) == (None,) * 5
    other_reason = score(REFUSE, helper.ask("今天天气怎么样"), articles)
    assert (other_reason.refused, other_reason.reason) == (1, 0)
    answered = score(REFUSE, good, articles)
    assert (answered.refused, answered.reason) == (0, None)
    assert "应拒答" in answered.why
    wrongly = score(CASE, helper.ask(REFUSE.question), articles)
    assert (wrongly.wrongly_refused, wrongly.cited, wrongly.right) == (1, 0, None)
    assert "不应拒答" in wrongly.why


def test_recall_counts_gold_articles_by_rank(good: Answer, articles: dict[str, Article]) -> None:
    case = replace(CASE, gold=(Gold("武汉", 58), Gold("常州", 55)))

    def hit(city: str, article: int) -> Hit:
        return replace(good.hits[0], city=city, article=article, heading="")

    hits = [hit("洛阳市", 1), hit("武汉市", 58), *(hit("洛阳市", n) for n in range(2, 6)), hit("常州市", 55)]
    one = scored(case, replace(good, hits=tuple(hits)), articles)
    assert (one.recall_1, one.recall_5, one.recall_10, one.rr) == (0, 0.5, 1, 0.5)
    ideal = 1 + 1 / log2(3)
    assert one.ndcg_10 == pytest.approx((1 / log2(3) + 1 / log2(8)) / ideal)


def test_an_article_ranked_twice_counts_once(good: Answer, articles: dict[str, Article]) -> None:
    case = replace(CASE, gold=(Gold("武汉", 58), Gold("武汉", 57)))
    one = scored(case, replace(good, hits=(good.hits[0],) * 5), articles)
    assert one.recall_10 == 0.5


def test_a_repeated_number_is_right_only_with_its_heading(helper: Assistant, articles: dict) -> None:
    case = Case("3", "lookup", "", gold=(Gold("武汉", 55, "总体设计"),))
    second = helper.ask("武汉第五十五条【总体设计】")
    assert score(case, second, articles).right == 1
    first = replace(second, citations=helper.ask("武汉第五十五条支持培育高质量产业生态").citations)
    assert (score(case, first, articles).cited, score(case, first, articles).right) == (0, 0)


def test_also_ok_is_no_mistake_and_no_duty(good: Answer, helper: Assistant, articles: dict) -> None:
    case = replace(CASE, also_ok=(Gold("常州", 20),))
    both = replace(good, citations=(*good.citations, *helper.ask("常州第20条").citations))
    assert score(case, both, articles).right == 1
    assert score(case, good, articles).cited == 1


def test_any_callable_can_be_evaluated_and_what_is_not_scored_is_left_out() -> None:
    asked: list[tuple] = []

    def dumb(question: str, history: list, cities: list | None) -> Answer:
        asked.append((question, history, cities))
        return Answer("x", question, "不知道", True, "no_evidence")

    history = ({"role": "user", "content": "武汉第58条"},)
    result = evaluate(dumb, [CASE, REFUSE, replace(CASE, history=history, cities=("武汉",))])
    assert asked[0] == (CASE.question, [], None)
    assert asked[2] == (CASE.question, list(history), ["武汉"])
    figures = {key: (e.value, e.n) for key, e in result.figures[""].items()}
    assert figures["wrongly_refused"] == (1.0, 2)
    assert figures["refused"] == (1.0, 1)
    assert figures["refusal_right"] == (pytest.approx(1 / 3), 3)
    assert figures["reason"] == (0.0, 1)
    assert figures["facts"] == (0.0, 2)
    assert not figures.keys() & {"right", "recall_5", "invented"}  # nothing cited, nothing ranked: not 0 but unsaid
    assert [s.failed for s in result.scores] == [True] * 3
    assert "拒答理由应是 no_such_article" in result.scores[1].why


def test_an_assistant_that_breaks_on_one_case_is_scored_on_the_others(helper: Assistant) -> None:
    def broken(question: str, **rest: object) -> Answer:
        if question == REFUSE.question:
            raise RuntimeError("model away")
        return helper.ask(question)

    result = evaluate(broken, [CASE, REFUSE])
    assert [s.case.id for s in result.errors] == ["2"]
    assert "model away" in result.errors[0].unscored
    assert result.figures[""]["cited"].n == 1
    assert "refused" not in result.figures[""]


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ({"gold": (Gold("武汉", 99),)}, "武汉99"),
        ({"gold": (Gold("北京", 1),)}, "北京1"),
        ({"gold": (Gold("武汉", 57),)}, "「保费补助」"),
        ({"gold": ()}, "没有标注"),
        ({"refuse": True}, "既标注拒答"),
        ({"must_not_contain": ("推荐目录",)}, "「推荐目录」"),
        ({"gold": (), "must_contain": (), "refuse": True, "reason": "dunno"}, "「dunno」"),
    ],
)
def test_a_planted_wrong_label_is_named_and_not_held_against_the_assistant(
    planted: dict, word: str, helper: Assistant
) -> None:
    result = evaluate(helper, [CASE, replace(CASE, id="planted", **planted)])
    right, wrong = result.scores
    assert (right.unscored, right.failed) == ("", False)
    assert word in wrong.unscored
    assert not wrong.failed
    assert result.errors == ()
    assert result.figures[""]["cited"].n == 1


def test_without_the_measures_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not among what `make chat` installs."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(FatiaoError, match="make setup"):
        rank_measures([CASE], [[]])
