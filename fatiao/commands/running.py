"""What an office runs, and what it is asked: `ui`, `serve`, `mcp`, `feedback`, `key`."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fatiao.commands import AsJson, assistant, print_json, settings

if TYPE_CHECKING:
    from records.keys import Keys

commands = typer.Typer()


@commands.command()
def ui(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="不自动打开浏览器")] = False,
) -> None:
    """打开聊天页面。"""
    from fatiao.page import serve

    serve(settings(), port, headless=headless)


@commands.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址；对网络开放须先 fatiao key add")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="端口")] = 8600,
    rate: Annotated[int, typer.Option("--rate", min=0, help="每个调用者每分钟的请求数；0 为不限")] = 120,
    locked: Annotated[bool, typer.Option("--locked", help="没有钥匙就不开放，经反向代理对外时要加")] = False,
    log_questions: Annotated[bool, typer.Option("--log-questions", help="日志里也写问题的文字")] = False,
) -> None:
    """开放给其他程序：OpenAI 兼容的对话（/v1）、MCP（/mcp）、健康和指标。"""
    from fatiao.door.app import serve as run

    run(settings(), host=host, port=port, per_minute=rate, locked=locked, log_questions=log_questions)


@commands.command()
def mcp() -> None:
    """通过标准输入输出提供 MCP 工具。"""
    from fatiao.door.mcp import make_server

    helper = assistant()
    helper.prepare()
    make_server(helper).run("stdio")


@commands.command()
def feedback(
    to_case: Annotated[
        tuple[int, Path] | None,
        typer.Option("--to-case", metavar="编号 OUT.jsonl", help="把一条反馈变成一道评测题，加到文件末尾"),
    ] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=100_000, help="最近几条")] = 50,
    as_json: AsJson = False,
) -> None:
    """列出页面上收到的反馈，或把一条变成评测题。"""
    from fatiao.feedback import add_case, feedback_as_dict, print_feedback, records_of

    with closing(records_of(settings())) as records:
        if to_case:
            add_case(records, *to_case)
            return
        found = records.feedback(limit)
    if as_json:
        print_json([feedback_as_dict(f) for f in found])
        return
    print_feedback(found)


keys = typer.Typer(help="服务的钥匙（fatiao serve）。", no_args_is_help=True)
commands.add_typer(keys, name="key")


@keys.command("add")
def add_key(name: Annotated[str, typer.Argument(help="给谁用，如 openwebui")]) -> None:
    """造一把新钥匙，只显示这一次。"""
    sys.stdout.write(_keys().add(name) + "\n")


@keys.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """列出钥匙：名称、何时造的、最近何时用过。"""
    held = [
        {"name": k.name, "created": k.created.isoformat(), "used": k.used.isoformat() if k.used else None}
        for k in _keys().held()
    ]
    if as_json:
        print_json(held)
        return
    for key in held:
        sys.stdout.write(f"{key['name']}　{key['created']}　{key['used'] or '没有用过'}\n")
    if not held:
        sys.stdout.write("还没有钥匙。\n")


@keys.command("revoke")
def revoke_key(name: Annotated[str, typer.Argument(help="钥匙的名称")]) -> None:
    """作废一把钥匙，立即生效。"""
    _keys().revoke(name)
    sys.stdout.write(f"已作废「{name}」。\n")


def _keys() -> "Keys":
    from records.keys import Keys

    return Keys(settings().records_database)
