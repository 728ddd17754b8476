"""The page through AppTest, on the real index, with records of its own."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from page_support import ROOT, OpenPage, go, run
from streamlit.testing.v1 import AppTest

from fatiao.page import RUNNER


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components among all installed packages at each opening, which takes half of a test."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def run_as_served() -> None:
    """The page's files are run as `fatiao ui` has them run."""
    from streamlit import config

    for name, value in RUNNER.items():
        config.set_option(name, value == "true")


@pytest.fixture(scope="session")
def page_data(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the index, so that records are not written beside the one that all tests share."""
    folder = tmp_path_factory.mktemp("page") / "data"
    shutil.copytree(index, folder)
    return folder


@pytest.fixture
def open_page(page_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPage]:
    """Opens a page by its file's name, the visitor's records empty at first."""
    import streamlit as st

    monkeypatch.setenv("FATIAO_DATA_DIR", str(page_data))
    for file in page_data.glob("records.sqlite*"):
        file.unlink()

    def opened(view: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120)
        for name, value in query.items():
            at.query_params[name] = value
        run(at)
        return go(at, view) if view else at

    st.cache_resource.clear()
    yield opened
    st.cache_resource.clear()
