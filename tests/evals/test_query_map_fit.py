"""The map is fitted on made questions whose answers stand elsewhere by one turn that all of them share."""

import numpy as np

from evals.calibrate.fit_query_map import FOLDS, folds_of, strangers
from evals.calibrate.query_map import OFTEN, Pairs, fit_map, joined
from evals.calibrate.without_questions.parts import Answered


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _made(size: int = 60, dimension: int = 16) -> tuple[Pairs, np.ndarray]:
    """Questions that are their article's vector with two coordinates swapped and some noise."""
    random = np.random.default_rng(3)
    articles = _unit(random.normal(size=(size, dimension)))
    questions = articles.copy()
    questions[:, [0, 1, 2, 3]] = questions[:, [1, 0, 3, 2]]
    questions = _unit(questions + 0.05 * random.normal(size=questions.shape))
    answers = tuple(np.array([i], dtype=np.intp) for i in range(size))
    return Pairs(questions, ("",) * size, answers, np.ones(size, np.float32)), articles


def test_a_fitted_map_finds_answers_of_questions_that_it_has_not_seen() -> None:
    pairs, articles = _made()
    seen = np.arange(len(articles)) < 45
    made = fit_map(pairs.only(seen), articles, share=1.0, steps=200)
    mapped = np.array([made(q) for q in pairs.questions[~seen]])

    def first(vectors: np.ndarray) -> float:
        return float(((vectors @ articles.T).argmax(1) == np.flatnonzero(~seen)).mean())

    assert first(mapped) > first(pairs.questions[~seen])


def test_the_same_data_give_the_same_map() -> None:
    pairs, articles = _made(20)
    assert np.array_equal(fit_map(pairs, articles, 1.0).matrix, fit_map(pairs, articles, 1.0).matrix)


def test_parts_weigh_the_same_however_many_questions_they_have() -> None:
    pairs, _ = _made(20)
    few = pairs.only(np.arange(20) < 4)
    both = joined([pairs, few])
    assert np.isclose(both.weights[:20].sum(), both.weights[20:].sum())
    assert len(both.answers) == 24


def test_questions_of_one_law_are_left_out_together() -> None:
    laws = ["甲"] * 7 + ["乙"] * 3 + ["丙", "丁", "戊", "己"]
    folds = folds_of(laws)
    assert {len(set(folds[[i for i, law in enumerate(laws) if law == name]])) for name in set(laws)} == {1}
    assert set(folds) <= set(range(FOLDS))


def test_a_word_that_many_questions_have_leads_to_what_answers_them() -> None:
    """Nothing but its words tells what a question is answered by: the vectors are noise."""
    random = np.random.default_rng(5)
    articles = _unit(random.normal(size=(6, 16)))
    answers = [n % 6 for n in range(6 * 2 * OFTEN)]
    words = ("多少", "谁批", "哪里", "几天", "如何", "可否")
    pairs = Pairs(
        _unit(random.normal(size=(len(answers), 16))),
        tuple(words[n] for n in answers),
        tuple(np.array([n], dtype=np.intp) for n in answers),
        np.ones(len(answers), np.float32),
    )
    made = fit_map(pairs, articles, share=1.0, steps=200)
    unseen = _unit(random.normal(size=(60, 16)))
    led = [int((articles @ made(v, words[n % 6])).argmax()) == n % 6 for n, v in enumerate(unseen)]
    alone = [int((articles @ made(v)).argmax()) == n % 6 for n, v in enumerate(unseen)]
    assert np.mean(led) > 0.6 > 0.4 > np.mean(alone)


def test_a_regulation_left_out_is_not_even_learnt_to_be_wrong() -> None:
    gold = tuple(np.array(g, dtype=np.intp) for g in ([0], [1, 2], [2]))
    rows = np.eye(3, dtype=np.float32)
    one = Answered(("一", "二", "三"), rows, gold, rows, np.array(["甲", "乙", "乙"]))
    left = strangers([one], {"甲"})
    assert left.questions == ("二", "三")
    assert np.array_equal(left.articles, rows[1:])
    assert [g.tolist() for g in left.gold] == [[0, 1], [1]]


def test_a_regulation_that_two_parts_ask_of_stands_once() -> None:
    rows = np.eye(2, dtype=np.float32)
    first = Answered(("一",), rows[:1], (np.array([1]),), rows, np.array(["甲", "甲"]))
    second = Answered(("二",), rows[1:], (np.array([0]),), rows, np.array(["甲", "甲"]))
    both = strangers([first, second])
    assert len(both.articles) == 2
    assert [g.tolist() for g in both.gold] == [[1], [0]]
