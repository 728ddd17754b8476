"""A rule applied to the asker's case: what is reckoned is reckoned again, what follows from a fact follows."""

import pytest

from assistant import Assistant
from assistant.verify import Open, judge

CASES = (
    # what is asked, article, a right sentence, a wrong one
    (
        "我们高校转让专利净收入100万，在洛阳要奖多少",
        "luoyang/13",
        "按净收入100万元计算，至少应当拿出20万元一次性奖励给完成人和做出主要贡献的人员。",
        "按净收入100万元计算，拿出10万元一次性奖励给完成人和做出主要贡献的人员即可。",
    ),
    (
        "软件开发类项目经费200万，劳务费最多多少",
        "luoyang/34",
        "软件开发类项目的劳务费最高可以占项目经费的百分之五十，200万元的项目最多可列100万元。",
        "软件开发类项目经费200万元，劳务费最高60万元。",
    ),
    (
        "我们研究所想把成果长期使用权给课题组8年，可以吗",
        "changzhou/20",
        "8年不符合要求，长期使用权的许可使用期限应当不少于十年。",
        "长期使用权给8年符合条例要求。",
    ),
    (
        "我在洛阳造假，2023年3月被记入诚信档案，什么时候能再申报",
        "luoyang/46",
        "自记入诚信档案之日起五年内取消申报资格，2023年3月记入的，要到2028年3月以后。",
        "2023年3月记入的，2026年起就可以重新申报。",
    ),
    (
        "我们和常州一所大学约定按份共有，最少占多少",
        "changzhou/20",
        "约定按份共有的，团队持有的份额不低于百分之七十，学校最多留百分之三十。",
        "约定按份共有的，团队持有的份额不低于百分之七十，学校最少留百分之三十。",
    ),
    (
        "我们常州的大学想给团队十五年使用权，可以吗",
        "changzhou/20",
        "行，十五年已经满足许可使用期限不少于十年的要求。",
        "行，八年已经满足许可使用期限不少于十年的要求。",
    ),
    (
        "我们洛阳的院所派人到农村服务三年，工资怎么办",
        "luoyang/26",
        "到农村服务的三年里，贵院应当保留其岗位、职务和工资。",
        "到农村服务的三年里，原单位不得保留其岗位、职务和工资。",
    ),
    (
        "外国专家在常州搞科研，办居留有什么方便",
        "changzhou/39",
        "外籍人才可以适用停留居留、工作许可、出入境等便利化措施。",
        "外籍人才应当自行办理停留居留、工作许可、出入境等便利化措施。",
    ),
    (
        "常州的科技保险，保费谁来交",
        "changzhou/55",
        "条例只鼓励保险机构开发保险品种，保费由谁交没有写明。",
        "条例只鼓励保险机构开发保险品种，没有写到知识产权保护。",
    ),
    (
        "武汉的医院只给完成人六年使用权，行吗",
        "wuhan/44",
        "六年短于草案要求的十年，贵院的使用权期限需要延长到至少十年。",
        "六年短于草案要求的十年，贵院的使用权期限需要缩短到六年以下。",
    ),
    (
        "企业买的保险不在推荐目录里，有补助吗",
        "wuhan/58",
        "你们购买的产品没有纳入推荐目录，按第五十八条的规定不在保费补助的范围内。",
        "你们购买的产品没有纳入推荐目录，也可以获得一定的保费补助。",
    ),
)


@pytest.mark.parametrize(("asked", "article", "right", "wrong"), CASES, ids=[c[1] + c[2][:6] for c in CASES])
def test_what_follows_for_a_case_is_told_from_what_does_not(
    asked: str, article: str, right: str, wrong: str, helper: Assistant
) -> None:
    cited = [helper.article(article)]
    assert judge(right, cited, asked=asked).reasons == ()
    reasons = judge(wrong, cited, asked=asked).reasons
    assert any(not isinstance(r, Open) for r in reasons), reasons


def test_a_sum_of_the_question_is_not_given_by_the_law(helper: Assistant) -> None:
    said = "武汉市给予科技创新企业一百万元的保费补助。"
    assert not judge(said, [helper.article("wuhan/58")], asked="买保险能给一百万元补助吗").supported


def test_a_share_that_nobody_asked_about_is_none_of_a_case(helper: Assistant) -> None:
    said = "规模以上企业研究开发费用占年销售收入比例达到10%的，可以承担市级科技计划项目，享受市人民政府的支持政策。"
    assert not judge(said, [helper.article("luoyang/7")], asked="研发投入达到多少才能享受政策").supported


def test_a_period_is_over_only_when_it_is(helper: Assistant) -> None:
    cited = [helper.article("luoyang/46")]
    asked = "我2016年3月1日被洛阳记入科研诚信档案，2020年能报奖吗"
    assert judge(
        "您的五年期限从2016年3月1日起算，2020年仍在期内，因此不能申报科学技术奖励。", cited, asked=asked
    ).supported
    assert not judge("您的五年期限从2016年3月1日起算，2020年不在期内。", cited, asked=asked).supported
