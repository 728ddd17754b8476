"""What no sentence of an answer looks like, whatever the verifier would say of it."""

import pytest

from assistant.model.prose.form import heads, ill_formed, names_one

CITED = "第五十八条 第58条 保险机构科技金融产品创新\n对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。"
ODD = {
    "a fragment": "保费补助。",
    "English": "Enterprises receive a premium subsidy 补助。",
    "an address": "详情见 www.example.com 的保费补助说明。",
    "markup": "<b>对科技创新企业</b>给予一定的保费补助。",
    "a table": "| 城市 | 给予一定的保费补助 |",
    "an unread mark": "对科技创新企业给予一定的保费补助【依据一】。",
    "another article": "依照第五十九条，对科技创新企业给予一定的保费补助。",
    "a paragraph": "第二款规定给予科技创新企业一定的保费补助。",
    "numbers without 第": "1条, 2条都符合保险产品的规定。",
    "a stutter": "保险产品、保险产品、保险产品都给予一定的保费补助。",
    "harping": "科技创新企业是科技创新企业的补充，是科技创新企业的支撑。",
    "endless": "保" * 501,
    "talk of the task": "本题的答案是给予一定的保费补助。",
}
GOOD = (
    "对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。",
    "根据第五十八条，购买纳入推荐目录的保险产品有保费补助。",
    "第58条没有写明保费补助的比例。",
    "「给予一定的保费补助」的是科技创新企业，不是所有企业，也不是保险机构。",
)


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_sentence_of_an_answer(name: str) -> None:
    assert ill_formed(ODD[name], CITED, ("答案", "本题"))


@pytest.mark.parametrize("text", GOOD)
def test_what_is_one(text: str) -> None:
    assert not ill_formed(text, CITED, ("答案", "本题"))


def test_what_the_law_itself_says_is_not_odd() -> None:
    assert not ill_formed("本条例第三十条规定的企业应当报告。", "本条例第三十条规定的企业应当报告。")
    assert not ill_formed("应当公布考核的答案和依据。", "应当公布答案。", ("答案",))


@pytest.mark.parametrize("line", ["武汉市：", "草案拟规定的相近支持：", "具体的抓手有两项："])
def test_a_line_that_only_heads_what_follows(line: str) -> None:
    assert heads(line)


@pytest.mark.parametrize(
    "line",
    [
        "企业应当做到：",
        "不需要申请的情形：",
        "已经设立的机构：",
        "补助比例百分之三十：",
        "武汉市支持保险机构。",
        "可以获得：",
    ],
)
def test_a_heading_rules_denies_and_counts_nothing(line: str) -> None:
    assert not heads(line)


def test_a_point_of_a_list_is_named_as_the_article_names_it() -> None:
    article = "建立担保机构资本金补充、风险补偿、保费补助、业务奖补“四补”机制"
    assert names_one("风险补偿。", [article])
    assert names_one("业务奖补。", [article])
    assert not names_one("担保费率。", [article])
    assert not names_one("建立担保机构。", [article])
