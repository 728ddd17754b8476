"""One answer against one case. Every score keeps its reason; what cannot be scored is None, not 0."""

import re
from dataclasses import dataclass

from assistant import Answer, Article, Citation, Hit
from evals.cases import Case, Gold
from vectorstore.script import plain


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, or None where the case says nothing about it; counts of faults."""

    case: Case
    answer: Answer
    recall_1: float | None
    recall_5: float | None
    recall_10: float | None
    cited: float | None
    right: float | None
    facts: float | None
    to_the_point: float | None
    refused: float | None
    reason: float | None
    wrongly_refused: float | None
    invented: int
    unfaithful: int
    forbidden: int
    why: str


def score(case: Case, answer: Answer, articles: dict[str, Article]) -> Score:
    """Score an answer; `articles` are those of the index by id, to check citations and quotes against."""
    ranked = [_named(h) for h in answer.hits]
    cited = [_named(c) for c in answer.citations]
    text = plain(answer.text)
    missing = [f for f in case.must_contain if plain(f) not in text]
    forbidden = [f for f in case.must_not_contain if plain(f) in text]
    answerable = bool(case.gold) and not case.refuse
    lost = [g for g in case.gold if not _held(g, cited)]
    stray = [c for c in dict.fromkeys(cited) if not any(_same(g, c) for g in (*case.gold, *case.also_ok))]
    why = _why(case, answer, lost, stray, missing, forbidden)
    return Score(
        case, answer,
        _recall(case, ranked[:1]) if answerable else None,
        _recall(case, ranked[:5]) if answerable else None,
        _recall(case, ranked[:10]) if answerable else None,
        1 - len(lost) / len(case.gold) if answerable else None,
        1 - len(stray) / len(dict.fromkeys(cited)) if answerable and cited else None,
        1 - len(missing) / len(case.must_contain) if answerable and case.must_contain else None,
        _to_the_point(case, answer, articles) if answerable else None,
        float(answer.refused) if case.refuse else None,
        float(answer.reason == case.reason) if case.refuse and answer.refused and case.reason else None,
        float(answer.refused) if answerable else None,
        sum(c.id not in articles for c in answer.citations),
        sum(c.id in articles and _squeezed(c.quote) not in _squeezed(articles[c.id].text) for c in answer.citations),
        len(forbidden), why,
    )  # fmt: skip


def _to_the_point(case: Case, answer: Answer, articles: dict[str, Article]) -> float | None:
    """Of the 款 quoted from gold articles that hold a required fact, the share that hold one themselves."""
    needed = [plain(f) for f in case.must_contain]
    shares: list[float] = []
    for citation in answer.citations:
        article = articles.get(citation.id)
        gold = any(_same(g, _named(citation)) for g in case.gold)
        if gold and article and len(article.paragraphs) > 1 and any(f in plain(article.text) for f in needed):
            shares.append(float(any(f in plain(citation.quote) for f in needed)))
    return sum(shares) / len(shares) if shares else None


def _named(one: Hit | Citation) -> Gold:
    return Gold(one.city.removesuffix("市"), one.article, one.heading)


def _same(gold: Gold, got: Gold) -> bool:
    return (gold.city, gold.article) == (got.city, got.article) and gold.heading in ("", got.heading)


def _held(gold: Gold, got: list[Gold]) -> bool:
    return any(_same(gold, g) for g in got)


def _recall(case: Case, ranked: list[Gold]) -> float:
    return sum(_held(g, ranked) for g in case.gold) / len(case.gold)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _why(
    case: Case, answer: Answer, lost: list[Gold], stray: list[Gold], missing: list[str], forbidden: list[str]
) -> str:
    said: list[str] = []
    if case.refuse and not answer.refused:
        said.append(f"应拒答（{case.reason}）却引了{_list(stray)}")
    if not case.refuse and answer.refused:
        said.append(f"不应拒答（{answer.reason}）")
    if lost and not answer.refused:
        said.append(f"没引{_list(lost)}")
    if stray and not case.refuse:
        said.append(f"多引{_list(stray)}")
    if missing and not answer.refused:
        said.append(f"没说{'、'.join(missing)}")
    if forbidden:
        said.append(f"说了不该说的{'、'.join(forbidden)}")
    return "；".join(said)


def _list(golds: list[Gold]) -> str:
    return "、".join(f"{g.city}{g.article}" for g in golds) or "（无）"
