"""The plain recipe in the same run: recursive splitter, Chroma, the same embedding, top 5."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evals.bench.rows import BenchRow, p50, seconds
from evals.questions.case import Case
from evals.questions.labels import Labels
from evals.questions.splits import Plain, covered
from evals.scores.ranking import named, rank_measures
from law.regulation import Regulation

if TYPE_CHECKING:
    from assistant import Assistant

SIZE, OVERLAP, TOP = 500, 50, 5


def peer(helper: "Assistant", cases: Sequence[Case], regulations: Sequence[Regulation] | None = None) -> list[BenchRow]:
    """Recall@5 and the time of both, on the cases with gold articles; the recipe reads these regulations."""
    try:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        return [BenchRow(f"与常见做法比：缺 {error.name}，请运行 make setup", float("nan"))]
    held = regulations or helper.regulations()
    labels = Labels(held)
    asked = [c for c in cases if c.gold and not labels.faults(c)]
    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True)
    plains = {r.id: Plain(r) for r in held}
    documents = [Document(p.text, metadata={"regulation": id_}) for id_, p in plains.items()]
    store = Chroma(embedding_function=helper.embeddings, collection_name="fatiao-peer")
    store.add_documents(splitter.split_documents(documents))
    retriever = store.as_retriever(search_kwargs={"k": TOP})
    theirs: list[float] = []
    times: dict[str, list[float]] = {"常见做法": [], "本助手": []}
    ranked: list[list[object]] = []
    for case in asked:
        found: list[Document] = []
        hits: list[object] = []
        times["常见做法"].append(seconds(lambda q=case.question, f=found: f.extend(retriever.invoke(q))))  # type: ignore[misc]
        times["本助手"].append(
            seconds(
                lambda c=case, h=hits: h.extend(
                    helper.ask(  # type: ignore[misc]
                        c.question, history=list(c.history), cities=list(c.cities) or None
                    ).hits
                )
            )
        )
        spans = [(d.metadata["regulation"], d.metadata["start_index"], len(d.page_content)) for d in found]
        theirs.append(covered(case, [plains[id_].holds(at, at + long) for id_, at, long in spans]))
        ranked.append(hits)
    store.delete_collection()
    ours = rank_measures(asked, [[named(h) for h in hits] for hits in ranked])  # type: ignore[arg-type]
    mine = sum(r.recall_5 for r in ours if r) / len(asked)
    return [
        BenchRow(f"R@5，常见做法（{SIZE} 字切分、Chroma、前 {TOP} 段）", sum(theirs) / len(theirs)),
        BenchRow("R@5，本助手", mine),
        BenchRow("本助手问答 / 常见做法检索，p50", p50(times["本助手"]) / p50(times["常见做法"])),
    ]
