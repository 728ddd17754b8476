"""Whatever stands where a number stands: that number is looked up, or it is said that nobody can read it."""

from bundled import HELD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.understand.question import understand
from law.text.numerals import article_label, to_int

CITY = {"武汉": "wuhan", "洛阳": "luoyang", "常州": "changzhou"}
NUMERALS = st.text("一二三四五六七八九十百千万零〇廿卅两贰拾0123456789５①.-", min_size=1, max_size=9)
JOINTS = st.sampled_from(["、", "和", "，", "以及", "与"])
SLOW = (HealthCheck.function_scoped_fixture,)


@given(st.sampled_from(list(CITY)), NUMERALS)
@settings(max_examples=250, deadline=None)
def test_any_string_gives_its_number_or_is_handed_back(city: str, written: str) -> None:
    question = understand(f"{city}第{written}条", HELD)
    read = {r.number for r in question.references}
    if "-" in written:  # a range names what lies between its ends
        return
    assert read <= {to_int(written)}, written
    assert read or question.unread, written


@given(st.sampled_from(list(CITY)), NUMERALS)
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
def test_no_article_is_cited_that_the_number_does_not_name(helper: Assistant, city: str, written: str) -> None:
    answer = helper.ask(f"{city}第{written}条")
    named = {r.number for r in understand(f"{city}第{written}条", HELD).references}
    assert {c.article for c in answer.citations} <= named
    assert {c.id.partition("/")[0] for c in answer.citations} <= {CITY[city]}
    assert answer.citations or answer.reason == "no_such_article"


@given(st.lists(st.integers(1, 90), min_size=1, max_size=5, unique=True), JOINTS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_numbers_told_one_by_one_are_all_looked_up_and_no_others(numbers: list[int], joint: str, chinese: bool) -> None:
    said = joint.join(article_label(n) if chinese else f"第{n}条" for n in numbers)
    assert [r.number for r in understand(f"武汉{said}", HELD).references] == numbers


@given(st.sampled_from([r.id for r in HELD]), st.integers(1, 40), st.integers(0, 30), st.integers(1, 3))
@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
def test_a_name_with_letters_lost_and_a_number_is_looked_up_right_or_asked_back(
    helper: Assistant, id_: str, number: int, at: int, lost: int
) -> None:
    title = next(r.title for r in HELD if r.id == id_)
    at %= len(title) - 4  # the class of the law (条例) stays
    answer = helper.ask(f"{title[:at]}{title[min(at + lost, len(title) - 4) :]}第{number}条")
    assert {c.article for c in answer.citations} <= {number}
    owners = {c.id.partition("/")[0] for c in answer.citations}
    assert owners <= {id_} or owners == {r.id for r in HELD if r.find(number)}, answer.text
    assert answer.citations or answer.refused
