"""A rule is a record: it is composed of parts, heard while somebody listens, and can be silenced."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from law.text.rules import Rule, listening, load_rules, read_once, without

FILE = """
[parts]
digit = "[0-9]"
number = "{digit}+"

[[rule]]
id = "test.sum"
means = "a sum in money"
any = ["{number}元", "{number}万"]
yes = ["补助300元"]
no = ["三百元"]

[[rule]]
id = "test.share"
means = "a share"
pattern = "{number}%"
yes = ["30%"]
no = ["30"]
source = "made up"
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Rule]]:
    def load(text: str) -> dict[str, Rule]:
        package = tmp_path / f"rules_{abs(hash(text))}"
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "some.toml").write_text(text, "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        sys.modules.pop(package.name, None)
        return load_rules(package.name, "some.toml")

    return load


def test_parts_are_composed_and_braces_of_a_count_are_left_alone(rules: Callable) -> None:
    said = rules(FILE.replace("{number}%", "{number}{1,1}%"))
    assert said["sum"].search("补助300元")
    assert not said["sum"].search("三百元")
    assert said["share"].search("30%")


def test_only_what_matched_is_heard_and_an_outer_listener_hears_it_too(rules: Callable) -> None:
    said = rules(FILE)
    with listening() as outer:
        with listening() as heard:
            said["sum"].search("30%")
            said["share"].search("30%")
        assert list(heard) == ["test.share"]
    assert list(outer) == ["test.share"]
    said["sum"].search("300元")  # nobody listens any more
    assert list(outer) == ["test.share"]


def test_a_silenced_rule_matches_nothing_and_speaks_again_afterwards(rules: Callable) -> None:
    share = rules(FILE)["share"]
    with without("test.share"):
        assert share.search("30%") is None
        assert not list(share.finditer("30%"))
        assert share.sub("x", "30%") == "30%"
    assert share.sub("x", "30%") == "x"


@pytest.mark.parametrize(
    "wrong", [("{number}%", "{nosuch}%"), ("{number}%", "(")], ids=["a part that is not there", "no pattern"]
)
def test_a_wrong_rule_is_named(rules: Callable, wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"test\.share"):
        assert rules(FILE.replace(*wrong))["share"].pattern


def test_what_is_read_once_is_kept_with_how_it_was_read_and_read_anew_while_somebody_listens() -> None:
    seen: list[tuple[str, bool]] = []

    @read_once(4)
    def read(text: str, *, loud: bool = False) -> str:
        seen.append((text, loud))
        return text.upper() if loud else text

    assert [read("a"), read("a"), read("a", loud=True), read("a", loud=True)] == ["a", "a", "A", "A"]
    assert seen == [("a", False), ("a", True)]
    with listening():
        assert read("a") == "a"
    assert len(seen) == 3
