"""A baseline: what got better and worse, case by case; exact tests; only what both runs scored."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from evals.baseline import BASELINE, fit, main, write_baseline
from evals.evaluation import Evaluation, evaluate
from evals.questions.case import Case, DatasetError, Gold
from evals.questions.cases import bundled_set, load_cases
from evals.reporting.report import write_report
from evals.scores.compare import compare
from evals.scores.results import as_dict, load_result


def test_what_got_worse_is_named_with_its_figures(run: Evaluation, worse: Evaluation) -> None:
    found = compare(as_dict(run), as_dict(worse))
    (case,) = found.cases
    assert (case.id, case.better) == ("3", ())
    assert "引用召回 1 → 0" in case.worse
    assert "没引常州20" in case.why
    cited = next(f for f in found.figures if f.figure == "cited")
    assert (cited.n, cited.before, cited.after, cited.better, cited.worse, cited.p) == (2, 1.0, 0.5, 0, 1, 1.0)
    assert not cited.lost  # one case proves nothing
    assert found.lost == ()


def test_what_got_better_is_the_same_read_backwards(run: Evaluation, worse: Evaluation) -> None:
    (case,) = compare(as_dict(worse), as_dict(run)).cases
    assert case.worse == ()
    assert "引用召回 0 → 1" in case.better


def test_nothing_changes_against_itself(run: Evaluation) -> None:
    found = compare(as_dict(run), as_dict(run))
    assert found.cases == ()
    assert {(f.better, f.worse, f.p) for f in found.figures} == {(0, 0, 1.0)}


def test_more_refusals_or_faults_are_worse_though_the_number_is_higher(run: Evaluation, worse: Evaluation) -> None:
    before, after = as_dict(run), as_dict(run)
    after = json.loads(json.dumps(after))
    after["cases"][0]["values"] |= {"wrongly_refused": 1.0, "unsupported": 2}
    (case,) = compare(before, after).cases
    assert set(case.worse) == {"误拒 0 → 1", "无据数字 0 → 2"}


def test_many_cases_of_one_mind_are_a_sure_loss(helper: Assistant) -> None:
    cases = [Case(str(n), "lookup", f"常州第{n}条", gold=(Gold("常州", n),)) for n in range(1, 8)]
    before = as_dict(evaluate(helper, cases))
    after = as_dict(evaluate(lambda q, **_: replace(helper.ask(q), citations=()), cases))
    lost = {f.figure: f.p for f in compare(before, after).lost}
    assert lost["cited"] == pytest.approx(2 * 0.5**7)
    assert "recall_5" not in lost


def test_cases_of_one_run_only_are_counted_and_left_out(run: Evaluation) -> None:
    before = as_dict(run)
    changed = [replace(s, case=replace(s.case, question=s.case.question + "？")) for s in run.scores[:1]]
    found = compare(before, as_dict(Evaluation((*changed, *run.scores[1:]))))
    assert (found.gone, found.new) == (1, 1)
    assert found.cases == ()


def test_a_case_that_is_no_longer_answered_is_worse(run: Evaluation) -> None:
    scores = (replace(run.scores[0], unscored="没有答成：x", failed=True), *run.scores[1:])
    (case,) = compare(as_dict(run), as_dict(Evaluation(scores))).cases
    assert case.worse == ("没有答成：x",)


def test_a_baseline_is_read_from_its_file_or_its_folder(run: Evaluation, tmp_path: Path) -> None:
    write_report(tmp_path / "r", run)
    assert load_result(tmp_path / "r") == load_result(tmp_path / "r" / "report.json")
    assert load_result(tmp_path / "r")["cases"] == json.loads(json.dumps(as_dict(run)["cases"]))


def test_a_kept_baseline_compares_like_the_run_it_was_made_from(
    run: Evaluation, worse: Evaluation, tmp_path: Path
) -> None:
    kept = tmp_path / "baseline.json"
    write_baseline(as_dict(run), kept)
    assert compare(load_result(kept), as_dict(run)).cases == ()
    assert compare(load_result(kept), as_dict(worse)) == compare(as_dict(run), as_dict(worse))
    assert len(kept.read_text("utf-8").splitlines()) == len(run.scores) + 2


def test_only_the_held_out_set_answered_offline_becomes_the_baseline(run: Evaluation, tmp_path: Path) -> None:
    assert fit({"about": {"datasets": [{"name": "test.jsonl"}], "writer": "offline"}}) == ""
    assert "dev.jsonl" in fit({"about": {"datasets": [{"name": "dev.jsonl"}], "writer": "offline"}})
    assert "gpt" in fit({"about": {"datasets": [{"name": "test.jsonl"}], "writer": "gpt"}})
    write_report(tmp_path, run)
    before = BASELINE.read_bytes()
    assert main([str(tmp_path)]) == 1
    assert main([str(tmp_path / "none")]) == 1
    assert BASELINE.read_bytes() == before


def test_the_kept_baseline_is_of_the_held_out_set_as_it_is_now() -> None:
    kept = load_result(BASELINE)["cases"]
    cases = load_cases([bundled_set("test")])
    assert [(c["id"], c["question"]) for c in kept] == [(c.id, c.question) for c in cases], "make eval && make baseline"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 99}', '{"format": 1}', '{"format": 1, "cases": [{"id": "1"}]}']
)
def test_what_is_no_report_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    for path in (file, tmp_path / "none.json"):
        with pytest.raises(DatasetError, match=path.name):
            load_result(path)
