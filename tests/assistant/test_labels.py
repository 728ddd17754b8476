"""What is no 条 is named by its own label, whatever label the parser gives it."""

import pytest

from assistant.retrieve import follow
from assistant.understand.question import understand
from law.corpus import regulation_of
from law.formats.document import decode

PLAN = "海城市数字经济行动方案\n一、总体目标\n建成两个。\n二、重点任务\n（一）建设算力平台。\n（二）培育企业。\n"
SIGNS = "海城市服务措施\n（一）减免租金。\n（二）发放补助。\n"
NUMBERS = "海城市服务措施\n1．减免租金。\n2．发放补助。\n"
ANNEXES = "海城市船位规定\n第一条　见附件。\n第二条　施行。\n附表二　收费标准\n区域\t元\n东\t5\n"


@pytest.mark.parametrize(
    ("text", "asked", "label"),
    [
        (PLAN, "海城市数字经济行动方案二、（一）讲什么", "二、（一）"),
        (PLAN, "海城市数字经济行动方案一、的目标", "一、"),
        (SIGNS, "海城市服务措施（二）怎么写", "（二）"),
        (NUMBERS, "海城市服务措施1.讲什么", "1."),
        (ANNEXES, "海城市船位规定附表二的东区", "附表二"),
    ],
)
def test_a_provision_is_found_by_the_label_that_it_was_given(text: str, asked: str, label: str) -> None:
    held = [regulation_of(decode(text.encode(), "haicheng.txt"))]
    given = [a.label for a in held[0].articles]
    found = [a.label for look in follow(understand(asked, held), held) for a in look.articles]
    assert [g for g in given if g.replace("．", ".") == label] == found
