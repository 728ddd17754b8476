"""Of several regulations of one city a question that names the city alone asks of one matter."""

from collections.abc import Callable

import pytest

from assistant import Assistant

DOGS = """海城市养犬管理条例

第一条 为了规范养犬行为，制定本条例。
第二条 犬只应当每年接种狂犬病疫苗。
第三条 携犬外出应当用牵引绳牵领，绳长不得超过二米。
第四条 公安机关负责养犬登记。
第五条 禁止携带犬只乘坐公共交通工具。
第六条 本条例自2024年5月1日起施行。
"""
WATER = """海城市供水条例

第一条 为了加强供水管理，制定本条例。
第二条 供水单位应当每年清洗水箱。
第三条 水质应当符合国家卫生标准。
第四条 供水单位停水应当提前二十四小时通知用户。
第五条 供水单位应当公布服务电话。
第六条 本条例自2024年5月1日起施行。
"""


@pytest.fixture(scope="module")
def helper(holding: Callable[..., Assistant]) -> Assistant:
    return holding(dogs=DOGS, water=WATER)


@pytest.mark.parametrize(
    ("question", "title"),
    [("海城遛狗的绳子最长多少米", "海城市养犬管理条例"), ("海城停水要提前多久通知用户", "海城市供水条例")],
)
def test_the_regulation_of_the_matter_answers_and_nothing_is_said_of_the_other(helper: Assistant, question, title):
    answer = helper.ask(question)
    assert {c.regulation for c in answer.citations} == {title}
    assert "没有找到" not in answer.text


def test_a_regulation_named_by_its_title_is_told_to_be_silent(helper: Assistant):
    answer = helper.ask("海城市养犬管理条例和海城市供水条例里，停水要提前多久通知用户")
    assert {c.regulation for c in answer.citations} == {"海城市供水条例"}
    assert "《海城市养犬管理条例》" in answer.text
