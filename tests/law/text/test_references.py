"""Article numbers in a question: exact ones, and nothing that only looks like one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.text.numbered import LONGEST_RANGE
from law.text.numerals import article_label, to_chinese
from law.text.references import LAST, Reference, article_named, read_references, references_in, without_references

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


READ = {
    "第2条之1": [(2, 1)],
    "第二条之十一": [(2, 11)],
    "第三条之一到之三": [(3, 1), (3, 2), (3, 3)],
    "第三条之一至第三条之三": [(3, 1), (3, 2), (3, 3)],
    "第三条之一、之四": [(3, 1), (3, 4)],
    "第五十至五十六条": [(n, 0) for n in range(50, 57)],
    "第1-29条": [(n, 0) for n in range(1, 30)],
    "第二十条和三十条": [(20, 0), (30, 0)],
    "常州20条和洛阳第90条": [(20, 0), (90, 0)],
    "常州条例五条讲什么": [(5, 0)],
    "最后两条": [(-2, 0), (-1, 0)],
    "第58条一线科研人员": [(58, 0)],
    "第20条、5000元": [(20, 0)],
    "2024-2025年第3条": [(3, 0)],
}


@pytest.mark.parametrize(("text", "places"), READ.items(), ids=READ.keys())
def test_suffixes_ranges_and_lists_lose_no_article_and_add_none(text: str, places: list[tuple[int, int]]) -> None:
    assert [(r.number, r.suffix) for r in references_in(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "企业建第二条生产线", "拉了第十条中试线,能申请吗", "打造第二条增长曲线", "第三条跑道", "修第二条地铁隧道",
        "意见132条", "科创二十条有什么", "满足以下条件", "第一条消息是什么", "出台二十条措施",
    ],
)  # fmt: skip
def test_what_is_counted_by_tiao_is_no_article_and_nothing_unread(text: str) -> None:
    read = read_references(text)
    assert (read.references, read.unread) == ((), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("第二十〇条", "第二十〇条"), ("武汉20.3条", "20.3条"), ("第零款", "第零款"),
        ("第二十条第零款", "第二十条第零款"),
        ("第零条", "第零条"), ("武汉第②条", "第②条"), ("5″8条", "5″8条"), ("第5'8条", "第5'8条"), ("第⑩条", "第⑩条"),
    ],
)  # fmt: skip
def test_what_stands_for_a_number_and_is_none_is_handed_back(text: str, said: str) -> None:
    read = read_references(text)
    assert (read.references, read.unread) == ((), (said,))


def test_a_range_without_end_is_read_up_to_a_bound_and_said_to_be_cut() -> None:
    read = read_references("第1-9000条")
    assert len(read.references) == LONGEST_RANGE
    assert read.cut == ("第1-9000条",)


def test_the_article_beside_one_with_a_suffix_is_left_to_the_order_of_the_text() -> None:
    assert references_in("第二条之一的下一条") == (R(2, 1, step=1),)


NASTY = ["第1-29条", "1、", "第", "一", "第一", "第1条之", "第1条、", "第 1 ", "前两条", "(1)", "1-",
         "第1条的", "5″8", "第1条第1款和", "第一条中试", "一、二-", "条例第", "第零条", "第①条", "1.1条"]  # fmt: skip


@pytest.mark.parametrize("piece", NASTY)
def test_two_thousand_characters_of_anything_are_read_in_a_moment(piece: str) -> None:
    text = (piece * 2000)[:2000]
    began = time.process_time()
    read_references(text)
    assert time.process_time() - began < 0.5


_PIECES = ["第", "条", "款", "项", "章", "之", "一", "十", "二十", "5", "8", "〇", "零", "-", "至", "、", "和", "(",
           ")", ".", "②", "前", "最后", "上一条", "的", "条例", "武汉", "线", " "]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_any_run_of_signs_gives_places_that_the_text_names_or_none(text: str) -> None:
    read = read_references(text)
    assert all(0 <= a < b <= len(text) for a, b in read.spans)
    assert not {r.number for r in read.references} & {0} or all(r.chapter or r.step or r.paragraph or r.item
                                                              for r in read.references if not r.number)  # fmt: skip
    assert len(without_references(text, "|")) == len(text)


@given(st.integers(1, 9999), st.integers(0, 20), st.integers(0, 9), st.integers(0, 12))
def test_every_place_is_read_as_it_is_printed(number: int, suffix: int, paragraph: int, item: int) -> None:
    written = article_label(number, suffix)
    written += f"第{to_chinese(paragraph)}款" if paragraph else ""
    written += f"第({to_chinese(item)})项" if item else ""
    assert references_in(f"武汉{written}怎么规定") == (R(number, suffix, paragraph, item),)
    arabic = f"第{number}条" + (f"之{suffix}" if suffix else "") + (f"第{paragraph}款" if paragraph else "")
    assert references_in(arabic) == (R(number, suffix, paragraph),)


@given(st.text(max_size=40))
def test_no_text_at_all_makes_the_reader_of_places_fail(text: str) -> None:
    read_references(text)
    article_named(text)


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("58", (58, 0)),
        ("第五十八条", (58, 0)),
        ("五十八", (58, 0)),
        ("10.1", (10, 1)),
        ("第十条之一", (10, 1)),
        ("0", (0, 0)),
    ],
)
def test_a_label_names_one_article(label: str, place: tuple[int, int]) -> None:
    named = article_named(label)
    assert named is not None
    assert (named.number, named.suffix) == place


@pytest.mark.parametrize("label", ["二十〇", "第十一十二条", "武汉", "", "第1-3条", "1.2.3", "最后一条吗"])
def test_what_is_no_label_names_none(label: str) -> None:
    assert article_named(label) is None
