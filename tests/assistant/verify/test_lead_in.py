"""What a writer says of his own answer is no statement of the law; what stands beside it is held to the law as ever."""

import pytest

from assistant import Regulation
from assistant.verify import Verdict, judge
from law.corpus import load_corpus


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    return tuple(load_corpus())


def judged(sentence: str, *ids: str, held: tuple[Regulation, ...], asked: str = "") -> Verdict:
    cited = [(r, a) for r in held for a in r.articles if a.id in ids]
    return judge(sentence, cited, others=held, asked=asked, least=0.6)


RIGHT = [
    ("最相近的是草案拟规定，科技创新企业购买纳入推荐目录的保险产品的，给予一定的保费补助。", "wuhan/58", ""),
    ("最相近的有两处，所依据的文本后经修正。", "luoyang/39", ""),
    ("不过，这仍是征求意见稿里的规定。", "wuhan/58", ""),
    ("这一条目前还不能当作生效的规定来用。", "wuhan/58", ""),
    ("能否买到，还需要知道产品的性能能不能满足政府采购需求。", "luoyang/40", "洛阳政府采购能买我们的产品吗"),
    ("「不想写」不在写明的例外之内。", "luoyang/39", "洛阳保费补助，合同我不想写行吗"),
    ("条文没有把小企业排除在外。", "luoyang/39", ""),
    ("应当建立科学技术保险保费补助制度，这不等于已经建立保费补助制度。", "luoyang/39", ""),
    ("劳务费的这两个上限在2019年修正时改为「预算不设比例限制，据实编制」。", "luoyang/34", ""),
]


@pytest.mark.parametrize(("sentence", "id_", "asked"), RIGHT)
def test_what_is_right_stands(sentence: str, id_: str, asked: str, held: tuple[Regulation, ...]) -> None:
    assert judged(sentence, id_, held=held, asked=asked).reasons == ()


WRONG = [
    ("最相近的是草案拟规定，科技创新企业购买保险产品的，全额给予保费补助。", "wuhan/58", ""),
    ("最相近的有两处，所依据的文本仍然有效。", "luoyang/40", ""),
    ("这一条目前还不能当作生效的规定来用。", "changzhou/33", ""),
    ("「全额补助」写在条文里。", "luoyang/39", "洛阳科技保险有补助吗"),
    ("条文没有把涉及国家安全的单位排除在外。", "changzhou/67", ""),
    ("已经发放补助。", "luoyang/39", ""),
    ("能否买到，还需要知道企业注册是否满三年。", "luoyang/40", "洛阳政府采购能买我们的产品吗"),
]


@pytest.mark.parametrize(("sentence", "id_", "asked"), WRONG)
def test_what_stands_beside_it_is_held_to_the_law(
    sentence: str, id_: str, asked: str, held: tuple[Regulation, ...]
) -> None:
    assert judged(sentence, id_, held=held, asked=asked).reasons


def test_points_are_counted_in_the_list_beside_them(held: tuple[Regulation, ...]) -> None:
    said = "条文提到的支持有{}处：投资、贷款、担保。"
    assert not any("处」" in r for r in judged(said.format("三"), "changzhou/53", held=held).reasons)
    assert any("四处" in r for r in judged(said.format("四"), "changzhou/53", held=held).reasons)
