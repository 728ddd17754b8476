"""A help is asked for by its sort alone where nothing but it, and those who get it, is named."""

import pytest

from assistant import Assistant
from assistant.understand.breadth import Breadth, breadth_of


def _read(question: str) -> Breadth:
    return breadth_of(question, question, several=False, named=True)


@pytest.mark.parametrize(
    ("question", "means", "classes"),
    [
        ("条例里一共有哪些补贴、奖励", ("补助", "奖励"), ()),
        ("政府给企业设了哪些津贴", ("补助",), ("企业",)),
        ("都有哪些减免税政策", ("税收",), ()),
    ],
)
def test_a_sort_of_help_is_a_set_by_its_means(question: str, means: tuple[str, ...], classes: tuple[str, ...]) -> None:
    breadth = _read(question)
    assert (breadth.means, breadth.by_norms, breadth.actors) == (means, True, classes)


@pytest.mark.parametrize(
    "question",
    [
        "养老床位有哪些补贴",  # a matter
        "项目有哪些奖励",
        "列一下对见义勇为个人的奖金",
        "有没有购房补贴",  # whether
        "补贴由哪些部门发放",  # whose task
        "专项资金有哪些",  # what rules mostly manage
        "奖励多少钱",  # a figure
    ],
)
def test_what_a_help_is_for_and_what_is_asked_of_it_are_no_such_set(question: str) -> None:
    assert not _read(question).means


def test_a_list_by_means_says_its_ground_and_gives_what_norms_give(helper: Assistant) -> None:
    answer = helper.ask("常州市和洛阳市分别设了哪些奖励")
    assert answer.text.startswith("按办法「奖励」")
    library = helper.library()
    for citation in answer.citations:
        norms = [n for n in library.norms_of_article(citation.id) if n.paragraph == citation.paragraph]
        assert any("奖励" in n.means for n in norms)
    assert {c.city for c in answer.citations} == {"常州市", "洛阳市"}
    assert not any("不再给予" in c.quote for c in answer.citations)  # no help is given by that
