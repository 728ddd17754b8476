"""`fatiao ingest`: what comes in stays in, what goes out goes out, and nothing is lost on the way."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from law.bundled import bundled_folder
from vectorstore.ingest import writing

DOCUMENT = """海城市热气球促进条例

第一章 总则
第一条 为了促进热气球事业，制定本条例。
第二条 企业购买热气球保险的，给予百分之三十的补贴。
第三条 本条例自2024年5月1日起施行。
"""
DECLARATION = """id = "{id}"
title = "{title}"
city = "海城市"
province = "辽宁省"
status = "in_force"
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "海城.md"
    path.write_text(DOCUMENT, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "haicheng"
    path.mkdir()
    (path / "regulation.toml").write_text(DECLARATION.format(id="haicheng", title="海城市热气球促进条例"), "utf-8")
    (path / "source.txt").write_text(DOCUMENT, "utf-8")
    return path


def cited(fatiao: Callable, question: str) -> list[str]:
    return [c["id"] for c in json.loads(fatiao("ask", question, "--json").out)["citations"]]


@pytest.mark.slow
def test_a_document_of_another_city_comes_stays_and_goes(fatiao: Callable, document: Path, own_index: Path) -> None:
    before = json.loads(fatiao("ask", "海城的热气球保险给多少补贴", "--json").out)
    assert (before["reason"], before["citations"]) == ("city_not_in_corpus", [])
    assert "没有改动" in fatiao("ingest").out

    ran = fatiao("ingest", document)
    assert ran.code == 0
    assert "海城市热气球促进条例" in ran.out
    assert "沿用" in ran.out
    for id_ in ("changzhou", "luoyang", "wuhan", "haicheng"):
        assert id_ in ran.out
    assert cited(fatiao, "海城的热气球保险给多少补贴") == ["haicheng/2"]
    assert cited(fatiao, "武汉第五十八条第二款") == ["wuhan/58"]
    assert "百分之三十" in fatiao("show", "海城", "2").out
    assert "没有改动" in fatiao("ingest").out  # an ingest without paths holds what was added

    ran = fatiao("ingest", "--remove", "haicheng")
    assert ran.code == 0
    assert "haicheng" not in ran.out
    assert cited(fatiao, "海城第二条") == []
    assert "没有收录" in fatiao("show", "海城", "2").err


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled corpus of one short regulation, so that an ingest takes no time; its data folder."""
    corpus = tmp_path / "corpus"
    (corpus / "fushun").mkdir(parents=True)
    said = DECLARATION.format(id="fushun", title="抚顺市风筝条例").replace("海城市", "抚顺市")
    (corpus / "fushun" / "regulation.toml").write_text(said, "utf-8")
    (corpus / "fushun" / "source.txt").write_text(
        "抚顺市风筝条例\n第一条 风筝免税。\n第二条 本条例长期有效。\n", "utf-8"
    )
    for module in ("law.corpus", "assistant.index"):
        monkeypatch.setattr(f"{module}.bundled_folder", lambda: corpus)
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "small"))
    return tmp_path / "small"


def test_the_same_again_changes_nothing_and_a_change_touches_what_changed(
    fatiao: Callable, document: Path, small: Path
) -> None:
    assert "索引已更新" in fatiao("ingest", document).out
    for again in ([], [document]):
        assert "没有改动" in fatiao("ingest", *again).out
    document.write_text(DOCUMENT.replace("百分之三十", "百分之四十"), "utf-8")
    assert "新算向量 2 个" in fatiao("ingest", document).out  # the article and its paragraph
    assert "百分之四十" in fatiao("show", "海城", "2").out
    assert "百分之三十" not in fatiao("ask", "海城第二条").out


def test_the_first_question_builds_the_index_and_says_so(fatiao: Callable, small: Path) -> None:
    ran = fatiao("ask", "抚顺第一条")
    assert (ran.code, "风筝免税" in ran.out) == (0, True)
    assert "正在建立索引" in ran.err
    assert "索引" not in fatiao("ask", "抚顺第一条").err


def test_one_addition_does_not_push_out_another(fatiao: Callable, document: Path, folder: Path, small: Path) -> None:
    other = folder.with_name("anshan")
    folder.rename(other)
    (other / "regulation.toml").write_text(
        DECLARATION.format(id="anshan", title="鞍山市气球条例").replace("海城市", "鞍山市"), "utf-8"
    )
    assert fatiao("ingest", document).code == 0
    assert fatiao("ingest", other).code == 0
    assert cited(fatiao, "海城第二条") == ["haicheng/2"]
    assert cited(fatiao, "鞍山第二条") == ["anshan/2"]


def test_an_added_folder_stays_in_the_index(fatiao: Callable, folder: Path, small: Path) -> None:
    """A folder named like its id once counted as bundled, and the next ingest dropped it."""
    assert fatiao("ingest", folder).code == 0
    assert "没有改动" in fatiao("ingest").out
    assert "没有改动" in fatiao("ingest", folder).out
    assert cited(fatiao, "海城第二条") == ["haicheng/2"]
    assert fatiao("ingest", "--remove", "haicheng").code == 0
    assert cited(fatiao, "海城第二条") == []


def test_a_bundled_folder_is_not_added_twice(fatiao: Callable, own_index: Path) -> None:
    assert "没有改动" in fatiao("ingest", bundled_folder() / "wuhan").out


def test_id_and_city_override_what_a_document_says(fatiao: Callable, document: Path, small: Path) -> None:
    ran = fatiao("ingest", document, "--id", "balloon", "--city", "青岛市")
    assert ran.code == 0
    assert cited(fatiao, "青岛第二条") == ["balloon/2"]
    assert fatiao("ingest", "--remove", "balloon").code == 0


def test_what_cannot_be_read_is_named_and_the_index_stays(
    fatiao: Callable, document: Path, folder: Path, tmp_path: Path, own_index: Path
) -> None:
    binary = tmp_path / "a.dat"
    binary.write_bytes(b"\x07\x00\xff\xfe\x00" * 50)
    empty = tmp_path / "empty.md"
    empty.write_text("", "utf-8")
    bare = tmp_path / "bare"
    bare.mkdir()
    no_source = tmp_path / "nosource"
    no_source.mkdir()
    (no_source / "regulation.toml").write_text(DECLARATION.format(id="x", title="x"), "utf-8")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "regulation.toml").write_text("id = ", "utf-8")
    (broken / "source.txt").write_text(DOCUMENT, "utf-8")
    for arguments, word in (
        ([binary], "二进制"), ([empty], "empty.md"), ([tmp_path / "missing.md"], "missing.md"),
        ([bare], "regulation.toml"), ([no_source], "source.txt"), ([broken], "regulation.toml"),
        ([document, "--id", "青岛"], "青岛"), ([document, folder, "--id", "x"], "--id"),
        ([folder, "--id", "x"], "--id"),
        ([document, binary], "二进制"),
    ):  # fmt: skip
        ran = fatiao("ingest", *arguments)
        assert (ran.code, ran.err[:3]) == (1, "错误："), arguments
        assert word in ran.err
        for path in (binary, empty, bare):
            assert fatiao("inspect", path).code == 1
    assert "没有改动" in fatiao("ingest").out
    assert cited(fatiao, "武汉第五十八条第二款") == ["wuhan/58"]


def test_two_ingests_at_once_are_told_apart(fatiao: Callable, document: Path, own_index: Path) -> None:
    import threading

    held, done = threading.Event(), threading.Event()

    def other() -> None:
        from filelock import FileLock

        with FileLock(str(own_index / "ingest.lock")):
            held.set()
            done.wait(60)

    thread = threading.Thread(target=other)
    thread.start()
    held.wait(10)
    try:
        ran = fatiao("ingest", document)
        assert ran.code == 1
        assert "另一个 fatiao ingest" in ran.err
        assert cited(fatiao, "武汉第五十八条第二款") == ["wuhan/58"]  # readers go on
    finally:
        done.set()
        thread.join()
    with writing(own_index):
        pass


@pytest.mark.parametrize("where", ["/proc/nowhere", "/dev/null", "a file"])
def test_a_folder_that_cannot_be_written_is_named(
    where: str, fatiao: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "a file":
        where = str(tmp_path / "file")
        Path(where).write_text("x", "utf-8")
    monkeypatch.setenv("FATIAO_DATA_DIR", where)
    for arguments in (["ingest"], ["ask", "武汉第58条"]):
        ran = fatiao(*arguments)
        assert ran.code == 1
        assert where in ran.err
        assert "FATIAO_DATA_DIR" in ran.err
