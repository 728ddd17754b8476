"""The vectors of a corpus folder travel with it: what fits is taken, what does not is embedded."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from index_support import Counting, build, regulation

from law.bundled import bundled_folder
from law.corpus import load_corpus
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import chunks_of
from vectorstore.embeddings import OFFLINE_MODEL, OfflineEmbeddings
from vectorstore.shipped_vectors import FILE, read_vectors, renew, unit_rows, write_vectors

SAMPLE = 24


def test_the_bundled_corpus_travels_with_every_vector_and_no_other() -> None:
    held = read_vectors(bundled_folder(), OFFLINE_MODEL, OfflineEmbeddings.dimension)
    wanted = {c.hash for r in load_corpus() for c in chunks_of(r)}
    assert held.keys() == wanted, "make vectors"
    assert (bundled_folder() / FILE).stat().st_size < 4e6


def test_a_sample_computed_anew_points_the_same_way() -> None:
    held = read_vectors(bundled_folder(), OFFLINE_MODEL, OfflineEmbeddings.dimension)
    chunks = sorted({c.hash: c for r in load_corpus() for c in chunks_of(r)}.values(), key=lambda c: c.hash)
    some = chunks[:: len(chunks) // SAMPLE]  # hashes are as good as drawn by lot, and the same ones at each run
    anew = unit_rows(np.asarray(OfflineEmbeddings().embed_documents([c.text for c in some]), dtype=np.float32))
    cosines = np.sum(anew * np.stack([held[c.hash] for c in some]), axis=1)
    assert cosines.min() >= 0.9999, "make vectors"


def travelling(folder: Path, model: Counting) -> Path:
    """The vectors of the small regulation, as this model gives them."""
    chunks = chunks_of(regulation())
    rows = unit_rows(np.asarray(model.embed_documents([c.text for c in chunks]), dtype=np.float32))
    write_vectors(folder, model.model, {c.hash: row for c, row in zip(chunks, rows, strict=True)})
    model.embedded.clear()
    return folder


def test_what_travels_is_not_embedded_again(tmp_path: Path) -> None:
    model = Counting()
    report = build(tmp_path / "data", embeddings=model, travelling=travelling(tmp_path, model))
    assert model.embedded == []
    assert report.embedded == 0
    assert report.reused == len(chunks_of(regulation()))
    store = ChromaStore(tmp_path / "data" / "chroma")
    stored = store.read(report.manifest.generation)
    store.close()
    assert stored
    wanted = np.asarray([model.embed_query(text) for text in stored.texts])
    assert np.sum(stored.vectors * wanted, axis=1).min() > 0.9999
    assert np.linalg.norm(stored.vectors, axis=1) == pytest.approx(1, abs=1e-5)  # half precision is not of length one


def test_a_text_that_has_changed_is_embedded_and_nothing_else(tmp_path: Path) -> None:
    model = Counting()
    folder = travelling(tmp_path, model)
    changed = regulation("本条说的是另一件事。", *(a.text for a in regulation().numbered[1:]))
    report = build(tmp_path / "data", changed, embeddings=model, travelling=folder)
    assert report.embedded == len(model.embedded) == 2  # the article and its paragraph
    assert all("另一件事" in text for text in model.embedded)


@pytest.mark.parametrize("other", [Counting("another"), Counting(dimension=8)], ids=["model", "dimension"])
def test_another_model_does_not_match(tmp_path: Path, other: Counting) -> None:
    report = build(tmp_path / "data", embeddings=other, travelling=travelling(tmp_path, Counting()))
    assert report.reused == 0
    assert report.embedded == len(chunks_of(regulation()))


@pytest.mark.parametrize("harm", [b"", b"PK\x03\x04 not an archive", None], ids=["empty", "cut", "away"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, harm: bytes | None) -> None:
    folder = travelling(tmp_path, Counting())
    if harm is None:
        (folder / FILE).unlink()
    else:
        (folder / FILE).write_bytes(harm)
    assert read_vectors(folder, "counting", 16) == {}
    assert build(tmp_path / "data", travelling=folder).reused == 0


def test_renewing_embeds_what_is_missing_and_removes_what_no_chunk_has(tmp_path: Path) -> None:
    (corpus := tmp_path / "corpus").mkdir()
    shutil.copytree(bundled_folder() / "luoyang", corpus / "luoyang")
    model = Counting()
    held, new, gone = renew(corpus, model)
    assert (held, gone) == (new, 0)
    first = (corpus / FILE).read_bytes()
    model.embedded.clear()
    assert renew(corpus, model) == (held, 0, 0)
    assert (model.embedded, (corpus / FILE).read_bytes()) == ([], first)
    (corpus / "luoyang" / "questions.jsonl").unlink()
    fewer, new, gone = renew(corpus, model)
    assert (new, fewer + gone) == (0, held)
    assert len(read_vectors(corpus, "counting", 16)) == fewer
