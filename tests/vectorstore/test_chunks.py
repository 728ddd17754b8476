"""Chunks: bounded, complete, stable."""

from collections import Counter

from bundled import HELD
from hypothesis import given, settings
from hypothesis import strategies as st

from law.corpus import regulation_of
from law.formats.document import decode
from law.text.script import to_simplified
from vectorstore.chunks import MAX_TOKENS, chunks_of, regulations_from, split_text
from vectorstore.tokens import count_tokens

SENTENCE = st.text(alphabet="甲乙丙丁科技创新保险，；。：（一）1.%ab 😀𠀀\n", min_size=1, max_size=60)


def by_kind(regulation):
    kinds = Counter(c.metadata["kind"] for c in chunks_of(regulation))
    return dict(kinds)


def test_no_chunk_of_the_bundled_corpus_is_longer_than_the_bound():
    for regulation in HELD:
        chunks = chunks_of(regulation)
        assert max(int(c.metadata["tokens"]) for c in chunks) <= MAX_TOKENS
        assert all(c.metadata["tokens"] == count_tokens(c.text) for c in chunks)
        assert len({c.id for c in chunks}) == len(chunks)


def test_the_parts_of_a_paragraph_joined_are_the_paragraph():
    for regulation in HELD:
        parts = {}
        for chunk in chunks_of(regulation):
            if chunk.metadata["kind"] == "paragraph":
                parts.setdefault((chunk.metadata["article_id"], chunk.metadata["paragraph"]), []).append(chunk.text)
        for article in regulation.articles:
            for paragraph in article.paragraphs:
                whole = "".join(to_simplified(t) for t in (paragraph.text, *paragraph.items))
                assert "".join(parts[article.id, paragraph.number]) == whole


def test_the_store_alone_gives_back_every_article():
    held = regulations_from([c.metadata for r in HELD for c in chunks_of(r)])
    assert held == HELD


def test_likely_questions_can_be_left_out_and_come_back_with_the_regulation():
    regulation = HELD[0]
    without = chunks_of(regulation, likely_questions=False)
    assert "question" not in {c.metadata["kind"] for c in without}
    assert regulations_from([c.metadata for c in without])[0].questions == regulation.questions


def test_a_changed_article_changes_its_own_chunks_alone():
    before = "某市条例\n第一条 甲。\n第二条 乙。\n第三条 本条例自2020年1月1日起施行。\n"
    old, new = (
        {c.id: c.hash for c in chunks_of(regulation_of(decode(t.encode(), "x"), new_id="x"))}
        for t in (before, before.replace("乙", "丙"))
    )
    assert {i.split("#")[0] for i in old if old[i] != new[i]} == {"x/2"}


def test_metadata_that_is_none_is_left_out():
    assert all(v is not None for r in HELD for c in chunks_of(r) for v in c.metadata.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=30), st.integers(30, 120))
def test_splitting_loses_nothing_and_keeps_the_bound(pieces, limit):
    parts = list(split_text(pieces, limit))
    assert "".join(parts) == "".join(pieces)
    assert all(count_tokens(p) <= limit for p in parts)


@settings(max_examples=20, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=12), st.integers(1, 40))
def test_no_chunk_of_any_document_is_longer_than_the_bound(pieces, times):
    text = "某市条例\n第一条 " + "".join(pieces) * times + "\n第二条 完。\n"
    regulation = regulation_of(decode(text.encode(), "x.txt"), new_id="x")
    assert all(count_tokens(c.text) <= MAX_TOKENS for c in chunks_of(regulation))
