"""Messages in an office's few words, or with blanks for commas, are taken apart; what they only tell asks nothing."""

import pytest

from assistant import Assistant
from assistant.understand.asked import asked_in
from assistant.understand.parts import take_apart
from assistant.understand.question import understand


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("自然科学奖：单项奖金最高额；评审办法由谁制定。请填表。", ["单项奖金最高额", "评审办法由谁制定"]),
        ("请明确两点：一、拨付时限；二、验收由何部门组织。", ["拨付时限", "验收由何部门组织"]),
        ("承办单位须否每年报告；交给谁？", ["承办单位须否每年报告", "交给谁"]),
        ("软件类课题顶格列几成 普通课题谁来审 洛阳", ["软件类课题顶格列几成", "普通课题谁来审"]),
        ("统计表多久报一回，网上填还是交纸的？", ["统计表多久报一回", "网上填还是交纸的"]),
        ("一次检测的费用谁出，单位还是个人？", ["一次检测的费用谁出，单位还是个人"]),
        ("变更地址找谁报批，要提前几天申请", ["变更地址找谁报批", "要提前几天申请"]),
        ("研发费用补多少\n高校老师可以兼职?", ["研发费用补多少", "高校老师可以兼职"]),
        ("不是本地的能报嘛", ["不是本地的能报嘛"]),
        ("孵化器：认定条件、认定以后有何支持", ["认定条件", "认定以后有何支持"]),
        ("考核标准、考核流程由谁定", ["考核标准、考核流程由谁定"]),
        ("押金退不退，场次变更以后几个月之内办才算数？", ["押金退不退", "场次变更以后几个月之内办才算数"]),
        ("展馆归哪个单位管？门票是全天有效还是分场次卖？", ["展馆归哪个单位管", "门票是全天有效还是分场次卖"]),
        ("申报条件、有没有时间限制", ["申报条件", "有没有时间限制"]),
        ("任期多久，一年还是半年？", ["任期多久，一年还是半年"]),
        ("什么项目能报，重要项目还是一般项目？", ["什么项目能报，重要项目还是一般项目"]),
        ("攒到多少分，十几家银行才肯给？", ["攒到多少分，十几家银行才肯给"]),
        ("企业和 / 或个人能不能申请补贴", ["企业和 / 或个人能不能申请补贴"]),
        ("武汉 / 洛阳 科技保险补贴多少", ["科技保险补贴多少"]),
        ("常州 孵化器 运营补助 最高额 / 几年认定一次", ["最高额", "几年认定一次"]),
        ("常州 孵化器 场地租金 ｜ 高校 设备 收不收费 | 谁定价", ["场地租金", "收不收费", "谁定价"]),
        ("常州 孵化器 运营补助 补几成 / 人数上限", ["补几成", "人数上限"]),
        ("孵化器的补贴/奖励怎么申请", ["孵化器的补贴/奖励怎么申请"]),
    ],
)
def test_each_thing_is_asked_for_itself(text: str, asked: list[str]) -> None:
    assert [a.text for a in asked_in(text)] == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我们是一家新型研发机构；能拿什么补助？", ["能拿什么补助"]),
        ("我们已经满足申报条件、能不能拿补助", ["能不能拿补助"]),
        ("我这边也没什么事，补助能给多少？", ["补助能给多少"]),
        ("我们主要还是缺钱，能补多少？", ["能补多少"]),
        ("我们做研发 / 生产的企业。补贴给多少？", ["补贴给多少"]),
        ("已经交了材料；什么时候批下来？", ["什么时候批下来"]),
        ("我们公司还是初创企业，能享受什么补助？", ["能享受什么补助"]),
        ("项目还是通过了。奖金谁来发？", ["奖金谁来发"]),
        ("毕业时我和几位同学开了公司，今年买了保险。保费补不补？", ["保费补不补"]),
        ("你们不是给厂子排过名嘛，银行放款看不看？", ["银行放款看不看"]),
        ("碰上谁也没见过的难处，政府管不管？", ["政府管不管"]),
        ("申请填报的材料，由谁审核", ["由谁审核"]),
    ],
)
def test_what_is_only_told_is_no_thing_of_its_own(text: str, asked: list[str]) -> None:
    assert [a.text for a in asked_in(text)] == asked


def test_a_later_side_in_one_word_goes_on_with_the_matter_of_the_first(helper: Assistant) -> None:
    held = helper.library().regulations
    asked = understand("洛阳 科技保险 保费补助 补几成 / 受理批次 / 孵化器 专项资金 用途", held)
    first, second, third = take_apart(asked, held)
    assert (first.leans, second.leans, third.leans) == (False, True, False)
    assert "科技保险" in second.question.topic
    assert "科技保险" not in third.question.topic


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("武汉科研失败什么情况可以免责，由谁来认定？", True),
        ("常州的孵化器怎么评，由哪个部门认定？", True),
        ("常州的孵化器怎么评，由哪个部门认定技术合同？", False),
    ],
)
def test_by_whom_something_is_done_that_is_not_named_leans(text: str, leans: bool, helper: Assistant) -> None:
    held = helper.library().regulations
    *_, last = take_apart(understand(text, held), held)
    assert last.leans is leans
