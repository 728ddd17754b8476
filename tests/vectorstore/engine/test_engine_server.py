"""A large index on a real Chroma server: readers share its files or make them from it, and outlive its restart."""

from pathlib import Path

import pytest
from index_support import Counting, build, many, regulation
from server_support import Server

from vectorstore import engine
from vectorstore.chroma import ChromaStore
from vectorstore.library import Shelf

QUERY, WORDS = Counting().embed_query("第9号企业可以申请第9类科技创新资金。"), "第9号企业"


def best_three(shelf: Shelf) -> list[str]:
    searcher = shelf.library().searcher
    total = searcher.score(QUERY, WORDS).total
    return [searcher.article_ids[int(i)] for i in (-total).argsort(kind="stable")[:3]]


@pytest.mark.slow  # servers
def test_readers_on_other_machines_find_the_same(
    chroma_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(engine, "MOST_IN_MEMORY", 0)
    here, there = tmp_path / "here", tmp_path / "there"
    store = ChromaStore(url=chroma_server.url, beside=here)
    build(here, many(60), regulation(id_="other", city="乙市"), store=store)
    one = Shelf(store, "counting")
    two = Shelf(ChromaStore(url=chroma_server.url, beside=here), "counting")
    far = Shelf(ChromaStore(url=chroma_server.url, beside=there), "counting")  # has no files: they are made from Chroma
    found = best_three(one)
    assert best_three(two) == best_three(far) == found
    changed = regulation("第9号企业另有规定。", id_="other", city="乙市")
    assert build(here, many(60), changed, store=store).changed
    renewed = best_three(one)
    assert "other/1" in {a.id for r in two.library().regulations for a in r.articles}
    assert best_three(two) == best_three(far) == renewed
    chroma_server.kill()
    assert best_three(two) == renewed  # the files are enough for a question
    chroma_server.start()
    assert best_three(one) == best_three(two) == best_three(far) == renewed
    for shelf in (one, two, far):
        shelf.store.close()
