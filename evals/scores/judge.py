"""A model as a second judge: is the answer correct, is it grounded, and does it agree with the program?

Its verdict changes nothing else: what the program can check, the program decides. A case on which the
model fails or answers something else is not judged, which is not wrong.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, StrictBool, ValidationError

from assistant import Article, SettingError
from evals.evaluation import Evaluation
from evals.questions.labels import Labels
from evals.scores.intervals import kappa
from evals.scores.scoring import Score
from prompts import Message, as_data, load_prompt

if TYPE_CHECKING:
    from assistant import Assistant, Regulation
    from assistant.model.client import ChatModel

_MAX_TOKENS = 400


class ModelVerdict(BaseModel):
    """What the model says of one answer."""

    correct: StrictBool
    grounded: StrictBool
    why: str = ""


class JudgedRun(NamedTuple):
    """The evaluation with both figures in it, and what is to be said of the agreement."""

    result: Evaluation
    agreement: tuple[str, ...]


def model_of(helper: "Assistant") -> "ChatModel":
    """The model of the settings. Raises SettingError where none is set."""
    from assistant.model.client import ChatModel

    settings = helper.settings
    if not settings.model:
        raise SettingError("--judge 要用语言模型：请设 FATIAO_MODEL（和 OPENAI_BASE_URL、OPENAI_API_KEY）。")
    return ChatModel(settings.model, settings.openai_base_url, settings.openai_api_key)


def judge(
    result: Evaluation,
    model: "ChatModel",
    regulations: "Sequence[Regulation]",
    *,
    seconds: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> JudgedRun:
    """Have every answer judged, each within `seconds`."""
    from assistant.model.client import Usage
    from assistant.model.failures import ModelFailure

    labels, usage = Labels(regulations), Usage()
    articles = {a.id: a for r in regulations for a in r.articles}
    scores: list[Score] = []
    failures: list[str] = []
    for done, one in enumerate(result.scores, 1):
        if one.answer is not None and not one.unscored:
            try:
                said = model.text(
                    _prompt(one, labels, articles),
                    deadline=time.monotonic() + seconds,
                    max_tokens=_MAX_TOKENS,
                    usage=usage,
                )
                one = _with(one, verdict_in(said))
            except ModelFailure as failure:
                failures.append(failure.kind)
        scores.append(one)
        if progress:
            progress(done, len(result.scores))
    lines = agreement(scores)
    asked = sum(s.answer is not None and not s.unscored for s in scores)
    judged = sum(s.correct is not None for s in scores)
    lines.append(f"裁判 {model.name}：评了 {judged} / {asked} 题，用词元 {usage.tokens}。")
    if failures:
        lines.append(f"没有回音的 {len(failures)} 题（{'、'.join(sorted(set(failures)))}），不计。")
    return JudgedRun(replace(result, scores=tuple(scores)), tuple(lines))


def verdict_in(said: str) -> ModelVerdict | None:
    """The first JSON object of that shape in what a model said."""
    for start in (m.start() for m in re.finditer(r"\{", said)):
        try:
            return ModelVerdict.model_validate(json.JSONDecoder().raw_decode(said[start:])[0])
        except (ValueError, ValidationError, RecursionError):
            continue
    return None


def agreement(scores: Sequence[Score]) -> list[str]:
    """Raw agreement and Cohen's kappa of the model with the program, for both questions."""
    lines: list[str] = []
    for name, pairs in (
        ("正确", [(bool(s.correct), is_correct(s)) for s in scores if s.correct is not None]),
        ("有据", [(bool(s.grounded), is_grounded(s)) for s in scores if s.grounded is not None]),
    ):
        if not pairs:
            lines.append(f"{name}：没有可比的题。")
            continue
        same = sum(a == b for a, b in pairs)
        k = kappa([a for a, _ in pairs], [b for _, b in pairs])
        said = f"κ = {k:.2f}" if k is not None else "两边都只有一种判断，κ 无从计算"
        counts = "，".join(
            f"模型{'是' if a else '否'}程序{'是' if b else '否'} {pairs.count((a, b))}"
            for a in (True, False)
            for b in (True, False)
        )
        lines.append(f"{name}：一致 {same} / {len(pairs)}，{said}（{counts}）")
    return lines


def is_correct(one: Score) -> bool:
    """By the program: refused where it should be; else all gold cited, all facts stated, nothing forbidden."""
    if one.case.refuse:
        return one.refused == 1
    return one.cited == 1 and one.facts in (None, 1) and not one.forbidden


def is_grounded(one: Score) -> bool:
    """By the program: no invented article, no unfaithful quote, no figure out of nowhere."""
    return not (one.invented or one.unfaithful or one.unsupported)


def _with(one: Score, verdict: ModelVerdict | None) -> Score:
    if verdict is None:
        return one
    return replace(one, correct=float(verdict.correct), grounded=float(verdict.grounded), verdict=verdict.why[:300])


def _prompt(one: Score, labels: Labels, articles: dict[str, Article]) -> Sequence[Message]:
    case, answer = one.case, one.answer
    assert answer is not None
    expected = [f"应当拒答：{case.reason or '理由不限'}"] if case.refuse else []
    expected += [f"要点：{m}" for m in case.must_contain] + [f"不许说：{m}" for m in case.must_not_contain]
    before = [f"{t.get('role')}：{t.get('content')}" for t in case.history]
    cited = [a for id_ in dict.fromkeys(c.id for c in answer.citations) if (a := articles.get(id_))]
    gold = [a for g in case.gold for a in labels.articles(g)]
    return load_prompt("scoring").render(
        question=as_data("\n".join([*before, case.question])),
        expected=as_data("\n".join(expected) or "见 gold"),
        gold=as_data(_texts(gold)),
        cited=as_data(_texts(cited)),
        answer=as_data(answer.text),
    )


def _texts(articles: Sequence[Article]) -> str:
    return "\n\n".join(f"{a.id} {a.label} {a.heading}\n{a.text}" for a in articles) or "（无）"
