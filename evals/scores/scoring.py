"""One answer against one case. Every score keeps its reason; what cannot be scored is None, not 0."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import Answer, Article, Citation, Regulation
from evals.questions.case import Case, Gold
from evals.questions.set_scores import OUTLINE, counted, false_silence, lost_of, silence
from evals.scores.quotes import altered, misnamed, not_of_it, squeezed
from evals.scores.ranking import Ranking, named, same
from evals.scores.supported import invented_labels, numbers_in, unsupported
from law.text.script import plain


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, or None where the case says nothing about it; counts of faults.

    `…_of` is how many things could be at fault. `unscored` says why nothing could be scored; `why` what is
    wrong, "" where nothing is; `verdict` the reason of a model that judged it. `seconds` is the time that the
    call took.
    """

    case: Case
    answer: Answer | None
    recall_1: float | None = None
    recall_5: float | None = None
    recall_10: float | None = None
    ndcg_10: float | None = None
    rr: float | None = None
    cited: float | None = None
    right: float | None = None
    facts: float | None = None
    counted: float | None = None
    silence: float | None = None
    false_silence: float | None = None
    to_the_point: float | None = None
    refused: float | None = None
    refusal_right: float | None = None
    reason: float | None = None
    wrongly_refused: float | None = None
    confirmed: float | None = None
    offered: float | None = None
    correct: float | None = None
    grounded: float | None = None
    invented: int = 0
    invented_of: int = 0
    unfaithful: int = 0
    unfaithful_of: int = 0
    unsupported: int = 0
    unsupported_of: int = 0
    forbidden: int = 0
    forbidden_of: int = 0
    seconds: float | None = None
    tokens: int | None = None
    unscored: str = ""
    failed: bool = False
    why: str = ""
    verdict: str = ""


def score(
    case: Case,
    answer: Answer,
    articles: dict[str, Article],
    ranking: Ranking | None = None,
    regulations: Sequence[Regulation] = (),
) -> Score:
    """Score an answer; `articles` are those of the index by id, to check citations and quotes against.

    With their `regulations` the city, title and number that a citation or the text gives them are checked too.
    """
    cited = list(dict.fromkeys(named(c) for c in answer.citations))
    text = plain(answer.text)
    missing = [f for f in case.must_contain if plain(f) not in text]
    forbidden = [f for f in case.must_not_contain if plain(f) in text]
    answerable = bool(case.gold) and not case.refuse
    lost = lost_of(case, answer, regulations)
    free = case.kind == OUTLINE and not case.also_ok  # any article may stand in an outline
    stray = [] if free else [c for c in cited if not any(same(g, c) for g in (*case.gold, *case.also_ok))]
    labels = list(dict.fromkeys([*invented_labels(case, answer, articles), *not_of_it(answer.text, regulations)]))
    strange = unsupported(case, answer, articles)
    unheld = [c for c in answer.citations if c.id not in articles]
    by_id = {r.id: r for r in regulations}
    untrue = [c for c in answer.citations if not _is_true(c, articles.get(c.id), by_id.get(c.id.partition("/")[0]))]
    changed = altered(answer, articles)
    one = Score(
        case,
        answer,
        cited=1 - len(lost) / len(case.gold) if answerable else None,
        right=1 - len(stray) / len(cited) if answerable and cited else None,
        facts=1 - len(missing) / len(case.must_contain) if answerable and case.must_contain else None,
        counted=counted(case, answer) if answerable else None,
        silence=silence(case, answer),
        false_silence=false_silence(case, answer) if answerable else None,
        to_the_point=_to_the_point(case, answer, articles) if answerable else None,
        refused=float(answer.refused) if case.refuse else None,
        refusal_right=float(case.refuse) if answer.refused else None,
        reason=float(answer.reason == case.reason) if case.refuse and answer.refused and case.reason else None,
        wrongly_refused=float(answer.refused) if answerable else None,
        invented=len(unheld) + len(labels),
        invented_of=len(answer.citations) + len(labels),
        unfaithful=len(untrue) + len(changed),
        unfaithful_of=len(answer.citations) + len(changed),
        unsupported=len(strange),
        unsupported_of=len({n.printed for n in numbers_in(answer.text)}),
        forbidden=len(forbidden),
        forbidden_of=len(case.must_not_contain),
        tokens=answer.tokens,
    )
    if ranking and answerable:
        one = replace(
            one,
            recall_1=ranking.recall_1,
            recall_5=ranking.recall_5,
            recall_10=ranking.recall_10,
            ndcg_10=ranking.ndcg_10,
            rr=ranking.rr,
        )
    said = _refusal(case, answer, stray)
    if not answer.refused:
        said += [_lost(lost, [named(h) for h in answer.hits])] if lost else []
        said += [f"没说{'、'.join(missing)}"] if missing and not case.refuse else []
        said += [f"没说明未写{'、'.join(case.unstated)}"] if one.silence not in (None, 1.0) else []
        said += [f"误称未写{'、'.join(answer.unstated)}"] if one.false_silence else []
        said += ["条数不对"] if one.counted == 0 else []
    said += [f"多引{_list(stray)}"] if stray and not case.refuse else []
    said += [f"说了不该说的{'、'.join(forbidden)}"] if forbidden else []
    wrong = [*(_list([named(c)]) for c in unheld), *labels]
    said += [f"引了不存在的条文{'、'.join(wrong)}"] if wrong else []
    said += [f"引文与原文不符：{_list([named(c)])}「{c.quote[:30]}」" for c in untrue if c.id in articles]
    said += [f"正文里的引文与原文不符：「{q[:30]}」" for q in changed]
    said += [f"数字没有出处：{'、'.join(strange)}"] if strange else []
    return replace(one, failed=bool(said), why="；".join(said))


def _is_true(citation: Citation, article: Article | None, regulation: Regulation | None) -> bool:
    """Whether the quote stands in the article, and the article is what the citation says it is."""
    if article is None or not citation.quote.strip() or squeezed(citation.quote) not in squeezed(article.text):
        return False
    return regulation is None or not misnamed(citation, article, regulation)


def _to_the_point(case: Case, answer: Answer, articles: dict[str, Article]) -> float | None:
    """Of the 款 quoted from gold articles that hold a required fact, the share that hold one themselves."""
    needed = [plain(f) for f in case.must_contain]
    shares: list[float] = []
    for citation in answer.citations:
        article = articles.get(citation.id)
        gold = any(same(g, named(citation)) for g in case.gold)
        if gold and article and len(article.paragraphs) > 1 and any(f in plain(article.text) for f in needed):
            shares.append(float(any(f in plain(citation.quote) for f in needed)))
    return sum(shares) / len(shares) if shares else None


def _refusal(case: Case, answer: Answer, stray: Sequence[Gold]) -> list[str]:
    if answer.refused and answer.citations:
        return [f"拒答却引了{_list([named(c) for c in answer.citations])}"]
    if case.refuse and not answer.refused:
        return [f"应拒答（{case.reason}）却引了{_list(stray)}"]
    if answer.refused and not case.refuse:
        return [f"不应拒答（{answer.reason}）"]
    if case.refuse and case.reason and answer.reason != case.reason:
        return [f"拒答理由应是 {case.reason}，给的是 {answer.reason or '（无）'}"]
    return []


def _lost(lost: Sequence[Gold], ranked: Sequence[Gold]) -> str:
    """What was not cited, and whether it was found at all."""
    places = [next((n for n, got in enumerate(ranked, 1) if same(g, got)), 0) for g in lost]
    where = [f"{_list([g])}（{f'排第 {n}' if n else '没找到'}）" for g, n in zip(lost, places, strict=True)]
    return f"没引{'、'.join(where)}"


def _list(golds: Sequence[Gold]) -> str:
    return "、".join(f"{g.city}{g.article}" for g in golds) or "（无）"
