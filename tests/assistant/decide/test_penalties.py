"""What follows when a rule is broken stands elsewhere: it is followed by reference, or said to be missing."""

from collections.abc import Callable

from assistant import Assistant

DOCUMENT = """海城市热气球促进条例

第一条 为了促进热气球事业，制定本条例。
第二条 热气球应当在划定的区域起飞。
第三条 经营者应当购买保险。
第四条 违反本条例第二条规定的，由体育部门处二百元罚款。
违反本条例第三条规定，逾期不改正的，由市场监督管理部门处五千元罚款。
第五条 本条例自2024年5月1日起施行。
"""


def test_the_penalty_is_that_of_the_article_that_names_the_broken_one(holding: Callable[..., Assistant]) -> None:
    ask = holding(haicheng=DOCUMENT).ask
    for question, paragraph, figure in (
        ("海城违反第二条怎么处罚", 1, "二百元"),
        ("违反海城市热气球促进条例第三条会受到什么处罚", 2, "五千元"),
    ):
        (citation,) = ask(question).citations
        assert (citation.article, citation.paragraph) == (4, paragraph)
        assert figure in citation.quote
    unpunished = ask("海城违反第五条怎么处罚")
    assert unpunished.refused
    assert "没有哪一条写明违反第五条的处罚" in unpunished.text


def test_a_regulation_without_penalties_is_said_to_have_none_and_its_exemption_is_not_cited(helper):
    answer = helper.ask("违反常州条例会受到什么处罚")
    assert (answer.refused, answer.reason, answer.citations) == (True, "not_stated", ())
    assert "没有规定违反后的处罚" in answer.text


def test_all_consequences_of_a_regulation_are_listed(helper):
    answer = helper.ask("违反洛阳的条例会受到什么处罚")
    assert {c.article for c in answer.citations} >= {44, 45, 46, 47}


def test_a_breach_that_a_city_names_otherwise_is_answered_by_what_follows_from_it(helper: Assistant) -> None:
    answer = helper.ask("伪造数据三个城市各怎么处罚")
    assert {"changzhou/73", "luoyang/46", "wuhan/70"} <= {c.id for c in answer.citations}
