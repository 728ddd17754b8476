"""Cited is only what surely answers; else candidates are offered and nothing is cited."""

import math
from dataclasses import replace

import numpy as np
import pytest

from assistant import Assistant
from assistant.answer import REASONS
from assistant.decide.calibration import Calibration, Logistic, load_calibration
from assistant.decide.confirmation import (
    CANDIDATES,
    FEATURES,
    WITH_QUESTIONS_ALONE,
    Sureness,
    confidence_of,
    confirm,
    features,
    load_sureness,
)
from assistant.decide.decide import decide
from assistant.decide.decision import Decision, once
from assistant.decide.stated.head import Curve, Statedness, load_statedness
from assistant.decide.whole.parts_stated import Alone, silent_on_it
from assistant.retrieve import hit_of, retrieve
from assistant.understand.question import understand
from assistant.write.compose import compose
from vectorstore.embeddings import OFFLINE_MODEL
from vectorstore.library import Shelf

QUESTION = "武汉的企业买科技保险有补助吗？"


@pytest.fixture
def calibration() -> Calibration:
    return load_calibration(OFFLINE_MODEL)


def _decided(helper: Assistant, text: str, calibration: Calibration):  # type: ignore[no-untyped-def]
    library = helper.library()
    question = understand(text, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    return question, found, library, decide(question, found, library, calibration)


def test_a_sure_answer_is_cited_and_says_how_sure(helper: Assistant) -> None:
    answer = helper.ask(QUESTION)
    assert not answer.refused
    assert answer.confidence is not None
    assert answer.confidence > 0.8


def test_what_all_but_surely_answers_is_told_article_by_article(helper: Assistant, calibration: Calibration) -> None:
    *_, decision = _decided(helper, QUESTION, calibration)
    assert set(decision.chances) >= {e.article.id for e in decision.evidence[:1]}
    made = Decision(chances={"a/1": 0.99, "b/1": 0.5})
    assert (made.sure, made.confidence) == ({"a/1"}, 0.99)
    assert Decision().confidence is None


def test_where_nothing_is_sure_candidates_are_offered_and_nothing_is_cited(
    helper: Assistant, calibration: Calibration
) -> None:
    question, found, _, decision = _decided(helper, QUESTION, replace(calibration, confirmed=1.1))
    answer = compose(question, found, decision, ()).answer
    assert answer.refused
    assert answer.reason == "unconfirmed"
    assert "unconfirmed" in REASONS
    assert answer.citations == ()
    assert 1 <= len(answer.related) <= CANDIDATES
    assert answer.related[0].id == found.hits[0].id
    assert all(h.label in answer.text and h.regulation in answer.text for h in answer.related)
    assert answer.confidence is not None


def test_what_was_looked_up_by_number_is_not_in_question(helper: Assistant, calibration: Calibration) -> None:
    *_, decision = _decided(helper, "武汉第五十八条", replace(calibration, confirmed=1.1))
    assert decision.evidence
    assert decision.confidence is None


def test_of_two_cities_the_doubtful_one_is_left_open_and_is_not_called_silent(
    helper: Assistant, calibration: Calibration
) -> None:
    question, found, library, whole = _decided(helper, "武汉和常州的企业买科技保险有补助吗？", calibration)
    asked = list(dict.fromkeys(e.regulation.id for e in whole.evidence))
    chosen = tuple(hits[0] for hits in found.by_regulation.values())
    sureness = {h.id: confidence_of(question, found, library, calibration, h) for h in chosen}
    between = sum(sorted(sureness.values())) / len(sureness)
    made = confirm(question, found, library, replace(calibration, confirmed=between), chosen)
    assert len(made.sure) == len(made.doubtful) == 1
    *_, decision = _decided(helper, question.original, replace(calibration, confirmed=between))
    assert len(asked) == 2
    assert decision.silent == ()
    left = made.doubtful[0]
    assert any(left.regulation in n and left.label in n for n in decision.notices)
    assert decision.related[0].id == left.id


def test_a_regulation_of_one_article_has_features(helper: Assistant, calibration: Calibration) -> None:
    question, found, library, _ = _decided(helper, QUESTION, calibration)
    values = features(question, found, library, found.hits[0])
    assert len(values) == len(FEATURES)
    for curve in (calibration.confirmation, calibration.confirmation_without_questions):
        assert isinstance(curve, Logistic)
        assert len(curve.weights) == len(FEATURES)


def test_the_refusal_is_in_the_script_of_the_question(helper: Assistant, calibration: Calibration) -> None:
    doubting = replace(calibration, confirmed=1.1)
    question, found, _, decision = _decided(helper, "武漢的企業買科技保險有補助嗎？", doubting)
    assert "未能確認" in compose(question, found, decision, ()).answer.text


@pytest.mark.parametrize(("likely_questions", "cited"), [(True, 2), (False, 1)])
def test_where_nobody_wrote_likely_questions_a_second_article_is_not_cited(
    helper: Assistant, calibration: Calibration, likely_questions: bool, cited: int
) -> None:
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=likely_questions).library()
    question = understand(QUESTION, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    always = replace(calibration, confirmed=0.0, confirmed_without_questions=0.0)
    made = confirm(question, found, library, always, found.by_regulation["wuhan"][:2])
    assert made.sure == found.by_regulation["wuhan"][:cited]


@pytest.mark.parametrize(("place", "borne_out"), [(0, True), (1, False)])
def test_a_doubtful_article_is_borne_out_by_a_sure_one_elsewhere_that_rules_the_same(
    helper: Assistant, calibration: Calibration, monkeypatch: pytest.MonkeyPatch, place: int, borne_out: bool
) -> None:
    monkeypatch.setattr("assistant.decide.confirmation.load_sureness", lambda *_: None)  # as sure as the curve says
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=False).library()
    question = understand("武汉和常州的企业买科技保险有补助吗？", library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    bests = [hits[0] for hits in found.by_regulation.values()]
    first, second = sorted(bests, key=lambda h: -confidence_of(question, found, library, calibration, h))
    doubtful = found.by_regulation[second.id.partition("/")[0]][place]
    least = confidence_of(question, found, library, calibration, first)
    curve = calibration.confirmation_without_questions
    weights = tuple(w / 10 for w in curve.weights)  # no article is half as sure as another
    even = replace(calibration, confirmation_without_questions=Logistic(curve.bias / 10, weights))
    chances = [confidence_of(question, found, library, even, h) for h in (first, doubtful)]
    assert least > 0.5
    assert chances[1] < chances[0] < 2 * chances[1]
    made = confirm(question, found, library, replace(even, confirmed_without_questions=chances[0]), (first, doubtful))
    assert made.sure[0] == first
    assert (doubtful in made.sure) == borne_out
    assert (doubtful in made.doubtful) != borne_out


def told(helper: Assistant, text: str, article_id: str) -> dict[str, float]:
    """The features of an article for a question, by name, where nobody has written likely questions."""
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=False).library()
    question = understand(text, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    values = features(question, found, library, hit_of(library, found.scored, article_id))
    return dict(zip(FEATURES, values, strict=True))


@pytest.mark.parametrize(
    ("likely_questions", "text", "sure"),
    [
        (False, "武汉的企业买科技保险，保费每年补助多少万元？", False),
        (False, QUESTION, True),
        (True, "武汉的企业买科技保险，保费每年补助多少万元？", True),  # what is missing there is judged elsewhere
    ],
)
def test_an_article_without_the_sort_of_figure_that_is_asked_for_does_not_answer(
    helper: Assistant, calibration: Calibration, likely_questions: bool, text: str, sure: bool
) -> None:
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=likely_questions).library()
    question = understand(text, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    best = hit_of(library, found.scored, "wuhan/58")
    assert (confidence_of(question, found, library, calibration, best) > 0) == sure


def test_whether_the_article_states_what_is_asked_tells_how_sure_it_is(helper: Assistant) -> None:
    whether = told(helper, "武汉的企业买科技保险有补助吗？", "wuhan/58")
    sum_asked = told(helper, "武汉的企业买科技保险，保费每年补助多少万元？", "wuhan/58")
    assert sum_asked["stated"] < whether["stated"]
    assert (whether["wants_figure"], sum_asked["wants_figure"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "article", "only"),
    [
        ("武汉的孵化器不按规定备案会怎么处罚", "wuhan/58", 1.0),
        ("洛阳虚报冒领科技经费的怎么处罚", "luoyang/44", 0.0),
        ("武汉的企业买科技保险有补助吗？", "wuhan/58", 0.0),
    ],
)
def test_a_rule_that_tells_no_consequence_where_one_is_asked_is_what_there_is(
    helper: Assistant, text: str, article: str, only: float
) -> None:
    assert told(helper, text, article)["only_the_rule"] == only


@pytest.mark.parametrize(
    ("text", "share"), [("武汉科技保险的保费", 1.0), ("武汉骑马射箭", 0.0), ("武汉科技保险骑马射箭", 0.5)]
)
def test_how_many_of_the_questions_words_the_article_has_tells_how_sure_it_is(
    helper: Assistant, text: str, share: float
) -> None:
    assert told(helper, text, "wuhan/58")["held"] == pytest.approx(share, abs=0.25)


@pytest.mark.parametrize(("text", "ahead"), [("武汉科技保险的保费谁来补助", True), ("武汉骑马射箭", False)])
def test_how_far_it_is_ahead_in_the_questions_rare_words_tells_how_sure_it_is(
    helper: Assistant, text: str, ahead: bool
) -> None:
    values = told(helper, text, "wuhan/58")
    assert (values["told_lead"] > 0.1) == ahead
    paragraphs = len(helper.library().by_id["wuhan/58"][1].paragraphs)
    assert values["paragraphs"] == pytest.approx(math.log(paragraphs))


def test_with_likely_questions_what_only_others_need_takes_no_time(helper: Assistant) -> None:
    library = helper.library()
    question = understand(QUESTION, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    values = features(question, found, library, found.hits[0])
    assert values[FEATURES.index("stated") :] == (0.0,) * 7


def test_what_is_weighed_with_likely_questions_alone_has_no_weight_without(calibration: Calibration) -> None:
    weights = dict(zip(FEATURES, calibration.confirmation_without_questions.weights, strict=True))
    assert {weights[name] for name in WITH_QUESTIONS_ALONE} == {0.0}
    assert weights["told_lead"] > 0 > weights["paragraphs"]


@pytest.mark.parametrize(("share", "bias", "sure"), [(1.0, 0.0, None), (0.0, 3.0, 0.95), (0.0, -3.0, 0.05)])
def test_where_nobody_wrote_likely_questions_a_net_is_added_to_a_share_of_the_curve(
    helper: Assistant,
    calibration: Calibration,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
    bias: float,
    sure: float | None,
) -> None:
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=False).library()
    question = understand(QUESTION, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    best = found.by_regulation["wuhan"][0]
    held = load_sureness(OFFLINE_MODEL, 768)
    assert held is not None
    says = np.zeros_like(held.net.bias)
    says[-1] = bias  # the line alone, whatever is asked
    net = replace(held.net, signals=held.net.signals * 0, own=held.net.own * 0, out=held.net.out * 0, bias=says)
    monkeypatch.setattr("assistant.decide.confirmation.load_sureness", lambda *_: Sureness(net, share))
    chance = confidence_of(question, found, library, calibration, best)
    if sure is not None:
        assert chance == pytest.approx(sure, abs=0.01)
    monkeypatch.setattr("assistant.decide.confirmation.load_sureness", lambda *_: None)
    alone = confidence_of(question, found, library, calibration, best)
    assert sure is not None or chance == pytest.approx(alone)


def test_an_embedding_model_without_a_net_is_judged_by_the_curve_alone() -> None:
    assert load_sureness("no/such-model", 768) is None
    assert load_sureness(OFFLINE_MODEL, 384) is None  # of another form than what is told


def test_what_is_sure_without_likely_questions_is_not_called_unstated_after_all(
    helper: Assistant, calibration: Calibration
) -> None:
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=False).library()
    always = replace(calibration, confirmed_without_questions=0.0)
    question = understand("农村的合作社能不能搞技术革新", library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    decision = decide(question, found, library, always)
    never = Alone(Statedness(*(replace(c, bias=-99.0) for c in _curves())), least=0.1)
    assert decision.evidence
    assert silent_on_it(question, found, decision, library, None, never) == decision
    held = helper.library()  # the same with likely questions is called unstated
    found = retrieve(question, held, helper.path.deciding.embed(question.topic))
    assert silent_on_it(question, found, decision, held, None, never).reason == "not_stated"


@pytest.mark.parametrize(("least", "cited"), [(0.0, True), (1.0, False)])
def test_what_no_article_is_likely_to_state_is_not_cited_but_offered(
    least: float, cited: bool, helper: Assistant, calibration: Calibration
) -> None:
    library = helper.library()
    question = understand("农村的合作社能不能搞技术革新", library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    decision = replace(decide(question, found, library, replace(calibration, confirmed=0.0)), unstated=(), listing=None)
    assert decision.evidence
    made = silent_on_it(question, found, decision, library, None, Alone(Statedness(*_curves()), least))
    assert bool(made.evidence) is cited
    if not cited:
        assert made.reason == "unconfirmed"
        assert {h.id for h in made.related} <= {e.article.id for e in decision.evidence} | {h.id for h in found.hits}


def _curves() -> tuple[Curve, Curve]:
    head = load_statedness(OFFLINE_MODEL)
    assert head is not None
    return head.asked_about, head.bare


def test_an_article_is_offered_once_whatever_its_scores(helper: Assistant) -> None:
    best, other, *_ = helper.ask("武汉科技保险有补助吗").hits
    assert once((best, replace(best, score=0.0), other)) == (best, other)


@pytest.mark.parametrize(
    ("text", "with_the_rule"),
    [
        ("洛阳利用财政性资金购置的大型科学仪器，能不能不共享", True),
        ("洛阳不履行科学技术资源共享使用义务的单位怎么处罚", False),  # what follows is what is asked
    ],
)
def test_the_rule_stands_beside_what_follows_when_it_is_broken(
    helper: Assistant, calibration: Calibration, text: str, with_the_rule: bool
) -> None:
    library = Shelf(helper.store, OFFLINE_MODEL, likely_questions=False).library()
    question = understand(text, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    follows, rule = (hit_of(library, found.scored, i) for i in ("luoyang/45", "luoyang/22"))
    sure = replace(calibration, confirmed_without_questions=0.0)
    made = confirm(question, found, library, sure, (follows,))
    assert made.sure[0] == follows
    assert (rule.id in {h.id for h in made.sure}) == with_the_rule
