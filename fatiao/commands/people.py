"""Who may use the page: `user`."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from fatiao.commands import AsJson, print_json, settings

if TYPE_CHECKING:
    from records.people import People

commands = typer.Typer()
users = typer.Typer(help="页面的账号和角色。", no_args_is_help=True)
commands.add_typer(users, name="user")
Name = Annotated[str, typer.Argument(help="用户名")]
_ROLES = "reader（只读）、editor（可改语料）或 admin（管理员）"
Role = Annotated[str, typer.Argument(help=_ROLES)]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="口令从标准输入读，不询问")]


@users.command("add")
def add_user(
    name: Name,
    role: Annotated[str, typer.Option("--role", help=_ROLES)] = "reader",
    password_stdin: FromInput = False,
) -> None:
    """加一个本地账号；有了账号，页面就要登录。"""
    with closing(_people()) as people:
        people.add(name, _password(password_stdin), role)
    sys.stdout.write(f"已加「{name}」（{role}）。\n")


@users.command("list")
def list_users(as_json: AsJson = False) -> None:
    """列出账号：名称、角色、从哪里登录、最近何时来过。"""
    with closing(_people()) as people:
        held = people.held()
    if as_json:
        print_json(
            [
                {
                    "key": a.key,
                    "name": a.name,
                    "role": a.role,
                    "local": a.local,
                    "created": a.created.isoformat(),
                    "seen": a.seen.isoformat() if a.seen else None,
                }
                for a in held
            ]
        )
        return
    for a in held:
        seen = f"{a.seen.astimezone():%Y-%m-%d %H:%M}" if a.seen else "没有来过"
        sys.stdout.write(f"{a.name}　{a.role}　{'本地账号' if a.local else '登录服务'}　{seen}　{a.key}\n")
    if not held:
        sys.stdout.write("还没有账号。\n")


@users.command("role")
def set_role(name: Annotated[str, typer.Argument(help="用户名，或 fatiao user list 列出的标识")], role: Role) -> None:
    """改一个人的角色，立即生效。"""
    with closing(_people()) as people:
        before = people.set_role(name, role)
    _note("role", before.name, f"{before.role} → {role}")
    sys.stdout.write(f"「{before.name}」现在是 {role}。\n")


@users.command("password")
def set_password(name: Name, password_stdin: FromInput = False) -> None:
    """改一个本地账号的口令；已登录的要重新登录。"""
    with closing(_people()) as people:
        people.set_password(name, _password(password_stdin))
    sys.stdout.write(f"已改「{name}」的口令。\n")


@users.command("remove")
def remove_user(name: Name) -> None:
    """删去一个本地账号，立即生效；他的对话仍在记录里。"""
    with closing(_people()) as people:
        people.remove(name)
    _note("role", name, "删去账号")
    sys.stdout.write(f"已删去「{name}」。\n")


def _people() -> "People":
    from records.people import People

    return People(settings().records_database)


def _note(act: str, about: str, detail: str) -> None:
    from records.records import Records

    with closing(Records(settings().records_database)) as records:
        records.journal.note("cli", "命令行", act, about, detail)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("口令（至少 10 个字符）", hide_input=True, confirmation_prompt="再输一次"))
