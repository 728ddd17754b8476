"""`fatiao list`: the norms that fit, and nothing else."""

import json

CONTRACT = {
    "article_id", "city", "regulation", "article", "label", "paragraph", "heading", "quote", "actors", "binding", "act",
    "for", "means", "figures",
}  # fmt: skip


def test_list_has_every_rule_of_a_department_and_says_what_it_does_in_it(fatiao):
    done = fatiao("list", "--city", "常州", "--actor", "市科学技术主管部门", "--json")
    found = json.loads(done.out)
    assert found
    assert all(row.keys() >= CONTRACT for row in found)
    assert {row["city"] for row in found} == {"常州市"}
    assert {row["role"] for row in found} == {"牵头", "负责", "参与"}
    assert all("部门:科学技术" in (*row["actors"], *row["with"]) for row in found)


def test_list_says_that_a_means_is_unknown_and_names_those_that_are(fatiao):
    done = fatiao("list", "--means", "礼品")
    assert done.code == 1
    assert "礼品" in done.err
    assert "补助" in done.err


def test_show_lists_the_norms_of_one_article(fatiao):
    found = json.loads(fatiao("show", "武汉", "58", "--norms", "--json").out)
    assert {row["article_id"] for row in found} == {"wuhan/58"}
    assert any("补助" in row["means"] for row in found)


def test_the_table_keeps_every_character_of_a_quote(fatiao):
    shown = fatiao("show", "武汉", "58", "--norms").out
    assert "…" not in shown
