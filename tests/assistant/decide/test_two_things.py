"""A message that asks several things: each gets its own answer or its own silence."""

import pytest

from assistant import Assistant
from assistant.understand.asked import asked_in
from law.text.script import plain


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("企业买科技保险有补助吗?", ["企业买科技保险有补助吗"]),
        ("奖不奖励?奖多少?", ["奖不奖励", "奖多少"]),
        ("查两点：①孵化器归谁管 ②买保险补不补", ["孵化器归谁管", "买保险补不补"]),
        ("1. 孵化器归谁管 2. 买保险补不补", ["孵化器归谁管", "买保险补不补"]),
        ("一问孵化器归谁管,二问买保险补不补", ["孵化器归谁管", "买保险补不补"]),
        ("孵化器由谁管、怎么申请", ["孵化器由谁管", "怎么申请"]),
        ("资助、考核由谁管", ["资助、考核由谁管"]),
        ("孵化器有何支持；企业上市有何便利", ["孵化器有何支持", "企业上市有何便利"]),
        ("讲讲孵化器的用地和科技企业的上市", ["讲讲孵化器的用地", "科技企业的上市"]),
        ("孵化器的用地和科技企业的上市归谁管", ["孵化器的用地和科技企业的上市归谁管"]),
        ("我们公司做软件,想贷款。银行肯不肯用专利抵押?还有孵化器归谁管?", ["银行肯不肯用专利抵押", "孵化器归谁管"]),
    ],
)
def test_a_story_is_no_question(text: str, asked: list[str]) -> None:
    assert [a.text for a in asked_in(text)] == asked


def test_two_matters_get_their_two_articles(helper: Assistant) -> None:
    answer = helper.ask("武汉买科技保险有补助吗?另外搞人工智能研究要过伦理审查吗?")
    assert {"wuhan/58", "wuhan/69"} <= {c.id for c in answer.citations}
    assert answer.unstated == ()


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("洛阳科技统计归谁管?科技资源共享的机制哪类单位要建", {"luoyang/41", "luoyang/22"}),
        ("常州科研院所编标准支持吗?民间能不能自己设科技奖", {"changzhou/18", "changzhou/72"}),
        ("武汉的大学要不要对外开放大型设备?常州哪里建科创飞地?", {"wuhan/35", "changzhou/46"}),
    ],
)
def test_an_article_that_surely_states_a_thing_is_cited_however_near_the_next_one_is(
    helper: Assistant, text: str, articles: set[str]
) -> None:
    answer = helper.ask(text)
    assert articles <= {c.id for c in answer.citations}
    assert answer.unstated == ()


def test_what_is_stated_is_answered_and_what_is_not_is_said(helper: Assistant) -> None:
    answer = helper.ask("武汉的企业买科技保险补不补?每年最高补几万元?")
    assert not answer.refused
    assert "wuhan/58" in {c.id for c in answer.citations}
    assert len(answer.unstated) == 1
    assert "金额" in answer.unstated[0]
    assert f"条文没有写明：{answer.unstated[0]}。" in answer.text
    assert answer.as_dict()["unstated"] == answer.unstated


def test_only_what_has_no_answered_part_is_refused(helper: Assistant) -> None:
    answer = helper.ask("武汉科技保险补助每年最高几万元?")
    assert (answer.refused, answer.reason, answer.unstated) == (True, "not_stated", ())
    assert "没有写明" in plain(answer.text)
