"""A citation stands or does not, and each kind of fault is told by its name."""

from io import BytesIO
from pathlib import Path

import pytest
from bundled import HELD
from docx import Document

from assistant.check.drafts import commented, draft_of, read_draft
from assistant.check.judging import review
from law.errors import DocumentError

DRAFT = "武汉市推进科技创新中心建设条例（草案征求意见稿）"
KINDS = {
    "根据常州条例第二十条，完成人的份额不低于百分之七十。": "right",
    "根据常州条例第二十条，完成人的份额不低于百分之八十。": "unsupported",
    "根据常州条例第二十条，完成人的份额不高于百分之七十。": "unsupported",
    "常州条例第九十条规定了奖励。": "no_such_article",
    "常州条例第二十条第九款规定了奖励。": "no_such_article",
    f"《{DRAFT}》第五十八条对纳入推荐目录的保险产品给予一定的保费补助。": "right",
    "根据武汉条例第五十八条，对购买纳入推荐目录的保险产品的科技创新企业给予一定的保费补助。": "draft",
    "洛阳条例第十三条规定，对完成人给予不低于百分之二十的奖励。": "superseded",
    "《江苏省科学技术进步条例》第十条规定了投入。": "not_held",
    "2015年文本曾规定满足需求的自主创新产品政府可以优先购买，修正时已删去（洛阳条例第四十条）。": "right",
    f"现行《{DRAFT}》第五十八条第二款对纳入推荐目录的保险产品给予一定的保费补助。": "draft",
    "常州条例第八条要求持续加大财政科技投入力度，各级财政部门要算好账、用好钱。": "right",
    "常州条例第八条要求持续加大财政科技投入力度，并全额补助企业。": "unsupported",
    "常州条例第五十五条只鼓励保险机构开发保险品种，没有补助条款。": "right",
    "洛阳条例第二十四条规定，来洛人才都能拿到安家费补贴。": "unsupported",
    "常州条例第五十四条第一款确保科技型企业在境内外资本市场挂牌上市。": "unsupported",
    "常州条例第六十七条规定，大型仪器应当在满足自身使用需求的基础上一律向社会开放。": "unsupported",
    "常州条例第四十八条对中以常州创新园建设作了规定。": "wrong_article",
}


@pytest.mark.parametrize("text", KINDS)
def test_a_citation_is_judged_by_its_kind(text: str) -> None:
    (found,) = review([text], HELD).citations
    assert found.kind == KINDS[text], found.why
    assert found.ok == {"right": True, "not_held": None}.get(found.kind, False)
    assert bool(found.why) == (found.kind != "right")


def test_a_quote_that_was_altered_is_shown_beside_the_law() -> None:
    article = HELD[0].find(20)[0]
    quote = article.paragraphs[0].text[:30]
    assert review([f"常州条例第二十条规定：“{quote}”"], HELD).citations[0].ok
    altered = quote.replace("可以", "应当") if "可以" in quote else quote[:10] + "一律" + quote[12:]
    (found,) = review([f"常州条例第二十条规定：“{altered}”"], HELD).citations
    assert found.kind == "misquote"


def test_a_quote_of_another_article_names_it() -> None:
    quote = HELD[0].find(20)[0].paragraphs[0].text[:30]
    (found,) = review([f"常州条例第二十一条规定：“{quote}”"], HELD).citations
    assert (found.kind, found.right) == ("wrong_article", ("changzhou/20",))


def test_a_sentence_that_another_article_carries_names_it() -> None:
    text = f"《{DRAFT}》第五十七条对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。"
    (found,) = review([text], HELD).citations
    assert found.kind == "wrong_article"
    assert "wuhan/58" in found.right


def test_a_claim_without_a_citation_is_listed_apart() -> None:
    found = review(["常州市的财政科技投入应当稳定增长。", "今天天气很好，适合开会。"], HELD)
    assert not found.citations
    assert [u.sentence for u in found.uncited] == ["常州市的财政科技投入应当稳定增长。"]


def word(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "依据", "常州条例第九十条"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_draft_comes_back_with_a_comment_at_each_fault() -> None:
    draft = draft_of(word("根据常州条例第二十条，完成人的份额不低于百分之八十。", "常州条例第八条讲投入。"), "稿.docx")
    found = review(draft.blocks, HELD)
    back = Document(BytesIO(commented(draft, found)))
    comments = [c.text for c in back.comments]
    assert any("百分之八十" in c for c in comments)
    assert not any("changzhou/" in c for c in comments)  # articles by what they are called
    assert any("第九十条" in c for c in comments)  # the table's cell
    assert [p.text for p in back.paragraphs] == [p.text for p in Document(BytesIO(draft.word)).paragraphs]


def test_the_cell_left_of_a_citation_is_what_it_is_cited_for() -> None:
    document = Document()
    table = document.add_table(2, 3)
    for row, (what, cited) in enumerate([("建立政策直达快享机制", "第六十九条"), ("建立政企沟通机制", "第七十二条")]):
        table.cell(row, 0).text, table.cell(row, 1).text = what, f"常州条例{cited}"
        table.cell(row, 2).text = "市科技局"
    out = BytesIO()
    document.save(out)
    draft = draft_of(out.getvalue(), "表.docx")
    found = review(draft.blocks, HELD, beside=draft.beside).citations
    assert [f.kind for f in found] == ["right", "wrong_article"]
    assert found[1].right == ("changzhou/71",)


def test_another_paragraph_of_the_article_is_named() -> None:
    (found,) = review(["常州条例第二十条第一款规定，按份共有的，完成人持有的份额不低于百分之七十。"], HELD).citations
    assert (found.kind, found.right) == ("wrong_article", ("changzhou/20",))
    assert "第三款" in found.why


def test_a_text_draft_comes_back_with_marks_and_nothing_lost() -> None:
    draft = draft_of("根据常州条例第二十条，份额不低于百分之八十。\n其余不变。".encode(), "稿.md")
    back = commented(draft, review(draft.blocks, HELD)).decode()
    assert "【核稿：" in back
    assert back.splitlines()[1] == "其余不变。"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\x00\x01\x02"], ids=["empty", "broken", "binary"])
def test_a_draft_that_cannot_be_read_is_a_named_error(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    with pytest.raises(DocumentError, match=r"x\.docx"):
        read_draft(tmp_path / "x.docx")
