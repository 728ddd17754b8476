"""Tables as people write them: the program's own ids, 款 and 之一 are read; what is lost is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from evals.evaluation import evaluate
from evals.questions.case import DatasetError, Gold
from evals.questions.cases import load_cases
from evals.questions.tables import golds_in
from evals.run import ERROR, run_evaluation


@pytest.mark.parametrize(
    ("said", "golds"),
    [("wuhan/58", (Gold("wuhan", 58),)), ("x/10.1", (Gold("x", 10, suffix=1),)), ("wuhan/55-2", (Gold("wuhan", 55),)),
     ("changzhou/20; 洛阳39", (Gold("changzhou", 20), Gold("洛阳", 39))),
     ("洛阳第三十九条第二款", (Gold("洛阳", 39),)), ("洛阳39条2款", (Gold("洛阳", 39),)),
     ("海城第十条之一", (Gold("海城", 10, suffix=1),)), ("海城 第10条之2第一款", (Gold("海城", 10, suffix=2),))],
)  # fmt: skip
def test_an_expected_article_is_read_as_it_is_written(said: str, golds: tuple[Gold, ...]) -> None:
    assert golds_in(said) == golds


@pytest.mark.parametrize("said", ["wuhan/", "/58", "wuhan/五十八", "58", "武汉第二款", "第五十八条"])
def test_what_is_none_is_named(said: str) -> None:
    with pytest.raises(ValueError, match=said):
        golds_in(said)


def test_cells_too_many_are_an_error_not_dropped(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("问题,应引条文\n科技保险有什么不同,常州55,洛阳39,武汉58\n", "utf-8")
    with pytest.raises(DatasetError, match=r"第 2 行有 4 格，表头只有 2 格：多出「洛阳39」"):
        load_cases([file])
    file.write_text("问题,应引条文\n科技保险有什么不同,常州55,,\n", "utf-8")
    assert len(load_cases([file])) == 1  # empty cells, as spreadsheets leave them


def test_the_products_own_ids_are_scored(tmp_path: Path, helper: Assistant) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("问题,应引条文\n武汉的企业买科技保险有补助吗？,wuhan/58\n常州第20条,changzhou/20\n", "utf-8")
    scores = evaluate(helper, load_cases([file])).scores
    assert [(s.unscored, s.failed) for s in scores] == [("", False), ("", False)]


def test_an_evaluation_that_measured_nothing_does_not_pass(
    tmp_path: Path, helper: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("问题,应引条文\n北京的补助,北京58\n", "utf-8")
    assert run_evaluation(helper, [file]) == ERROR
    assert "一题也没有评" in capsys.readouterr().out


def test_the_command_says_so_too(tmp_path: Path, own_index: Path, fatiao: Callable[..., Any]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("问题,应引条文\n北京的补助,beijing/58\n", "utf-8")
    assert fatiao("eval", "--dataset", file).code == ERROR
