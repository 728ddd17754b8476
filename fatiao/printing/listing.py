"""`fatiao list` and `fatiao show --norms`: norms as a table and as JSON."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.understand.names import resolve_filter
from fatiao.printing.terminal import console
from law.errors import DocumentError
from law.norms import Norm
from law.norms.choose import Chosen, NormWishError, Role, Wish, choose
from law.regulation import Article, Regulation
from law.text.shown import json_shown, shown

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.assistant import Assistant

ROLES: dict[str, Role] = {"负责": "acts", "牵头": "leads", "参与": "takes_part"}
_ROLE_NAMES = {role: name for name, role in ROLES.items()}


def wish_of(
    *, actor: str, role: str, beneficiary: str, means: str, words: Sequence[str], binding: str, chapter: str
) -> Wish:
    """What the options of `fatiao list` ask for. Raises NormWishError."""
    if role and role not in ROLES:
        raise NormWishError(f"没有「{role}」这种角色，可用：{'、'.join(ROLES)}。")
    if role and not actor:
        raise NormWishError(f"「--role {role}」要和 --actor 一起用。")
    return Wish(actor, ROLES.get(role, ""), beneficiary, means, tuple(words), binding, chapter)


def chosen_norms(helper: "Assistant", cities: Sequence[str] | None, wish: Wish) -> tuple[Chosen, ...]:
    """The norms in service that fit. Raises CityNotHeld, NormWishError."""
    library = helper.library()
    ids = resolve_filter(list(cities), library.regulations) if cities else None
    return choose(library.norms(ids), wish)


def chosen_as_dict(chosen: Chosen) -> dict[str, Any]:
    """One line of `list --json`."""
    said = chosen.norm.as_json(chosen.regulation, chosen.article)
    return said | {"role": _ROLE_NAMES.get(chosen.role, "")}


def print_chosen(found: Sequence[Chosen], *, as_json: bool) -> None:
    """The list, for a program or for a person."""
    if as_json:
        sys.stdout.write(
            json_shown(json.dumps([chosen_as_dict(c) for c in found], ensure_ascii=False, indent=2)) + "\n"
        )
        return
    out = console()
    if not found:
        out.print("没有符合条件的规范。")
        return
    out.print(norms_table(found))
    articles = len({c.article.id for c in found})
    out.print(f"共 {len(found)} 项规范，出自 {articles} 条。")


def write_files(found: Sequence[Chosen], wish: Wish, xlsx: Path | None, docx: Path | None, base_url: str) -> None:
    """The list as files of an office. Raises DocumentError where one cannot be written."""
    from assistant.desk.list_files import as_docx, as_xlsx
    from assistant.desk.lists import list_of

    wished = (wish.actor, wish.beneficiary, wish.means, *wish.words, wish.binding, wish.chapter)
    table = list_of(found, "规范清单" + "".join(f"·{w}" for w in wished if w))
    if xlsx:
        _write(xlsx, as_xlsx(table, base_url), len(table.rows))
    if docx:
        _write(docx, as_docx(table), len(table.rows))


def _write(file: Path, made: bytes, rows: int) -> None:
    try:
        file.write_bytes(made)
    except OSError as error:
        why = error.strerror or error
        raise DocumentError(f"写不进「{file}」（{why}），请检查路径、权限和磁盘空间。") from error
    sys.stderr.write(f"写入 {file}：{rows} 项。\n")


def print_norms(rules: Iterable[tuple[Regulation, Article, Norm]], *, as_json: bool) -> None:
    """Every norm of some articles."""
    print_chosen([Chosen(*rule) for rule in rules], as_json=as_json)


def print_proposed(data: Path, found: Iterable[tuple[Regulation, Article]]) -> None:
    """What a model proposed for some articles, apart from what the grammar read."""
    from law.norm_proposals import read_proposals

    held = [(r, a, read_proposals(data, r).get(a.id)) for r, a in found]
    proposed = [Chosen(r, a, n) for r, a, one in held if one for n in one.norms]
    if proposed:
        out = console()
        out.print("\n语言模型提出、语法没有读出的（供参考，不计入清单）：")
        out.print(norms_table(proposed))


def norms_table(found: Sequence[Chosen]) -> "Table":
    """Norms grouped by article: the quote, who, how binding, for whom, by what means."""
    from rich.markup import escape
    from rich.table import Table

    with_role = any(c.role for c in found)
    names = ("款项", "条文", "谁", "约束", "对谁", "手段", *(("角色",) if with_role else ()))
    table = Table(expand=True, leading=0)
    for name, ratio in zip(names, (2, 11, 5, 2, 4, 4, 2), strict=False):
        table.add_column(name, ratio=ratio, overflow="fold")
    before = ""
    for c in found:
        if c.article.id != before:
            heading = f"【{c.article.heading}】" if c.article.heading else ""
            table.add_section()
            table.add_row("", f"[bold]{escape(shown(f'{c.regulation.place}{c.article.label}{heading}'))}[/bold]")
        before = c.article.id
        table.add_row(*(escape(shown(cell)) for cell in _row(c)[: len(names)]))
    return table


def _row(chosen: Chosen) -> list[str]:
    norm = chosen.norm
    place = f"{norm.paragraph}款" + (f"{norm.item}项" if norm.item else "")
    return [
        place,
        norm.quote,
        _who(norm),
        norm.binding,
        "、".join(norm.beneficiaries),
        "、".join(norm.means),
        _ROLE_NAMES.get(chosen.role, ""),
    ]


def _who(norm: Norm) -> str:
    """Who acts, in the words of the law."""
    partners = f"（会同{'、'.join(norm.partners_said)}）" if norm.partners else ""
    return "、".join(norm.actors_said) + partners
