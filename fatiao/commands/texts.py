"""What is held, and what is made of a document: `ingest`, `enrich`, `inspect`, `diff`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fatiao.commands import AsJson, assistant, print_json, settings
from fatiao.logs import say_progress

commands = typer.Typer()


@commands.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="要加入的文档或语料文件夹；不写则只更新自带语料")] = None,
    new_id: Annotated[str, typer.Option("--id", help="给单个文档指定编号，如 qingdao")] = "",
    city: Annotated[str, typer.Option("--city", help="给单个文档指定城市，如 青岛市")] = "",
    remove: Annotated[list[str] | None, typer.Option("--remove", help="从索引中去掉一部加入过的法规（编号）")] = None,
) -> None:
    """建立或更新索引；显示进度，最后列表说明。"""
    from fatiao.ingesting import run_ingest

    run_ingest(settings(), paths or [], new_id=new_id, city=city, remove=remove or [])


@commands.command()
def enrich(
    regulation: Annotated[str, typer.Argument(help="法规编号，如 qingdao；见 fatiao ingest 的列表")],
    norms: Annotated[bool, typer.Option("--norms", help="改为提出语法没有读出的规范；另存，不计入清单")] = False,
) -> None:
    """让语言模型为一部法规写常见问法；可中断后接着写，不改动人工写的。"""
    from fatiao.enriching import run_enrich, run_propose

    (run_propose if norms else run_enrich)(assistant(), regulation)


@commands.command()
def inspect(file: Annotated[Path, typer.Argument(help="文档，或语料文件夹")], as_json: AsJson = False) -> None:
    """看解析器怎样读一份文档，哪里可疑。"""
    from fatiao.printing.showing import inspection, inspection_as_text
    from law.corpus import load_path

    regulation = load_path(file, progress=say_progress())
    if as_json:
        print_json(inspection(regulation))
        return
    sys.stdout.write(inspection_as_text(regulation))


@commands.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧文本：文件，或收录的法规编号")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新文本：文件，或收录的法规编号")],
    as_json: AsJson = False,
    docx: Annotated[Path | None, typer.Option("--docx", metavar="FILE", help="写成 Word 修订对照表")] = None,
) -> None:
    """逐条对照一部法规的两个文本：条号变动照样对上，增删的字句标出。"""
    from fatiao.printing.diffing import print_changes, text_of, write_word
    from law.changes import as_dict, compare

    before, after = text_of(old, settings()), text_of(new, settings())
    changes = compare(before, after)
    if docx:
        write_word(docx, before, after, changes)
    if as_json:
        print_json(as_dict(changes))
    elif not docx:
        print_changes(changes)
