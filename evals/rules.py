"""What each rule is good for: `python -m evals.rules [SET …] [--without [ID …]]`.

Prints on how many questions of each set (`dev` if none is named), sentences of the verifier's sets, and drafts and
documents (as they are read) each rule speaks. With `--without`, also what the figures are when it is silent, of all
rules or of those named (an id or its beginning): only the questions and sentences on which it speaks are asked again.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.judging import review
from assistant.verify import judge
from assistant.verify.source import source_of
from evals.drafts import load_drafts
from evals.evaluation import evaluate
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.scores.scoring import Score
from evals.sentences import SentenceCase, cited_by, load_sentences
from law.corpus import bundled_folder, load_corpus
from law.parsing.identity import identify
from law.parsing.parser import parse
from law.regulation import Regulation
from law.text.rules import Rule, listening, load_rules, without

if TYPE_CHECKING:
    from rich.console import Console

    from assistant import Answer, Assistant

ROOT = Path(__file__).parents[1]
ROOMS = ("law", "vectorstore", "assistant")
#: Figures that are compared, in shares of the questions that they speak of.
COMPARED = ("cited", "right", "facts", "refused", "reason", "wrongly_refused")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The questions of one set and their scores, and by rule the ids of those on which it spoke."""

    name: str
    scores: dict[str, Score]
    by_rule: dict[str, list[Case]]


@dataclass(slots=True)
class Worth:
    """What a rule does to sentences: wrong ones that it alone catches, right ones that it wrongly drops; and what would
    be caught or dropped if it were silent."""

    catches: int = 0
    drops: int = 0
    hides: int = 0
    saves: int = 0


@dataclass(slots=True)
class Heard:
    """The sentences on which a rule spoke, right ones and wrong ones."""

    cases: list[SentenceCase] = field(default_factory=list)

    @property
    def told(self) -> str:
        """For the table: right + wrong."""
        right = sum(c.supported for c in self.cases)
        return f"{right}+{len(self.cases) - right}"


def all_rules() -> dict[str, Rule]:
    """Every rule of every rule file, by id."""
    found: dict[str, Rule] = {}
    for file in sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.toml")):
        if "[[rule]]" in file.read_text("utf-8"):
            package = ".".join(file.parent.relative_to(ROOT).parts)
            found |= {rule.id: rule for rule in load_rules(package, file.name).values()}
    return found


def spoken_on(helper: "Assistant", name: str, cases: Sequence[Case]) -> Spoken:
    """Ask every question once and hear the rules."""
    heard_by: dict[str, list[Case]] = {}
    asked = iter(cases)

    def ask(question: str, **how: object) -> "Answer":
        with listening() as heard:
            answer = helper.ask(question, **how)  # type: ignore[arg-type]
        case = next(asked)
        while case.question != question:  # a case whose label is wrong is not asked
            case = next(asked)
        for id_ in heard:
            heard_by.setdefault(id_, []).append(case)
        return answer

    scores = evaluate(ask, cases, regulations=helper.regulations()).scores
    return Spoken(name, {s.case.id: s for s in scores}, heard_by)


def changed(helper: "Assistant", rule: str, spoken: Spoken) -> dict[str, float]:
    """By figure, its mean over the whole set without the rule less that with it; only what differs."""
    source_of.cache_clear()
    with without(rule):
        silent = evaluate(helper, spoken.by_rule[rule]).scores
    source_of.cache_clear()
    told: dict[str, float] = {}
    for key in COMPARED:
        before = {id_: v for id_, s in spoken.scores.items() if (v := getattr(s, key)) is not None}
        after = before | {s.case.id: v for s in silent if (v := getattr(s, key)) is not None}
        gone = {s.case.id for s in silent if getattr(s, key) is None}
        kept = [v for id_, v in after.items() if id_ not in gone]
        if before and kept:
            difference = sum(kept) / len(kept) - sum(before.values()) / len(before)
            if abs(difference) > 1e-9:
                told[key] = difference
    return told


def heard_on(sentences: Sequence[SentenceCase], held: Sequence[Regulation]) -> dict[str, Heard]:
    """By rule the sentences in judging which it spoke; the articles are read anew for each."""
    cited = partial(cited_by, held=held)
    found: dict[str, Heard] = {}
    for case in sentences:
        source_of.cache_clear()
        with listening() as heard:
            judge(case.sentence, cited(case), others=held)
        for id_ in heard:
            found.setdefault(id_, Heard()).cases.append(case)
    return found


def heard_elsewhere(held: Sequence[Regulation]) -> dict[str, int]:
    """By rule the number of drafts and documents in reading which it spoke."""
    found: Counter[str] = Counter()
    for draft in load_drafts():
        source_of.cache_clear()
        with listening() as heard:
            review(draft["text"].splitlines(), held)
        found.update(heard.keys())
    for file in sorted(bundled_folder().glob("*/source.txt")):
        with listening() as heard:
            parsed = parse(file.read_text("utf-8"))
            identify(parsed.articles, headline=parsed.headline)
        found.update(heard.keys())
    return found


def worth(rule: str, heard: Heard, held: Sequence[Regulation], verdicts: dict[str, bool]) -> Worth:
    """What becomes of the sentences when the rule is silent; `verdicts` are those with every rule."""
    told = Worth()
    source_of.cache_clear()
    with without(rule):
        for case in heard.cases:
            silent = judge(case.sentence, cited_by(case, held), others=held).supported
            if silent != verdicts[case.id]:
                name = ("drops" if silent else "saves") if case.supported else ("catches" if silent else "hides")
                setattr(told, name, getattr(told, name) + 1)
    source_of.cache_clear()
    return told


def main() -> None:
    """Print the tables."""
    from rich.console import Console

    from assistant import Assistant

    names, silenced = _arguments(sys.argv[1:])
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    helper, rules = Assistant(), all_rules()
    wanted = [id_ for id_ in rules if silenced is not None and (not silenced or id_.startswith(tuple(silenced)))]
    sets = [spoken_on(helper, name, load_cases([bundled_set(name)])) for name in names]
    held, sentences = load_corpus(), load_sentences()
    heard = heard_on(sentences, held)
    _print_spoken(console, rules, sets, heard, heard_elsewhere(held))
    for spoken in sets:
        for id_ in wanted:
            if id_ in spoken.by_rule and (told := changed(helper, id_, spoken)):
                shown = "  ".join(f"{key} {value:+.4f}" for key, value in told.items())
                console.print(f"{spoken.name} 没有 {id_}（{len(spoken.by_rule[id_])} 题）：{shown}")
    if wanted:
        _print_worth(console, [id_ for id_ in wanted if id_ in heard], heard, held, sentences)


def _arguments(given: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """The sets, and the ids after --without: None where it is not given, empty for all rules."""
    if "--without" not in given:
        return list(given) or ["dev"], None
    at = given.index("--without")
    return list(given[:at]) or ["dev"], list(given[at + 1 :])


def _print_spoken(
    console: "Console",
    rules: dict[str, Rule],
    sets: Sequence[Spoken],
    heard: dict[str, Heard],
    elsewhere: dict[str, int],
) -> None:
    from rich.table import Table

    table = Table("规则", *(s.name for s in sets), "句子（对+错）", "文稿", "意思", title="每条规则说了几次话")
    for id_, rule in rules.items():
        counts = (str(len(s.by_rule.get(id_, ()))) for s in sets)
        table.add_row(id_, *counts, heard[id_].told if id_ in heard else "0", str(elsewhere.get(id_, 0)), rule.means)
    console.print(table)


def _print_worth(
    console: "Console",
    ids: Sequence[str],
    heard: dict[str, Heard],
    held: Sequence[Regulation],
    sentences: Sequence[SentenceCase],
) -> None:
    from rich.table import Table

    verdicts = {c.id: judge(c.sentence, cited_by(c, held), others=held).supported for c in sentences}
    table = Table(
        "规则",
        "说了话",
        "独力拦下的错句",
        "误删的对句",
        "不说话时多拦的错句",
        "不说话时多删的对句",
        title="核对的规则各管什么",
    )
    for id_ in ids:
        told = worth(id_, heard[id_], held, verdicts)
        if told != Worth():
            table.add_row(id_, heard[id_].told, *map(str, (told.catches, told.drops, told.hides, told.saves)))
    console.print(table)


if __name__ == "__main__":
    main()
