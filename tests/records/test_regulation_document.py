"""A regulation taken away whole: nothing missing, what is to be minded at the clause, Simplified throughout."""

import io

from docx import Document

from law.corpus import load_corpus
from law.text.numerals import to_chinese
from records.word.regulation import regulation_document, regulation_text


def test_every_article_of_each_regulation_is_in_both_files() -> None:
    for regulation in load_corpus():
        word = "\n".join(p.text for p in Document(io.BytesIO(regulation_document(regulation))).paragraphs)
        text = regulation_text(regulation).decode("utf-8-sig")
        for article in regulation.numbered:
            for said in (word, text):
                assert f"\n{article.label}" in said, (regulation.id, article.label, to_chinese(article.number))


def test_chapters_are_headings_and_the_status_comes_first() -> None:
    wuhan = next(r for r in load_corpus() if r.id == "wuhan")
    made = Document(io.BytesIO(regulation_document(wuhan)))
    assert made.paragraphs[0].style.name == "Title"
    assert "草案" in made.paragraphs[1].text
    heads = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert heads == list(dict.fromkeys(a.chapter for a in wuhan.articles if a.chapter))


def test_a_traditional_source_is_taken_away_in_simplified_and_says_so() -> None:
    luoyang = next(r for r in load_corpus() if r.id == "luoyang")
    said = regulation_text(luoyang).decode("utf-8-sig")
    assert "据繁体来源转换" in said
    assert "知识产权" in said
    assert "智慧財產權" not in said


def test_what_became_of_a_clause_stands_at_the_clause() -> None:
    luoyang = next(r for r in load_corpus() if r.id == "luoyang")
    lines = regulation_text(luoyang).decode("utf-8-sig").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("第十三条"))
    assert any("2019" in line for line in lines[at : at + 8])
