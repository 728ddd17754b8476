"""Questions and look-ups: `ask`, `search`, `show`, `list`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fatiao.commands import AsJson, Cities, assistant, print_json
from prompts import say

commands = typer.Typer()


@commands.command()
def ask(
    question: Annotated[str, typer.Argument(help="要问的话")],
    city: Cities = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="列出每一步看到和决定了什么，哪些规则起了作用")] = False,
) -> None:
    """回答一个问题，附引文和出处。"""
    helper = assistant()
    if as_json:
        print_json(helper.ask(question, cities=city, explain=explain).as_dict())
        return
    for event in helper.stream(question, cities=city, explain=explain):
        if event.kind == "text":
            sys.stdout.write(event.text)
            sys.stdout.flush()
        elif event.kind == "replace":
            sys.stdout.write(f"\n\n{say('answer.replaced')}\n\n{event.text}")
        elif event.answer is not None:
            if event.answer.standalone:
                sys.stdout.write(f"\n（理解为：{event.answer.standalone}）")
            sys.stdout.write("\n")
            if event.answer.readings:
                sys.stdout.write("\n" + say("page.either") + "\n" + "".join(f"- {q}\n" for q in event.answer.readings))
            if event.answer.trace is not None:
                from fatiao.printing.explaining import trace_as_text

                sys.stdout.write(f"\n{trace_as_text(event.answer.trace)}")


@commands.command()
def search(
    question: Annotated[str, typer.Argument(help="要找的内容")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="条数")] = 10,
    city: Cities = None,
    as_json: AsJson = False,
) -> None:
    """按相关程度列出条文。"""
    from dataclasses import asdict

    hits = assistant().search(question, k=k, cities=city)
    if as_json:
        print_json([asdict(h) for h in hits])
        return
    for n, h in enumerate(hits, 1):
        heading = f"【{h.heading}】" if h.heading else ""
        sys.stdout.write(f"{n:>2}. {h.city} {h.label}{heading}  {h.chapter}  （{h.similarity:.3f}）\n")


@commands.command()
def show(
    city: Annotated[str, typer.Argument(help="城市：武汉、武汉市或 wuhan")],
    number: Annotated[str, typer.Argument(help="条号：58、第五十八条、10.1（第十条之一）；0 为题注")],
    as_json: AsJson = False,
    norms: Annotated[bool, typer.Option("--norms", help="列出其中的规范：谁、应当还是可以、做什么")] = False,
) -> None:
    """逐字显示一条。"""
    from fatiao.printing.showing import article_as_dict, article_as_text, find_articles

    helper = assistant()
    found = find_articles(helper, city, number)
    if norms:
        from fatiao.printing.listing import print_norms, print_proposed

        rules = [(r, a, n) for r, a in found for n in helper.library().norms_of_article(a.id)]
        print_norms(rules, as_json=as_json)
        if not as_json:
            print_proposed(helper.data, found)
        return
    if as_json:
        print_json([article_as_dict(r, a) for r, a in found])
        return
    sys.stdout.write("\n".join(article_as_text(r, a) for r, a in found))


@commands.command("list")
def list_norms(
    city: Cities = None,
    actor: Annotated[str, typer.Option("--actor", help="谁：市科学技术主管部门、科技局、企业……")] = "",
    role: Annotated[str, typer.Option("--role", help="在其中：负责、牵头或参与")] = "",
    beneficiary: Annotated[str, typer.Option("--for", help="对谁：企业、高校、科技人员……")] = "",
    means: Annotated[str, typer.Option("--means", help="手段：资金、补助、奖励、税收、用地、融资、保险……")] = "",
    words: Annotated[list[str] | None, typer.Option("--words", help="条文里有这些字，可重复：长三角")] = None,
    binding: Annotated[str, typer.Option("--binding", help="约束：应当、可以、不得、鼓励、支持、责任……")] = "",
    chapter: Annotated[str, typer.Option("--chapter", help="章名里有这些字")] = "",
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写成 Excel 文件")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", help="写成 Word 文件")] = None,
    as_json: AsJson = False,
) -> None:
    """列出符合条件的规范（谁应当、可以或不得做什么），各附出处，按条文的次序。"""
    from fatiao.printing.listing import chosen_norms, print_chosen, wish_of, write_files

    wish = wish_of(
        actor=actor,
        role=role,
        beneficiary=beneficiary,
        means=means,
        words=words or [],
        binding=binding,
        chapter=chapter,
    )
    helper = assistant()
    found = chosen_norms(helper, city, wish)
    if xlsx or docx:
        write_files(found, wish, xlsx, docx, helper.settings.base_url)
        return
    print_chosen(found, as_json=as_json)
