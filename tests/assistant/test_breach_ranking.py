"""A consequence that names the broken article by number alone has no word of the question: the number leads to it."""

from collections.abc import Callable

import pytest

from assistant import Assistant

DOCUMENT = """海城市热气球促进条例

第一条 为了促进热气球事业，制定本条例。
第二条 热气球应当在划定的区域起飞。
第三条 经营者应当购买第三者责任保险。
第四条 乘客应当遵守安全须知，不得携带易燃物品。
第五条 起飞前应当进行气象会商。
第六条 鼓励学校开展航空科普活动。
第七条 操作人员应当持证上岗，每年接受培训。
第八条 市人民政府应当建设起降场地。
第九条 违反本条例第三条规定的，由市场监督管理部门责令改正，处五千元罚款。
第十条 违反本条例第七条规定的，由体育部门责令改正，处二千元罚款。
第十一条 违反本条例第二条规定的，由体育部门责令改正，处二百元罚款。
第十二条 本条例自2024年5月1日起施行。
"""


@pytest.fixture(scope="module")
def ranked(holding: Callable[..., Assistant]) -> Callable[[str], list[int]]:
    helper = holding(haicheng=DOCUMENT)
    return lambda question: [h.article for h in helper.ask(question, cities=["海城"]).hits]


def test_where_a_consequence_is_asked_the_one_that_names_the_rule_is_among_the_first(ranked):
    found = ranked("海城玩热气球的老板没买保险，会怎么样")
    assert {3, 9} <= set(found[:4])


def test_where_none_is_asked_the_ranking_is_left_alone(ranked):
    assert 9 not in ranked("海城热气球从哪里起飞")[:2]
