"""The norms of an article travel with it through the store."""

from dataclasses import replace

import pytest
from bundled import HELD

from law.norms import norms_of_article
from law.norms.actors import actors_in
from law.norms.storing import packed, unpacked
from law.text.script import plain
from vectorstore.chunks import chunks_of, norms_from, regulations_from


def test_every_article_comes_back_from_the_store_with_its_norms():
    for regulation in HELD:
        metadatas = [c.metadata for c in chunks_of(regulation)]
        (back,) = regulations_from(metadatas)
        said = norms_from(metadatas)
        for article in back.numbered:
            assert unpacked(said[article.id], article) == norms_of_article(regulation, article)


def test_norms_change_no_text_that_is_embedded():
    regulation = HELD[0]
    for chunk in chunks_of(regulation):
        assert "binding" not in chunk.text


def test_an_article_without_norms_is_an_empty_list_and_no_gap():
    regulation = HELD[0]
    article = replace(regulation.numbered[0], paragraphs=())
    assert unpacked(packed(norms_of_article(regulation, article)), article) == ()


def test_the_library_reads_norms_from_the_store(helper):
    library = helper.library()
    assert library.packed_norms
    rules = list(library.norms(["changzhou"]))
    assert [a.number for _, a, _ in rules] == sorted(a.number for _, a, _ in rules)
    assert all(n.quote in "".join(p.full for p in a.paragraphs) for _, a, n in rules)


@pytest.mark.parametrize("classes", [("部门:财政",), ("部门:司法行政", "部门:教育")])
def test_of_some_classes_no_norm_is_passed_over(helper, classes):
    library = helper.library()
    some = [n for _, _, n in library.norms(None, classes)]
    left = {(n.article_id, n.start) for _, _, n in library.norms()} - {(n.article_id, n.start) for n in some}
    assert left
    for _, _, norm in library.norms():
        if (norm.article_id, norm.start) in left:
            named = {c for a in actors_in(plain(norm.quote)) for c in a.classes}
            assert not set(classes) & {*norm.actors, *norm.partners, *norm.beneficiaries, *named}
