"""All the rules on a body are asked for where nothing but the body is named."""

import pytest

from assistant.understand.breadth import Breadth, breadth_of


def _read(question: str) -> Breadth:
    return breadth_of(question, question, several=False, named=True)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("概括一下对物业企业的主要规定", ("物业企业",)),
        ("整理对高校、科研机构的全部规定", ("高校", "科研机构")),
        ("养老机构能享受哪些优惠待遇", ("养老机构",)),
        ("对年轻的技术人员都有什么优待", ("青年科技人才",)),
        ("比较一下对高层次人才的做法", ("高层次人才",)),
    ],
)
def test_the_rules_on_a_body_are_a_set_by_its_name(question: str, names: tuple[str, ...]) -> None:
    breadth = _read(question)
    assert (breadth.kind, breadth.words) == ("set", names)
    assert breadth.actors


@pytest.mark.parametrize(
    "question",
    [
        "企业贷款有哪些规定",  # a matter
        "高校和企业怎么合作有哪些规定",
        "养老机构有没有补贴的规定",  # whether
        "企业要承担什么义务",  # duties
        "残疾人能享受哪些优惠",  # people
        "对海外高层次人才有哪些便利",  # whence they come
        "青年人才由谁培养",
        "城管部门的规定有哪些",  # a department
    ],
)
def test_a_matter_duties_people_and_offices_are_no_such_set(question: str) -> None:
    breadth = _read(question)
    assert not (breadth.kind == "set" and breadth.actors)
