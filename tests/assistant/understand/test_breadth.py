"""How much is asked for: questions that must not become lists."""

import pytest

from assistant.understand.breadth import breadth_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("企业买科技保险有补助吗", "fact"), ("孵化器归谁管", "fact"), ("哪些条写到了长三角", "words"),
        ("概括一下这部草案", "outline"), ("财政部门要做哪些事", "duties"),
        ("跟科研诚信、宽容失败有关的规定都有哪些", "set"), ("企业要符合什么条件", "fact"),
    ],
)  # fmt: skip
def test_a_single_fact_is_no_list(question: str, kind: str) -> None:
    assert breadth_of(question, question, several=False).kind == kind


def test_two_regulations_differ_as_a_whole_or_in_one_matter() -> None:
    assert breadth_of("常州和武汉的主要区别在哪", "主要区别在哪", several=True).kind == "differences"
    assert breadth_of("常州和武汉的科技保险补助有什么区别", "科技保险补助有什么区别", several=True).kind == "fact"
