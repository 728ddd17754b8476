"""Paragraphs, items, and what is no article, in every layout; each name states the trap."""

import time

import pytest
from parser_support import articles, findings, ids, items, texts

from law.parsing.parser import parse

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
    assert parse(text).articles[0].text == "某市条例"
    annex = parse(text).articles[-1]
    assert (annex.number, annex.suffix) == (0, 1)
    assert head.startswith(annex.label)
    assert "第一条 假。" in annex.text
    assert findings(text, "annex") == [5]
    assert findings(text, "annex_articles") == [5]


def test_a_signature_and_a_date_are_no_sentence_of_the_last_article():
    text = "某市条例\n第一条 甲。\n第二条 乙。\n某市人民代表大会常务委员会\n2019年12月1日\n"
    assert texts(text)[1] == ["乙。"]
    assert findings(text, "trailer") == [4]


def test_comments_and_rules_are_no_text():
    text = "<!-- 甲\n第一条 假。\n-->\n某市条例\n---\n第一条 甲。\n<!-- INFO -->\n***\n第二条 乙。\n"
    assert texts(text) == [["甲。"], ["乙。"]]


def test_each_row_of_a_table_is_an_item_of_its_paragraph_and_ends_it():
    text = "某市条例\n第一条 标准如下：\n\n| 项 | 额 |\n|---|---|\n| 甲 | 1 |\n\n市人民政府可以调整。\n第二条 乙。\n"
    assert texts(text)[0] == ["标准如下：", "市人民政府可以调整。"]
    assert [p.items for p in parse(text).articles[1].paragraphs] == [("| 项 | 额 |", "| 甲 | 1 |"), ()]
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
