"""`/healthz` tells what is unwell, the records, the index, the model, and nothing that is nobody's business."""

import asyncio
import json
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.desk.health import Watch
from assistant.settings import load_settings
from records import Records
from ui.entry.gate import Gate


def _asked(watch: Watch) -> tuple[int, dict[str, Any]]:
    """What the page's gate answers, without a login."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    async def page(*_: object) -> None:
        raise AssertionError("not the page's business")

    scope = {"type": "http", "method": "GET", "path": "/healthz", "headers": [], "query_string": b""}
    asyncio.run(Gate(page, watch=watch)(scope, receive, send))
    return int(sent[0]["status"]), json.loads(sent[1]["body"])


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    held = Records(tmp_path / "records.sqlite")
    yield held
    held.close()


def test_all_is_well(helper: Assistant, records: Records) -> None:
    helper.regulations()
    status, said = _asked(Watch(helper, records.people.has_local))
    assert (status, said) == (200, {"ok": True, "index": True, "regulations": 3, "records": True, "model": None})


def test_records_that_cannot_be_read_are_told_without_their_place(helper: Assistant, tmp_path: Path) -> None:
    helper.regulations()
    (tmp_path / "records.sqlite").mkdir()
    broken = Records(tmp_path / "records.sqlite")
    status, said = _asked(Watch(helper, broken.people.has_local))
    assert (status, said["ok"], said["records"], said["index"]) == (503, False, False, True)
    assert str(tmp_path) not in json.dumps(said)


def test_an_index_that_is_not_there_yet_is_not_built_by_who_asks(records: Records, tmp_path: Path) -> None:
    with Assistant(index=tmp_path / "none") as fresh:
        status, said = _asked(Watch(fresh, records.people.has_local))
    assert (status, said["index"]) == (503, False)
    assert not (tmp_path / "none").exists()


@contextmanager
def _server(status: int) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Location", "http://localhost:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(("status", "well"), [(200, True), (404, True), (302, True), (401, False), (503, False)])
def test_a_model_that_does_not_answer_is_told_and_quotes_are_served_all_the_same(
    status: int, well: bool, helper: Assistant, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _server(status) as url:
        monkeypatch.setenv("FATIAO_MODEL", "m")
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-never-told")
        with Assistant(load_settings(), index=helper.data) as with_model:
            with_model.regulations()
            code, said = _asked(Watch(with_model, records.people.has_local))
    assert (code, said["ok"], said["model"]) == (200, True, well)
    assert "sk-never-told" not in json.dumps(said)
