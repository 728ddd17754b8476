"""How likely an article states what is asked where nobody has written likely questions: rows of many regulations.

The net is the head `alone` for such regulations, which `confirmation` weighs beside what the ranking shows. It learns
from what is asked of the three cities without likely questions (`fit_stated.rows_of`), from questions about something
else, from `stated_elsewhere.jsonl` (things asked of one article of a published text each, stated in it or not), and
from the sets of `fit_confirmation`: whether the article that comes first for a question is the right one.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.assistant import Assistant
from assistant.decide.stated.head import Curve
from assistant.decide.stated.signals import signals
from assistant.retrieve import retrieve
from assistant.understand.question import understand
from evals.calibrate.net import FEW_DIRECTIONS, LITTLE, StatedRow, fit_net, odds
from evals.questions.cases import bundled_set
from law.corpus import load_path

Floats = npt.NDArray[np.float64]
#: The nets that have not seen a regulation: so many, each without some of them.
_FOLDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Things asked of one article each: `signals` (n, features), `vectors` (n, d), whether it states them (n,), and
    the title of the regulation."""

    signals: Floats
    vectors: Floats
    stated: Floats
    titles: npt.NDArray[np.str_]

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Asked":
        """Those that are marked."""
        return Asked(self.signals[chosen], self.vectors[chosen], self.stated[chosen], self.titles[chosen])


NOTHING = Asked(np.zeros((0, 0)), np.zeros((0, 0)), np.zeros(0), np.zeros(0, dtype=np.str_))


def joined(parts: Sequence[Asked]) -> Asked:
    """All of them."""
    return Asked(
        np.vstack([p.signals for p in parts]),
        np.vstack([p.vectors for p in parts]),
        np.concatenate([p.stated for p in parts]),
        np.concatenate([p.titles for p in parts]),
    )


def of_rows(rows: Sequence[StatedRow], titles: Sequence[str]) -> Asked:
    """Rows as arrays; each counts the same."""
    return Asked(
        np.array([r.values for r in rows]),
        np.array([r.vector for r in rows]),
        np.array([float(r.stated) for r in rows]),
        np.array(titles),
    )


def curve_of(rows: Asked) -> Curve:
    """The net fitted on these."""
    counts = np.ones(len(rows.stated))
    return fit_net(rows.signals, rows.vectors, rows.stated, counts, directions=FEW_DIRECTIONS, weight=LITTLE)


def unseen_odds(rows: Asked, given: Asked | None = None, fit: Callable[[Asked], Curve] = curve_of) -> Floats:
    """(n,) log odds of each, by a net that has seen nothing of its regulation; both are fitted on."""
    every = joined([given, rows]) if given else rows
    titles, sizes = np.unique(every.titles, return_counts=True)
    fold = {title: n % _FOLDS for n, title in enumerate(titles[np.argsort(-sizes, kind="stable")].tolist())}
    folds, of_all = (np.array([fold[t] for t in r.titles.tolist()]) for r in (rows, every))
    scores = np.zeros(len(rows.stated))
    for k in sorted(set(folds.tolist())):
        mine = rows.only(folds == k)
        scores[folds == k] = odds(fit(every.only(of_all != k)), mine.signals, mine.vectors)
    return scores


def of_published(folders: Sequence[Path], data: Path) -> Asked | None:
    """What `stated_elsewhere.jsonl` asks of the texts that are in the folders; an index of them is kept in the data
    folder. None where none is there."""
    said = [json.loads(line) for line in bundled_set("stated_elsewhere").read_text("utf-8").splitlines()]
    names = dict.fromkeys(one["text"] for one in said)
    there = {name: path for name in names for folder in folders if (path := folder / name).exists()}
    if not there:
        return None
    helper = Assistant(index=data / "stated-elsewhere")
    read = {name: load_path(path) for name, path in there.items()}
    helper.change_corpus(add=list(read.values()))
    library = helper.library()
    held = {(r.place, r.title): r for r in library.regulations}  # of one place several: their ids have changed
    rows, titles = [], []
    for one in said:
        if one["text"] not in read:
            continue
        regulation = held[read[one["text"]].place, read[one["text"]].title]
        article = regulation.find(one["article"])[0].id
        question = replace(
            understand(one["asked"], library.regulations),
            regulation_ids=(regulation.id,),
            named=True,
            references=(),
            unread=(),
        )
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        values, vector = signals(question.topic, found, library, article), np.asarray(found.vector, dtype=np.float64)
        rows.append(StatedRow("elsewhere", one["asked"], article, one["stated"], 1.0, values, vector))
        titles.append(regulation.title)
    return of_rows(rows, titles)
