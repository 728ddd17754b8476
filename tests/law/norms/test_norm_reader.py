"""The law as norms: what the reader must not mix up."""

import re
import time

import pytest

from law.corpus import load_corpus
from law.norms import BINDINGS, MEANS, norms_of, norms_of_article
from law.norms.actors import actor_records, actors_in, may_be_named
from law.norms.choose import NormWishError, Wish, choose, classes_named
from law.norms.clause.marks import marks_in, means_in, records
from law.norms.norm import Norm, is_class
from law.parsing.parser import parse
from law.regulation import Regulation
from law.text.script import plain, to_traditional


def regulation(*articles: str) -> Regulation:
    text = "\n".join(f"第{n}条 {a}" for n, a in zip("一二三四五", articles, strict=False))
    return Regulation("x", "甲市某条例", "甲市", "", "in_force", {}, "simplified", "", parse(text).articles)


def norms(*articles: str) -> tuple[Norm, ...]:
    return norms_of(regulation(*articles))


@pytest.mark.parametrize("record", actor_records(), ids=lambda r: r["name"])
def test_every_class_finds_its_own_examples_and_no_others(record):
    for said in record["yes"]:
        assert [a.classes for a in actors_in(said)] == [tuple(record["name"].split("、"))], said
    for said in record["no"]:
        assert record["name"] not in [c for a in actors_in(said) for c in a.classes], said


def test_whoever_is_named_may_be_named():
    texts = [plain(p.text) for r in load_corpus() for a in r.articles for p in a.paragraphs]
    named = [(text, name) for text in texts for actor in actors_in(text) for name in actor.classes]
    assert [pair for pair in named if not may_be_named(pair[0], [pair[1]])] == []
    fields = {name for _, name in named if name == "部门:科学技术"}
    assert fields
    assert sum(may_be_named(text, fields) for text in texts) < len(texts) * 0.3


@pytest.mark.parametrize("record", records("binding"), ids=lambda r: r.name)
def test_every_binding_finds_its_own_examples_and_no_others(record):
    assert record.name in BINDINGS
    for said in record.yes:
        assert record.name in [m.binding for m in marks_in(said)], said
    for said in record.no:
        assert record.name not in [m.binding for m in marks_in(said)], said


@pytest.mark.parametrize("record", records("means"), ids=lambda r: r.name)
def test_every_means_finds_its_own_examples_and_no_others(record):
    assert record.name in MEANS
    for said in record.yes:
        assert record.name in means_in(said), said
    for said in record.no:
        assert record.name not in means_in(said), said


def test_a_government_that_owns_a_department_does_not_act():
    assert norms("县级以上人民政府科学技术行政部门应当公布目录。")[0].actors == ("部门:科学技术",)


def test_a_named_subject_acts_and_the_encouraged_benefit():
    (norm,) = norms("市人民政府支持企业开展研究。")
    assert (norm.actors, norm.beneficiaries) == (("市政府",), ("企业",))


def test_without_a_subject_the_encouraged_act_and_benefit():
    (norm,) = norms("鼓励企业开展研究。")
    assert (norm.actors, norm.beneficiaries, norm.binding) == (("企业",), ("企业",), "鼓励")


def test_items_stand_under_the_subject_and_the_word_of_their_lead():
    lead, first, second = norms("街道办事处应当履行下列职责：\n（一）登记信息；\n（二）不得收取费用。")
    assert lead.actors == first.actors == second.actors == ("乡镇政府",)
    assert (first.binding, second.binding) == ("应当", "不得")


def test_traditional_and_simplified_texts_are_read_alike_and_quoted_as_printed():
    text = "市人民政府應當對企業給予補助，但是法律另有規定的除外。"
    (norm,) = norms(text)
    assert norm.quote in text
    assert (norm.actors, norm.binding, norm.means) == (("市政府",), "应当", ("补助",))
    assert norm.exceptions == ("但是法律另有規定的除外",)


def test_a_share_keeps_its_subject_and_bound():
    (norm,) = norms("约定按份共有的，成果完成人持有的份额不低于百分之七十。")
    assert [(f.text, f.subject, f.bound) for f in norm.figures] == [("百分之七十", "份额", "不低于")]


def test_those_asked_to_join_take_part_and_do_not_act():
    rules = regulation("科学技术主管部门应当会同财政部门建立制度。")
    every = [(rules, rules.articles[0], n) for n in norms_of(rules)]
    assert [c.role for c in choose(every, Wish(actor="财政局"))] == ["takes_part"]
    assert [c.role for c in choose(every, Wish(actor="市科技局"))] == ["leads"]


def test_those_whose_approval_or_review_is_needed_take_part():
    rules = regulation("项目经科学技术行政部门组织评审后可以终止。", "市财政部门拟定办法，报市人民政府批准。")
    every = [(rules, a, n) for a in rules.articles for n in norms_of_article(rules, a)]
    assert [c.role for c in choose(every, Wish(actor="科技局"))] == ["takes_part"]
    assert [c.role for c in choose(every, Wish(actor="市政府"))] == ["takes_part"]


def test_an_actor_that_nobody_is_is_refused_with_what_is_known():
    with pytest.raises(NormWishError, match="桌子"):
        classes_named("桌子")


def test_every_span_of_the_corpus_is_verbatim_and_every_value_is_closed():
    for r in load_corpus():
        articles = {a.id: a for a in r.articles}
        for norm in norms_of(r):
            paragraph = articles[norm.article_id].paragraphs[norm.paragraph - 1]
            printed = paragraph.items[norm.item - 1] if norm.item else paragraph.text
            assert printed[norm.start : norm.end] == norm.quote
            assert all(c in norm.quote for c in (*norm.conditions, *norm.exceptions))
            assert all(is_class(c) for c in (*norm.actors, *norm.partners, *norm.beneficiaries))


@pytest.mark.parametrize(
    "piece",
    [
        "市",
        "规划和",
        "自然资源和规划",
        "对企业",
        "（",
        "的，",
        "应当",
        "第一条",
        "百分之",
        "处以",
        "财政、",
        "人民政府",
        "、经贸和",
        "在创新方面",
        "由某某，",
        "禁止的区域",
        "自之日起",
        "不少于的",
        "按照规定",
    ],
)
def test_two_thousand_characters_of_anything_take_a_moment(piece):
    rules = regulation("甲" + piece * (2000 // len(piece)))
    norms_of(rules)
    begun = time.process_time()
    norms_of(rules)
    assert time.process_time() - begun < 0.1


def test_both_scripts_give_the_same_norms():
    text = "市人民政府应当会同有关部门对企业给予补助。禁止任何单位和个人侵占资金。"
    plain, other = norms(text), norms(to_traditional(text))
    assert [(n.actors, n.partners, n.binding, n.means) for n in plain] == [
        (n.actors, n.partners, n.binding, n.means) for n in other
    ]
    assert not re.search("应当", other[0].quote)
