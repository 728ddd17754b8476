"""What each rule is good for: `python -m evals.rules [SET …] [--without [ID …]]`.

Prints on how many questions of each set (`dev` if none is named), checked sentences, and drafts and documents (as they
are read) each rule speaks. With `--without`, also what comes out otherwise when it is silent, of all rules or of those
named (an id or its beginning), and at the end a table of how many speak, matter and do harm. All rules on `dev` and
`whole_dev` take some twenty minutes of one core; who waits is told on the error output how far it is.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evals.questions.cases import bundled_set, load_cases
from evals.rules.checked import checked_sentences
from evals.rules.heard import Spoken, all_rules, heard_elsewhere, heard_on, spoken_on, vectors_remembered
from evals.rules.printing import print_silenced, print_spoken, print_summary, print_worth
from evals.rules.silence import Silenced, silenced, worth
from law.corpus import load_corpus

if TYPE_CHECKING:
    from rich.console import Console

    from assistant import Assistant


def main() -> None:
    """Print the tables."""
    from rich.console import Console

    from assistant import Assistant

    names, ids = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    helper, rules = Assistant(), all_rules()
    wanted = [id_ for id_ in rules if ids is not None and (not ids or id_.startswith(tuple(ids)))]
    held = load_corpus()
    with vectors_remembered(helper):
        sets = [spoken_on(helper, name, load_cases([bundled_set(name)])) for name in names]
        heard = heard_on(sentences := checked_sentences(held, helper))
        print_spoken(console, rules, sets, heard, heard_elsewhere(held))
        silent = {s.name: [*_without_each(console, helper, wanted, s)] for s in sets}
    if wanted:
        verdicts = {s.id: s.kept() for s in sentences}
        worths = {id_: worth(id_, heard[id_], verdicts) for id_ in wanted if id_ in heard}
        print_worth(console, heard, worths)
        print_summary(console, wanted, silent, worths)


def _without_each(console: "Console", helper: "Assistant", wanted: Sequence[str], spoken: Spoken) -> Iterator[Silenced]:
    """Each rule that spoke on a set, silenced; what comes of it is printed."""
    mine = [id_ for id_ in wanted if id_ in spoken.by_rule]
    for done, id_ in enumerate(mine, 1):
        one = silenced(helper, id_, spoken)
        if one.changed:
            print_silenced(console, spoken.name, one)
        sys.stderr.write(f"{spoken.name} {done}/{len(mine)}\n")
        yield one


def _arguments(given: Sequence[str] | None = None) -> tuple[list[str], list[str] | None]:
    """The sets, and the ids after --without: None where it is not given, empty for all rules."""
    parser = argparse.ArgumentParser(prog="python -m evals.rules", description="每条规则起什么作用。")
    parser.add_argument("sets", nargs="*", metavar="题集", help="evals/datasets 里的题集名，缺省 dev")
    parser.add_argument("--without", nargs="*", metavar="规则", help="去掉这些规则再答（名称或其开头），缺省逐条全部")
    args = parser.parse_args(given)
    return args.sets or ["dev"], args.without


if __name__ == "__main__":
    main()
