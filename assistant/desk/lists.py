"""清单: the norms of the regulations held, as tables that an office circulates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.decide.whole.differences import differ
from assistant.write.blocks import reading_notes
from law.norms.choose import Chosen, Wish, choose
from law.norms.norm import DEPARTMENT, Norm
from law.regulation import Article, Regulation
from law.text.numerals import to_chinese
from law.text.script import TRADITIONAL, to_simplified
from prompts import say
from vectorstore.library import Library

Kind = Literal["duties", "benefits", "forbidden", "comparison"]
KINDS: tuple[Kind, ...] = ("duties", "benefits", "forbidden", "comparison")
TITLES: dict[Kind, str] = {kind: say(f"list.{kind}") for kind in KINDS}
#: What an enterprise or a person gains by a norm, and what binds.
_GAINS = ("资金", "补助", "奖励", "税收", "用地", "融资", "保险", "采购", "平台", "人才服务", "资源开放", "免责")
_GAINERS = ("企业", "科技人员", "青年人才", "高层次人才", "个人", "单位")
_FORBIDS = ("不得", "责任")


def columns_of(kind: Kind) -> tuple[str, ...]:
    """What stands in the head of a list."""
    return tuple(say(f"list.columns_{kind}").split("|"))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: its cells in the order of the columns, and the article that it opens ("" for several)."""

    cells: tuple[str, ...]
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list with all that an office needs beside it; `basis` names the texts and how they stand, `notices` what to
    mind, one each."""

    kind: Kind
    title: str
    basis: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    notices: tuple[str, ...] = ()


def make_list(kind: Kind, library: Library, regulation_ids: Sequence[str] = (), wish: Wish | None = None) -> ListTable:
    """A list over some regulations (none: all), narrowed by a wish. Raises KeyError, NormWishError."""
    regulations = [library.regulation(i) for i in regulation_ids] or list(library.regulations)
    if kind == "comparison":
        return _comparison(regulations, library)
    chosen = choose(library.norms([r.id for r in regulations]), wish or Wish())
    fitting = [c for c in chosen if _fits(kind, c.norm)]
    rows = [_row(kind, c) for c in _sorted(kind, fitting)]
    return table_of(kind, regulations, columns_of(kind), rows, [c.article for c in fitting])


def list_of(found: Sequence[Chosen], title: str) -> ListTable:
    """The norms of `fatiao list` as a table, in the order given."""
    regulations = list({c.regulation.id: c.regulation for c in found}.values())
    rows = [_row("duties", c) for c in found]
    made = table_of("duties", regulations, columns_of("duties"), rows, [c.article for c in found])
    return ListTable(made.kind, title, made.basis, made.columns, made.rows, made.notices)


def place_of(regulation: Regulation, article: Article, norm: Norm) -> str:
    """常州市 第二十条第三款."""
    paragraph = f"第{to_chinese(norm.paragraph)}款" if len(article.paragraphs) > 1 else ""
    item = f"第（{to_chinese(norm.item)}）项" if norm.item else ""
    heading = f"【{article.heading}】" if article.heading else ""
    return f"{regulation.place} {article.label}{paragraph}{item}{heading}"


def _fits(kind: Kind, norm: Norm) -> bool:
    if norm.kind not in ("rule", "consequence"):
        return False
    if kind == "duties":
        return bool(norm.actors) and norm.binding not in ("无", "责任", "免除")
    if kind == "benefits":
        return bool(set(norm.beneficiaries) & set(_GAINERS)) and bool(set(norm.means) & set(_GAINS))
    return norm.binding in _FORBIDS


def _sorted(kind: Kind, found: Sequence[Chosen]) -> list[Chosen]:
    """Under whom a rule is listed first, within it in the order of the text."""
    if kind == "forbidden":
        return list(found)
    return sorted(found, key=lambda c: (_first(c.norm.actors if kind == "duties" else c.norm.beneficiaries),))


def _first(classes: Sequence[str]) -> str:
    return classes[0] if classes else "\uffff"


def _row(kind: Kind, chosen: Chosen) -> ListRow:
    norm = chosen.norm
    role = say(f"list.{chosen.role}", who=_called(chosen.takes_part)) if chosen.role else ""
    actors, gainers = _called(norm.actors) + role, _called(norm.beneficiaries)
    where = place_of(chosen.regulation, chosen.article, norm)
    quote = in_simplified(chosen.regulation, norm.quote.replace("\n", ""))
    cells = {
        "duties": (actors, norm.binding, quote, _called(norm.partners), gainers, where),
        "benefits": (gainers, "、".join(norm.means), quote, actors, norm.binding, where),
    }.get(kind, (actors, norm.binding, quote, gainers, where))
    return ListRow(cells, chosen.article.id)


def _called(classes: Sequence[str]) -> str:
    """科学技术部门、企业."""
    return "、".join(
        f"{c.removeprefix(f'{DEPARTMENT}:')}{DEPARTMENT}" if c.startswith(f"{DEPARTMENT}:") else c for c in classes
    )


def in_simplified(regulation: Regulation, words: str) -> str:
    """In Simplified characters, as everywhere in what is read or sent on."""
    return to_simplified(words) if regulation.script == TRADITIONAL else words


def _comparison(regulations: Sequence[Regulation], library: Library) -> ListTable:
    """Matters as rows, cities as columns."""
    decision = differ(list(regulations), library)
    columns = ("事项", *(r.place for r in regulations))
    if decision is None or decision.listing is None:
        return table_of("comparison", regulations, columns, (), ())
    rows: list[ListRow] = []
    for name, ids in decision.listing.aspects:
        cells = [name]
        for regulation in regulations:
            mine = [e for e in decision.evidence if e.regulation.id == regulation.id and e.article.id in ids]
            cells.append(
                "\n".join(f"{in_simplified(regulation, e.stretch)}（{e.article.label}）" for e in mine) or "未规定"
            )
        rows.append(ListRow(tuple(cells)))
    return table_of("comparison", regulations, columns, rows, [e.article for e in decision.evidence])


def table_of(
    kind: Kind,
    regulations: Sequence[Regulation],
    columns: tuple[str, ...],
    rows: Sequence[ListRow],
    articles: Sequence[Article],
    title: str = "",
) -> ListTable:
    """A table with its basis, and what a reader of its articles must mind."""
    basis = tuple(f"《{r.title}》（{_stands(r)}）" for r in regulations)
    notices = [n for r in regulations for a in articles if a in r.articles for n in reading_notes(r, a)]
    if any(r.script == TRADITIONAL for r in regulations):
        notices.insert(0, say("record.converted"))
    return ListTable(kind, title or TITLES[kind], basis, columns, tuple(rows), tuple(dict.fromkeys(notices)))


def _stands(regulation: Regulation) -> str:
    effective = regulation.dates.get("effective")
    status = say(f"status.{regulation.status}")
    return f"{status}，{effective}起施行" if isinstance(effective, str) else status
