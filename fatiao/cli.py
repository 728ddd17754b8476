"""The command line. Errors become words here: exit 0 done, 1 named error, 2 wrong usage."""

import io
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fatiao.logs import say_progress, set_up_logging
from law.text.shown import json_shown
from prompts import say

if TYPE_CHECKING:
    from assistant import Assistant, Settings
    from records.keys import Keys

app = typer.Typer(
    name="fatiao",
    help="法条助手：依据法规条文回答问题，每一句都注明城市和条号。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Cities = Annotated[list[str] | None, typer.Option("--city", help="只查这个城市，可重复：武汉、武汉市或 wuhan")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def main() -> None:
    """Run a command; a named error is one line on stderr and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot print Chinese is no error
    set_up_logging()
    from fatiao.terminal import guarded
    from law.errors import FatiaoError
    from law.text.shown import shown

    try:
        with guarded():
            app()
    except FatiaoError as error:
        sys.stderr.write(shown(f"错误：{error}\n"))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="要问的话")],
    city: Cities = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="列出每一步看到和决定了什么，哪些规则起了作用")] = False,
) -> None:
    """回答一个问题，附引文和出处。"""
    helper = _assistant()
    if as_json:
        _print_json(helper.ask(question, cities=city, explain=explain).as_dict())
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
            if event.answer.trace is not None:
                from fatiao.explaining import trace_as_text

                sys.stdout.write(f"\n{trace_as_text(event.answer.trace)}")


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="要找的内容")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="条数")] = 10,
    city: Cities = None,
    as_json: AsJson = False,
) -> None:
    """按相关程度列出条文。"""
    from dataclasses import asdict

    hits = _assistant().search(question, k=k, cities=city)
    if as_json:
        _print_json([asdict(h) for h in hits])
        return
    for n, h in enumerate(hits, 1):
        heading = f"【{h.heading}】" if h.heading else ""
        sys.stdout.write(f"{n:>2}. {h.city} {h.label}{heading}  {h.chapter}  （{h.similarity:.3f}）\n")


@app.command()
def show(
    city: Annotated[str, typer.Argument(help="城市：武汉、武汉市或 wuhan")],
    number: Annotated[str, typer.Argument(help="条号：58、第五十八条、10.1（第十条之一）；0 为题注")],
    as_json: AsJson = False,
    norms: Annotated[bool, typer.Option("--norms", help="列出其中的规范：谁、应当还是可以、做什么")] = False,
) -> None:
    """逐字显示一条。"""
    from fatiao.showing import article_as_dict, article_as_text, find_articles

    helper = _assistant()
    found = find_articles(helper, city, number)
    if norms:
        from fatiao.listing import print_norms

        rules = [(r, a, n) for r, a in found for n in helper.library().norms_of_article(a.id)]
        print_norms(rules, as_json=as_json)
        return
    if as_json:
        _print_json([article_as_dict(r, a) for r, a in found])
        return
    sys.stdout.write("\n".join(article_as_text(r, a) for r, a in found))


@app.command("list")
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
    from fatiao.listing import chosen_norms, print_chosen, wish_of, write_files

    wish = wish_of(
        actor=actor, role=role, beneficiary=beneficiary, means=means,
        words=words or [], binding=binding, chapter=chapter,
    )  # fmt: skip
    helper = _assistant()
    found = chosen_norms(helper, city, wish)
    if xlsx or docx:
        write_files(found, wish, xlsx, docx, helper.settings.base_url)
        return
    print_chosen(found, as_json=as_json)


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="要加入的文档或语料文件夹；不写则只更新自带语料")] = None,
    new_id: Annotated[str, typer.Option("--id", help="给单个文档指定编号，如 qingdao")] = "",
    city: Annotated[str, typer.Option("--city", help="给单个文档指定城市，如 青岛市")] = "",
    remove: Annotated[list[str] | None, typer.Option("--remove", help="从索引中去掉一部加入过的法规（编号）")] = None,
) -> None:
    """建立或更新索引；显示进度，最后列表说明。"""
    from fatiao.ingesting import run_ingest

    run_ingest(_settings(), paths or [], new_id=new_id, city=city, remove=remove or [])


@app.command()
def enrich(
    regulation: Annotated[str, typer.Argument(help="法规编号，如 qingdao；见 fatiao ingest 的列表")],
) -> None:
    """让语言模型为一部法规写常见问法；可中断后接着写，不改动人工写的。"""
    from fatiao.enriching import run_enrich

    run_enrich(_assistant(), regulation)


@app.command()
def inspect(file: Annotated[Path, typer.Argument(help="文档，或语料文件夹")], as_json: AsJson = False) -> None:
    """看解析器怎样读一份文档，哪里可疑。"""
    from fatiao.showing import inspection, inspection_as_text
    from law.corpus import load_path

    regulation = load_path(file, progress=say_progress())
    if as_json:
        _print_json(inspection(regulation))
        return
    sys.stdout.write(inspection_as_text(regulation))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧文本：文件，或收录的法规编号")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新文本：文件，或收录的法规编号")],
    as_json: AsJson = False,
    docx: Annotated[Path | None, typer.Option("--docx", metavar="FILE", help="写成 Word 修订对照表")] = None,
) -> None:
    """逐条对照一部法规的两个文本：条号变动照样对上，增删的字句标出。"""
    from fatiao.diffing import print_changes, text_of, write_word
    from law.changes import as_dict, compare

    before, after = text_of(old, _settings()), text_of(new, _settings())
    changes = compare(before, after)
    if docx:
        write_word(docx, before, after, changes)
    if as_json:
        _print_json(as_dict(changes))
    elif not docx:
        print_changes(changes)


@app.command()
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="每行 {id, question, history, cities}")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="每行一个回答")],
) -> None:
    """逐行回答一个文件里的问题；出错的一行写明 error，其余照常。"""
    from fatiao.batch import run_batch

    run_batch(_assistant(), source, target)


@app.command()
def verify(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="每行 {id, sentence, articles}")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="每行 {id, supported, reasons}")],
) -> None:
    """逐句核对：所引的条文是否载有这句话；不用模型。"""
    from fatiao.batch import run_verify

    run_verify(_assistant(), source, target)


@app.command("eval")
def evaluate(
    dataset: Annotated[
        list[Path] | None,
        typer.Option(
            "--dataset", help="题集 .jsonl 或 .csv（有问题、应引条文两列即可），可重复；dev、test 自带，不写为 test"
        ),
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", help="把 HTML、JSON、JUnit 报告写到这个文件夹")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="以前的 report.json：比出变好变差的题")] = None,
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
                _assistant(),
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


@app.command()
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

    with closing(records_of(_settings())) as records:
        if to_case:
            add_case(records, *to_case)
            return
        found = records.feedback(limit)
    if as_json:
        _print_json([feedback_as_dict(f) for f in found])
        return
    print_feedback(found)


@app.command()
def ui(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="不自动打开浏览器")] = False,
) -> None:
    """打开聊天页面。"""
    from fatiao.page import serve

    serve(_settings(), port, headless=headless)


def _settings() -> "Settings":
    from assistant import load_settings

    return load_settings()


def _assistant() -> "Assistant":
    from assistant import Assistant

    return Assistant(_settings(), on_progress=say_progress())


def _print_json(value: Any) -> None:
    sys.stdout.write(json_shown(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="稿子：docx、md 或 txt")],
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="写出带批注的稿子（docx 加批注，文本加标记）")] = None,
) -> None:
    """核稿：稿子里的每处引用是否存在、引文是否一字不差、条文是否支持这句话、文本是否现行。"""
    from fatiao.checking import run_check

    run_check(_assistant(), file, as_json=as_json, out=out)


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址；对网络开放须先 fatiao key add")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="端口")] = 8600,
    rate: Annotated[int, typer.Option("--rate", min=0, help="每个调用者每分钟的请求数；0 为不限")] = 120,
) -> None:
    """开放给其他程序：OpenAI 兼容的对话（/v1）、MCP（/mcp）、健康和指标。"""
    from fatiao.door.app import serve as run

    run(_settings(), host=host, port=port, per_minute=rate)


@app.command()
def mcp() -> None:
    """通过标准输入输出提供 MCP 工具。"""
    from fatiao.door.mcp import make_server

    helper = _assistant()
    helper.prepare()
    make_server(helper).run("stdio")


keys = typer.Typer(help="服务的钥匙（fatiao serve）。", no_args_is_help=True)
app.add_typer(keys, name="key")


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
        _print_json(held)
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

    return Keys(_settings().records_database)


if __name__ == "__main__":
    main()
