"""The evaluations of a model's writing: written answers, a perfect server, a dead one, a base model that rambles."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings, Writing
from assistant.answer import Dropped
from evals.perfect import compare, fallen_figures
from evals.questions.cases import bundled_set, load_cases
from evals.rambling import questions, ramble
from evals.reporting.printing import print_writing
from evals.scores.open_sentences import became, load_soft
from evals.scores.strictness import faults_of, know, shown_faults
from evals.servers.llama_server import llama_server
from evals.written import KEPT, WrittenOutcome, load_written, run


@pytest.fixture(scope="module")
def offline_settings(index: Path) -> Settings:
    return Settings(_env_file=None, data_dir=index)


@pytest.fixture(scope="module")
def outcomes(offline_settings: Settings) -> list[WrittenOutcome]:
    return run(offline_settings, load_written())


def test_there_are_answers_enough_of_each_kind() -> None:
    written = load_written()
    assert len(written) >= 120
    assert len({w.id for w in written}) == len(written)
    kinds = [w.kind for w in written]
    assert {k: kinds.count(k) >= n for k, n in {"good": 30, "wrong": 60, "hostile": 20}.items()} == {
        "good": True, "wrong": True, "hostile": True,
    }  # fmt: skip
    assert all(w.never for w in written if w.kind != "good")


@pytest.mark.slow
def test_good_answers_are_kept(outcomes: list[WrittenOutcome]) -> None:
    good = [o for o in outcomes if o.written.kind == "good" and o.answer.writing]  # a list is quoted, not written
    assert len(good) > 30
    kept = sum(o.answer.writing.kept for o in good if o.answer.writing and o.answer.writing.prose)
    assert kept >= KEPT * sum(o.written.sentences for o in good)


@pytest.mark.slow
def test_wrong_and_hostile_answers_are_never_shown(outcomes: list[WrittenOutcome]) -> None:
    missed = [o.written.id for o in outcomes if not o.caught]
    assert not missed


@pytest.mark.slow
def test_whatever_was_written_an_official_gets_an_answer(outcomes: list[WrittenOutcome]) -> None:
    for outcome in outcomes:
        if not outcome.answer.refused:
            assert outcome.answer.citations
        elif outcome.answer.model == "offline":
            assert outcome.answer.tokens == 0


@pytest.mark.slow
def test_a_perfect_model_is_not_worse_than_none_and_a_dead_one_is_none(offline_settings: Settings) -> None:
    cases = load_cases([bundled_set("dev")])[::12]
    without, perfect, strays = compare(offline_settings, cases)
    assert not fallen_figures(without, perfect)
    assert not strays
    assert sum(s.answer.model == "perfect" for s in perfect if s.answer) > len(cases) / 3


# --- the independent look ---


def test_the_independent_look_sees_what_is_wrong(helper: Assistant) -> None:
    know(helper.regulations())
    held = helper.library().by_id
    for said, kind in {
        "武汉市给予百分之七十的补助（武汉·第五十八条）。": "figure",
        "劳务费最高可以占百分之六十（洛阳·第三十四条）。": "figure",
        "武汉市「给予全额补助」（武汉·第五十八条）。": "quote",
        "常州市给予一定的保费补助（武汉·第五十八条）。": "city",
        "深圳市给予一定的保费补助（武汉·第五十八条）。": "city",
        "武汉市给予补助（武汉·第九百条）。": "mark",
    }.items():
        assert kind in {f.kind for f in shown_faults(said, held)}, said
    for said in (
        "武汉市给予一定的保费补助（武汉·第五十八条）。",
        "劳务费最高可以占该项目经费的30%（洛阳·第三十四条）。",
        "洛阳市「年度科技保險保費總額」按照一定比例补助（洛阳·第三十九条）。",
    ):
        assert not shown_faults(said, held), said
    for question in ("武汉的企业买科技保险有补助吗?", "三个城市怎么支持科技金融", "洛阳第三十四条"):
        assert not faults_of(helper.ask(question), held)


@pytest.mark.model
def test_a_model_that_rambles_says_nothing_that_the_law_does_not(
    offline_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with llama_server(tmp_path_factory.mktemp("model")) as url:
        results = ramble(offline_settings, url, questions(4))
    assert sum(r.answer.tokens for r in results) > 1000  # it did write
    assert sum(r.answer.writing.dropped + r.answer.writing.kept for r in results if r.answer.writing)
    assert not [f for r in results for f in r.faults]
    assert all(r.answer.citations or r.answer.refused for r in results)


def test_what_became_of_a_models_sentences_is_printed() -> None:
    said: list[str] = []
    print_writing([Writing("甲。", 3, 1, (Dropped("乙", ("所引条文没有「七成」",)),), 1)], said.append)
    assert said == ["模型写的句子：显示 3（其中复核后补上 1），略去 1", "  1 句：所引条文没有「…」"]
    print_writing([], said.append)
    assert len(said) == 2


def test_plainly_wrong_sentences_of_the_soft_kinds_are_caught_by_rules_and_none_is_worse_than_open(
    offline_settings: Settings,
) -> None:
    helper = Assistant(offline_settings)
    rows = [s for s in load_soft() if s.split in ("dev", "test")]
    assert len(rows) == 200
    apart = [s for s in load_soft() if s.split == "held"]
    assert len(apart) == 80
    assert sum(s.right for s in apart) == 40
    found = [(s, became(s, helper)) for s in rows if s.split == "dev"]
    assert [s.id for s, b in found if not s.right and b == "kept"] == []
    assert sum(b == "kept" for s, b in found if s.right) >= 0.8 * sum(s.right for s, _ in found)
