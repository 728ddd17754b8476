"""A large index is renewed by what has changed, survives what kills it, and is made again where its files are gone."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from index_support import Counting, best, build, many, regulation

from law.regulation import Regulation
from vectorstore import engine
from vectorstore.chroma import ChromaStore
from vectorstore.engine import renewing
from vectorstore.ingest import held_regulations
from vectorstore.library import Shelf


@pytest.fixture(autouse=True)
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_IN_MEMORY", 0)


@pytest.fixture
def base() -> list[Regulation]:
    """One large regulation and two small ones."""
    return [many(250).with_id("many"), regulation(id_="haicheng"),
            regulation("本市设立科技奖。", id_="linhai", city="临海市")]  # fmt: skip


def volumes(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "volumes").iterdir() if p.is_dir())


def _is_title(text: str) -> bool:
    """A title is the text of a regulation's own chunk, and a line of the text before 第一章."""
    return text.endswith("条例")


def test_what_is_unchanged_is_not_written(tmp_path: Path, base: list[Regulation]) -> None:
    first = build(tmp_path, *base)
    again = build(tmp_path, *base)
    assert (first.changed, again.changed) == (True, False)
    assert again.manifest == first.manifest
    assert [r.chunks for r in again.rows] == [r.chunks for r in first.rows]
    assert again.embedded == 0


def test_one_changed_article_costs_its_regulation_alone(tmp_path: Path, base: list[Regulation]) -> None:
    build(tmp_path, *base)
    (whole,) = volumes(tmp_path)
    model = Counting()
    changed = regulation("本市设立科技大奖，每年一次。", id_="linhai", city="临海市")
    report = build(tmp_path, *base[:2], changed, embeddings=model)
    assert report.manifest.volumes.split(",")[0] == whole
    assert len(report.manifest.volumes.split(",")) == 2
    assert 0 < len(model.embedded) <= 3
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    library = shelf.library()
    assert library.regulation("linhai").articles[-1].text == "本市设立科技大奖，每年一次。"
    assert best(shelf, "本市设立科技大奖，每年一次。") == "linhai/1"
    assert library.searcher.sharing("设立科技奖") == []
    assert library.searcher.sharing("科技大奖") == ["linhai/1"]
    assert library.searcher.sharing("科技大奖", within=["linhai"]) == ["linhai/1"]
    assert library.searcher.sharing("科技大奖", within=[base[0].id]) == []
    assert [library.searcher.how_many_share(w) for w in ("设立科技奖", "科技大奖")] == [0, 1]
    shelf.store.close()


@pytest.mark.slow  # many ingests
def test_changes_gather_in_one_volume_and_go_back_to_the_base(tmp_path: Path, base: list[Regulation]) -> None:
    first = build(tmp_path, *base)
    other = regulation("本市设立科技大奖。", id_="linhai", city="临海市")
    build(tmp_path, *base[:2], other)
    third = build(tmp_path, *base[:2], other, regulation("新的一条。", id_="xinshi", city="新市"))
    assert len(third.manifest.volumes.split(",")) == 2
    assert {r.id for r in held_regulations(ChromaStore(tmp_path / "chroma"))} == {
        "many",
        "haicheng",
        "linhai",
        "xinshi",
    }
    back = build(tmp_path, *base)
    assert back.manifest.volumes == first.manifest.volumes
    assert back.embedded == 0


def test_a_regulation_that_is_no_longer_held_is_not_found(tmp_path: Path, base: list[Regulation]) -> None:
    build(tmp_path, *base)
    build(tmp_path, *base[:2])
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    assert [r.id for r in shelf.library().regulations] == ["haicheng", "many"]
    searcher = shelf.library().searcher
    scored = searcher.score(Counting().embed_query("本市设立科技奖。"), "本市设立科技奖。")
    assert not searcher.article_ids[int(scored.total.argmax())].startswith("linhai")
    with pytest.raises(KeyError):
        searcher.index_of("linhai/1")
    shelf.store.close()


@pytest.mark.slow  # many ingests
def test_much_that_changes_is_written_anew(tmp_path: Path, base: list[Regulation]) -> None:
    first = build(tmp_path, *base)
    report = build(tmp_path, base[0], *(regulation(id_=f"other{n}", city=f"第{n}市") for n in range(9)))
    assert report.manifest.volumes != first.manifest.volumes
    assert "," not in report.manifest.volumes
    assert len(volumes(tmp_path)) == 2  # the former one is kept until the next ingest
    build(tmp_path, base[0], *(regulation(id_=f"other{n}", city=f"第{n}市") for n in range(9)))
    assert volumes(tmp_path) == [report.manifest.volumes]


def test_what_was_embedded_before_a_crash_is_not_embedded_again(
    tmp_path: Path, base: list[Regulation], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    class Dying(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(self.embedded) > 150:
                raise KeyboardInterrupt
            return super().embed_documents(texts)

    dying = Dying()
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, base[1], base[2], base[0], embeddings=dying)
    after = Counting()
    report = build(tmp_path, *base, embeddings=after)
    done = {*dying.embedded}
    assert len(done) > 150
    assert report.embedded == len(after.embedded)
    assert not {t for t in done & {*after.embedded} if not _is_title(t)}


def test_lost_files_are_made_again_from_chroma(tmp_path: Path, base: list[Regulation]) -> None:
    base[1] = regulation(id_="haicheng", questions=True)
    build(tmp_path, *base)
    one = Shelf(ChromaStore(tmp_path / "chroma"), "counting").library()
    query = Counting().embed_query("科技保险")
    before = one.searcher.score(query, "科技保险")
    shutil.rmtree(tmp_path / "volumes")
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    after = shelf.library().searcher.score(query, "科技保险")
    assert after.total == pytest.approx(before.total, rel=1e-4)
    assert np.array_equal(after.question, before.question, equal_nan=True)
    assert shelf.library().regulation("haicheng").articles == base[1].articles
    assert not build(tmp_path, *base).changed
    shelf.store.close()


@pytest.mark.parametrize("name", ["vectors.f4", "places.npz", "texts.sqlite", "words/weights.f4", "volume.json"])
def test_a_damaged_file_is_made_again(tmp_path: Path, base: list[Regulation], name: str) -> None:
    build(tmp_path, *base)
    (folder,) = volumes(tmp_path)
    file = tmp_path / "volumes" / folder / name
    file.write_bytes(file.read_bytes()[:-9])
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    assert best(shelf, "本市设立科技奖。") == "linhai/1"
    shelf.store.close()


def test_a_reader_goes_on_with_what_it_has_and_takes_the_new_at_the_next_question(
    tmp_path: Path, base: list[Regulation]
) -> None:  # fmt: skip
    build(tmp_path, *base)
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    old = shelf.library()
    query = Counting().embed_query("本市设立科技奖。")
    before = old.searcher.score(query, "科技奖").total
    build(tmp_path, *base[:2], regulation("本市设立大奖。", id_="linhai", city="临海市"))
    assert np.array_equal(old.searcher.score(query, "科技奖").total, before)
    assert old.by_id["linhai/1"][1].text == "本市设立科技奖。"
    assert shelf.library().by_id["linhai/1"][1].text == "本市设立大奖。"
    shelf.store.close()


def test_an_index_grows_beyond_memory_and_shrinks_again(
    tmp_path: Path, base: list[Regulation], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(engine, "MOST_IN_MEMORY", 100)
    model = Counting()
    assert not build(tmp_path, base[1], embeddings=model).manifest.volumes
    assert build(tmp_path, *base, embeddings=model).manifest.volumes
    texts = [t for t in model.embedded if not _is_title(t)]
    assert len(texts) == len(set(texts))
    assert not build(tmp_path, base[1], embeddings=model).manifest.volumes
    shelf = Shelf(ChromaStore(tmp_path / "chroma"), "counting")
    assert [r.id for r in shelf.library().regulations] == ["haicheng"]
    shelf.store.close()


def test_another_model_embeds_all_anew(tmp_path: Path, base: list[Regulation]) -> None:
    build(tmp_path, *base)
    other = Counting("other", 8)
    report = build(tmp_path, *base, embeddings=other)
    assert report.manifest.dimension == 8
    texts = [t for t in other.embedded if not _is_title(t)]
    assert len(texts) == len(set(texts)) > 500
    assert report.embedded == len(other.embedded)


def test_a_lost_pointer_is_found_again(tmp_path: Path, base: list[Regulation]) -> None:
    report = build(tmp_path, *base)
    (tmp_path / "chroma" / "current.json").unlink()
    assert not build(tmp_path, *base).changed
    store = ChromaStore(tmp_path / "chroma")
    assert store.manifest() == report.manifest
    store.close()


def test_a_digest_changes_with_all_that_chunks_are_made_of() -> None:
    one = regulation(questions=True)
    (first, *rest) = one.articles
    others = [
        replace(one, title="别的条例"), replace(one, questions=one.questions[1:]), replace(one, notes=("注",)),
        replace(one, articles=(replace(first, heading="题"), *rest)), replace(one, articles=tuple(rest)),
    ]  # fmt: skip
    digests = {renewing.digest_of(r, 1, likely_questions=True) for r in (one, *others)}
    assert len(digests) == len(others) + 1
    assert renewing.digest_of(one, 2, likely_questions=True) not in digests


@pytest.mark.parametrize("most_in_memory", [0, 1_000_000])
def test_what_follows_a_breach_is_told_from_the_norms_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_in_memory: int
) -> None:
    monkeypatch.setattr(engine, "MOST_IN_MEMORY", most_in_memory)
    rules = regulation(
        "经营者应当购买责任保险。", "操作人员应当持证上岗。",
        "违反本条例第二条规定的，由体育部门责令改正，处二千元罚款。",
        "依照本条例第一条购买保险的，给予补贴。",
        "违反本条例第一条、第三条规定的，由市场监督管理部门处五千元罚款。", id_="rules",
    )  # fmt: skip
    build(tmp_path, regulation(id_="haicheng"), rules)
    library = Shelf(ChromaStore(tmp_path / "chroma"), "counting").library()
    pairs = [tuple(library.searcher.ids_at(pair)) for pair in library.sanctions("rules")]
    assert pairs == [("rules/3", "rules/2"), ("rules/5", "rules/1"), ("rules/5", "rules/3")]
    assert not len(library.sanctions("haicheng"))
