"""The first visit after a start waits for nothing that could have been done before, and every visit reads at once."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit
from page_support import ROOT

from assistant import FatiaoError
from ui.entry.first_paint import asked_whole, with_first_paint
from ui.session import Opening

#: What a first run of the page still imports after `warm`, by Streamlit's own testing.
LATE = """
import sys
from streamlit.testing.v1 import AppTest
from ui.session import assistant, warm
warm()
assert assistant().is_ready
before = set(sys.modules)
assert not AppTest.from_file("{app}", default_timeout=60).run().exception
print(len(set(sys.modules) - before), *sorted({{m.partition(".")[0] for m in set(sys.modules) - before}}))
"""


@pytest.mark.slow  # two pages in processes of their own
def test_what_was_warmed_is_not_imported_by_the_first_visitor(page_data: Path) -> None:
    script = LATE.format(app=ROOT / "ui" / "app.py")
    environment = {**os.environ, "FATIAO_DATA_DIR": str(page_data), "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(said[0]) < 20, said
    assert not {"pandas", "alembic", "docx", "sqlalchemy", "chromadb"} & set(said[1:])


def test_streamlits_page_says_in_chinese_that_it_is_opening_and_fetches_along_what_it_will_need() -> None:
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    said = with_first_paint(html).decode()
    assert '<html lang="zh-CN">' in said
    assert "<title>法条助手</title>" in said
    assert "正在打开" in said.partition('<div id="root">')[2]
    assert "JavaScript" in said.partition("<noscript>")[2].partition("</noscript>")[0]
    fetched = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', said)
    assert any(name.startswith("ChatInput.") for name in fetched)
    assert len(fetched) == len(set(fetched))
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    assert all((folder / name).is_file() for name in fetched)


def test_a_page_that_looks_otherwise_is_left_alone_and_always_asked_for_whole() -> None:
    assert "<p>x</p>" in with_first_paint(b"<p>x</p>").decode()
    asked = asked_whole({"headers": [(b"If-None-Match", b"1"), (b"accept-encoding", b"gzip"), (b"cookie", b"c")]})
    assert asked["headers"] == [(b"cookie", b"c")]


def test_all_who_wait_for_an_index_wait_for_one_and_see_how_far_it_is() -> None:
    going, begun = threading.Event(), []

    def prepare(progress: object) -> None:
        begun.append(1)
        progress("embed", 1, 4)  # type: ignore[operator]
        going.wait(10)

    opening = Opening(SimpleNamespace(prepare=prepare))  # type: ignore[arg-type]
    first, second = opening.begin(), opening.begin()
    assert first is second
    assert not first.wait(0.1)
    assert (opening.words, opening.part) == ("计算向量", 0.25)
    going.set()
    assert first.wait(10)
    assert begun == [1]


def test_an_index_that_failed_is_tried_again_by_the_next() -> None:
    tries: list[int] = []

    def prepare(progress: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise FatiaoError("磁盘已满")

    opening = Opening(SimpleNamespace(prepare=prepare))  # type: ignore[arg-type]
    opening.begin().wait(10)
    with pytest.raises(FatiaoError, match="磁盘已满"):
        raise opening.error or AssertionError
    opening.begin().wait(10)
    assert opening.error is None
    assert len(tries) == 2
