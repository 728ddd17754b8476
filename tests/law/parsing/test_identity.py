"""Title, place, dates and status, from a document's own words."""

from datetime import date

import pytest

from law.parsing.identity import identify
from law.parsing.parser import parse

BODY = "\n第一条 为了规范管理，制定本条例。\n第二条 本条例自2020年3月1日起施行。\n"


def read(head, body=BODY, today=None):
    return identify(parse(head + body).articles, today)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# 洛阳市科学技术条例", "洛阳市科学技术条例"),
        ("洛 阳 市 科 学 技 术 条 例", "洛阳市科学技术条例"),
        ("洛陽市科學技術條例", "洛阳市科学技术条例"),
        ("洛阳市科技成果转化若干\n规定", "洛阳市科技成果转化若干规定"),
        ("# **洛阳市\n科技创新条例**", "洛阳市科技创新条例"),
        ("洛阳市人民代表大会常务委员会公告\n第12号\n洛阳市科技创新条例", "洛阳市科技创新条例"),
        ("《洛阳市科技创新条例》", "洛阳市科技创新条例"),
        ("洛阳市科技创新条例（2021年修正）", "洛阳市科技创新条例（2021年修正）"),
        ("洛阳市人大常委会关于修改《洛阳市科技条例》的决定", "洛阳市人大常委会关于修改《洛阳市科技条例》的决定"),
        ("洛阳市科技创新条例\n（草案征求意见稿）", "洛阳市科技创新条例（草案征求意见稿）"),
    ],
)
def test_a_title_is_found_however_it_is_printed(head, title):
    found = read(head)
    assert (found.title, found.city, found.province) == (title, "洛阳市", "河南省")


def test_no_title_and_no_place_are_said():
    assert [f.kind for f in read("").findings] == ["no_title", "no_place"]


@pytest.mark.parametrize(
    ("head", "city", "province"),
    [
        ("北京市科技条例", "", "北京市"),
        ("河南省科技条例", "", "河南省"),
        ("深圳经济特区科技创新条例", "深圳市", "广东省"),
        ("科技创新条例\n（2020年8月26日杭州市第十三届人民代表大会常务委员会第二次会议通过）", "杭州市", "浙江省"),
        (
            "郑洛新国家自主创新示范区条例\n2020年7月31日 河南省第十三届人民代表大会常务委员会第十九次会议通过",
            "",
            "河南省",
        ),
    ],
)
def test_the_place_comes_from_the_title_or_from_who_adopted_it(head, city, province):
    assert (read(head).city, read(head).province) == (city, province)


HEAD = (
    "洛阳市科技条例\n（2019年5月9日洛阳市第十五届人民代表大会常务委员会第七次会议通过　"
    "2019年7月26日河南省第十三届人民代表大会常务委员会第十一次会议批准）"
)


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD.replace("2019年5月9日", "二○一九年五月九日").replace("2019年7月26日", "二〇一九年七月二十六日"),
        HEAD.replace("2019年5月9日", "2019 年 5 月 9 日"),
        HEAD.replace("2019年5月9日", "２０１９年５月９日"),
        HEAD.replace("　", "\n"),
    ],
)
def test_dates_are_read_in_every_numeral(head):
    dates = read(head).dates
    assert (dates["adopted"], dates["approved"], dates["effective"]) == ("2019-05-09", "2019-07-26", "2020-03-01")


def test_an_amendment_told_on_the_same_line_makes_no_amendment_of_the_events_before_it():
    dates = read(f"{HEAD[:-1]}　根据2021年3月1日洛阳市第十五届人民代表大会常务委员会第二十次会议修正）").dates
    assert (dates["approved"], dates["amended"]) == ("2019-07-26", ["2021-03-01"])
    dates = read(
        "西安市科技奖励办法\n（2004年3月12日 西政发〔2004〕25号 根据2010年11月15日《西安市人民政府决定》修正）"
    ).dates
    assert (dates["announced"], dates["amended"]) == ("2004-03-12", ["2010-11-15"])


def test_a_notice_that_sends_a_text_round_lends_it_no_title():
    head = "某厅关于印发\n《贵州省科技计划管理办法》的通知\n各市科技局：\n现印发给你们。\n贵州省科技计划管理办法"
    assert read(head, "\n第一章 总则\n第一条 甲。\n").title == "贵州省科技计划管理办法"


def test_a_repealed_law_named_in_the_last_article_lends_no_date():
    body = "\n第一条 甲。\n第二条 本条例自2015年1月1日起施行。"
    body += "1997年6月25日某市人大常委会通过的《某市投入条例》同时废止。\n"
    dates = read("洛阳市科技条例", body).dates
    assert dates["effective"] == "2015-01-01"
    assert (dates["adopted"], dates["approved"]) == (None, None)


@pytest.mark.parametrize(
    "says", ["自 年 月 日起施行", "自    年  月  日起施行", "自____年__月__日起施行", "自公布之日起施行"]
)
def test_a_blank_date_is_no_date(says):
    found = read("洛阳市科技条例", f"\n第一条 甲。\n第二条 本条例{says}。\n")
    assert found.dates["effective"] is None
    assert [f.kind for f in found.findings] == ["no_effective_date"]


def test_an_impossible_date_is_no_date():
    assert read("洛阳市科技条例", "\n第一条 本条例自2020年13月45日起施行。\n").dates["effective"] is None


def test_status_follows_title_and_date():
    assert read("洛阳市科技条例（草案）").status == "draft"
    assert read("洛阳市科技条例（已废止）").status == "repealed"
    assert read("洛阳市科技条例", today=date(2020, 2, 29)).status == "not_yet_in_force"
    assert read("洛阳市科技条例", today=date(2020, 3, 1)).status == "in_force"


@pytest.mark.parametrize(
    "title",
    ["上海市实施《中华人民共和国农业法》办法", "最高人民法院关于适用《中华人民共和国民法典》总则编若干问题的解释",
     "青岛市人民代表大会常务委员会关于加强检察工作，维护公平正义的决议", "青岛市停车管理办法（试行）",
     "青岛市公园管理办法修正案",
     "青岛市人民政府关于支持科技创新、促进产业发展的若干意见"],
)  # fmt: skip
def test_a_title_with_marks_in_it_or_that_is_a_sentence_is_kept_whole(title):
    assert read(f"{title}\n（2020年1月1日通过）\n", "第一条 甲。\n").title == title


@pytest.mark.parametrize(
    ("head", "level"),
    [("中华人民共和国专利法\n1984年3月12日 第六届全国人民代表大会常务委员会第四次会议通过", "宪法与法律"),
     ("中华人民共和国专利法实施细则\n（2001年6月15日国务院令第306号公布）", "行政法规"),
     ("科学技术保密规定\n（2015年11月16日科学技术部令第16号公布）", "部门规章"),
     ("青岛市停车条例\n（2020年1月1日青岛市人民代表大会常务委员会通过）", "地方性法规"),
     ("延边朝鲜族自治州自治条例\n（1985年4月24日通过）", "自治条例"),
     ("内蒙古自治区科学技术进步条例\n（1997年9月24日内蒙古自治区人民代表大会常务委员会通过）", "地方性法规"),
     ("湘西土家族苗族自治州科技条例\n（2022年10月28日湘西土家族苗族自治州"
      "第十四届人民代表大会常务委员会第七次会议通过）", "地方性法规"),
     ("西安市科技奖励办法\n（2004年3月12日发布　根据2010年11月15日《修改部分市政府规章的决定》修正）", "政府规章"),
     ("青岛市停车办法\n（2020年1月1日青岛市人民政府令第3号公布）", "政府规章"),
     ("青岛市科技创新若干政策措施\n青政发〔2020〕3号", "规范性文件")],
)  # fmt: skip
def test_the_level_comes_from_the_title_and_from_who_made_it(head, level):
    found = read(head, "\n第一条 甲。\n")
    assert found.level == level
    assert bool(found.city or found.province) == (level not in ("宪法与法律", "行政法规", "部门规章"))


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [("青岛市停车办法\n（2008年4月2日公布　根据2021年3月1日《关于废止规章的决定》废止）", "", "repealed"),
     ("青岛市停车办法\n（2015年4月2日公布）", "第二条 自2015年5月1日起施行，有效期至2017年4月30日。\n", "repealed"),
     ("青岛市停车办法\n（2015年4月2日公布）", "第二条 本办法自2015年5月1日起施行，有效期两年。\n", "repealed"),
     ("青岛市停车办法\n（2015年4月2日公布）", "第二条 本办法自2015年5月1日起施行，有效期五十年。\n", "in_force"),
     ("青岛市停车办法\n（2015年4月2日公布）", "", "unknown"),
     ("青岛市停车办法\n（2015年4月2日公布）", "第二条 本办法自公布之日起施行。\n", "in_force"),
     ("青岛市停车办法", "第二条 本办法自2015年5月1日起施行。《青岛市旧办法》同时废止。\n", "in_force"),
     ("青岛市关于废止《青岛市停车办法》的决定", "第二条 本决定自2020年2月1日起施行。\n", "in_force")],
)  # fmt: skip
def test_a_status_is_said_only_with_its_evidence(head, body, status):
    assert read(f"{head}\n", f"第一条 甲。\n{body}", date(2026, 1, 1)).status == status


def test_an_amendment_of_a_government_rule_is_no_date_of_its_own():
    found = read(
        "青岛市停车办法\n（2008年4月2日政府令第5号公布　根据2021年3月1日《关于修改部分规章的决定》修正）\n",
        "第一条 甲。\n",
    )
    assert (found.dates["announced"], found.dates["amended"]) == ("2008-04-02", ["2021-03-01"])


def test_a_city_in_no_list_of_places_is_named_by_its_assembly():
    title, rest = "海州市湿地保护条例\n", "第一条 甲。\n第二条 自公布之日起施行。\n"
    own = "2003年5月8日海州市第十届人民代表大会常务委员会第三次会议通过\n"
    assert identify(parse(title + own + rest).articles, date(2024, 1, 1)).city == "海州市"
    assert identify(parse(title + rest).articles, date(2024, 1, 1)).city == ""
