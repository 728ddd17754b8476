"""Numbers of articles, exactly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.text.numerals import DIGITS, NUMBER, article_label, to_chinese, to_int, value_of

_CHARACTERS = DIGITS.replace("0-9０-９", "0123456789０５")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("五十八", 58), ("一百", 100), ("一百〇二", 102),
        ("一〇二", 102),
        ("一百一十二", 112), ("一千二百六十", 1260), ("廿三", 23), ("卅", 30), ("58", 58), ("５８", 58),
        ("五 十 八", 58),
        ("贰拾", 20), ("兩百", 200),
    ],
)  # fmt: skip
def test_every_way_to_write_a_number(text, value):
    assert to_int(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "章", "第", "百", "甲乙", "一二三四五六七八九十一二三", "1.5", "²", "二十〇", "十一十二", "三百零十一",
     "三五十", "一百零零五", "一百零", "一二", "一百二", "百二", "5十", "二十二十", "十百", "九" * 400],
)  # fmt: skip
def test_what_is_no_number_is_none_and_not_an_error(text):
    assert to_int(text) is None


def test_twenty_is_not_found_inside_one_hundred_and_twenty():
    found = re.findall(rf"第({NUMBER})条", "第一百二十条、第二十条")
    assert [to_int(n) for n in found] == [120, 20]


@given(st.integers(1, 2999))
def test_a_number_survives_being_written_in_chinese(number):
    assert to_int(to_chinese(number)) == number
    assert to_int(str(number)) == number


def test_labels():
    assert [article_label(0), article_label(10), article_label(10, 1), article_label(120)] == [
        "题注", "第十条", "第十条之一", "第一百二十条",
    ]  # fmt: skip


def test_every_number_that_an_article_may_have_is_written_as_cn2an_writes_it() -> None:
    import cn2an

    for number in range(1, 3000):
        oracle = cn2an.an2cn(number)
        assert to_chinese(number) == (oracle[1:] if oracle.startswith("一十") else oracle)


def test_a_number_that_no_article_reaches_keeps_its_digits() -> None:
    assert to_chinese(12_345) == "12345"


@given(st.text(_CHARACTERS, max_size=14))
def test_any_string_of_numeral_characters_is_a_number_or_none(text: str) -> None:
    number = to_int(text)
    assert number is None or (isinstance(number, int) and 0 <= number <= 10_000)
    if number is not None:
        assert value_of("".join(text.split())) in (number, None)
        assert to_int(to_chinese(number)) == number


@given(st.text(max_size=30))
def test_no_text_at_all_makes_the_reader_fail(text: str) -> None:
    to_int(text)
    value_of(text)


@given(st.integers(1, 10**11))
def test_a_figure_survives_being_written_in_chinese(number: int) -> None:
    import cn2an

    assert value_of(cn2an.an2cn(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("三百五", 350), ("三万五", 35_000), ("一万亿", 10**12), ("一亿二千万", 120_000_000), ("十四五", None)],
)
def test_a_figure_is_read_as_it_is_spoken(text: str, value: int | None) -> None:
    assert value_of(text) == value
