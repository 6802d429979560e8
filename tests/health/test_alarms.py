"""What the webhook is told: changes, once each."""

from __future__ import annotations

import pytest

from cqcrawler.archive import Archive
from cqcrawler.health import Health, tell_changes


@pytest.fixture
def tell(receiver, tmp_path):
    """Tell of one portal in this state; the archive is opened anew each time."""

    def tell(state, **fields):
        with Archive(tmp_path / "archive.db") as archive:
            return tell_changes(archive, [Health("p", state, **fields)], receiver.url, None)

    return tell


def test_only_changes_are_told(tell, receiver):
    for state in ("never", "ok", "quiet", "blocked", "blocked", "overdue", "ok", "quiet"):
        assert tell(state) == []
    told = [(message["before"], message["state"]) for message in receiver.messages]
    assert told == [("well", "blocked"), ("blocked", "overdue"), ("overdue", "well")]


def test_says_what_is_wrong_and_since_when(tell, receiver):
    tell("blocked", reason="http://h/: captcha", url="http://h/", since="2025-07-07T08:00:00Z")
    (message,) = receiver.messages
    assert message["text"] == "cqcrawler: p is blocked (was well): http://h/: captcha"
    assert (message["url"], message["since"]) == ("http://h/", "2025-07-07T16:00:00+08:00")


def test_what_was_not_delivered_is_told_the_next_time(tell, receiver):
    receiver.status = 500
    assert tell("blocked") == ["the webhook at 127.0.0.1 answers HTTP 500"]
    receiver.status = 200
    assert tell("blocked") == []
    assert [message["state"] for message in receiver.messages] == ["blocked", "blocked"]
    tell("blocked")
    assert len(receiver.messages) == 2


def test_without_an_address_nothing_is_noted(tmp_path, receiver):
    with Archive(tmp_path / "archive.db") as archive:
        assert tell_changes(archive, [Health("p", "blocked")], None, None) == []
        assert archive.runs.alarms() == {}
        tell_changes(archive, [Health("p", "blocked")], receiver.url, None)
        assert archive.runs.alarms() == {"p": "blocked"}


def test_a_wrong_template_is_a_problem_and_no_crash(tmp_path, receiver):
    with Archive(tmp_path / "archive.db") as archive:
        (problem,) = tell_changes(archive, [Health("p", "blocked")], receiver.url, "/none.json")
    assert "CQCRAWLER_WEBHOOK_TEMPLATE /none.json is no JSON" in problem
