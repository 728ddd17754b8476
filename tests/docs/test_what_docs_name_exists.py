"""Every file, folder, module and link that the documents name is there: moved code leaves no stale word behind."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted(p for room in ("evals", "vectorstore", "deploy", "corpus") for p in (ROOT / room).rglob("*.md")),
]
ROOMS = "assistant|corpus|deploy|docs|evals|fatiao|law|prompts|records|tests|ui|vectorstore"
#: A path from the root, in backticks: `law/text/`, `assistant/decide/decide.py`; a folder or file of a user's is none.
PATH = re.compile(rf"`((?:{ROOMS})/[\w./-]*)`")
#: A file of the project by its bare name: `words.toml`, `sentence.py`.
BARE = re.compile(r"`(\w+\.(?:py|toml|jsonl))`")
MODULE = re.compile(r"python -m ((?:evals|vectorstore|records|fatiao|deploy)(?:\.\w+)*)")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
#: What a reader makes, and what other people's programs hold.
MADE = {"jobs.toml", "regulation.toml", "questions.jsonl", "secrets.toml"}
NAMES = {p.name for p in ROOT.rglob("*.*") if ".git" not in p.parts and ".venv" not in p.parts}


def named(pattern: re.Pattern[str], text: str) -> set[str]:
    return {m[1] for m in pattern.finditer(text)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    missing = [p for p in named(PATH, text) if not (ROOT / p).exists() and not (ROOT / f"{p}.py").exists()]
    missing += [p for p in named(BARE, text) if p not in NAMES and p not in MADE]
    missing += [m for m in named(MODULE, text) if find_spec(m) is None]
    missing += [link for link in named(LINK, text) if not (document.parent / link).exists()]
    assert not sorted(missing)
