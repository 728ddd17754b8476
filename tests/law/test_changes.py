"""Two texts of one regulation: numbers are followed, words are marked, nothing is lost."""

import hypothesis.strategies as st
from hypothesis import given, settings

from law.changes import ADDED, DELETED, as_dict, compare
from law.corpus import regulation_of
from law.formats.document import decode
from law.text.numerals import article_label

ARTICLES = [
    "为了加强停车管理，改善停车环境，制定本条例。", "本市行政区域内停车场的规划、建设适用本条例。",
    "市人民政府应当编制停车专项规划。", "财政性资金资助的停车项目，劳务费最高可以占经费的百分之三十。",
    "停车场经营者应当公示价格。", "违反规定的，处一千元以上五千元以下罚款。",
]  # fmt: skip


def regulation(articles, name="x"):
    lines = [f"{article_label(i)}　{text}" for i, text in enumerate(articles, 1)]
    return regulation_of(decode(("青岛市停车条例\n" + "\n".join(lines) + "\n").encode(), f"{name}.md"))


def told(old, new):
    changes = compare(regulation(old), regulation(new))
    return [(c.old.label if c.old else "", c.new.label if c.new else "", c.change) for c in changes]


def test_a_deleted_article_stands_where_it_stood_and_the_others_move_up():
    assert told(ARTICLES, [*ARTICLES[:2], *ARTICLES[3:]]) == [
        ("第一条", "第一条", "same"), ("第二条", "第二条", "same"), ("第三条", "", "deleted"),
        ("第四条", "第三条", "moved"), ("第五条", "第四条", "moved"), ("第六条", "第五条", "moved"),
    ]  # fmt: skip


def test_a_changed_article_is_followed_to_its_new_number_and_its_words_are_marked():
    new = [*ARTICLES[:2], "财政性资金资助的停车项目，劳务费不设比例限制，据实编制。", *ARTICLES[4:]]
    assert ("第四条", "第三条", "changed") in told(ARTICLES, new)
    (change,) = [c for c in compare(regulation(ARTICLES), regulation(new)) if c.change == "changed"]
    assert "百分之三十" in "".join(m.text for m in change.marks if m.op == DELETED)
    assert "据实编制" in "".join(m.text for m in change.marks if m.op == ADDED)


def test_an_article_that_was_moved_across_others_is_found_again():
    new = [ARTICLES[0], *ARTICLES[2:], ARTICLES[1]]
    assert ("第二条", "第六条", "moved") in told(ARTICLES, new)
    assert "deleted" not in {change for *_, change in told(ARTICLES, new)}


def test_the_script_and_the_punctuation_of_a_source_are_no_changes():
    old = ["為了加強停車管理,改善停車環境,制定本條例。"]
    assert told(old, ARTICLES[:1]) == [("第一条", "第一条", "same")]


def test_json_names_both_articles_and_each_mark():
    rows = as_dict(compare(regulation(ARTICLES[:2]), regulation(ARTICLES[:1])))["articles"]
    row = rows[1]
    assert (row["old"], row["new"], row["change"]) == ("qingdao/2", None, "deleted")
    assert row["marks"] == [["deleted", ARTICLES[1]]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=6, unique=True),
    st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=6, unique=True),
)
def test_every_article_of_both_texts_stands_in_one_change_with_its_words(old, new):
    before, after = regulation(old), regulation(new)
    changes = compare(before, after)
    assert sorted(c.old.id for c in changes if c.old) == sorted(a.id for a in before.numbered)
    assert [c.new.id for c in changes if c.new] == [a.id for a in after.numbered]
    for change in changes:
        for article, is_old in ((change.old, True), (change.new, False)):
            if article is not None:
                assert "".join(m.text for m in change.words(old=is_old)) == article.text
