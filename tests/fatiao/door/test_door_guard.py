"""Keys, limits, health, metrics: what stands before and beside every request."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from door_support import open_door

from assistant import Assistant
from fatiao.door.guard import MAX_BODY, Rate
from records import RecordNotFound, RecordsError
from records.keys import Keys

ASKED = {"messages": [{"role": "user", "content": "武汉第58条"}]}


def test_a_door_with_keys_opens_to_a_key_and_to_nothing_else(helper: Assistant, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "records.sqlite")
    key = keys.add("openwebui")
    with open_door(helper, locks=keys) as door:

        def status(authorization: str, path: str = "/v1/models") -> int:
            return httpx.get(
                door + path, headers={"Authorization": authorization.encode()} if authorization else {}
            ).status_code

        assert status(f"Bearer {key}") == 200
        for wrong in ("", "Bearer", f"Bearer {key}x", f"Basic {key}", f"Bearer {key.upper()}", "Bearer 钥匙"):
            assert status(wrong) == 401, wrong
        assert status("", "/metrics") == 401
        assert status("", "/healthz") == status("", "/readyz") == 200
        assert httpx.post(f"{door}/mcp", json={}).status_code == 401
        keys.revoke("openwebui")
        assert status(f"Bearer {key}") == 401  # at once


def test_a_key_is_told_once_and_kept_as_a_digest(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "records.sqlite")
    key = keys.add("dify")
    keys.close()
    assert key.encode() not in (tmp_path / "records.sqlite").read_bytes()
    assert keys.held()[0].used is None
    assert keys.name_of(key) == "dify"
    assert keys.held()[0].used is not None
    assert keys.name_of("") == keys.name_of("fatiao-x") == ""


@pytest.mark.parametrize("name", ["", "  ", "a" * 201, "a\x00b"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordsError):
        Keys(tmp_path / "records.sqlite").add(name)


def test_a_name_is_taken_once_and_an_unknown_one_cannot_be_revoked(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "records.sqlite")
    keys.add("a")
    with pytest.raises(RecordsError, match="已有"):
        keys.add("a")
    with pytest.raises(RecordNotFound, match="没有名为"):
        keys.revoke("b")


def test_a_flood_gets_429_and_harms_nobody_else(helper: Assistant, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "records.sqlite")
    loud, quiet = (f"Bearer {keys.add(name)}" for name in ("loud", "quiet"))
    with open_door(helper, locks=keys, per_minute=12) as door, httpx.Client() as client:
        told = [client.get(f"{door}/v1/models", headers={"Authorization": loud}) for _ in range(12)]
        assert 429 in {t.status_code for t in told}
        refused = next(t for t in told if t.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert client.get(f"{door}/v1/models", headers={"Authorization": quiet}).status_code == 200


def test_the_rate_fills_up_again() -> None:
    now = 0.0
    rate = Rate(60, clock=lambda: now)
    assert [rate.wait("a") > 0 for _ in range(16)] == [False] * 15 + [True]
    now = 2.0
    assert [rate.wait("a") > 0 for _ in range(3)] == [False, False, True]
    assert rate.wait("b") == 0


def test_a_body_that_is_too_large_is_a_413(helper: Assistant) -> None:
    with open_door(helper) as door:
        assert httpx.post(f"{door}/v1/chat/completions", content=b"x" * (MAX_BODY + 1)).status_code == 413
        chunks = (b"x" * 100_000 for _ in range(20))
        assert httpx.post(f"{door}/v1/chat/completions", content=chunks).status_code == 413


def test_metrics_count_questions_and_refusals_and_tell_no_question(helper: Assistant) -> None:
    with open_door(helper, per_minute=0) as door:
        httpx.post(f"{door}/v1/chat/completions", json=ASKED)
        httpx.post(f"{door}/v1/chat/completions", json={"messages": [{"role": "user", "content": "武汉第900条"}]})
        told = httpx.get(f"{door}/metrics").text
    assert "fatiao_questions_total 2.0" in told
    assert 'fatiao_refusals_total{reason="no_such_article"} 1.0' in told
    assert 'step="retrieve"' in told
    assert "武汉" not in told


def test_the_access_log_holds_no_question(helper: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "fatiao")
    with open_door(helper) as door:
        httpx.post(f"{door}/v1/chat/completions", json=ASKED)
    assert "/v1/chat/completions" in caplog.text
    assert "58" not in "".join(r.getMessage().partition("ms")[0] for r in caplog.records if "POST" in r.getMessage())


def test_whoever_asks_for_it_has_the_questions_in_the_log(helper: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "fatiao")
    with open_door(helper, log_questions=True) as door:
        httpx.post(f"{door}/v1/chat/completions", json=ASKED)
    assert ASKED["messages"][-1]["content"] in caplog.text


def test_no_origin_is_let_in(helper: Assistant) -> None:
    with open_door(helper) as door:
        told = httpx.post(f"{door}/v1/chat/completions", json=ASKED, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in told.headers


def test_without_a_key_a_network_is_not_served(fatiao: Callable) -> None:
    told = fatiao("serve", "--host", "0.0.0.0")
    assert told.code == 1
    assert "fatiao key add" in told.err


def test_behind_a_proxy_a_door_without_a_key_stays_shut(fatiao: Callable) -> None:
    told = fatiao("serve", "--locked")
    assert told.code == 1
    assert "fatiao key add" in told.err


def test_keys_from_the_command_line(fatiao: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'keys.sqlite'}")
    assert fatiao("key", "add", "llm").out.startswith("fatiao-")
    assert "llm" in fatiao("key", "list").out
    assert "作废" in fatiao("key", "revoke", "llm").out
    assert "还没有" in fatiao("key", "list").out
