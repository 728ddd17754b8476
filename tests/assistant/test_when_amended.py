"""When and how often a text was amended is told from its own lines: all of them, and the last as the last."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant import Assistant

LAW = """# 海城市湿地保护条例

2003年5月8日 海城市第十届人民代表大会常务委员会第三次会议通过

2011年9月20日 海城市第十二届人民代表大会常务委员会第九次会议《关于修改〈海城市湿地保护条例〉的决定》修正

2022年3月4日 海城市第十四届人民代表大会常务委员会第二次会议修订

第一条 为了保护湿地，制定本条例。
第二条 市人民政府设立湿地保护专项资金。
第三条 本条例自2022年6月1日起施行。
"""


def test_every_amendment_and_the_last_as_the_last(holding: Callable[..., Assistant]) -> None:
    helper = holding(haicheng=LAW)
    for question in ("海城条例最近一次修改是什么时候", "海城市湿地保护条例修订过几次", "海城的条例哪年修正的"):
        told = helper.ask(question).text
        assert "2011年9月20日、2022年3月4日先后修改" in told, question
        assert "最近一次是2022年3月4日" in told, question
    assert "2003年5月8日" in helper.ask("海城市湿地保护条例哪年通过的").text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("常州条例最近一次修改是什么时候", "没有载明修改"),
        ("洛阳条例修订过几次", "后来已被修正"),
    ],
)
def test_a_text_that_tells_of_none_is_not_made_to(question: str, said: str, helper: Any) -> None:
    assert said in helper.ask(question).text.splitlines()[0]


@pytest.mark.parametrize("question", ["国家科技进步法修订过几次", "种子法什么时候施行", "国家反垄断法现在还有效吗"])
def test_a_law_that_is_not_held_is_not_answered_from_another(question: str, helper: Any) -> None:
    answer = helper.ask(question)
    assert answer.reason == "city_not_in_corpus"
    assert not answer.citations
