"""Several texts of one regulation: a chain by date; each says what has become of it."""

from dataclasses import replace
from datetime import date

import pytest

from law.corpus import regulation_of, without_clash
from law.formats.document import decode
from law.versions import asked_for, superseded_by, text_date, with_fates

TITLE = "青岛市停车条例"


def text(year, body="甲", title=TITLE, amended=0):
    said = f"（{year}年5月1日青岛市人民代表大会常务委员会通过"
    said += f"　{amended}年3月1日修正）" if amended else "）"
    words = f"{title}\n{said}\n第一条 {body}。\n第二条 本条例自{year}年6月1日起施行。\n"
    return regulation_of(decode(words.encode(), f"{year}-{amended}.md"))


OLD, NEW = text(2010, "停车费每小时五元"), text(2010, "停车费每小时八元", amended=2024)


def taken_in(*regulations):
    held = []
    for regulation in regulations:
        named = without_clash(regulation, held)
        held = [r for r in held if r.id != named.id] + [named]
    return with_fates(held)


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_no_version_is_dropped_and_the_older_one_says_so(order):
    held = {text_date(r): r for r in taken_in(*order)}
    assert sorted(held) == ["2010-05-01", "2024-03-01"]
    older, newer = held["2010-05-01"], held["2024-03-01"]
    assert (older.status, newer.status) == ("amended", "in_force")
    assert "2024年3月1日" in older.fate
    assert older.fate in older.notes
    assert older.id != newer.id


def test_the_same_text_and_a_corrected_one_of_the_same_day_take_the_place_of_the_old():
    (only,) = taken_in(OLD, OLD)
    assert only.sha256 == OLD.sha256
    (corrected,) = taken_in(OLD, text(2010, "停车免费"))
    assert corrected.articles[1].text == "停车免费。"


def test_what_a_later_text_did_is_undone_when_it_is_removed():
    older, newer = sorted(taken_in(OLD, NEW), key=text_date)
    (alone,) = with_fates([older])
    assert (alone.status, alone.fate, alone.notes) == ("in_force", "", ())
    assert superseded_by(older, [newer], "2020-01-01") is None


@pytest.mark.parametrize(
    ("question", "year"),
    [("停车怎么规定", 2024), ("2015年时停车怎么规定", 2010), ("修正前停车怎么规定", 2010), ("原来怎么规定停车", 2010),
     ("2024年时怎么规定", 2024), ("2025年对停车有什么要求", 2024), ("原来如此，停车呢", 2024), ("1999年时呢", 2010)],
)  # fmt: skip
def test_the_text_that_a_question_means_answers(question, year):
    held = taken_in(OLD, NEW)
    (meant,) = asked_for([r.id for r in held], held, question)
    assert text_date(next(r for r in held if r.id == meant)).startswith(str(year))


def test_a_text_that_is_not_yet_in_force_does_not_answer_for_the_one_that_is():
    coming = replace(text(2099), status="not_yet_in_force")
    held = taken_in(OLD, coming)
    (meant,) = asked_for([r.id for r in held], held, "停车怎么规定")
    assert text_date(next(r for r in held if r.id == meant)).startswith("2010")
    assert {r.status for r in held} == {"in_force", "not_yet_in_force"}


def test_another_text_that_repeals_it_is_named_with_its_article():
    words = "第二条 本条例自2020年2月1日起施行。《青岛市停车条例》同时废止。\n"
    head = "青岛市交通条例\n（2020年1月1日通过）\n第一条 甲。\n"
    other = regulation_of(decode((head + words).encode(), "b.md"), new_id="b")
    held = with_fates([OLD, other])
    gone = next(r for r in held if r.title == TITLE)
    assert gone.status == "repealed"
    assert gone.fate == "《青岛市交通条例》第二条规定废止本文。"
    early = date(2019, 1, 1)
    assert with_fates([OLD, other], early)[0].status == "in_force"


def test_a_decision_repeals_what_it_lists():
    decision = (
        "青岛市人民政府关于废止部分规章的决定\n青政令〔2021〕3号\n\n一、废止下列规章\n1.《青岛市停车条例》（2010年公布）\n"
        "2.《青岛市别的办法》\n\n二、本决定自2021年3月1日起施行。\n"
    )
    held = with_fates([OLD, regulation_of(decode(decision.encode(), "c.md"), new_id="c")])
    assert held[0].status == "repealed"
    assert held[1].status == "in_force"


def test_the_text_in_force_says_of_an_article_how_it_has_changed():
    _, newer = sorted(taken_in(OLD, NEW), key=text_date)
    (note,) = newer.notes_on(newer.find(1)[0])
    assert note.text == "与2010年的文本第一条相比：删去「五元」，增加「八元」。"
    assert not newer.notes_on(newer.find(2)[0])
    (alone,) = with_fates([newer])
    assert alone.article_notes == ()
