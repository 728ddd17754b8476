"""The same rules over laws that have nothing to do with science: blood donation, taxis, property management."""

from functools import cache
from pathlib import Path

import pytest

from assistant.verify import judge
from law.corpus import load_document
from law.regulation import Regulation

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample documents at {SAMPLES}")

BLOOD, TAXI, PROPERTY, AIR = (
    "泰安市献血条例(2021-07-31)", "青岛市客运出租汽车管理条例(2021-05-27)", "日照市物业管理条例(2017-10-01)",
    "鹤壁市大气污染防治条例(2019-02-01)",
)  # fmt: skip

RIGHT = [
    (BLOOD, 4, "泰安提倡18周岁到55周岁的健康公民自愿无偿献血。"),
    (BLOOD, 4, "既往没有献血反应、符合健康检查要求的多次献血者,主动要求再次献血的,年龄可以放宽到60周岁。"),
    (BLOOD, 6, "献血工作由卫生健康部门主管,负责组织、指导和监督管理。"),
    (BLOOD, 8, "每年6月是泰安的无偿献血宣传月。"),
    (BLOOD, 10, "库存血液不足或临床急需时,经本级卫生健康部门批准,可以启动流动血库。"),
    (BLOOD, 10, "发生突发事件需要大量用血的,事发地政府可以指定有关单位组织应急献血,但采血量以突发事件的用血需求为限。"),
    (BLOOD, 12, "泰安鼓励社会组织和个人免费提供临时献血场地。"),
    (BLOOD, 15, "血站要给献血者免费做健康检查,检查不合格的不得采血。"),
    (BLOOD, 16, "没有检测或者检测不合格的血液,血站不准提供给医疗机构。"),
    (BLOOD, 17, "捐全血的,一次一般200毫升,最多400毫升,两次至少间隔半年。"),
    (BLOOD, 19, "累计献血1000毫升以上的,终身享受无限量免费用血。"),
    (BLOOD, 19, "累计不满一千毫升的,5年内可以享受献血量五倍的免费用血。"),
    (BLOOD, 20, "公民献血,所在单位应当支持,也可以给适当的补贴或者补休。"),
    (BLOOD, 20, "该条没有写明补贴的金额。"),
    (BLOOD, 16, "医疗机构要出示哪些证件,泰安条例第十六条没有写明。"),
    (BLOOD, 20, "职工的补休从哪一天算起,泰安条例第二十条没有写明。"),
    (TAXI, 12, "巡游车经营权无偿使用,期限8年。"),
    (TAXI, 12, "想在期满后继续经营的,应当在届满60日前向市交通运输主管部门申请延续。"),
    (TAXI, 12, "依照该条例取得的巡游车车辆经营权不得转让。"),
    (TAXI, 13, "取得经营权后180天内没有正当理由不按规定营运的,由市交通运输主管部门收回经营权。"),
    (TAXI, 15, "出租汽车经营许可期限是八年,继续经营的应在期满三十日前提出延续申请。"),
    (TAXI, 39, "营运数据没有实时传到监管平台的,责令改正,罚款5000元以上1万元以下;情节严重的罚1万元以上3万元以下。"),
    (TAXI, 6, "青岛的巡游车运价实行政府定价或者政府指导价。"),
    (TAXI, 9, "驾驶员拾金不昧、见义勇为事迹突出的,给予表彰奖励。"),
    (PROPERTY, 21, "物业公司每年至少公布一次业主共有资金专用账户的收支情况。"),
    (PROPERTY, 24, "一个物业管理区域只成立一个业主大会。"),
    (PROPERTY, 25, "业主已入住面积的比例达到一半以上的,应当召开首次业主大会会议。"),
    (AIR, 5, "鹤壁的生态环境主管部门统一监管大气污染防治,发改、公安、住建、交通等部门在各自职责范围内配合。"),
    (AIR, 14, "污染防治设施因检修要停用的,企业应提前5个工作日向当地生态环境部门报告;突发故障的,应在24小时内报告。"),
    (AIR, 15, "没有自行监测能力的,鹤壁要求委托有资质的环境监测机构来做。"),
    (AIR, 27, "总的来看,机动车排放不达标的先限期维修,检验合格后才能上路使用;修了仍不合国家标准的,强制报废。"),
    (AIR, 54, "在鹤壁露天烧秸秆,农业农村等主管部门会责令改正,并可处500元以上2000元以下罚款。"),
    (BLOOD, 17, "捐全血一次一般200毫升,上限400毫升,两次之间至少隔6个月。"),
    (BLOOD, 20, "单位对职工献血应当支持,是否给补贴或者补休则由单位酌情决定。"),
]  # fmt: skip
WRONG = [
    (BLOOD, 4, "泰安提倡18周岁到60周岁的健康公民献血。", "number"),
    (BLOOD, 4, "泰安要求18周岁至55周岁的健康公民必须献血。", "binding"),
    (BLOOD, 6, "教育部门是献血工作的主管部门,负责组织、指导和监督管理。", "actor"),
    (BLOOD, 8, "青岛每年六月为无偿献血宣传月。", "city"),
    (BLOOD, 10, "流动血库可以直接启动,无须批准。", "condition"),
    (BLOOD, 12, "个人应当无偿提供临时献血场所。", "binding"),
    (BLOOD, 15, "血站可以向献血者收取健康检查费用二十元。", "amount"),
    (BLOOD, 15, "公民献血时要带哪些证件,泰安条例第十五条没有写明。", "silence"),
    (BLOOD, 15, "献血者的健康检查是不是免费,泰安条例第十五条没有写明。", "silence"),
    (BLOOD, 16, "血站可以向医疗机构提供检测不合格的血液。", "binding"),
    (BLOOD, 17, "每次献血最多不得超过六百毫升。", "number"),
    (BLOOD, 17, "两次献血间隔期不得超过六个月。", "bound"),
    (BLOOD, 19, "累计献血一千毫升以上的,五年内享受五倍的免费用血。", "number"),
    (BLOOD, 20, "所在单位可以支持公民献血,也必须给予补贴。", "binding"),
    (BLOOD, 20, "公民献血的,所在单位应当在十日内安排补休。", "deadline"),
    (BLOOD, 21, "血站应当免费给献血者做健康检查。", "wrong article"),
    (TAXI, 12, "巡游车车辆经营权使用期限为十年。", "number"),
    (TAXI, 12, "巡游车车辆经营权可以转让。", "binding"),
    (TAXI, 12, "经营权期满前三十日申请延续,并缴纳保证金。", "number"),
    (TAXI, 13, "由公安机关收回巡游车车辆经营权。", "actor"),
    (TAXI, 15, "出租汽车经营许可期限届满自动延续。", "condition"),
    (TAXI, 39, "未传输数据的,处五万元以上罚款。", "number"),
    (TAXI, 6, "网约车运价由市发展改革部门审批。", "condition"),
    (TAXI, 6, "条例写的是「巡游车运价实行市场调节价」。", "quote"),
    (PROPERTY, 21, "物业服务企业每年公布收支情况不得多于一次。", "bound"),
    (PROPERTY, 24, "一个物业管理区域可以成立两个业主大会。", "number"),
    (PROPERTY, 25, "入住户数达到百分之三十以上的,应当召开首次业主大会会议。", "number"),
    (BLOOD, 20, "泰安的单位应当给献血职工发放补贴。", "binding"),
    (AIR, 30, "鹤壁鼓励施工单位设置硬质围挡。", "binding"),
]  # fmt: skip


@cache
def law(name: str) -> Regulation:
    return load_document(SAMPLES / f"{name}.md")


def supported(name: str, number: int, sentence: str) -> bool:
    regulation = law(name)
    found = judge(sentence, [(regulation, a) for a in regulation.find(number)])
    assert bool(found.reasons) != found.supported
    return found.supported


def test_right_sentences_are_kept() -> None:
    lost = [case for case in RIGHT if not supported(*case)]
    assert len(lost) <= 0.08 * len(RIGHT), lost


def test_wrong_sentences_are_caught() -> None:
    passed = [case for case in WRONG if supported(*case[:3])]
    assert len(passed) <= 0.08 * len(WRONG), passed
