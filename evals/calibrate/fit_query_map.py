"""People's words and the law's: fit the query map, and say what it brings where it was not fitted.

    python -m evals.calibrate.fit_query_map score FOLDER [--also FOLDER]…
        five folds, by question and by law: ranking without and with it
    python -m evals.calibrate.fit_query_map train FOLDER [--also FOLDER]… [--write] [--without NAME]… [--out FILE]
        the map of the embedding model in service, or one that has not learnt from some regulations

A FOLDER holds `lay_questions.jsonl` ({"id", "question", "gold": [article ids]}) and `lay_articles.jsonl`
({"id", "text"}; the text's first line names law and number). The likely questions of the regulations held, and the
folders of `--also`, are learnt from in every fold; each source weighs the same. Vectors are kept in the data folder,
since embedding the articles takes minutes.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import vectorstore.ranking.query_map as query_map_module
from evals.calibrate.query_map import Floats, Pairs, Places, fit_map, joined
from evals.scores.intervals import estimate
from vectorstore.chunks import ARTICLE
from vectorstore.embeddings import model_name
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import FOLDER, QueryMap, file_name, save_query_map
from vectorstore.snapshot import Stored

if TYPE_CHECKING:
    from assistant import Assistant

FOLDS, DEPTHS = 5, (1, 5, 10, 100)
#: How much of the mapped vector is added to the question's own. Chosen on the folds left out, by law above all.
SHARE = 0.7
_SEED = 20241107


@dataclass(frozen=True, slots=True)
class Lay:
    """Questions of people and the articles that answer them; `gold` are places among the articles."""

    questions: tuple[str, ...]
    gold: tuple[Places, ...]
    article_ids: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def laws(self) -> tuple[str, ...]:
        """Of each question the law of its first article."""
        return tuple(self.article_ids[g[0]].partition("/")[0] for g in self.gold)


def load_lay(folder: Path) -> Lay:
    """Read the two files. Raises OSError, ValueError, KeyError."""
    asked = [json.loads(line) for line in (folder / "lay_questions.jsonl").read_text("utf-8").splitlines()]
    articles = [json.loads(line) for line in (folder / "lay_articles.jsonl").read_text("utf-8").splitlines()]
    at = {a["id"]: i for i, a in enumerate(articles)}
    gold = tuple(np.array([at[g] for g in q["gold"]], dtype=np.intp) for q in asked)
    return Lay(tuple(q["question"] for q in asked), gold, tuple(at), tuple(a["text"] for a in articles))


class LayBench:
    """The vectors of everything, embedded once: `articles` are those of the laws, then those held, then those of the
    other folders. `beside` are the questions that every fold learns from."""

    def __init__(
        self, helper: "Assistant", lay: Lay, others: Sequence[Lay] = (), without: Collection[str] = ()
    ) -> None:
        self.lay, self._helper = lay, helper
        self.asked = self._kept("questions", lay.questions, query=True)
        self.of_law = self._kept("articles", lay.texts)
        rows = [self.of_law]
        self.beside: list[Pairs] = []
        for one in (apart(part, without) for part in (likely_of(helper), *others)):
            if one.questions:
                shifted = tuple(g + sum(map(len, rows)) for g in one.gold)
                self.beside.append(_pairs(self._kept("beside", one.questions, query=True), shifted))
                rows.append(self._kept("held", one.texts))
        self.articles = np.concatenate(rows)

    def fit(self, chosen: Sequence[bool] | None = None, unseen: Collection[str] = ()) -> QueryMap:
        """The map from the chosen of people's questions (all where not given) and all others.

        Articles of `unseen` laws are not even learnt to be wrong: a law that nobody knew of has none.
        """
        people = _pairs(self.asked, self.lay.gold)
        if chosen is not None:
            people = people.only(np.asarray(chosen))
        kept = np.ones(len(self.articles), dtype=np.bool_)
        kept[: len(self.of_law)] = ~np.isin([i.partition("/")[0] for i in self.lay.article_ids], list(unseen))
        pairs = [part.within(kept) for part in (people, *self.beside)]
        return fit_map(joined(pairs), self.articles[kept], SHARE)

    def ranked(self, made: QueryMap | None, chosen: Sequence[int]) -> list[tuple[float, ...]]:
        """Of each chosen question the share of its articles among the first of `DEPTHS`, by the whole ranking."""
        stored = Stored(
            list(self.lay.article_ids),
            list(self.lay.texts),
            [{"kind": ARTICLE, "article_id": i} for i in self.lay.article_ids],
            self.of_law,
        )
        searcher = Searcher(stored, query_map=made)
        found: list[tuple[float, ...]] = []
        for n in chosen:
            order = np.argsort(-searcher.score(self.asked[n], self.lay.questions[n]).total, kind="stable")
            found.append(tuple(float(np.isin(self.lay.gold[n], order[:k]).mean()) for k in DEPTHS))
        return found

    def _kept(self, name: str, texts: Sequence[str], *, query: bool = False) -> Floats:
        model = self._helper.embeddings
        digest = hashlib.sha256("\0".join([model_name(model), str(query), *texts]).encode()).hexdigest()[:16]
        file = self._helper.data / f"lay-{name}-{digest}.npy"
        if not file.exists():
            sys.stdout.write(f"正在算 {len(texts)} 个向量（{name}）……\n")
            rows = [model.embed_query(t) for t in texts] if query else model.embed_documents(list(texts))
            np.save(file, np.asarray(rows, dtype=np.float32))
        result: Floats = np.load(file)
        return result


def likely_of(helper: "Assistant") -> Lay:
    """The likely questions of the regulations held, with the articles of these."""
    held = [(r, a) for r in helper.library().regulations if r.questions for a in r.articles]
    likely = [q for r in helper.library().regulations for q in r.questions]
    at = {a.id: n for n, (_, a) in enumerate(held)}
    gold = tuple(np.array([at[q.article]], dtype=np.intp) for q in likely)
    return Lay(tuple(q.text for q in likely), gold, tuple(at), tuple(f"{r.title} {a.label}\n{a.text}" for r, a in held))


def apart(one: Lay, without: Collection[str]) -> Lay:
    """The same without the questions and the articles of some regulations, each named by the start of its id."""
    if not without:
        return one
    kept = [n for n, i in enumerate(one.article_ids) if not i.startswith(tuple(without))]
    at = {old: new for new, old in enumerate(kept)}
    asked = [n for n, g in enumerate(one.gold) if all(int(a) in at for a in g)]
    return Lay(
        tuple(one.questions[n] for n in asked),
        tuple(np.array([at[int(a)] for a in one.gold[n]], dtype=np.intp) for n in asked),
        tuple(one.article_ids[n] for n in kept),
        tuple(one.texts[n] for n in kept),
    )


def _pairs(questions: Floats, answers: tuple[Places, ...]) -> Pairs:
    return Pairs(questions, answers, np.ones(len(answers), np.float32))


def folds_of(groups: Sequence[str]) -> Places:
    """(n,) the fold of each, 0 to FOLDS - 1, whole groups together and about as many in each."""
    names, counts = np.unique(np.asarray(groups), return_counts=True)
    filled, fold = np.zeros(FOLDS, dtype=np.intp), {}
    order = np.random.default_rng(_SEED).permutation(len(names))
    for at in sorted(order, key=lambda n: -counts[n]):
        fold[names[at]] = int(filled.argmin())
        filled[fold[names[at]]] += counts[at]
    return np.array([fold[g] for g in groups], dtype=np.intp)


def score(bench: LayBench) -> None:
    """Print what the whole ranking reaches without the map and with one that has not seen the fold."""
    lay, laws = bench.lay, bench.lay.laws
    everyone = range(len(lay.questions))
    without = np.array(bench.ranked(None, everyone))
    _say("不用映射", without)
    for name, groups in (("按题留出", [str(n) for n in everyone]), ("按法律留出", laws)):
        fold, by_law = folds_of(groups), groups is laws
        found = np.zeros_like(without)
        for n in range(FOLDS):
            mine = np.flatnonzero(fold == n)
            unseen = {laws[i] for i in mine} if by_law else ()
            found[mine] = bench.ranked(bench.fit((fold != n).tolist(), unseen), mine.tolist())
        _say(f"用映射，{name}", found)
        gain = estimate((found - without)[:, DEPTHS.index(10)].tolist())
        sys.stdout.write(f"  R@10 多 {gain.value:+.3f}（{gain.low:+.3f} – {gain.high:+.3f}，n={gain.n}）\n")


def _say(name: str, found: Floats) -> None:
    reached = "  ".join(f"R@{k} {value:.3f}" for k, value in zip(DEPTHS, found.mean(0), strict=True))
    sys.stdout.write(f"{name}：{reached}\n")


def main() -> None:
    """Fit or score, as the command line says."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(prog="python -m evals.calibrate.fit_query_map")
    parser.add_argument("what", choices=("score", "train"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    helper = Assistant()
    bench = LayBench(helper, load_lay(said.folder), [load_lay(folder) for folder in said.also], said.without)
    if said.what == "score":
        score(bench)
        return
    made = bench.fit()
    sys.stdout.write(
        f"{len(bench.asked)} 道日常提问，另有 {'、'.join(str(len(p.answers)) for p in bench.beside)} 个问法，"
        f"{len(bench.articles)} 条。\n"
    )
    if said.out:
        with said.out.open("wb") as out:
            save_query_map(out, made)
    if said.write:
        file = Path(query_map_module.__file__).parent / FOLDER / file_name(model_name(helper.embeddings))
        file.parent.mkdir(exist_ok=True)
        with file.open("wb") as out:
            save_query_map(out, made)
        sys.stdout.write(f"已写入 {file}（{file.stat().st_size // 1024} KB）\n")


if __name__ == "__main__":
    main()
