"""What costs more than its length: repeats that make a pattern look at everything from every place.

Processor time, not the clock: the bounds hold on a busy machine too.
"""

import random
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.verify import judge
from evals.slowness import slowness
from law.errors import FatiaoError

#: Seconds for one sentence and for one question of 2,000 characters: a free machine needs .09 and .7, and .2 for a
#: sentence of all kinds of clauses at once.
JUDGE, ASK = 0.18, 2.0
_DICE = random.Random(7)
#: No repeats: every clause is another, words of the law and figures in any order.
MIXED = tuple(
    "".join(_DICE.choice(words) for _ in range(2000))
    for words in (
        ("企业", "应当", "不得", "三年", "可以", "支持", "的", "，", "，", "。", "70%", "市人民政府", "第三条"),
        "应当可以不得的，，，。；企业单位三五年七成给予补助奖励对由",
        "甲乙丙丁戊己庚辛壬癸，一二三四五六",
    )
)
REPEATS = (
    "一", "1", "1,", "第1-29条", "不低于70%，", "应当", "科技", "科技、", "管理", "（一）", "《", "“", "1年", "万",
    "第一条、", "，", "不", "武汉", "企业", "第", "条", "第一章", "百分之", "一半", "%", "。", "\n", "①", "9.", "一百",
    "一 ", "除外", "由", "市人民政府", "在前提下", "对", "一至", "二〇二五年", "不得", "免", "https://a", "[A1]", "|",
    "以上", "请", "前款", "《《》", "附件1", "72%", "三项", "和", "和和,", "5个和", "、三类", "2031年", "八百万元，",
    "不超过9倍", "500万元", "72%×", "三年，", "万元，", *MIXED,
)  # fmt: skip
SHORT = ("一", "第1-29条", "不低于70%，", "1,", "万", "第一条、", "《《》", "请")


def _within(seconds: float, work: Callable[[str], object]) -> bool:
    """Whether it takes less of the processor in one of three runs: what shares the core beside it counts too.

    Each run begins with another character, so that none finds what the one before it has read.
    """
    spent = (_spent(lambda first=first: work(first)) for first in "甲乙丙")
    return any(s < seconds or s < seconds * slowness() for s in spent)


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("repeat", REPEATS, ids=lambda said: said[:12])
def test_a_sentence_is_judged_in_time_that_its_length_bounds(repeat: str, helper: Assistant) -> None:
    cited = [helper.article("changzhou/20"), helper.article("wuhan/58")]
    judge("科技", cited)
    bound = 2 * JUDGE if repeat in MIXED else JUDGE
    assert _within(bound, lambda first: judge((first + repeat * 2000)[:2000], cited))


def test_an_endless_sentence_is_refused_at_once(helper: Assistant) -> None:
    cited = [helper.article("wuhan/58")]
    for said in ("一" * 4000, "科技" * 100_000):
        assert _within(0.1, lambda first, said=said: judge(first + said, cited))
        assert not judge(said, cited).supported


def test_a_sentence_of_hundreds_of_clauses_is_not_judged_and_says_so(helper: Assistant) -> None:
    cited = [helper.article("wuhan/58")]
    assert "分句" in judge("三年，" * 400, cited).reasons[0]
    listed = "支持设立科技保险专营机构，" * 60  # of a list there may be many
    assert not any("分句" in r for r in judge(listed, cited).reasons)


@pytest.mark.parametrize("repeat", SHORT)
def test_a_question_is_answered_in_time_that_its_length_bounds(repeat: str, helper: Assistant) -> None:
    helper.ask("科技")
    assert _within(ASK, lambda first: helper.ask((first + repeat * 2000)[:2000]))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    repeat=st.text("一1第条，。不应当年%《“科技 -至、", min_size=1, max_size=6),
    between=st.text("企业元万之", max_size=3),
)
def test_any_repeat_is_judged_in_time(repeat: str, between: str, helper: Assistant) -> None:
    cited = [helper.article("wuhan/58")]
    said = (repeat * 20 + between) * 400
    assert _within(2 * JUDGE, lambda first: judge((first + said)[:2000], cited))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_any_question_gives_an_answer_or_an_error_of_our_own(text: str, helper: Assistant) -> None:
    with suppress(FatiaoError):
        helper.ask(text)
