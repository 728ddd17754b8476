"""What likeness does not tell: a consequence names the broken article by number, alike articles differ in words, and
one city's article stands in the place of another's."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.raising import with_what_stands_alike, with_words_told
from assistant.understand.question import understand

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


ALIKE = """晋江市供水条例

第一条 为了加强供水管理，制定本条例。
第二条 供水单位未按照规定检修设施，或者供水压力不符合标准的，处五千元以上二万元以下罚款。
第三条 供水设施与消防设施混用，或者擅自停用供水设施的，处五千元以上二万元以下罚款。
第四条 供水单位提供的水质不符合卫生标准的，处二万元以上五万元以下罚款。
第五条 供水单位应当公布服务电话。
第六条 本条例自2024年5月1日起施行。
"""

ELSEWHERE = """临海市热气球管理办法

第一条 为了规范热气球活动，制定本办法。
第二条 热气球飞行活动的组织者应当投保第三者责任险。
第三条 本市在滨海新区开设热气球观光线路。
第四条 驾驶热气球的人员应当取得相应执照。
第五条 本办法自2024年5月1日起施行。
"""


@pytest.fixture(scope="module")
def helper(holding: Callable[..., Assistant]) -> Assistant:
    return holding(haicheng=DOCUMENT, jinjiang=ALIKE, linhai=ELSEWHERE)


@pytest.fixture(scope="module")
def ranked(helper: Assistant) -> Callable[[str], list[int]]:
    return lambda question: [h.article for h in helper.ask(question, cities=["海城"]).hits]


def test_where_a_consequence_is_asked_the_one_that_names_the_rule_is_among_the_first(ranked):
    found = ranked("海城玩热气球的老板没买保险，会怎么样")
    assert {3, 9} <= set(found[:4])


def test_where_none_is_asked_the_ranking_is_left_alone(ranked):
    assert 9 not in ranked("海城热气球从哪里起飞")[:2]


def test_of_articles_that_are_alike_the_one_with_the_words_comes_first(helper: Assistant):
    for question, number in (("供水设施与消防设施混用的处多少罚款", 3), ("水质不符合卫生标准的处多少罚款", 4)):
        assert helper.ask(question, cities=["晋江"]).hits[0].article == number


def test_no_article_is_lowered_and_with_likely_questions_none_is_raised(helper: Assistant):
    library = helper.library()
    question = understand("擅自停用罚多少", library.regulations)
    scored = library.searcher.score(helper.path.deciding.embed(question.topic), question.topic)
    worst_first = replace(scored, total=-scored.total)
    for bare in (True, False):
        ids = [
            r.id for r in library.regulations if (r.place == "晋江市") == bare and r.place not in ("海城市", "临海市")
        ]
        raised = with_words_told(question, library, worst_first, ids).total - worst_first.total
        assert ids
        assert (raised >= 0).all()
        assert raised.any() == bare


def test_what_stands_in_the_place_of_the_best_article_elsewhere_is_raised_half_the_way(helper: Assistant):
    library = helper.library()
    at = library.searcher.index_of
    question = understand("玩热气球的老板要不要买第三者责任保险", library.regulations)
    scored = library.searcher.score(helper.path.deciding.embed(question.topic), question.topic)
    own = dict(zip(library.searcher.article_ids, scored.total.tolist(), strict=True))
    raised = with_what_stands_alike(library, scored, ("haicheng", "linhai")).total
    best, alike = at("haicheng/3"), at("linhai/2")
    assert own["haicheng/3"] > own["linhai/2"]
    assert raised[alike] == pytest.approx((scored.total[best] + scored.total[alike]) / 2)
    assert [i for i, (a, b) in enumerate(zip(raised, scored.total, strict=True)) if a != b] == [alike]
    alone = with_what_stands_alike(library, scored, ("haicheng",)).total
    assert (alone == scored.total).all()
