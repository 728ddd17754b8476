"""Every line of the shared lists of faults, questions and follow-ups, answered as the line itself wants it.

The lists lie beside the checkout (`../shared/faults`); without them each test here says that it was skipped.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from beside import put_beside

from assistant import Assistant, Settings
from assistant.answer import Answer
from law.corpus import load_path

FAULTS = Path(__file__).resolve().parents[3] / "shared" / "faults"
Line = Mapping[str, Any]
#: What a line may want of its answer; the rest of its keys say what is asked.
WANTS = {
    "want", "want_only", "want_not", "want_many", "refused", "reason", "notice", "no_notice", "note", "no_citation",
    "no_exception",
}  # fmt: skip
ASKED = {"id", "question", "history", "needs"}


def lines(name: str) -> list[Any]:
    """The lines of a list as parameters; one that is skipped where the list is absent."""
    file = FAULTS / name
    if not file.is_file():
        return [pytest.param({}, id="absent", marks=pytest.mark.skip(reason="../shared/faults is absent"))]
    read = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [pytest.param(line, id=line["id"]) for line in read]


@pytest.fixture(scope="module")
def further(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that holds the documents which some lines need."""
    data = tmp_path_factory.mktemp("faults") / "data"
    shutil.copytree(index, data)
    needed = {line["needs"] for name in ("questions.jsonl", "followups.jsonl") for p in lines(name)
              if "needs" in (line := p.values[0])}  # fmt: skip
    added = tuple(load_path(FAULTS / name, new_id=Path(name).stem.rpartition("_")[2]) for name in sorted(needed))
    with Assistant(Settings(_env_file=None, data_dir=data)) as held:
        put_beside(held.store, held.embeddings, added)
        yield held


def wrong(line: Line, answer: Answer, helper: Assistant) -> list[str]:
    """What of a line's wants an answer does not fulfil."""
    cited, said = {c.id for c in answer.citations}, "\n".join((answer.text, *answer.notices))
    want = set(line.get("want", ()))
    if chapter := line.get("want_many"):
        want = {r_a[1].id for r_a in helper.library().by_id.values()
                if r_a[1].chapter.startswith(chapter) and r_a[1].id.startswith("wuhan/")}  # fmt: skip
        want &= {a for a in want if "人才" in helper.library().by_id[a][1].text}
    held = {
        "want": want <= cited,
        "want_only": not line.get("want_only") or cited == want,
        "want_not": not cited & set(line.get("want_not", ())),
        "refused": line.get("refused") in (None, answer.refused),
        "reason": line.get("reason") in (None, answer.reason),
        "notice": line.get("notice", "") in said,
        "no_notice": "no_notice" not in line or line["no_notice"] not in said,
        "no_citation": not line.get("no_citation") or not cited,
    }
    return [name for name, right in held.items() if not right]


@pytest.mark.parametrize("line", [*lines("questions.jsonl"), *lines("followups.jsonl")])
def test_the_line_is_answered_as_it_wants(line: Line, helper: Assistant, request: pytest.FixtureRequest) -> None:
    assert set(line) <= WANTS | ASKED, "a want that nobody looks at"
    assistant = request.getfixturevalue("further") if "needs" in line else helper
    answer = assistant.ask(line["question"], history=line.get("history"))
    assert not wrong(line, answer, assistant), (line, answer.text)
