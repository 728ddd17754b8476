"""Many at once: `batch`, `verify`, `check`, `eval`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fatiao.commands import AsJson, assistant

commands = typer.Typer()


@commands.command()
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="每行 {id, question, history, cities}")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="每行一个回答")],
) -> None:
    """逐行回答一个文件里的问题；出错的一行写明 error，其余照常。"""
    from fatiao.batch import run_batch

    run_batch(assistant(), source, target)


@commands.command()
def verify(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="每行 {id, sentence, articles}")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="每行 {id, supported, reasons}")],
) -> None:
    """逐句核对：所引的条文是否载有这句话；不用模型。"""
    from fatiao.batch import run_verify

    run_verify(assistant(), source, target)


@commands.command()
def check(
    file: Annotated[Path, typer.Argument(help="稿子：docx、md 或 txt")],
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="写出带批注的稿子（docx 加批注，文本加标记）")] = None,
) -> None:
    """核稿：稿子里的每处引用是否存在、引文是否一字不差、条文是否支持这句话、文本是否现行。"""
    from fatiao.printing.checking import run_check

    run_check(assistant(), file, as_json=as_json, out=out)


@commands.command("eval")
def evaluate(
    dataset: Annotated[
        list[Path] | None,
        typer.Option(
            "--dataset", help="题集 .jsonl 或 .csv（有问题、应引条文两列即可），可重复；dev、test 自带，不写为 test"
        ),
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", help="把 HTML、JSON、JUnit 报告写到这个文件夹")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="以前的 report.json 或它的文件夹：比出变好变差的题")
    ] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="再列出每一种办法带来什么")] = False,
    judge: Annotated[bool, typer.Option("--judge", help="再请 FATIAO_MODEL 评判是否正确、是否有据")] = False,
    bars: Annotated[Path | None, typer.Option("--bars", help="自己的及格线 .toml")] = None,
) -> None:
    """在题集上打分。退出码：0 达到及格线，100 没有达到，1 出错。"""
    from evals.run import run_evaluation
    from evals.scores.bars import BARS
    from law.errors import DocumentError

    try:
        sys.exit(
            run_evaluation(
                assistant(),
                dataset or [],
                report=report,
                baseline=baseline,
                with_steps=ablate,
                with_judge=judge,
                bars=bars or BARS,
            )
        )
    except OSError as error:
        if report is None:
            raise
        raise DocumentError(f"写不进「{report}」（{error.strerror or error}），请检查路径、权限和磁盘空间。") from error
