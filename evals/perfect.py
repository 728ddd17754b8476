"""What the path makes of a perfect model, and of none: `python -m evals.perfect [--dataset FILE] [--sample N]`.

A scripted server answers each question of a set from its gold facts: the sentences of the gold articles that
hold them, as printed, under the marks that the prompt gave. Citation recall, citation precision and facts may
not be lower than without a model, and with a server that is away every answer must be the one without a model.
Exits 1 where that does not hold.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant import Answer, Article, Assistant, Settings, load_settings
from evals.questions.case import Case, Gold
from evals.questions.cases import bundled_set, load_cases
from evals.scores.figures import FIGURES, measured
from evals.scores.scoring import Score, score
from evals.servers.model_server import ModelRequest, ModelServer, Reply
from law.text.grams import bigrams
from law.text.script import plain, to_simplified
from prompts import as_data

#: What must hold or rise.
HELD = ("cited", "right", "facts")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def main(arguments: Sequence[str]) -> int:
    """Ask every case three times, print the figures side by side, and say whether they hold."""
    import argparse

    parser = argparse.ArgumentParser(prog="evals.perfect")
    parser.add_argument("--dataset", type=Path, default=bundled_set("dev"))
    parser.add_argument("--sample", type=int, default=0, help="only so many cases, evenly spread; 0: all")
    said = parser.parse_args(arguments)
    cases = load_cases([said.dataset])
    settings = load_settings(model="")
    without, perfect, strays = compare(settings, cases[:: max(1, len(cases) // (said.sample or len(cases)))])
    return _report(without, perfect, strays)


def compare(settings: Settings, cases: Sequence[Case]) -> tuple[list[Score], list[Score], list[str]]:
    """Scores without a model and with a perfect one, and the ids of cases that a dead server changes."""
    with Assistant(settings) as helper, with_server(settings) as (served, server):
        articles = {a.id: a for r in helper.regulations() for a in r.articles}
        with ModelServer() as gone:
            url = gone.url
        dead = Assistant(settings.model_copy(update={"model": "dead", "openai_base_url": url}))
        without: list[Score] = []
        perfect: list[Score] = []
        strays: list[str] = []
        for case in cases:
            offline = _ask(helper, case)
            without.append(score(case, offline, articles))
            server.script = partial(answer_from_gold, case, articles)
            perfect.append(score(case, _ask(served, case), articles))
            if not same_but_for_the_notice(_ask(dead, case), offline):
                strays.append(case.id)
        dead.close()
    return without, perfect, strays


@contextmanager
def with_server(settings: Settings) -> Iterator[tuple[Assistant, ModelServer]]:
    """An assistant with a scripted model of its own."""
    with (
        ModelServer() as server,
        Assistant(settings.model_copy(update={"model": "perfect", "openai_base_url": server.url})) as served,
    ):
        yield served, server


def answer_from_gold(case: Case, articles: dict[str, Article], asked: ModelRequest) -> Reply:
    """The gold sentences under the marks of the prompt; a refusal where the law is silent or gold was not given."""
    marked = _gold_marks(case, asked, articles)
    if "JSON" in asked.system:
        search = next(iter(case.must_contain), "")
        return Reply(json.dumps({"answers": bool(marked) or case.refuse, "search": search}, ensure_ascii=False))
    if case.refuse or not marked:
        return Reply("[未写明]" if case.reason == "not_stated" else "[无关]")
    said = [
        f"{to_simplified(s).rstrip('。！？')}。[{mark}]"
        for mark, article in marked.items()
        for s in _telling(case, article)
    ]
    return Reply("".join(said), size=200)


def same_but_for_the_notice(answer: Answer, offline: Answer) -> bool:
    """Whether an answer is the offline one with at most one notice more."""
    same = {f: getattr(offline, f) for f in ("text", "notices", "seconds")}
    notices = answer.notices == offline.notices or answer.notices[:-1] == offline.notices
    return notices and replace(answer, **same) == offline


def _ask(helper: Assistant, case: Case) -> Answer:
    return helper.ask(case.question, history=list(case.history), cities=list(case.cities) or None)


def _gold_marks(case: Case, asked: ModelRequest, articles: dict[str, Article]) -> dict[str, Article]:
    """The marks under which gold articles were given; those that are right as well where none was."""
    shown = {mark: plain(text) for mark, text in asked.marks.items()}
    for wanted in (case.gold, case.also_ok):
        golds = [(g, a) for g in wanted for a in articles.values() if _may_be(g, a)]
        if found := {m: a for m, text in shown.items() for g, a in golds if g.city in text and _stands(a, text)}:
            return found
    return {}


def _may_be(gold: Gold, article: Article) -> bool:
    return gold.article == article.number and gold.heading in ("", article.heading)


def _stands(article: Article, text: str) -> bool:
    return any(plain(as_data(p.text))[:60] in text for p in article.paragraphs)


def _telling(case: Case, article: Article) -> list[str]:
    """The sentences of an article that hold a required fact; the one most like the question where none does."""
    parts = [s for p in article.paragraphs for s in _SENTENCE.findall("".join([p.text, *p.items]))]
    facts = [plain(f) for f in case.must_contain]
    telling = [s for s in parts if any(f in plain(s) for f in facts)]
    words = set(bigrams(case.question))
    return telling or [max(parts, key=lambda s: len(words & set(bigrams(s))))]


def _report(without: list[Score], perfect: list[Score], strays: list[str]) -> int:
    before, after = measured(without)[""], measured(perfect)[""]
    answers = [s.answer for s in perfect if s.answer]
    written = [a.writing for a in answers if a.writing and a.writing.prose]
    kept, dropped = sum(w.kept for w in written), sum(w.dropped for w in written)
    sys.stdout.write(f"{len(without)} 题：离线、满分模型\n")
    for figure in FIGURES:
        if figure.key in before and figure.key in after and figure.how != "mean":
            sys.stdout.write(f"{before[figure.key].value:8.3f}{after[figure.key].value:8.3f}  {figure.name}\n")
    replaced = sum(not a.refused and a.model == "offline" for a in answers)
    sys.stdout.write(
        f"模型写的回答 {len(written)} 个，保留 {kept} 句，略去 {dropped} 句；没有用上模型的 {replaced} 个；"
        f"词元 {sum(a.tokens for a in answers)}，用时 {sum(a.seconds for a in answers):.1f} 秒\n"
        f"服务不在时与离线不同的回答 {len(strays)} 个{'：' if strays else ''}{'、'.join(strays)}\n"
    )
    fallen = fallen_figures(without, perfect)
    if fallen:
        sys.stdout.write(f"低于离线：{'、'.join(fallen)}\n")
    return 1 if fallen or strays else 0


def fallen_figures(without: list[Score], perfect: list[Score]) -> list[str]:
    """Those of HELD that a perfect model makes worse."""
    before, after = measured(without)[""], measured(perfect)[""]
    return [key for key in HELD if key in before and after[key].value < before[key].value]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
