"""The figures that are reported: what each is called, what it counts, and how it is estimated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.scores.intervals import Estimate, bootstrap, estimate, wilson
from evals.scores.scoring import Score


@dataclass(frozen=True, slots=True)
class Measure:
    """`share`: mean of the cases' shares. `fault`: faults of all things counted (`base` says of what).
    `median` and `mean`: of a quantity."""

    key: str
    name: str
    meaning: str
    how: Literal["share", "fault", "median", "mean"] = "share"
    base: str = ""
    lower: bool = False


FIGURES = (
    Measure("recall_1", "R@1", "标注条文排在第 1 位的份额"),
    Measure("recall_5", "R@5", "标注条文排在前 5 位的份额"),
    Measure("recall_10", "R@10", "标注条文排在前 10 位的份额"),
    Measure("ndcg_10", "nDCG@10", "前 10 位的排序质量"),
    Measure("rr", "RR", "第一条标注条文名次的倒数"),
    Measure("cited", "引用召回", "标注条文被引用的份额"),
    Measure("right", "引用准确", "所引条文中对的份额"),
    Measure("to_the_point", "引款准确", "引自标注条文的款中含要点的份额"),
    Measure("facts", "要点", "必须说出的要点中说出的份额"),
    Measure("counted", "条数对", "问有几条的题中说对条数的份额"),
    Measure("silence", "说明未写", "条文没写的所问之事中如实说明的份额"),
    Measure("false_silence", "误称未写", "条文写明了却称没有写明的题的份额", lower=True),
    Measure("forbidden", "错误要点", "不许说的要点中说出的份额", "fault", "forbidden_of", lower=True),
    Measure("refused", "拒答召回", "应拒答的题中拒答的份额"),
    Measure("refusal_right", "拒答准确", "拒答的题中应拒答的份额"),
    Measure("wrongly_refused", "误拒", "有答案的题中拒答的份额", lower=True),
    Measure("confirmed", "确认", "没有常见问法的法规，有答案的题中没有留待核对的份额"),
    Measure("offered", "答或列出", "没有常见问法的法规，标注条文在所引或所列条文中的份额"),
    Measure("reason", "理由对", "正确拒答中理由也对的份额"),
    Measure("invented", "编造条文", "引用或提到的条文中不存在的份额", "fault", "invented_of", lower=True),
    Measure("unfaithful", "引文不符", "引文中与原文不符的份额", "fault", "unfaithful_of", lower=True),
    Measure("unsupported", "无据数字", "答案的数字、比例、日期中无出处的份额", "fault", "unsupported_of", lower=True),
    Measure("correct", "裁判：正确", "模型裁判认为答对的份额"),
    Measure("grounded", "裁判：有据", "模型裁判认为句句有据的份额"),
    Measure("seconds", "用时（秒）", "每题用时的中位数", "median", lower=True),
    Measure("tokens", "词元", "每题语言模型词元的平均数", "mean", lower=True),
)
BY_KEY = {f.key: f for f in FIGURES}


def measure(figure: Measure, scores: Sequence[Score]) -> Estimate | None:
    """A figure over some cases; None where none of them says anything about it."""
    scored = [s for s in scores if not s.unscored]
    values = [float(v) for s in scored if (v := getattr(s, figure.key)) is not None]
    if figure.how == "fault":
        things = sum(int(getattr(s, figure.base)) for s in scored)
        return wilson(min(int(sum(values)), things), things) if things else None
    if not values:
        return None
    return estimate(values) if figure.how == "share" else bootstrap(values, median=figure.how == "median")


def measured(scores: Sequence[Score]) -> dict[str, dict[str, Estimate]]:
    """Every figure by kind, and under "" over all cases."""
    kinds = ["", *dict.fromkeys(s.case.kind for s in scores)]
    table: dict[str, dict[str, Estimate]] = {}
    for kind in kinds:
        mine = [s for s in scores if not kind or s.case.kind == kind]
        table[kind] = {f.key: e for f in FIGURES if (e := measure(f, mine)) is not None}
    return table
