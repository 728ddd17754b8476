"""People's words and the law's: fit the query map, and say what it brings where it was not fitted.

    python -m evals.calibrate.fit_query_map score FOLDER [--samples FOLDER…]
        five folds, by question and by law: ranking without and with it
    python -m evals.calibrate.fit_query_map train FOLDER [--samples FOLDER…] [--write] [--unseen FOLDER]
        the map of the embedding model in service where a regulation without likely questions is asked for; for each
        part of `other_cities.jsonl` one that has learnt nothing of its regulations, and for the three cities one
        that has learnt from no question on them (their articles stand among those that answer nothing: every index
        of a part holds them too)

A FOLDER holds `lay_questions.jsonl` ({"id", "question", "gold": [article ids]}) and `lay_articles.jsonl`
({"id", "text"}; the text's first line names law and number). The likely questions of the regulations held, and what
strangers ask of the texts in the folders of `--samples` (`other_cities.jsonl`), are learnt from in every fold; each
source weighs the same. Vectors are kept in the data folder, since embedding the articles takes minutes.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import vectorstore.ranking.query_map as query_map_module
from evals.calibrate.query_map import Floats, Pairs, Places, fit_map, joined
from evals.calibrate.without_questions.parts import Answered, answered_of, parts_of
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


@dataclass(frozen=True, slots=True)
class Source:
    """Questions, their vectors (n, d), of each the places of its articles, and the vectors of the articles (m, d)."""

    questions: tuple[str, ...]
    vectors: Floats
    gold: tuple[Places, ...]
    articles: Floats


def load_lay(folder: Path) -> Lay:
    """Read the two files. Raises OSError, ValueError, KeyError."""
    asked = [json.loads(line) for line in (folder / "lay_questions.jsonl").read_text("utf-8").splitlines()]
    articles = [json.loads(line) for line in (folder / "lay_articles.jsonl").read_text("utf-8").splitlines()]
    at = {a["id"]: i for i, a in enumerate(articles)}
    gold = tuple(np.array([at[g] for g in q["gold"]], dtype=np.intp) for q in asked)
    return Lay(tuple(q["question"] for q in asked), gold, tuple(at), tuple(a["text"] for a in articles))


class LayBench:
    """The vectors of everything, embedded once: `articles` are those of the laws, then those of the other sources.
    `beside` are the questions that every fold learns from."""

    def __init__(self, helper: "Assistant", lay: Lay, others: Sequence[Source] = ()) -> None:
        self.lay, self._helper = lay, helper
        self.asked = self._kept("questions", lay.questions, query=True)
        self.of_law = self._kept("articles", lay.texts)
        rows = [self.of_law]
        self.beside: list[Pairs] = []
        for one in (self.likely(), *others):
            if not one.questions:
                continue
            shifted = tuple(g + sum(map(len, rows)) for g in one.gold)
            self.beside.append(_pairs(one.vectors, one.questions, shifted))
            rows.append(one.articles)
        self.articles = np.concatenate(rows)

    def likely(self) -> Source:
        """The likely questions of the regulations held, with the articles of these."""
        one = likely_of(self._helper)
        return Source(
            one.questions,
            self._kept("beside", one.questions, query=True),
            one.gold,
            self._kept("held", one.texts),
        )

    def fit(self, chosen: Sequence[bool] | None = None, unseen: Collection[str] = ()) -> QueryMap:
        """The map from the chosen of people's questions (all where not given) and all others.

        Articles of `unseen` laws are not even learnt to be wrong: a law that nobody knew of has none.
        """
        people = _pairs(self.asked, self.lay.questions, self.lay.gold)
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
        searcher = Searcher(stored, map_for=lambda _: made)
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


def strangers(parts: Sequence[Answered], without: Collection[str] = ()) -> Source:
    """What all parts ask, as one source, over the articles of all, each once; none of the regulations left out by their
    titles."""
    questions: list[str] = []
    vectors: list[Floats] = []
    gold: list[Places] = []
    articles: list[Floats] = []
    at: dict[tuple[str, int], int] = {}  # where the article of a title and its place in the text stands
    for part in parts:
        within: Counter[str] = Counter()
        places = np.full(len(part.titles), -1, dtype=np.intp)
        for n, title in enumerate(part.titles.tolist()):
            key = (title, within[title])
            within[title] += 1
            if title in without:
                continue
            if key not in at:
                at[key] = len(articles)
                articles.append(part.articles[n])
            places[n] = at[key]
        for n, answers in enumerate(part.gold):
            if (places[answers] >= 0).all():
                questions.append(part.topics[n])
                vectors.append(part.vectors[n])
                gold.append(places[answers])
    return Source(tuple(questions), np.array(vectors), tuple(gold), np.array(articles))


def _pairs(vectors: Floats, questions: tuple[str, ...], answers: tuple[Places, ...]) -> Pairs:
    return Pairs(vectors, questions, answers, np.ones(len(answers), np.float32))


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


def unseen(helper: "Assistant", lay: Lay, parts: Mapping[str, Answered], out: Path) -> None:
    """Write for each part a map that has learnt nothing of its regulations (`FOLDS` of them, each for some parts), and
    one that has learnt from no question on the three cities."""
    out.mkdir(parents=True, exist_ok=True)
    of_all = list(parts.values())
    whole = LayBench(helper, lay, [strangers(of_all)])
    whole.beside = whole.beside[1:]
    _write(out / "dev.npz", whole.fit())
    for fold in range(FOLDS):
        mine = list(parts)[fold::FOLDS]
        if not mine:
            continue
        titles = {t for name in mine for t in parts[name].titles.tolist()}
        made = LayBench(helper, lay, [strangers(of_all, titles)]).fit()
        for name in mine:
            _write(out / f"{name}.npz", made)


def _write(file: Path, made: QueryMap) -> None:
    with file.open("wb") as out:
        save_query_map(out, made)


def main() -> None:
    """Fit or score, as the command line says."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(prog="python -m evals.calibrate.fit_query_map")
    parser.add_argument("what", choices=("score", "train"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--samples", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--unseen", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    if (said.unseen or said.write) and not said.samples:
        parser.error("--write 和 --unseen 要有 --samples：各部法规的文本所在的文件夹")
    helper, lay = Assistant(), load_lay(said.folder)
    parts = (
        {p.name: answered_of(p) for p in parts_of("other_cities", said.samples, helper.data)} if said.samples else {}
    )
    bench = LayBench(helper, lay, [strangers(list(parts.values()))] if parts else ())
    if said.what == "score":
        score(bench)
        return
    sys.stdout.write(
        f"{len(bench.asked)} 道日常提问，另有 {'、'.join(str(len(p.answers)) for p in bench.beside)} 个问法，"
        f"{len(bench.articles)} 条。\n"
    )
    if said.write:
        file = Path(query_map_module.__file__).parent / FOLDER / file_name(model_name(helper.embeddings))
        _write(file, bench.fit())
        sys.stdout.write(f"已写入 {file}（{file.stat().st_size // 1024} KB）\n")
    if said.unseen:
        unseen(helper, lay, parts, said.unseen)


if __name__ == "__main__":
    main()
