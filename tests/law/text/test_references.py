"""Article numbers in a question: exact ones, and nothing that only looks like one."""

import pytest

from law.text.references import LAST, Reference, references_in

R = Reference
WRITTEN = {
    "武汉第58条": R(58),
    "武汉第五十八条": R(58),
    "第 五 十 八 条": R(58),
    "58条讲什么": R(58),
    "常州二十条": R(20),
    "第一百零二条": R(102),
    "article 20 of 常州": R(20),
    "art. 7": R(7),
    "第十条之一": R(10, suffix=1),
    "第五十八条第二款": R(58, paragraph=2),
    "第58条第2款": R(58, paragraph=2),
    "第58条的第二款": R(58, paragraph=2),
    "第二十条最后一款": R(20, paragraph=LAST),
    "第二十条末款": R(20, paragraph=LAST),
    "第三十三条第三项": R(33, item=3),
    "第三十三条第(三)项": R(33, item=3),
    "第三十三条第一款第(三)项": R(33, paragraph=1, item=3),
    "第二款呢": R(paragraph=2),
    "最后一款": R(paragraph=LAST),
    "第(三)项呢": R(item=3),
    "上一条": R(step=-1),
    "前条": R(step=-1),
    "下一条呢": R(step=1),
    "第七章讲什么": R(chapter=7),
}


@pytest.mark.parametrize(("text", "reference"), WRITTEN.items(), ids=WRITTEN.keys())
def test_a_reference_is_read(text: str, reference: Reference) -> None:
    assert references_in(text) == (reference,)


@pytest.mark.parametrize(
    "text",
    ["出台了三条措施", "三条意见", "有三条建议", "共提出12条措施", "条件是什么", "一条龙服务", "第三方机构", "第一时间",
     "科技企业孵化器", "三款产品", "五项措施", "全市共十二条大街", "三大条块", ""],
)  # fmt: skip
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert references_in(text) == ()


def test_a_number_is_read_whole() -> None:
    assert [r.number for r in references_in("第一百二十条")] == [120]
    assert [r.number for r in references_in("第120条")] == [120]
    assert [r.number for r in references_in("第二百二十条和第二十条")] == [220, 20]


def test_several_references_are_read_in_order_and_once() -> None:
    found = references_in("第58条和第六十条第二款，还有第58条")
    assert found == (R(58), R(60, paragraph=2))


def test_a_paragraph_belongs_to_the_article_before_it() -> None:
    assert references_in("第五条、第六条第三款") == (R(5), R(6, paragraph=3))


@pytest.mark.parametrize("text", ["第" + "九" * 40 + "条", "第" + "9" * 400 + "条", "第零条", "第" * 3000, "条" * 3000])
def test_impossible_numbers_are_none_and_cost_nothing(text: str) -> None:
    assert references_in(text) == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("常州第七十四条到第七十六条", [74, 75, 76]), ("洛阳第44-47条", [44, 45, 46, 47]), ("武汉58、59条", [58, 59]),
        ("第四十四条至第四十七条", [44, 45, 46, 47]), ("武汉最后一条", [-1]), ("洛阳倒数第二条", [-2]),
        ("第二十条到第二条", [20, 2]),
    ],
)  # fmt: skip
def test_a_range_or_list_loses_no_article(question: str, numbers: list[int]) -> None:
    assert [r.number for r in references_in(question)] == numbers


@pytest.mark.parametrize("question", ["第二十条第二款和第三款", "第二十条第二、三款", "第二十条第二至三款"])
def test_a_list_of_paragraphs_loses_none(question: str) -> None:
    assert [(r.number, r.paragraph) for r in references_in(question)] == [(20, 2), (20, 3)]


def test_a_chapter_before_the_number_belongs_to_it() -> None:
    (reference,) = references_in("武汉第七章第五十五条")
    assert (reference.number, reference.chapter) == (55, 7)
