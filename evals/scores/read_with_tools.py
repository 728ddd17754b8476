"""What reading with tools brings to the model: `python -m evals.scores.read_with_tools [--dataset FILE]`.

A scripted model that is offered tools asks them twice, with the question's own words (compare, then search), and
says that it is enough: a mechanical reader, which shows what the path brings and costs, not what a good model makes
of it. Side by side for the plain path and this one: the share of the gold articles that reached the writer, calls
of the model, tokens.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Settings, load_settings
from evals.perfect import with_server
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.servers.model_server import ModelRequest, ModelServer, Reply, ToolCall
from law.regulation import Article
from law.text.script import plain, to_simplified
from prompts import as_data

#: The kinds of question that one search may not settle.
KINDS = ("two_things", "half_stated", "overview_cities")


@dataclass(frozen=True, slots=True)
class ReadCase:
    """Of one question: gold articles, those that reached the writer, calls, tokens; whether the model was to write."""

    gold: int
    reached: int
    calls: int
    tokens: int
    wrote: bool


def main(arguments: Sequence[str]) -> int:
    """Ask every case on both paths and print the sums."""
    import argparse

    parser = argparse.ArgumentParser(prog="evals.scores.read_with_tools")
    parser.add_argument("--dataset", type=Path, default=bundled_set("whole_dev"))
    cases = [c for c in load_cases([parser.parse_args(arguments).dataset]) if c.kind in KINDS and c.gold]
    for name, tools in (("直接写", False), ("先查再写", True)):
        found = [one for one in read(load_settings(model=""), cases, tools=tools) if one.wrote]
        gold, reached = sum(f.gold for f in found), sum(f.reached for f in found)
        calls, tokens = (sum(getattr(f, n) for f in found) / max(len(found), 1) for n in ("calls", "tokens"))
        sys.stdout.write(
            f"{name}：{len(found)} 题，所需条文 {gold} 条，送到模型 {reached} 条（{reached / max(gold, 1):.3f}），"
            f"每题调用模型 {calls:.1f} 次，词元 {tokens:.0f}\n"
        )
    return 0


def read(settings: Settings, cases: Sequence[Case], *, tools: bool) -> list[ReadCase]:
    """What reached the writer of each case."""
    with with_server(settings) as (helper, server):
        if helper.path.model:
            helper.path.model.calls_tools = tools
        return [_read(helper, server, case) for case in cases]


def reads(asked: ModelRequest) -> Reply:
    """The mechanical reader, and a writer that writes nothing."""
    if not asked.tools:
        return Reply('{"answers": true}' if "JSON" in asked.system else "[未写明]")
    question = asked.user.partition("<question>")[2].partition("</question>")[0].strip()[:180]
    rounds = (ToolCall("compare", _json(matter=question)), ToolCall("search", _json(words=question)))
    turn = sum(m["role"] == "assistant" for m in asked.body["messages"])
    return Reply(calls=rounds[turn : turn + 1]) if turn < len(rounds) else Reply("够了")


def _read(helper: Assistant, server: ModelServer, case: Case) -> ReadCase:
    server.asked.clear()
    server.script = reads
    answer = helper.ask(case.question, list(case.history))
    written = [a for a in server.asked if not a.tools and "JSON" not in a.system]
    given = "".join(plain(t) for t in written[-1].marks.values()) if written else ""
    articles = [
        a
        for g in case.gold
        for r in helper.regulations()
        if r.place.startswith(g.city)
        for a in r.find(g.article, g.suffix)
        if not g.heading or a.heading == g.heading
    ]
    reached = sum(_start(a) in given for a in articles)
    return ReadCase(len(articles), reached, len(server.asked), answer.tokens, bool(written))


def _start(article: Article) -> str:
    return plain(as_data(to_simplified(article.text)))[:30]


def _json(**given: str) -> str:
    return json.dumps(given, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
