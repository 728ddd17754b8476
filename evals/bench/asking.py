"""What an answer costs over one bare query embedding, and a search over a bare Chroma query."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant import Answer
from assistant.retrieve import Vector, retrieve
from assistant.understand.question import MAX_QUESTION, understand
from assistant.verify import judge
from evals.bench.questions import COMPARISONS, FOLLOW_UPS, PLAIN, SEVERAL
from evals.bench.rows import BenchRow, p50, p95, seconds
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

#: At most, over one bare query embedding.
LIMIT_P50, LIMIT_P95 = 1.3, 2.0
#: Seconds at most for the worst question and the worst sentence.
LIMIT_WORST_ASK, LIMIT_WORST_JUDGE = 1.0, 0.1
#: Questions of which one fact is asked; so many are what a process has been asked in a day, so many are new to it.
_FACTS, _DAY, _NEW = ("fact_law", "fact_everyday", "number"), 150, 60
#: So many times each question is asked, as all of them were before: what is kept of one helps. What was never asked is
#: told apart, at the end. A machine that others share is now faster, now slower.
_ROUNDS = 5
Asked = tuple[str, Sequence[Mapping[str, str]]]


def asking(helper: "Assistant", ask: Callable[..., Answer] | None = None) -> list[BenchRow]:
    """Plain, comparison, two things, follow-up, over embedding plain questions, in turns: both on the same machine."""
    ask = ask or helper.ask
    groups: dict[str, list[Asked]] = {
        "单问": [(q, ()) for q in PLAIN],
        "比较": [(q, ()) for q in COMPARISONS],
        "一问两事": [(q, ()) for q in SEVERAL],
        "追问": [(q, _before(helper, first)) for first, q in FOLLOW_UPS],
    }
    rows: list[BenchRow] = []
    for name, group in groups.items():
        for question, history in group:  # what a process reads once, such as a dictionary
            ask(question, history=history)
        bare: list[float] = []
        asks: list[float] = []
        for (question, history), plain in [*zip(group, PLAIN, strict=False)] * _ROUNDS:
            bare.append(seconds(lambda q=plain: helper.embeddings.embed_query(q)))  # type: ignore[misc]
            asks.append(seconds(lambda q=question, h=history: ask(q, history=h)))  # type: ignore[misc]
        unit = p50(bare)
        rows.append(BenchRow(f"{name}：ask / 一次问句向量化，p50", p50(asks) / unit, LIMIT_P50))
        rows.append(BenchRow(f"{name}：ask / 一次问句向量化，p95", p95(asks) / unit, LIMIT_P95))
    rows.append(BenchRow("一次问句向量化，p50", 1000 * unit, unit="毫秒"))
    return [*rows, *_never_asked(helper, ask)]


def _never_asked(helper: "Assistant", ask: Callable[..., Answer]) -> list[BenchRow]:
    """Facts of the looked-at questions, each asked once: what is kept of a question that was asked before helps none of
    them. Over embedding the same questions."""
    cases = load_cases([bundled_set("dev")])
    asked = [c.question for c in cases if c.kind in _FACTS and not (c.history or c.cities)]
    for question in asked[:_DAY]:
        ask(question)
    new = asked[_DAY : _DAY + _NEW]
    bare = [seconds(lambda q=q: helper.embeddings.embed_query(q)) for q in new]  # type: ignore[misc]
    asks = [seconds(lambda q=q: ask(q)) for q in new]  # type: ignore[misc]
    return [
        BenchRow("没有问过的事实：ask / 一次问句向量化，p50", p50(asks) / p50(bare)),
        BenchRow("没有问过的事实：ask / 一次问句向量化，p95", p95(asks) / p50(bare)),
    ]


def worst(helper: "Assistant") -> list[BenchRow]:
    """The longest question and the longest sentence, made of repeats that patterns dwell on; in seconds."""
    cited = [(r, a) for r in helper.regulations()[:2] for a in r.numbered[:1]]
    repeats = ("一", "第1-29条", "不低于70%，", "科技、", "1,", "《《》", "三年，", "三项", "八百万元，", "企业应当，")
    longest = [(one * MAX_QUESTION)[:MAX_QUESTION] for one in repeats]
    judge("科技", cited)  # what a process reads once, such as a dictionary
    asked = max(seconds(lambda q=q: helper.ask(q)) for q in longest)  # type: ignore[misc]
    judged = max(seconds(lambda s=s: judge(s, cited)) for s in longest)  # type: ignore[misc]
    return [
        BenchRow(f"最坏的 {MAX_QUESTION} 字：ask", asked, LIMIT_WORST_ASK, unit="秒"),
        BenchRow(f"最坏的 {MAX_QUESTION} 字：judge", judged, LIMIT_WORST_JUDGE, unit="秒"),
    ]


def searching(helper: "Assistant") -> list[BenchRow]:
    """Understanding and ranking with the vector at hand, over a Chroma query of the same vector."""
    library = helper.library()
    collection = helper.store.collection(library.manifest.generation)
    ours: list[float] = []
    bare: list[float] = []
    for question in PLAIN:
        vector = np.asarray(helper.embeddings.embed_query(question), dtype=np.float32)
        for warm in (False, True):

            def search(q: str = question, v: Vector = vector) -> object:
                return retrieve(understand(q, library.regulations), library, v)

            query = seconds(lambda v=vector: collection.query(query_embeddings=[v], n_results=10))  # type: ignore[misc]
            took = seconds(search)
            if warm:
                bare.append(query)
                ours.append(took)
    return [
        BenchRow("检索（含理解问题）/ 一次 Chroma 查询，p50", p50(ours) / p50(bare)),
        BenchRow("检索（含理解问题）/ 一次 Chroma 查询，p95", p95(ours) / p50(bare)),
    ]


def _before(helper: "Assistant", first: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": first}, {"role": "assistant", "content": helper.ask(first).text}]
