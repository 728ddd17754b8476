"""Accounts, roles, logins; the journal and the files; on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from records import RecordNotFound, Records, RecordsError
from records.journal import ADDED, OF_CORPUS, REMOVED, ROLE

PASSWORD = "十个字以上的一句口令吧"


def test_a_local_account_enters_with_its_password_and_no_other(records: Records) -> None:
    people = records.people
    assert not people.has_local()
    people.add("王小明", PASSWORD, "editor")
    assert people.has_local()
    assert people.enter("王小明", PASSWORD + "。") == ""
    assert people.enter("李四", PASSWORD) == ""
    token = people.enter("王小明", PASSWORD)
    who = people.who(token)
    assert who is not None
    assert (who.name, who.role, who.local, who.edits) == ("王小明", "editor", True, True)
    people.leave(token)
    assert people.who(token) is None


def test_a_login_ends_with_its_time_and_with_the_password(open_records: Callable[..., Records]) -> None:
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    people = open_records(clock=lambda: now[0]).people
    people.add("甲", PASSWORD)
    token, other = people.enter("甲", PASSWORD), people.enter("甲", PASSWORD)
    now[0] += timedelta(hours=11)
    assert people.who(token) is not None
    now[0] += timedelta(hours=2)
    assert people.who(token) is None
    people.set_password("甲", PASSWORD + "二")
    assert people.who(other) is None


def test_a_password_longer_than_the_hash_reads_is_compared_whole(records: Records) -> None:
    long = "口令" * 60
    records.people.add("甲", long)
    assert records.people.enter("甲", long[:-1]) == ""
    assert records.people.enter("甲", long)


def test_nobody_can_read_a_password_back(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    import bcrypt
    from sqlalchemy import text

    monkeypatch.setattr(bcrypt, "gensalt", bcrypt.gensalt.func)  # as slowly as it is meant: no test's short cut
    records.people.add("甲", PASSWORD)
    with records._database.reading() as connection:
        held = connection.execute(text("SELECT password FROM accounts")).scalar_one()
    assert held.startswith("$2b$12$")
    assert PASSWORD not in held


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [("", PASSWORD, "reader"), ("甲 乙", PASSWORD, "reader"), ("甲", "短", "reader"), ("甲", PASSWORD, "root")],
)
def test_what_cannot_be_an_account_is_refused_in_words(records: Records, name: str, password: str, role: str) -> None:
    with pytest.raises(RecordsError, match=r"「|口令"):
        records.people.add(name, password, role)
    assert records.people.held() == []


def test_who_is_named_in_the_settings_is_administrator_at_first_and_the_records_say_it_afterwards(
    records: Records,
) -> None:
    people = records.people
    assert people.met("oidc-1", "王", ("wang",), ("wang", "w@x")).role == "admin"
    assert people.met("oidc-2", "李", ("wang",), ("li",)).role == "reader"
    people.set_role("李", "admin")
    people.set_role("oidc-1", "reader")
    assert people.met("oidc-1", "王", ("wang",), ("wang",)).role == "reader"


def test_the_last_administrator_stays_one(records: Records) -> None:
    records.people.add("甲", PASSWORD, "admin")
    records.people.add("乙", PASSWORD)
    with pytest.raises(RecordsError, match="唯一的管理员"):
        records.people.set_role("甲", "reader")
    with pytest.raises(RecordsError, match="唯一的管理员"):
        records.people.remove("甲")
    with pytest.raises(RecordNotFound):
        records.people.set_role("丙", "admin")
    records.people.remove("乙")
    assert [a.name for a in records.people.held()] == ["甲"]


def test_a_file_is_kept_as_it_came_and_once(records: Records) -> None:
    sources, data = records.sources, bytes(range(256)) * 50
    for _ in range(2):
        sources.keep("suzhou", "苏州\x00.docx", "a" * 64, data, {"title": "苏州"}, "desk")
    (held,) = sources.held().values()
    assert (held.regulation, held.name, held.added_by) == ("suzhou", "苏州.docx", "desk")
    assert sources.data(held.id) == data
    with pytest.raises(RecordNotFound):
        sources.data(held.id + 1)


def test_the_journal_tells_who_did_what_the_newest_first(records: Records) -> None:
    journal = records.journal
    journal.note("desk", "本机", ADDED, "《甲》", "甲.docx")
    journal.note("local-王", "王", ROLE, "李", "reader → editor")
    journal.note("desk", "本机", REMOVED, "《甲》")
    assert [(e.act, e.about, e.name) for e in journal.entries(OF_CORPUS)] == [
        ("removed", "《甲》", "本机"), ("added", "《甲》", "本机"),
    ]  # fmt: skip
    assert [e.act for e in journal.entries()] == ["removed", "role", "added"]
