"""The twenty kinds of complaint, each with at least three cases of our own: a table, and a test that counts them.

What is asked stands here; what concerns documents is read here too; where a kind needs a damaged index, a command or a
table of its own, `ELSEWHERE` says which tests hold its cases.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.understand.question import understand
from assistant.verify.sentence import judge, superfluous
from law.corpus import load_path
from law.regulation import Regulation

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
KINDS, LEAST = range(1, 21), 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A talk and what its last answer must be: exactly `cited` (None: whatever), the `reason`, `says` and not `never`.
    `avoids` may not be cited."""

    kind: int
    turns: tuple[str, ...]
    cited: frozenset[str] | None = None
    reason: str | None = None
    says: str = ""
    never: str = "\0"
    avoids: frozenset[str] = frozenset()


def q(
    kind: int, talk: str, cited: str | None = None, reason: str | None = None, says: str = "", never: str = "\0",
    avoids: str = "",
) -> Asked:  # fmt: skip
    """A case; the turns of `talk` parted by →, ids by blanks."""
    wanted = None if cited is None else frozenset(cited.split())
    return Asked(kind, tuple(talk.split("→")), wanted, reason, says, never, frozenset(avoids.split()))


ASKED = (
    q(1, "洛阳第三十〇条", "", "no_such_article", "看不懂条号"), q(1, "常州第百十条", "", "no_such_article"),
    q(1, "武汉第二百零十条", "", "no_such_article"), q(1, "常州第四十四十条", "", "no_such_article"),
    q(2, "洛阳市科学技术进步规定第三十九条", None, None, "", "第三十八条"),
    q(2, "常州市科技创新条例第二十条", "changzhou/20"), q(2, "武汉科技创新中心条例第58条", "wuhan/58"),
    q(2, "洛阳市科学技术进步条第24条", "luoyang/24"), q(2, "常州科技创新促进第20条", "changzhou/20"),
    q(2, "洛阳科学技术条例39条", "luoyang/39"), q(2, "推进科技创新中心建设的条例第五条", "wuhan/5"),
    q(3, "常州第二十条→洛阳的呢", "luoyang/20"), q(3, "武汉第五十八条→上一条", "wuhan/57"),
    q(3, "洛阳第四十四条→下一条", "luoyang/45"), q(3, "武汉第20条→常州的也看看", "changzhou/20"),
    q(4, "洛阳谁负责科技进步工作→经费从哪来", "luoyang/32"), q(4, "武汉谁负责→谢谢", ""),
    q(4, "洛阳第20条→好的，明白了", ""), q(4, "常州谁负责科技创新工作→有没有处罚", "", "not_stated"),
    q(6, "违反洛阳第二十八条怎么处罚", "", "not_stated"), q(6, "违反武汉条例会受到什么处罚", "wuhan/70"),
    q(6, "违反常州条例罚多少", "", "not_stated", "没有规定违反后的处罚"),
    q(8, "武汉创新券能抵多少", "", "not_stated"), q(8, "常州能发行科创票据吗", None, None, "", "券能"),
    q(8, "常州瞪羚企业认定奖励多少钱", "", "not_stated"), q(8, "留学人员安家费多少", "", "not_stated"),
    q(8, "常州高企认定奖励多少钱", "", "not_stated"), q(8, "洛阳专精特新奖励多少万", "", "not_stated"),
    q(9, "常州第五条流水线能补贴吗", avoids="changzhou/5"), q(9, "武汉建第六条专线", avoids="wuhan/6"),
    q(9, "洛阳开了第三条研发管线有什么支持", avoids="luoyang/3"),
    q(10, "洛阳有几条讲知识产权", reason=""), q(10, "讲孵化器的武汉有哪些条", reason=""),
    q(10, "常州有多少条讲到人才", reason=""), q(10, "武汉法律责任有几条", None, None, "条"),
    q(17, "洛阳资金从哪来", "luoyang/32"), q(17, "百分之三十的规定在洛阳哪条", "luoyang/34"),
    q(17, "去哪里办", "", "unconfirmed"), q(17, "洛阳房租补贴多少", "", "not_stated"),
    q(17, "武汉人才公寓怎么申请", "", "not_stated"), q(17, "奖励怎么领", "", "unconfirmed"),
    q(17, "常州创业导师怎么申请", "", "not_stated"),
    q(18, "洛阳市审计局对照条例要查什么", None, None, "", "按章概括"),
    q(18, "常州市市场监管局依据条例有哪些职责", None, None, "", "没有收录"),
    q(18, "武汉市统计局根据条例要做什么", None, None, "", "没有收录"),
    q(18, "洛阳市教育局照条例得干哪些事", None, None, "", "没有收录"),
    q(19, "武汉第二章第五条", "wuhan/5", None, "第五条在第一章"), q(19, "常州科技局局长的手机号", "", "not_stated"),
    q(19, "洛阳科技局主任电话", "", "not_stated"), q(19, "武汉科技保险有补帖吗", "wuhan/58"),
    q(20, "湖北省实施《中华人民共和国促进科技成果转化法》办法第三条", "", "city_not_in_corpus"),
    q(20, "最高人民法院关于适用《公司法》若干问题的规定第二条", "", "city_not_in_corpus"),
    q(20, "《江苏省实施〈中华人民共和国科学技术普及法〉办法》第五条", "", "city_not_in_corpus"),
)  # fmt: skip

HEAD, TAIL = "第一条　为了规范管理，制定本办法。\n", "第九条　本办法自2020年1月1日起施行。\n"


@dataclass(frozen=True, slots=True)
class Read:
    """A document and what must be true of it as it is read."""

    kind: int
    text: str
    seen: Callable[[Regulation], object]
    right: object


def labels(regulation: Regulation) -> list[str]:
    return [a.label for a in regulation.articles if a.number]


READ = (
    Read(7, f"甲州市码头管理办法\n（2010年4月2日公布　根据2022年3月1日市人民政府决定废止）\n{HEAD}{TAIL}",
         lambda r: r.status, "repealed"),
    Read(7, "甲州市雨棚管理办法\n（2012年4月2日公布）\n第一条　甲。\n"
         "第二条　本办法自2012年5月1日起施行，有效期至2016年4月30日。\n",
         lambda r: r.status, "repealed"),
    Read(7, "甲州市渡口管理办法\n（2011年4月2日市人民政府令第9号公布　"
         f"根据2018年6月1日《关于修改部分规章的决定》修正）\n{HEAD}{TAIL}",
         lambda r: r.dates.get("amended"), ["2018-06-01"]),
    Read(14, "甲州市车位规定\n第一条　标准如下：\n\n级别\t费\n甲\t5元\n乙\t3元\n\n前款按日计算。\n第二条　乙。\n",
         lambda r: [len(p.items) for p in r.numbered[0].paragraphs], [3, 0]),
    Read(14, "甲州市池塘办法修正案\n第一条　第三条修改为：\n“第三条　甲。”\n"
         "第二条　删去第六条、第七条。\n第三条　本修正案自公布之日起施行。\n",
         labels, ["第一条", "第二条", "第三条"]),
    Read(14, f"甲州市船位规定\n{HEAD}第二条　见附件1。\n附件1\n收费表\n区域\t元\n东\t5\n",
         lambda r: r.articles[-1].label, "附件1"),
    Read(16, f"甲州市岗亭办法\n{HEAD}第二条、岗亭应当整洁。\n【第三条】岗亭应当编号。\n（第四条）岗亭不得出租。\n",
         labels, ["第一条", "第二条", "第三条", "第四条"]),
    Read(16, f"甲州市灯箱办法\n{HEAD}第二条——灯箱应当整洁。\n第三条　依照第二条、第一条办理。\n", labels,
         ["第一条", "第二条", "第三条"]),
    Read(16, "甲州市井盖法\n第一编　总则\n第一条　甲。\n第二编　分则\n第二条　乙。\n附　则\n第三条　丙。\n",
         lambda r: r.numbered[-1].number, 3),
    Read(11, f"甲州市鱼塘条例\n{HEAD}第二条　甲。\n第二条之一　乙。\n第二条之十一　丙。\n",
         lambda r: r.numbered[-1].suffix, 11),
    Read(20, f"甲州市实施《中华人民共和国渔业法》办法\n{HEAD}{TAIL}", lambda r: r.title,
         "甲州市实施《中华人民共和国渔业法》办法"),
    Read(9, "甲州市厂房办法\n第一条　支持建设\n第二条生产线。\n第二条　乙。\n第三条　丙。\n",
         lambda r: [a.number for a in r.numbered], [1, 2, 3]),
    Read(1, "甲州市沙地办法\n第一条　甲。\n第二〇十条　乙。\n第二条　丙。\n", lambda r: r.numbered[0].number, 1),
)  # fmt: skip

#: A sentence, the articles marked on it, and those that do not carry it.
CARRIED = "对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。"
MARKED = ((("wuhan/58", "wuhan/2"), False), (("wuhan/58", "luoyang/1"), False), (("wuhan/58",), True))

#: Cases that stand in tests of their own: a kind, the file, a test, and how many cases it has.
ELSEWHERE = (
    (3, "tests/assistant/test_complaints.py", "test_a_follow_up_goes_on_from_the_citation", 11),
    (5, "tests/fatiao/test_verify_marks.py", "test_each_cited_article_carries_its_part", 5),
    (6, "tests/assistant/test_complaints_in_talk.py", "test_penalties_of_a_whole_regulation", 7),
    (7, "tests/law/test_versions.py", "test_a_decision_repeals_what_it_lists", 1),
    (11, "tests/assistant/test_complaints.py", "test_articles_with_a_suffix_and_their_neighbours", 7),
    (12, "tests/assistant/test_complaints.py", "test_of_two_laws_of_a_place_the_titles_own_words_choose", 6),
    (13, "tests/evals/test_tables_of_others.py", "test_an_expected_article_is_read_as_it_is_written", 8),
    (13, "tests/evals/test_tables_of_others.py", "test_an_evaluation_that_measured_nothing_does_not_pass", 1),
    (14, "tests/law/parsing/test_provisions.py", "test_annexes_and_tables_have_labels_of_their_own", 1),
    (15, "tests/reliability/test_index_damaged.py", "test_one_file_cut_short_loses_no_added_document", 1),
    (15, "tests/reliability/test_index_damaged.py", "test_a_lost_pointer_loses_no_added_document", 1),
    (15, "tests/reliability/test_index_damaged.py", "test_all_of_it_cut_short_is_set_aside_and_said", 1),
    (16, "tests/law/formats/test_bad_files.py", "test_a_file_is_read_by_what_it_is_whatever_its_name", 1),
)  # fmt: skip


@pytest.mark.parametrize("case", ASKED, ids=[f"{c.kind}-{c.turns[-1]}" for c in ASKED])
def test_what_is_asked_is_answered_as_it_should_be(case: Asked, helper: Assistant) -> None:
    history: list[dict[str, str]] = []
    for turn in case.turns:
        answer = helper.ask(turn, history=history)
        history += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer.text}]
    cited = {c.id for c in answer.citations}
    assert case.cited is None or cited == case.cited, (cited, answer.text)
    assert case.reason in (None, answer.reason), answer.text
    assert case.says in answer.text
    assert case.never not in answer.text
    assert not cited & case.avoids


@pytest.mark.parametrize("case", READ, ids=[f"{c.kind}-{c.text.split()[0]}" for c in READ])
def test_a_document_is_read_as_it_is(case: Read, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text(case.text, "utf-8")
    assert case.seen(load_path(file, new_id="one")) == case.right


@pytest.mark.parametrize(("articles", "right"), MARKED)
def test_each_mark_on_a_sentence_carries_its_part(articles: tuple[str, ...], right: bool, helper: Assistant) -> None:
    held = [[helper.library().by_id[i]] for i in articles]
    assert judge(CARRIED, [c for group in held for c in group]).supported
    assert (not superfluous(CARRIED, held)) is right


@cache
def samples() -> tuple[Regulation, ...]:
    return tuple(load_path(f, new_id=f"s{n}") for n, f in enumerate(sorted(SAMPLES.glob("*.md"))))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")
@pytest.mark.parametrize("kind", [2, 7, 12, 14, 16, 18])
def test_the_samples_show_nothing_of_a_kind(kind: int) -> None:
    """Thirty-two published texts: named with their own words each number is theirs, and no bureau is a title."""
    held = samples()
    for regulation in held:
        place = regulation.place
        match kind:
            case 2 | 12:
                found = understand(f"{regulation.title}第五条", held)
                assert regulation.id in found.regulation_ids, regulation.title
                assert [r.number for r in found.references] == [5]
            case 7:
                assert regulation.status != "repealed" or "废止" in regulation.articles[0].text, regulation.title
            case 14 | 16:
                numbers = [a.number for a in regulation.numbered]
                assert numbers == sorted(numbers), regulation.title
            case 18:
                found = understand(f"{place}审计局依照条例要做什么", held)
                assert found.unknown == (), regulation.title


def test_each_kind_has_cases_enough() -> None:
    counted = Counter(c.kind for c in (*ASKED, *READ)) + Counter({5: len(MARKED)})
    for kind, file, name, cases in ELSEWHERE:
        assert re.search(rf"def {name}\(", (ROOT / file).read_text("utf-8")), f"{file} has no {name} any more"
        counted[kind] += cases
    assert {kind: counted[kind] for kind in KINDS if counted[kind] < LEAST} == {}
