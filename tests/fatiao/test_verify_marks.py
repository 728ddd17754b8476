"""`fatiao verify`: each cited article carries its part; a mark too many is no support."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

INSURANCE = "对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。"
CASES = (
    (INSURANCE, ["wuhan/58"], True),
    (INSURANCE, ["wuhan/58", "wuhan/58"], True),
    (INSURANCE, ["wuhan/58", "wuhan/1"], False),
    (INSURANCE, ["wuhan/58", "changzhou/20"], False),
    (INSURANCE, ["changzhou/20"], False),
)


@pytest.mark.parametrize(("sentence", "articles", "supported"), CASES)
def test_each_cited_article_carries_its_part(
    sentence: str, articles: list[str], supported: bool, tmp_path: Path, own_index: Path, fatiao: Callable[..., Any]
) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text(json.dumps({"id": "1", "sentence": sentence, "articles": articles}), "utf-8")
    assert fatiao("verify", given, out).code == 0
    said = json.loads(out.read_text("utf-8"))
    assert said["supported"] is supported, said
    if len(articles) > 1 and not supported:
        assert said["reasons"] == [f"「{articles[1]}」没有承载这句话的任何部分"]
