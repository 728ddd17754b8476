"""Contents, headings, references and chapters in every layout; each name states the trap."""

import pytest
from parser_support import articles, findings, ids, items, texts

from law.parsing.parser import parse

# table of contents ---------------------------------------------------------------------------

BODY = "第一章 总则\n第一条 甲。\n第二章 保障\n第一节 人\n第二条 乙。\n第三章 附则\n第三条 丙。\n"


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "目录\n第一章 总则\n第二章 保障\n第一节 人\n第三章 附则\n",
        "目　录\n\n第一章 总则........1\n第二章 保障……………2\n第一节 人\t3\n第三章 附则 4\n",
        "第一章 总则\n第二章 保障\n第一节 人\n第三章 附则\n",
        "目次\n第一章 总则 第二章 保障 第三章 附则\n",
        "目录\n第一章 总则\n第一条 目的\n第二章 保障\n第一节 人\n第二条 手段\n第三章 附则\n第三条 施行\n附件\n",
        "- [第一章 总则](#a)\n- [第二章 保障](#b)\n- [第三章 附则](#c)\n",
        "**目录**\n\n第一章 总则\n- 1 -\n第二章 保障\n第三章 附则\n",
    ],
)
def test_a_table_of_contents_opens_no_chapter_and_no_article(contents):
    found = articles("某市条例\n" + contents + BODY)
    assert [(a.id, a.chapter, a.section) for a in found] == [
        ("1", "第一章 总则", ""), ("2", "第二章 保障", "第一节 人"), ("3", "第三章 附则", ""),
    ]  # fmt: skip
    assert parse("某市条例\n" + contents + BODY).articles[0].text == "某市条例"


def test_titles_that_the_contents_print_without_their_spaces_open_their_chapters():
    contents = "目　录\n第一章　总则\n第二章　附则\n\n"
    text = "某法\n" + contents + "第一章　总　　则\n第一条　甲。\n第二章　附　　则\n第二条　乙。\n"
    assert [a.chapter for a in articles(text)] == ["第一章 总则", "第二章 附则"]
    assert findings(text, "chapter_order") == []


def test_a_contents_of_articles_alone_does_not_repeat_them():
    text = "某市规定\n目录\n第一条 目的\n第二条 范围\n第三条 施行\n\n第一条 为了甲。\n第二条 乙。\n第三条 丙。\n"
    assert texts(text) == [["为了甲。"], ["乙。"], ["丙。"]]


def test_a_contents_does_not_swallow_the_only_chapter_title():
    text = "某市条例\n目录\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert [(a.id, a.chapter) for a in articles(text)] == [("1", "第一章 总则"), ("2", "第二章 附则")]


# headings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second",
    [
        "第二条 乙。", "第二条　乙。", "第二条\t乙。", "第二条乙。", "第 二 条 乙。", "第　二　条　乙。",
        "第2条 乙。", "第２条　乙。", "第 2 條 乙。",
        "**第二条** 乙。", "**第二条 乙。**", "## 第二条 乙。", "### 第二条\n\n乙。", "- 第二条 乙。",
        "> 第二条 乙。", "__第二条__ 乙。",
        "<p>第二条 乙。</p>", "第二条&nbsp;乙。", "第二条<br>乙。", "　　第二条 乙。", "\t第二条 乙。",
        "\u200b第二条 乙。", "第二条：乙。", "第二条\n乙。",
        "<!-- 二 -->第二条 乙。", "第二条 <!-- 注 -->乙。",
    ],
)  # fmt: skip
def test_a_heading_is_a_heading_however_it_is_dressed(second):
    text = f"某市条例\n第一条 甲。\n{second}\n第三条 丙。\n"
    assert ids(text) == ["1", "2", "3"]
    assert texts(text)[1] == ["乙。"]


@pytest.mark.parametrize(
    ("second", "heading"),
    [
        ("第二条【适用范围】乙。", "适用范围"), ("第二条 【适用范围】 乙。", "适用范围"),
        ("第二条[适用范围]乙。", "适用范围"), ("第二条〔适用范围〕乙。", "适用范围"),
        ("### 第二条 适用范围\n乙。", "适用范围"), ("**第二条 适用范围**\n乙。", "适用范围"),
        ("**第二条 适用范围** 乙。", "适用范围"),
        ("**第二条【适用范围】** 乙。", "适用范围"),
    ],
)  # fmt: skip
def test_a_heading_of_an_article_is_not_its_text(second, heading):
    (found,) = [a for a in articles(f"某市条例\n第一条 甲。\n{second}\n第三条 丙。\n") if a.number == 2]
    assert (found.heading, found.text) == (heading, "乙。")


@pytest.mark.parametrize(
    "text",
    [
        "某市法\n第一条（目的）为了甲。\n第二条（适用范围）乙。\n第三条（定义）丙。\n",
        "某市法\n第一条 目的\n为了甲。\n第二条 适用范围\n乙。\n第三条 定义\n丙。\n",
        "某市法\n（目的）\n第一条 为了甲。\n（适用范围）\n第二条 乙。\n（定义）\n第三条 丙。\n",
    ],
)
def test_headings_in_round_brackets_below_or_above_the_number(text):
    assert [a.heading for a in articles(text)] == ["目的", "适用范围", "定义"]
    assert texts(text) == [["为了甲。"], ["乙。"], ["丙。"]]


def test_a_bracket_that_is_no_heading_stays_in_the_text():
    assert texts("某市法\n第一条（市）人民政府。\n第二条 乙。\n第三条 丙。\n")[0] == ["（市）人民政府。"]


def test_an_item_mark_is_not_a_heading_in_brackets():
    text = "某市法\n第一条（目的）甲。\n第二条（范围）乙。\n第三条（一）甲；（二）乙。\n第四条（施行）丁。\n"
    assert items(text)[2] == ["（一）甲；", "（二）乙。"]


@pytest.mark.parametrize(
    "mark", ["第二条之一 丙。", "第二条之1 丙。", "第 2 条之 1 丙。", "第2-1條 丙。", "第二条之一丙。"]
)
def test_an_inserted_article_has_an_id_of_its_own(mark):
    text = f"某市条例\n第一条 甲。\n第二条 乙。\n{mark}\n第三条 丁。\n"
    assert ids(text) == ["1", "2", "2.1", "3"]
    assert articles(text)[2].label == "第二条之一"
    assert findings(text, "gap") == []


def test_a_heading_without_di_is_read_and_reported():
    text = "某市条例\n第一条 甲。\n二条【范围】乙。\n三条 丙。\n第四条 丁。\n"
    assert ids(text) == ["1", "2", "3", "4"]
    assert findings(text, "heading_without_di") == [3, 4]


def test_an_article_without_a_space_that_begins_like_a_reference_is_read_and_doubted():
    text = "某市条例\n第一条甲。\n第二条乙。\n第三条规定应当公开。\n第四条及时处理。\n第五条和谐共处。\n"
    assert ids(text) == ["1", "2", "3", "4", "5"]
    assert findings(text, "doubtful_heading") == [4]


# references ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的情形，依照处理。", "第三条的规定不适用。", "第三条、第四条不适用。",
        "第三条至第五条规定的行为。", "第三条第二款不适用。", "第三条所列行为禁止。",
        "第三条（一）项不适用。", "第三十条规定的，处以罚款。", "第三十条 第二款 不适用。", "第一条和第二条不适用。",
    ],
)  # fmt: skip
def test_a_cross_reference_at_the_start_of_a_paragraph_opens_no_article(line):
    text = f"某市条例\n第一条 甲。\n第二条 乙。\n{line}\n第三条 丙。\n"
    assert ids(text) == ["1", "2", "3"]
    assert texts(text)[1] == ["乙。", line]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("违反本条例", "第三十条规定的，处罚。"), ("依照第一条、", "第二条、第三条规定处理。"),
        ("并按照", "第三条 的要求办理。"), ("违反本条例", "第三条 规定处罚。"),
        ("依照本法", "第三十条第二款处理。"), ("依照本条例", "第六章规定处理。"), ("按照", "第三条"),
    ],
)  # fmt: skip
def test_a_reference_after_a_line_broken_in_mid_sentence_opens_nothing(line, rest):
    text = f"某市条例\n第一条 甲。\n第二条 {line}\n{rest}\n第三条 丙。\n"
    assert ids(text) == ["1", "2", "3"]
    assert texts(text)[1][0].startswith(line + rest)


def test_a_repeated_number_opens_a_second_article_and_is_reported():
    text = "某市条例\n第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。\n"
    assert ids(text) == ["1", "2", "2-2", "3"]
    assert findings(text, "repeat") == [4]


def test_a_gap_is_reported_with_the_numbers_that_are_missing():
    text = "某市条例\n第一条 甲。\n\n第四条 乙。\n"
    (gap,) = [f for f in parse(text).findings if f.kind == "gap"]
    assert gap.line == 4
    assert "缺第二条、第三条" in gap.message


def test_a_text_that_begins_in_the_middle_says_so():
    assert findings("某市条例\n第五条 甲。\n第六条 乙。\n", "gap") == [2]


def test_a_gap_after_a_sentence_cut_off_does_not_swallow_the_next_article():
    text = "某市条例\n第一条 甲。\n第二条 乙乙\n第四条 丁。\n第五条 戊。\n"
    assert ids(text) == ["1", "2", "4", "5"]
    assert findings(text, "cut_off") == [3]
    assert findings(text, "gap") == [4]


def test_a_number_out_of_turn_is_text_when_the_true_one_stands_elsewhere():
    text = "某市条例\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第一条 情形除外。\n第四条 丁。\n"
    assert ids(text) == ["1", "2", "3", "4"]
    assert findings(text, "doubtful_heading") == [5]


def test_swapped_articles_are_both_kept():
    text = "某市条例\n第一条 甲。\n第三条 丙。\n第二条 乙。\n第四条 丁。\n"
    assert ids(text) == ["1", "3", "2", "4"]
    assert findings(text, "out_of_order") == [4]


def test_a_decision_that_quotes_an_article_has_no_article_of_that_number():
    text = (
        "某市人大常委会关于修改《某市条例》的决定\n一、将第二条修改为：“第二条 甲。”\n"
        "二、增加两条，作为第二十条、第二十一条：\n"
        "“第二十条 丙。\n第二十一条 丁。”\n第五条修改为：“戊。”\n本决定自公布之日起施行。\n"
    )
    assert [a.label for a in parse(text).articles] == ["题注", "一、", "二、"]
    assert findings(text, "provisions") == [0]
    assert "第二十一条 丁。" in parse(text).articles[-1].text


def test_an_article_that_quotes_others_keeps_them():
    text = "某市规定\n第一条 甲。\n第二条 将第十条修改为：\n“第十条 子。\n第十一条 丑。”\n第三条 丙。\n"
    assert ids(text) == ["1", "2", "3"]


def test_a_quotation_that_is_never_closed_does_not_swallow_the_rest():
    text = "某市规定\n第一条 名为“甲。\n第二条 乙。\n第四条 丁。\n第五条 戊。\n"
    assert ids(text) == ["1", "2", "4", "5"]


# chapters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "第一章 总则",
        "## 第一章  总　则",
        "**第一章 总则**",
        "第一章\n总则",
        "第一章\n\n总　则",
        "第1章 总则",
        "第一章总则",
        "第 一 章 总则",
    ],
)
def test_a_chapter_title_is_one_however_it_is_printed(head):
    text = f"某市条例\n{head}\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert [a.chapter for a in articles(text)] == ["第一章 总则", "第二章 附则"]
    assert texts(text) == [["甲。"], ["乙。"]]


def test_chapter_and_article_on_one_line():
    text = "某市条例\n第一章 总则 第一条 甲。第二条 乙。\n第二章 附则　第三条 丙。\n"
    assert [(a.id, a.chapter) for a in articles(text)] == [
        ("1", "第一章 总则"), ("2", "第一章 总则"), ("3", "第二章 附则"),
    ]  # fmt: skip


def test_parts_chapters_and_sections():
    text = "某法\n第一编 总则\n第一章 甲\n第一节 子\n第一条 甲。\n第二节 丑\n第二条 乙。\n"
    text += "第二编 分则\n第一章 乙\n第三条 丙。\n"
    assert [(a.chapter, a.section) for a in articles(text)] == [
        ("第一编 总则 第一章 甲", "第一节 子"), ("第一编 总则 第一章 甲", "第二节 丑"), ("第二编 分则 第一章 乙", ""),
    ]  # fmt: skip
    assert findings(text, "chapter_order") == []


def test_a_missing_chapter_is_reported():
    assert findings("某法\n第一章 总则\n第一条 甲。\n第三章 附则\n第二条 乙。\n", "chapter_order") == [4]


def test_a_title_that_lost_its_number_is_a_chapter_with_a_finding():
    text = "某法\n总则\n第一条 甲。\n保障 措施\n第二条 乙。\n附　则\n第三条 丙。\n"
    assert [a.chapter for a in articles(text)] == ["总则", "保障措施", "附则"]
    assert findings(text, "title_without_number") == [2, 4, 6]


@pytest.mark.parametrize("odd", ["第二十〇条", "第十一十二条", "第三百零十一条"])
def test_a_number_that_is_none_is_counted_where_one_is_missing_and_said(odd: str) -> None:
    text = f"某市条例\n第一条　甲应当登记。\n{odd}　乙应当备案。\n第三条　自公布之日起施行。\n"
    assert ids(text) == ["1", "2", "3"]
    assert texts(text)[1] == ["乙应当备案。"]
    assert any(odd in f.message and "第二条" in f.message for f in parse(text).findings)


def test_a_number_that_is_none_opens_nothing_where_none_is_missing() -> None:
    text = "某市条例\n第一条　甲应当登记。\n第二十〇条　乙应当备案。\n第二条　自公布之日起施行。\n"
    assert ids(text) == ["1", "2"]
    assert any("第二十〇条" in f.message for f in parse(text).findings)
