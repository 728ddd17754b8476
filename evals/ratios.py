"""Three ratios that hold on any machine: `python -m evals.ratios`.

1. The second and later `helper.ask`, p50 and p95, over p50 of one bare query embedding (p50: at most 1.5).
2. A cold `fatiao ask` with the index built, over `python -c "import chromadb"` (at most 1.6).
3. What `fatiao --help` imports: not chromadb, streamlit or langchain_openai.

Exits 1 where one of them does not hold. Uses the three bundled regulations; the index is built first
where there is none.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Assistant

ASK_LIMIT, COLD_LIMIT, RUNS = 1.5, 1.6, 5
HEAVY = ("chromadb", "streamlit", "langchain_openai")
FATIAO = (sys.executable, "-m", "fatiao.cli")
QUESTIONS = (
    "武汉的企业买科技保险有补助吗?", "常州对科技企业孵化器有什么支持?", "洛阳的科技人员可以离岗创业吗?",
    "政府怎样增加科技投入?", "科技成果转化的收益怎样分配?", "知识产权保护有哪些措施?", "什么是科技创新中心?",
    "高校和科研机构怎样与企业合作?", "外籍人才来武汉工作有什么便利?", "常州的科学技术奖怎样设立?",
    "新型研发机构可以享受哪些政策?", "科研项目经费怎样管理?", "弄虚作假骗取财政资金怎样处罚?",
    "洛阳市科学技术普及工作由谁负责?", "创业投资有什么鼓励措施?", "大型科研仪器向社会开放吗?",
    "武汉怎样支持人工智能产业?", "科研人员失败了要承担责任吗?", "常州市人民政府应当设立什么基金?",
    "首台套产品政府采购有优惠吗?", "农业科技推广有什么规定?", "科技伦理怎样审查?",
    "本条例从什么时候开始施行?", "职务科技成果的所有权归谁?", "高新技术企业的税收优惠",
    "军民融合的科技创新怎么推进", "科学技术行政部门的职责是什么", "三个城市对科技人才各有什么规定?",
    "科技企业怎样贷款融资?", "中小企业研发投入的奖励",
)  # fmt: skip


def main() -> int:
    """Measure, print a table, and say whether every limit is kept."""
    rows = [*_asking(), *_cold(), *_imports()]
    sys.stdout.write(f"{'measured':<62}{'value':>10}{'limit':>9}\n")
    for name, value, limit, _ in rows:
        sys.stdout.write(f"{name:<62}{value:>10}{limit:>9}\n")
    return 0 if all(kept for *_, kept in rows) else 1


Row = tuple[str, str, str, bool]


def _asking() -> list[Row]:
    with Assistant() as helper:
        helper.ask(QUESTIONS[0])
        asks: list[float] = []
        bare: list[float] = []
        for question in QUESTIONS:  # in turns, so that both meet the same machine
            bare.append(_seconds(lambda q=question: helper.embeddings.embed_query(q)))  # type: ignore[misc]
            asks.append(_seconds(lambda q=question: helper.ask(q)))  # type: ignore[misc]
    unit = statistics.median(bare)
    p50, p95 = statistics.median(asks) / unit, _p95(asks) / unit
    return [
        ("bare query embedding, p50, ms", f"{unit * 1000:.1f}", "", True),
        ("helper.ask / bare query embedding, p50", f"{p50:.2f}", f"{ASK_LIMIT}", p50 <= ASK_LIMIT),
        ("helper.ask / bare query embedding, p95", f"{p95:.2f}", "", True),
    ]


def _cold() -> list[Row]:
    cold = _median_of_runs((*FATIAO, "ask", QUESTIONS[0]))
    chroma = _median_of_runs((sys.executable, "-c", "import chromadb"))
    return [
        ('python -c "import chromadb", s', f"{chroma:.2f}", "", True),
        ("cold fatiao ask, s", f"{cold:.2f}", "", True),
        ("cold fatiao ask / import chromadb", f"{cold / chroma:.2f}", f"{COLD_LIMIT}", cold / chroma <= COLD_LIMIT),
    ]


def _imports() -> list[Row]:
    command = (sys.executable, "-X", "importtime", *FATIAO[1:], "--help")
    said = subprocess.run(command, cwd=_root(), check=True, capture_output=True, text=True).stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in said.splitlines()}
    return [
        (f"fatiao --help imports {name}", "yes" if name in imported else "no", "no", name not in imported)
        for name in HEAVY
    ]


def _median_of_runs(command: Sequence[str]) -> float:
    """Wall seconds of a process, after one run that warms the disk."""

    def run() -> None:
        subprocess.run(command, cwd=_root(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run()
    return statistics.median(_seconds(run) for _ in range(RUNS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


if __name__ == "__main__":
    sys.exit(main())
