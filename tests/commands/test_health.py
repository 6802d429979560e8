"""`cqcrawler health`: a verdict for every portal, registered or not."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from cqcrawler.archive import Archive
from cqcrawler.archive.file import disk
from cqcrawler.archive.file.lock import writing
from cqcrawler.commands import main
from cqcrawler.models import Article, Evidence, Outcome, PageKind, ReadNotice, Visit

NOW = datetime.now(UTC)
WELL = [("sc", 1, Outcome.OK, ""), ("example.cn", 400, Outcome.QUIET, "nothing new")]
SURE = {"title": Evidence("heading", "题", 0.98)}
BLOCKED = ("js", 1, Outcome.BLOCKED, "http://js.010b.com/: captcha")


@pytest.fixture
def health(tmp_path, monkeypatch):
    """Run the command over an archive with these runs: portal, hours ago, outcome, reason."""
    monkeypatch.delenv("CQCRAWLER_WEBHOOK", raising=False)
    monkeypatch.setattr(disk, "LOW", 0)

    def run(runs, *arguments, **environment):
        path = tmp_path / "archive.db"
        with Archive(path) as archive:
            for portal, hours, outcome, reason in runs:
                at = NOW - timedelta(hours=hours)
                run_id = archive.runs.begin(portal, scope="full", version="1", at=at)
                if outcome:
                    archive.runs.end(
                        run_id, at=at, outcome=outcome, reason=reason, counts={}, stats={}
                    )
        command = ["health", "--archive", str(path), *arguments]
        return CliRunner().invoke(main, command, env=environment, catch_exceptions=False)

    return run


def test_all_is_well(health):
    result = health(WELL)
    assert result.exit_code == 0
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert lines[0] == ["portal", "state", "since", "last good", "cause"]
    assert [line[:2] for line in lines[1:]] == [
        ["chongqing", "never"],
        ["example.cn", "quiet"],
        ["js", "never"],
        ["sc", "ok"],
    ]
    assert result.stderr.startswith("archive ")
    assert "free" in result.stderr


def test_one_portal_that_is_not_well_is_enough(health):
    result = health([*WELL, BLOCKED], "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    portals = {portal["portal"]: portal for portal in found["portals"]}
    assert portals["js"] == {
        "portal": "js",
        "state": "blocked",
        "reason": "http://js.010b.com/: captcha",
        "url": "http://js.010b.com/",
        "since": portals["js"]["last_run"],
        "last_run": f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        "last_good": None,
        "well": False,
        "notices": 0,
        "doubtful": {"published": 0, "title": 0, "body": 0},
    }
    assert found["well"] is False
    assert found["disk"]["archive_bytes"] > 0
    assert (found["disk"]["warc_bytes"], found["problems"]) == (0, [])


def test_quiet_prints_only_what_is_wrong(health):
    result = health([*WELL, BLOCKED], "--quiet")
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["portal", "js"]
    assert result.stderr == ""
    assert health([], "--quiet", "--portal", "sc").output == ""


def test_doubtful_notices_are_counted_and_no_alarm(health, tmp_path):
    health(WELL)
    with Archive(tmp_path / "archive.db") as archive:
        run_id = archive.runs.begin("sc", scope="full", version="1", at=NOW)
        for number, warnings in enumerate(((), ("no body found",))):
            article = Article(f"http://h/{number}", "题", provenance=SURE, warnings=warnings)
            visit = Visit(article.url, "sc", PageKind.NOTICE, NOW)
            archive.save(ReadNotice(visit, article), run_id)
        archive.runs.end(run_id, at=NOW, outcome=Outcome.OK, reason="", counts={}, stats={})
    result = health([])
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "\n\nportal\tnotices\tdoubtful date\ttitle\ttext\nsc\t2\t2\t0\t1\n"
    )
    assert health([], "--quiet").output == ""
    found = json.loads(health([], "--portal", "sc", "--json").stdout)["portals"][0]
    assert (found["notices"], found["doubtful"]["body"]) == (2, 1)


def test_one_portal(health):
    assert health([*WELL, BLOCKED], "--portal", "sc").exit_code == 0
    unknown = health([], "--portal", "nowhere")
    assert unknown.exit_code == 2
    assert "there are chongqing, example.cn, js, sc" in unknown.stderr


def test_overdue(health):
    result = health([("sc", 50, Outcome.OK, "")])
    assert result.exit_code == 1
    assert "sc\toverdue\t" in result.stdout


def test_a_dead_run_is_told_from_one_that_is_under_way(health, tmp_path):
    with writing(tmp_path / "archive.db"):
        assert "sc\trunning\t" in health([("sc", 1, None, "")]).stdout
    assert "sc\tinterrupted\t" in health([]).stdout


def test_little_room_on_the_disk_is_not_well(health, monkeypatch):
    monkeypatch.setattr(disk, "LOW", 2**80)
    result = health(WELL)
    assert result.exit_code == 1
    assert "free: make room\n" in result.stderr


def test_tells_the_webhook(health, receiver):
    for _ in range(2):
        assert health([BLOCKED], CQCRAWLER_WEBHOOK=receiver.url).exit_code == 1
    assert [message["state"] for message in receiver.messages] == ["blocked"]
    receiver.status = 500
    result = health([("js", 0, Outcome.OK, "")], CQCRAWLER_WEBHOOK=receiver.url)
    assert result.exit_code == 1
    assert "cqcrawler: the webhook at 127.0.0.1 answers HTTP 500" in result.stderr


def test_a_person_may_accept_a_redesign(health):
    redesigned = ("js", 1, Outcome.REDESIGNED, "http://js.010b.com/: has no rows any more")
    assert health([redesigned]).exit_code == 1
    accepted = health([], "--accept", "js")
    assert accepted.exit_code == 0
    assert "redesigned, and accepted as usual: http://js" in accepted.stdout
    nowhere = health([], "--accept", "sc")
    assert nowhere.exit_code == 2
    assert "'sc' has no run in" in nowhere.stderr


def test_without_an_archive_there_is_no_health(tmp_path):
    result = CliRunner().invoke(main, ["health", "--archive", str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert "there is no archive" in result.stderr


def test_says_how_old_the_last_backup_is(health, tmp_path):
    path, copy = tmp_path / "archive.db", tmp_path / "copy.db"
    assert "no backup was made yet: cqcrawler snapshot FILE" in health(WELL).stderr
    assert json.loads(health(WELL, "--json").stdout)["backup"] is None
    with Archive(path, must_exist=True) as archive:
        taken = archive.snapshot(copy)
    assert "last backup today, " in health(WELL).stderr
    with closing(sqlite3.connect(path)) as db, db:  # A clock that went wrong.
        db.execute("UPDATE snapshots SET taken_at = '2999-01-01T00:00:00Z'")
    assert "last backup in the future, " in health(WELL).stderr
    with closing(sqlite3.connect(path)) as db, db:
        day = NOW - timedelta(days=40)
        db.execute("UPDATE snapshots SET taken_at = ?", [f"{day:%Y-%m-%dT%H:%M:%SZ}"])
    result = health(WELL)
    assert result.exit_code == 0
    assert "last backup 40 days ago, " in result.stderr
    assert result.stderr.endswith(f": {copy}\n")
    backup = json.loads(health(WELL, "--json").stdout)["backup"]
    assert (backup["age_days"], backup["file"]) == (40, str(copy))
    assert (backup["size"], backup["sha256"]) == (taken.size, taken.sha256)
    copy.unlink()
    assert "which is not there any more" in health(WELL).stderr
    assert "backup" not in health(WELL, "--quiet").stderr


def test_a_read_only_archive_cannot_be_accepted_into(health, tmp_path, monkeypatch):
    health([("js", 1, Outcome.REDESIGNED, "no rows")])
    path = tmp_path / "archive.db"
    real = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: mode != os.W_OK and real(at, mode))
    command = ["health", "--accept", "js", "--archive", str(path)]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path} cannot be written (attempt to write a readonly database)" in result.stderr
