"""Run as Streamlit runs it, the page's own folder comes first on the path: none of its files may hide a package."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_module_of_the_page_hides_a_package_of_the_project() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")}
    assert not packages & {p.stem for p in (ROOT / "ui").glob("*.py")}
