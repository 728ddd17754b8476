"""Of the right article the 款 that answers is quoted, not the one that only stands first."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "article", "paragraph"),
    [
        ("我在洛阳开小厂，想借用大学里的贵重仪器做检测，人家能不给用吗？", "luoyang/22", 2),
        ("我在常州开小厂，想用大学里的贵重仪器做检测，学校能不给用吗", "changzhou/67", 2),
        ("武汉一家国企用财政钱买的设备，别人想借来用，它能不答应吗", "wuhan/35", 2),
        ("洛阳国资委拿什么考核国企老总", "luoyang/9", 2),
        ("洛阳国企赚钱了是不是要多投研发", "luoyang/9", 1),
        ("被派到洛阳农村做科技服务，原单位工资还发不发", "luoyang/26", 2),
        ("常州谁来建科研诚信档案", "changzhou/73", 3),
        ("常州的厂子培训工人政府支持吗", "changzhou/37", 2),
        ("武汉职务成果要不要算国有资产", "wuhan/44", 3),
    ],
)
def test_the_paragraph_that_says_it_is_quoted(question: str, article: str, paragraph: int, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert (article, paragraph) in {(c.id, c.paragraph) for c in answer.citations}


def test_a_duty_of_others_is_read_where_it_is_asked_whether_they_may_refuse(helper: Assistant) -> None:
    answer = helper.ask("常州用财政钱买的仪器，学校可以不开放吗")
    quoted = [c.paragraph for c in answer.citations if c.id == "changzhou/67"]
    assert quoted[:1] == [2]
