"""Documents without 条, annexes, tables and amendments: each provision has a label of its own."""

import pytest

from law.parsing.parser import parse

PLAN = """某某市数字经济行动方案

一、总体目标
到2025年，建成数据中心三个。

二、重点任务
（一）建设算力平台。由市大数据局牵头。
（二）培育企业。对新入库的企业，给予十万元奖励：
1.规模以上企业；
2.高新技术企业。

三、保障措施
（一）成立领导小组。
（二）安排专项资金五千万元。

某某市人民政府
2023年1月1日
"""


def labels(text):
    return [a.label for a in parse(text).articles]


def test_a_plan_is_cited_by_its_own_numbers():
    articles = parse(PLAN).articles
    assert labels(PLAN) == ["题注", "一、", "二、（一）", "二、（二）", "三、（一）", "三、（二）"]
    assert [a.id for a in articles] == ["0", "1", "2.1", "2.2", "3.1", "3.2"]
    assert articles[2].chapter == "二、重点任务"
    assert articles[1].heading == "总体目标"
    assert articles[3].paragraphs[0].items == ("1.规模以上企业；", "2.高新技术企业。")
    assert articles[0].text.splitlines() == ["某某市数字经济行动方案", "某某市人民政府", "2023年1月1日"]


def test_a_decision_lists_what_it_repeals_as_items():
    text = "某市决定\n\n一、废止下列规章\n1.《甲办法》（1998年公布）\n2.《乙规定》\n\n二、修改《丙办法》\n1.删去甲。\n"
    articles = parse(text).articles
    assert [a.label for a in articles] == ["题注", "一、", "二、"]
    assert articles[1].paragraphs[0].items == ("1.《甲办法》（1998年公布）", "2.《乙规定》")


def test_parts_count_their_provisions_anew():
    text = "某市意见\n第一部分　企业\n一、甲。\n二、乙。\n第二部分　人才\n一、丙。\n二、丁。\n"
    articles = parse(text).articles
    assert [a.label for a in articles] == ["题注", "一、", "二、", "第二部分一、", "第二部分二、"]
    assert articles[-1].chapter == "第二部分人才"
    assert len({a.id for a in articles}) == 5


def test_arabic_numbers_alone_are_provisions_too():
    assert labels("某市若干措施\n1.对甲给予奖励。\n2.对乙给予补助。\n3.本措施有效期三年。\n") == [
        "题注",
        "1.",
        "2.",
        "3.",
    ]


@pytest.mark.parametrize(
    "text", ["某市说明\n甲。\n乙。\n", "某市说明\n三、甲。\n五、乙。\n", "某市说明\n一、甲。\n乙。\n"]
)
def test_numbers_that_do_not_count_on_from_one_make_no_provisions(text):
    assert labels(text) == ["题注"]


def test_an_amendment_that_deletes_an_article_is_an_article():
    text = "某市办法修正案\n第一条　第三条修改为：\n“第三条　甲。”\n第二条　删去第六条。\n第三条　增加一条：\n“乙。”\n"
    assert labels(text)[1:] == ["第一条", "第二条", "第三条"]
    assert labels("某市办法\n第一条　甲。\n第二条删去第六条。\n") == ["题注", "第一条"]


def test_annexes_and_tables_have_labels_of_their_own():
    text = (
        "某市规定\n第一条　收费见附件1。标准如下：\n\n级别\t收费\n一级\t5元\n\n前款收费按小时计算。\n第二条　乙。\n\n"
        "附件1\n\n收费标准表\n\n区域\t首小时\n老城\t5\n\n附表二　罚款标准\n\n一、多收的，罚款。\n\n"
        "附件3：\n协议文本\n第一条　假。\n"
    )
    articles = parse(text).articles
    assert [a.label for a in articles] == ["题注", "第一条", "第二条", "附件1", "附表二", "附件3"]
    assert [p.items for p in articles[1].paragraphs] == [("级别\t收费", "一级\t5元"), ()]
    assert [a.heading for a in articles[3:]] == ["收费标准表", "罚款标准", "协议文本"]
    assert articles[3].paragraphs[0].full == "区域\t首小时老城\t5"
    assert [a.id for a in articles[3:]] == ["0.1", "0.2", "0.3"]
    assert all(text[p.start : p.end].split()[0] in p.full for a in articles[3:] for p in a.paragraphs)


def test_odd_separators_after_a_number_open_an_article_and_references_do_not():
    text = (
        "某市条例\n第一条　甲。\n第二条、市政府乙。\n【第三条】丙。\n（第四条）丁。\n第五条——戊。\n第六条-1 己。\n"
        "第七条　依照\n第八条、第九条规定的，庚。\n"
    )
    articles = parse(text).articles
    assert [a.id for a in articles[1:]] == ["1", "2", "3", "4", "5", "6.1", "7"]
    assert [a.text for a in articles[1:4]] == ["甲。", "市政府乙。", "丙。"]


def test_what_a_converter_left_is_cleaned():
    text = "某市试验\\_条例\n第一条　甲\\(乙\\)&mdash;丙，制定[本条例]{.underline}。\n第二条　丁\\\n戊。\n"
    articles = parse(text).articles
    assert [a.text for a in articles] == ["某市试验_条例", "甲(乙)—丙，制定本条例。", "丁戊。"]


def test_the_supplement_below_the_last_part_is_a_part_of_its_own():
    text = "某法\n第一编　总则\n第一条　甲。\n第二编　分则\n第二条　乙。\n附　则\n第三条　丙。\n"
    assert [a.chapter for a in parse(text).articles[1:]] == ["第一编 总则", "第二编 分则", "附则"]


def test_an_odd_file_of_each_kind_keeps_its_status_and_level_beside_its_labels():
    from law.corpus import regulation_of
    from law.formats.document import decode

    plan = regulation_of(decode(PLAN.encode(), "plan.txt"))
    assert (plan.level, plan.status) == ("规范性文件", "unknown")
