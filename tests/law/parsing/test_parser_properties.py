"""Whatever comes in: no crash, and every character of every article comes from the source."""

from hypothesis import given, settings
from hypothesis import strategies as st

from law.errors import DocumentError
from law.formats.document import decode
from law.parsing.identity import identify
from law.parsing.markers import expand
from law.parsing.parser import parse

PIECES = [
    "第一条 ", "第二条　", "第三条", "第３条", "第 四 条 ", "五条 ", "五条【题】", "第十条之一 ", "第三十条规定的",
    "第一条、第二条",
    "第一章 总则", "第二章", "第一节 甲", "第一编 乙", "目录", "附则", "附件", "（一）", "（二）", "(1)", "1. ", "①",
    "一、",
    "【标题】", "（适用）", "甲乙丙丁", "科技创新保险", "应当：", "。", "；", "，", "：", "“", "”", "\n", "\n\n",
    "\r\n", "\r", "\f",
    "　　", "\t", "    ", "# ", "## ", "**", "__", "- ", "> ", "|甲|乙|", "|---|---|", "<!-- x -->", "<!--", "-->",
    "<br>", "</p>",
    "&nbsp;", "- 1 -", "2", "第 3 页", "......3", "and", "2020年1月1日", "自 年 月 日起施行", "通过）", "\ufeff",
    "\u200b", "第一條", "總則",
    "某市条例", "某市人民代表大会常务委员会", "[甲](#a)",
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def is_subsequence(inner, outer):
    rest = iter(outer)
    return all(ch in rest for ch in inner)


def check(text):
    parsed = parse(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(0 <= f.line <= lines for f in parsed.findings)
    assert len({a.id for a in parsed.articles}) == len(parsed.articles)
    for article in parsed.articles:
        assert 0 <= article.start <= article.end <= len(text)
        for number, paragraph in enumerate(article.paragraphs, 1):
            assert paragraph.number == number
            span = "".join(text[paragraph.start : paragraph.end].split())
            assert is_subsequence("".join(paragraph.full.split()), span)
            assert paragraph.full.strip()
    identify(parsed.articles)
    return parsed


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_every_character_of_every_article_comes_from_the_source_in_order(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_crashes_the_parser(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=300), DOCUMENTS.map(lambda t: t.encode("gb18030")[1:])))
def test_no_bytes_crash_reading_but_by_a_document_error(data):
    try:
        document = decode(data, "x.txt")
    except DocumentError:
        return
    check(document.text)


LETTERS = "甲乙丙丁戊己庚辛壬癸科技"
SENTENCES = st.text(alphabet=LETTERS, min_size=2, max_size=30).map(lambda s: s + "。")
LAWS = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=15)


@settings(max_examples=80, deadline=None)
@given(
    LAWS,
    st.sampled_from(["\n", "\n\n", "\r\n", "\r"]),
    st.sampled_from([" ", "　", "  ", "\t", ""]),
    st.sampled_from(["", "**", "## "]),
)
def test_a_law_written_in_any_layout_is_read_back_paragraph_by_paragraph(law, end, gap, mark):
    from law.text.numerals import article_label

    heads = [f"{mark}{article_label(n)}{'**' if mark == '**' else ''}{gap}" for n in range(1, len(law) + 1)]
    text = end.join(["某市条例", *(head + end.join(article) for head, article in zip(heads, law, strict=True)), ""])
    articles = check(text).articles[1:]
    assert [[p.text for p in a.paragraphs] for a in articles] == law


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=9), min_size=2, max_size=9), st.booleans())
def test_items_printed_on_one_line_or_on_their_own_are_the_same_items(words, inline):
    from law.text.numerals import to_chinese

    items = [f"（{to_chinese(i)}）{w}；" for i, w in enumerate(words, 1)]
    break_ = "" if inline else "\n"
    parsed = check(f"某市条例\n第一条 下列各项：{break_}{break_.join(items)}\n第二条 完。\n")
    assert parsed.articles[1].paragraphs[0].items == tuple(items)


@given(
    st.text(alphabet="甲（一二三）(12).；。：: ①②", max_size=40),
    st.lists(st.text(alphabet="乙（二三）；2.②", max_size=20), max_size=4),
)
def test_expanding_a_list_loses_nothing(lead, items):
    found = expand(lead, items)
    joined = "".join("".join([found.lead, *found.items]).split())
    assert joined == "".join("".join([lead, *items]).split())
