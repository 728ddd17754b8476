"""What a test of the page asks of it, and how it reads what was drawn."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "武汉的企业买科技保险有补助吗？"
OpenPage = Callable[..., AppTest]


def run(at: AppTest) -> AppTest:
    at.run()
    return well(at)


def well(at: AppTest) -> AppTest:
    """Neither an exception, nor the words that stand for one."""
    assert not at.exception
    assert not [e.value for e in at.error if "意外" in e.value]
    return at


def go(at: AppTest, view: str) -> AppTest:
    at.switch_page(f"views/{view}.py")
    return run(at)


def click(at: AppTest, key: str) -> AppTest:
    return well(at.button(key=key).click().run())


def ask(at: AppTest, question: str) -> AppTest:
    return well(at.chat_input(key="question").set_value(question).run())


def nodes(at: AppTest, key: str = "") -> list[Any]:
    """What the drawn texts are made of, of those whose key begins so."""
    found: list[Any] = []
    for drawn in at.get("bidi_component"):
        if not key or f"-{key}" in str(drawn.proto.id):
            found += json.loads(drawn.proto.json)["of"]
    return found


def flat(found: list[Any], tag: str = "") -> list[Any]:
    """Every node of a tag, or every text, in order."""
    result: list[Any] = []
    for one in found:
        if isinstance(one, str):
            result += [] if tag else [one]
        else:
            result += [one] if one["tag"] == tag else []
            result += flat(one["of"], tag)
    return result


def said(found: list[Any]) -> str:
    return "".join(flat(found))


def chips(at: AppTest, key: str = "answer-") -> list[str]:
    """The labels of the citations, in order."""
    return [said(b["of"]) for b in flat(nodes(at, key), "button") if str(b.get("open", "")).startswith("c")]


def marked(at: AppTest, key: str) -> list[str]:
    return [said(m["of"]) for m in flat(nodes(at, key), "mark")]


def words(at: AppTest) -> str:
    """Everything that a reader sees, escapes removed."""
    parts = [*at.title, *at.markdown, *at.caption, *at.info, *at.error, *at.warning, *at.success]
    return "\n".join(str(e.value) for e in parts).replace("\\", "").replace("\u2060", "") + "\n" + said(nodes(at))


def taken_away_at_rest(at: AppTest) -> list[str]:
    """The labels of what may be downloaded; a press starts no run of the page, in which the answer to it is lost."""
    offered = at.get("download_button")
    assert all(one.proto.ignore_rerun for one in offered)
    return [one.label for one in offered]
