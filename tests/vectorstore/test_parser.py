"""Every layout a regulation comes in; each name states the trap."""

import time

import pytest

from vectorstore.parser import parse

TAIL = "\n第三条 本条例自2020年1月1日起施行。\n"


def articles(text, **declared):
    return [a for a in parse(text, **declared).articles if a.number]


def ids(text):
    return [a.id for a in articles(text)]


def texts(text):
    return [[p.text for p in a.paragraphs] for a in articles(text)]


def items(text):
    return [list(p.items) for a in articles(text) for p in a.paragraphs]


def findings(text, kind):
    return [f.line for f in parse(text).findings if f.kind == kind]


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
    assert ids(text) == []
    assert findings(text, "no_articles") == [0]
    assert "第二十一条 丁。" in parse(text).articles[0].text


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


# paragraphs and items ----------------------------------------------------------------------------


def test_a_page_break_in_a_sentence_is_joined_and_reported():
    text = "某市条例\n第一条 甲乙\n\n丙丁。\n\n戊己。\n"
    assert texts(text) == [["甲乙丙丁。", "戊己。"]]
    assert findings(text, "page_break") == [4]


@pytest.mark.parametrize(
    "page", ["- 1 -", "— 12 —", "－3－", "第 2 页 共 3 页", "第二页", "3/12", "Page 3 of 4", "·5·"]
)
def test_a_page_number_is_no_part_of_the_sentence_it_interrupts(page):
    text = f"某市条例\n第一条 甲乙，\n\n{page}\n\n丙丁。\n第二条 乙。\n"
    assert texts(text) == [["甲乙，丙丁。"], ["乙。"]]
    assert findings(text, "page_number") == [4]


def test_page_numbers_without_dashes_are_told_by_their_order():
    text = "某市条例\n第一条 甲，\n1\n乙。\n第二条 丙，\n2\n丁。\n"
    assert texts(text) == [["甲，乙。"], ["丙，丁。"]]
    assert findings(text, "page_number") == [3, 6]


def test_a_lone_number_is_kept_and_reported():
    text = "某市条例\n第一条 不超过\n100\n万元。\n"
    assert texts(text) == [["不超过100万元。"]]
    assert findings(text, "lone_number") == [3]


def test_a_running_header_is_set_aside():
    text = "某市科技条例\n第一条 甲，\n某市科技条例\n乙。\n第二条 丙。\n某市科技条例\n第三条 丁。\n"
    assert texts(text) == [["甲，乙。"], ["丙。"], ["丁。"]]
    assert findings(text, "running_header") == [3, 6]


def test_hard_wrapped_text_with_an_indent():
    text = (
        "　　　某市法\n　　第一条 为了甲乙丙丁戊己庚辛，根据法律。\n制定本条\n例。\n"
        "　　第二条 甲。\n另有规定的，从其规定。\n"
        "　　市人民政府。\n　　第三条 有下列行为的：\n　　（一）甲\n丁；\n　　（二）戊。\n"
    )
    assert texts(text) == [
        ["为了甲乙丙丁戊己庚辛，根据法律。制定本条例。"], ["甲。另有规定的，从其规定。", "市人民政府。"],
        ["有下列行为的："],
    ]  # fmt: skip
    assert items(text)[-1] == ["（一）甲丁；", "（二）戊。"]


WRAPPED = "甲乙丙丁戊，己庚辛壬癸甲乙丙丁戊己庚辛甲乙\n丁戊己庚辛壬癸甲乙丙丁戊己庚甲，乙丙丁戊己庚\n辛壬癸。"


def test_hard_wrapped_text_without_an_indent_has_no_headings_of_half_sentences():
    text = "某市法\n" + "".join(f"第{c}条  {WRAPPED}\n市人民政府应当。\n" for c in "一二三四五六七八九十")
    whole = WRAPPED.replace("\n", "")
    assert texts(text) == [[whole, "市人民政府应当。"]] * 10
    assert {a.heading for a in articles(text)} == {""}
    assert findings(text, "hard_wrapped") == [0]


def test_hard_wrapped_blocks_are_told_by_blank_lines():
    line = "甲乙丙丁，戊己庚辛壬癸甲乙丙丁戊己庚辛甲乙"
    block = f"{line}\n{line}。\n{line}\n戊己庚辛甲乙丙丁戊己庚辛。"
    text = "某市法\n\n" + "".join(f"第{c}条  {block}\n\n{block}\n\n" for c in "一二三四五六七八九十")
    assert texts(text) == [[block.replace("\n", "")] * 2] * 10


@pytest.mark.parametrize(
    "listed",
    [
        "应当：\n（一）甲；\n（二）乙；\n（三）丙。", "应当：（一）甲；（二）乙；（三）丙。",
        "应当：\n\n（一）甲；\n\n- 3 -\n\n（二）乙；\n\n（三）丙。",
        "应当：\n（一）甲；（二）乙；\n（三）丙。", "应当：\n　　(一)甲；\n　　(二)乙；\n　　(三)丙。",
        "应当：\n- （一）甲；\n- （二）乙；\n- （三）丙。",
    ],
)  # fmt: skip
def test_three_items_are_three_items(listed):
    text = f"某市条例\n第一条 {listed}\n另一款。\n第二条 完。\n"
    assert [len(x) for x in items(text)] == [3, 0, 0]
    assert texts(text)[0] == ["应当：", "另一款。"]


@pytest.mark.parametrize(
    "marks", [("1.", "2."), ("1、", "2、"), ("（1）", "（2）"), ("①", "②"), ("1)", "2)"), ("一、", "二、")]
)
def test_items_numbered_otherwise_under_a_colon(marks):
    text = f"某市条例\n第一条 应当：\n{marks[0]}甲；\n{marks[1]}乙。\n另一款。\n"
    assert items(text) == [[f"{marks[0]}甲；", f"{marks[1]}乙。"], []]


def test_sub_items_stay_inside_their_item():
    text = "某市条例\n第一条 应当：\n（一）甲：\n1.子。\n2.丑。\n（二）乙。\n"
    assert items(text) == [["（一）甲：1.子。2.丑。", "（二）乙。"]]


def test_a_paragraph_between_two_items_belongs_to_the_first():
    text = "某市条例\n第一条 应当：\n（一）甲。\n甲的说明。\n（二）乙。\n"
    assert items(text) == [["（一）甲。甲的说明。", "（二）乙。"]]
    assert findings(text, "item_paragraph") == [4]


def test_two_lists_in_one_article_are_two_paragraphs():
    text = "某市条例\n第一条 应当：\n（一）甲；\n（二）乙。\n不得：\n（一）丙；\n（二）丁。\n"
    assert items(text) == [["（一）甲；", "（二）乙。"], ["（一）丙；", "（二）丁。"]]


def test_a_missing_item_is_reported():
    assert findings("某市条例\n第一条 应当：\n（一）甲；\n（三）丙。\n", "item_gap") == [4]


def test_a_reference_to_an_item_at_the_start_of_a_line_is_no_item():
    text = "某市条例\n第一条 依照前款第\n（二）项、第（三）项规定处理。\n"
    assert texts(text) == [["依照前款第（二）项、第（三）项规定处理。"]]


def test_a_blank_for_a_date_keeps_its_underscores():
    text = "某市条例\n第一条 本条例自____年__月__日起施行。\n"
    assert texts(text) == [["本条例自____年__月__日起施行。"]]
    assert findings(text, "blank_date") == [2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_findings_are_right_whatever_the_line_end(end):
    text = end.join(["某市条例", "第一条 甲。", "乙and丙", "", "丁。", "第三条 本条例自 年 月 日起施行"])
    assert [(f.line, f.kind) for f in parse(text).findings] == [
        (3, "stray_latin"), (5, "page_break"), (6, "blank_date"), (6, "cut_off"), (6, "gap"),
    ]  # fmt: skip


# what is no article ------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["附件", "附件1：收费标准", "附表", "附：废止目录", "附录一"])
def test_an_annex_is_no_sentence_of_the_last_article(head):
    text = f"某市条例\n第一条 甲。\n第二条 乙。\n\n{head}\n\n项目 金额\n第一条 假。\n"
    assert texts(text) == [["甲。"], ["乙。"]]
    assert parse(text).articles[0].text.splitlines() == ["某市条例", head, "项目 金额", "第一条 假。"]
    assert findings(text, "annex") == [5]
    assert findings(text, "annex_articles") == [5]


def test_a_signature_and_a_date_are_no_sentence_of_the_last_article():
    text = "某市条例\n第一条 甲。\n第二条 乙。\n某市人民代表大会常务委员会\n2019年12月1日\n"
    assert texts(text)[1] == ["乙。"]
    assert findings(text, "trailer") == [4]


def test_comments_and_rules_are_no_text():
    text = "<!-- 甲\n第一条 假。\n-->\n某市条例\n---\n第一条 甲。\n<!-- INFO -->\n***\n第二条 乙。\n"
    assert texts(text) == [["甲。"], ["乙。"]]


def test_a_table_joins_its_paragraph_and_ends_it():
    text = "某市条例\n第一条 标准如下：\n\n| 项 | 额 |\n|---|---|\n| 甲 | 1 |\n\n市人民政府可以调整。\n第二条 乙。\n"
    assert texts(text)[0] == ["标准如下： | 项 | 额 | | 甲 | 1 |", "市人民政府可以调整。"]
    assert findings(text, "table") == [4]


def test_a_traditional_text_is_read_like_a_simplified_one():
    text = "某市條例\n第一章　總　則\n第一條　為了甲。\n第二條　違反本條例\n第三十條規定的,處罰。\n"
    text += "第二條之一　丙:\n(一)甲;\n(二)乙。\n"
    assert ids(text) == ["1", "2", "2.1"]
    assert items(text)[-1] == ["(一)甲;", "(二)乙。"]
    assert articles(text)[0].chapter == "第一章 總則"


def test_a_form_feed_is_a_line_break():
    assert ids("某市条例\n第一条 甲。\f第二条 乙。\f第三条 丙。") == ["1", "2", "3"]


def test_a_declared_beginning_opens_an_article_whose_heading_is_lost():
    text = "某市条例\n第一条 甲。\n乙乙开始。\n第三条 丙。\n"
    found = articles(text, declared={2: "乙乙"})
    assert [(a.id, a.flags) for a in found] == [("1", ()), ("2", ("number_inferred",)), ("3", ())]


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "第", "第条", "条", "第一条", "第一章", "（一）", "目录", "#", "**", "|", "第零条 甲。"]
)
def test_next_to_nothing_does_not_crash(text):
    assert len(parse(text).articles) <= 1


def test_an_article_without_text_is_reported():
    assert findings("某市条例\n第一条\n第二条 乙。\n", "empty_article") == [2]


def test_a_large_document_is_read_in_time():
    text = "某市条例\n" + "".join(
        f"第{n}条 甲乙丙丁。\n第二款。\n应当：\n（一）甲；\n（二）乙。\n" for n in range(1, 2500)
    )
    assert len(articles(text)) == 2499


def test_a_document_on_one_line_is_cut_at_its_chapters_and_articles():
    found = articles("某市条例 第一章 总则 第一条 为了甲。第二条 乙。丁。 第二章 附则 第三条 丙。")
    assert [(a.id, a.chapter, a.text) for a in found] == [
        ("1", "第一章 总则", "为了甲。"), ("2", "第一章 总则", "乙。丁。"), ("3", "第二章 附则", "丙。"),
    ]  # fmt: skip


def test_a_chapter_title_on_two_lines_is_one_title_with_a_finding():
    text = "某法\n第一章 基础研究、应用研究\n和成果转化\n第一条 甲。\n"
    assert articles(text)[0].chapter == "第一章 基础研究、应用研究和成果转化"
    assert findings(text, "title_wrapped") == [3]


def test_a_second_law_in_the_same_file_is_not_swallowed_by_the_first():
    text = "甲市条例\n第一条 甲。\n第二条 乙。\n第三条 丙。\n\n乙市条例\n第一条 子。\n第二条 丑。\n"
    assert ids(text) == ["1", "2", "3", "1-2", "2-2"]
    assert findings(text, "out_of_order") == [7]


@pytest.mark.parametrize("words", ["甲.", "（删除）", "“甲。”", "甲（乙。）"])
def test_what_ends_a_sentence_is_not_cut_off(words):
    assert findings(f"某法\n第一条 {words}\n第二条 乙。\n", "cut_off") == []


@pytest.mark.parametrize(
    "text",
    [
        "第一章" + "." * 100_000 + "x",
        "<!--" * 20_000,
        "[" * 50_000,
        "第一条 “甲\n" * 3000,
        "<br" * 30_000 + ">",
        "|" * 100_000,
    ],
    ids=["leaders", "comments", "links", "quotes", "tags", "table"],
)
def test_no_document_takes_quadratic_time(text):
    begun = time.perf_counter()
    parse(text)
    assert time.perf_counter() - begun < 10
