"""What a rule of the law is: who must, may or must not do what, for whom, on what condition. Plain, frozen data."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from law.regulation import Article, Regulation

Binding = Literal["应当", "可以", "不得", "鼓励", "支持", "探索", "免除", "责任", "无"]
Means = Literal[
    "资金",
    "补助",
    "奖励",
    "税收",
    "用地",
    "融资",
    "保险",
    "采购",
    "平台",
    "人才服务",
    "资源开放",
    "知识产权",
    "宣传培训",
    "监督考核",
    "免责",
    "其他",
]
Bound = Literal["不低于", "不高于", "高于", "低于", "内", "起", "等于"]
Kind = Literal["rule", "definition", "scope", "consequence", "effect"]
Level = Literal["", "省级", "市级", "县级"]
Origin = Literal["grammar", "model"]

BINDINGS: tuple[Binding, ...] = get_args(Binding)
MEANS: tuple[Means, ...] = get_args(Means)
#: By what a rule works where nothing tells it: the last of the vocabulary.
OTHER_MEANS = MEANS[-1:]
BOUNDS: tuple[Bound, ...] = get_args(Bound)
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Who acts or benefits; a department is DEPARTMENT, a colon and its field, or DEPARTMENT alone where none is said.
CLASSES = (
    "省政府",
    "市政府",
    "县区政府",
    "乡镇政府",
    "部门",
    "园区",
    "高校",
    "科研机构",
    "医疗机构",
    "企业",
    "金融机构",
    "保险机构",
    "投资机构",
    "服务机构",
    "社会组织",
    "司法机关",
    "科技人员",
    "青年人才",
    "高层次人才",
    "单位",
    "个人",
    "任何主体",
)
DEPARTMENT = "部门"


def is_class(name: str) -> bool:
    """Whether a name is one of the closed classes, a department's field aside.

    >>> is_class("企业"), is_class("部门:财政"), is_class("财政局")
    (True, True, False)
    """
    return name in CLASSES or name.startswith(f"{DEPARTMENT}:")


@dataclass(frozen=True, slots=True)
class NormFigure:
    """A number, share, sum, period or date that bounds something.

    `text` is the figure as printed, `subject` what it measures, both verbatim; `kind` as in `law.text.figures`
    (share, money, months, days, date, …); `starts` where a period begins (自…之日起), verbatim, or "".
    """

    text: str
    subject: str
    bound: Bound
    kind: str
    starts: str = ""


@dataclass(frozen=True, slots=True)
class Norm:
    """One rule of a sentence.

    `start` and `end` are offsets of `quote` in the printed text of its 款 (`item` 0) or of its 项. `actors`, `partners`
    and `beneficiaries` are classes, the `…_said` the words they stand in, from the lead where they are carried on.
    `plan` says that the thing is not there yet (推动设立); `refers_to` holds numbers of articles.
    """

    article_id: str
    paragraph: int
    item: int
    start: int
    end: int
    quote: str
    actors: tuple[str, ...] = ()
    actors_said: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partners_said: tuple[str, ...] = ()
    binding: Binding = "无"
    act: str = ""
    beneficiaries: tuple[str, ...] = ()
    beneficiaries_said: tuple[str, ...] = ()
    means: tuple[Means, ...] = ()
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    figures: tuple[NormFigure, ...] = ()
    plan: bool = False
    level: Level = ""
    kind: Kind = "rule"
    refers_to: tuple[int, ...] = ()
    origin: Origin = "grammar"

    def as_json(self, regulation: Regulation, article: Article) -> dict[str, Any]:
        """What `fatiao list --json` prints of it."""
        return {
            "article_id": self.article_id,
            "city": regulation.place,
            "regulation": regulation.title,
            "article": article.number,
            "label": article.label,
            "paragraph": self.paragraph,
            "item": self.item,
            "heading": article.heading,
            "quote": self.quote,
            "actors": list(self.actors),
            "actors_said": list(self.actors_said),
            "with": list(self.partners),
            "with_said": list(self.partners_said),
            "binding": self.binding,
            "act": self.act,
            "for": list(self.beneficiaries),
            "for_said": list(self.beneficiaries_said),
            "means": list(self.means),
            "conditions": list(self.conditions),
            "exceptions": list(self.exceptions),
            "figures": [
                {"text": f.text, "subject": f.subject, "bound": f.bound, "kind": f.kind, "starts": f.starts}
                for f in self.figures
            ],
            "plan": self.plan,
            "level": self.level,
            "kind": self.kind,
            "refers_to": list(self.refers_to),
            "origin": self.origin,
            "status": regulation.status,
            "chapter": article.chapter,
        }
