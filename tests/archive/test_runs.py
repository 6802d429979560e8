from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cqcrawler.archive import Archive
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.models import Candidate, Outcome, PageKind, PageState


def test_a_run_from_begin_to_end(crawl: Any, archive: Archive) -> None:
    (run,) = archive.runs.latest()
    assert (run.id, run.portal, run.scope, run.version) == (crawl.run_id, "cq", "full", "1.0")
    assert (run.started_at, run.ended_at, run.outcome) == ("2025-07-07T08:00:00Z", None, None)
    archive.runs.end(
        crawl.run_id,
        at=crawl.at + timedelta(minutes=5),
        outcome=Outcome.PARTIAL,
        reason="2 页失败",
        complete=True,
        declared_total=120,
        counts={"new": 3},
        stats={"pages": 5},
    )
    (run,) = archive.runs.latest()
    assert (run.ended_at, run.outcome) == ("2025-07-07T08:05:00Z", Outcome.PARTIAL)
    assert (run.reason, run.complete, run.declared_total) == ("2 页失败", True, 120)
    assert (run.counts, run.stats) == ({"new": 3}, {"pages": 5})


def test_a_run_without_an_end_was_interrupted(crawl: Any, archive: Archive) -> None:
    other = archive.runs.begin("sc", scope="full", version="1.0", at=crawl.at)
    second = archive.runs.begin("cq", scope="full", version="1.0", at=crawl.at)
    outcomes = {run.id: run.outcome for run in archive.runs.latest()}
    assert outcomes == {crawl.run_id: Outcome.INTERRUPTED, other: None, second: None}
    third = archive.runs.begin("cq", scope="full", version="1.0", at=crawl.at)
    assert [run.id for run in archive.runs.latest("cq", limit=2)] == [third, second]
    assert archive.runs.latest("cq")[1].reason == "found dead by the next run"


def test_the_last_whole_run_is_not_a_narrowed_one(crawl: Any, archive: Archive) -> None:
    narrowed = {"scope": "at most 3 pages", "whole": False}
    archive.runs.begin("cq", version="1.0", at=crawl.at, **narrowed)
    run = archive.runs.last("cq", whole=True)
    assert run is not None
    assert (run.id, run.whole) == (crawl.run_id, True)
    assert archive.runs.last("sc", whole=True) is None


def test_an_archive_of_before_knows_which_runs_were_whole(path: Path) -> None:
    with Archive(path) as archive:
        for scope in ("full", "at most 3 pages"):
            archive.runs.begin("cq", scope=scope, version="1.0", at=datetime.now(UTC))
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE runs DROP COLUMN whole")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'whole_runs'")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    db.close()
    with Archive(path) as archive:
        assert [(run.scope, run.whole) for run in archive.runs.latest()] == [
            ("at most 3 pages", False),
            ("full", True),
        ]


def test_rejects_are_kept_by_run(crawl: Any, archive: Archive) -> None:
    page = {"reason": "challenge", "detail": "acw_sc__v2"}
    crawl.save(**page)
    crawl.save(**page)
    again = type(crawl)(archive)
    again.save(reason="no text")
    assert [tuple(row.values()) for row in archive._db.database["rejects"].rows] == [
        ("http://h/1", crawl.run_id, "challenge", "acw_sc__v2"),
        ("http://h/1", again.run_id, "no text", ""),
    ]


def test_odd_pages_that_a_good_run_met_are_not_misread_again(crawl: Any, archive: Archive) -> None:
    def reject(run: Any, *numbers: int, kind: PageKind = PageKind.NOTICE) -> int:
        for number in numbers:
            page = {"kind": kind, "reason": "not a notice"}
            run.save(f"http://h/{number}", **page)
        return archive.runs.misread(run.run_id)

    def end(run: Any, outcome: Outcome) -> None:
        archive.runs.end(run.run_id, at=run.at, outcome=outcome, counts={}, stats={})

    assert reject(crawl, 1, 2) == 2
    assert reject(crawl, 9, kind=PageKind.UNKNOWN) == 2
    end(crawl, Outcome.OK)
    second = type(crawl)(archive)
    assert reject(second, 1, 2, 3, 4) == 2
    end(second, Outcome.REDESIGNED)
    assert reject(type(crawl)(archive), 1, 2, 3, 4) == 2


def test_rejects_of_a_run_that_was_accepted_are_usual(crawl: Any, archive: Archive) -> None:
    page = {"reason": "no rows any more"}
    crawl.save("http://h/1", **page)
    assert archive.runs.accept("cq") is None  # It has not ended.
    archive.runs.end(
        crawl.run_id, at=crawl.at, outcome=Outcome.REDESIGNED, counts={}, stats={}, reason="x"
    )
    assert archive.runs.accepted_rejects("cq") == set()
    assert archive.runs.accept("cq") == crawl.run_id
    assert archive.runs.accepted_rejects("cq") == {"http://h/1"}
    again = type(crawl)(archive)
    again.save("http://h/1", **page)
    again.save("http://h/2", **page)
    assert archive.runs.misread(again.run_id) == 1


def test_where_a_portal_stands(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1")
    crawl.notice("http://h/2")
    crawl.withdraw("http://h/2")
    crawl.save("http://h/3", state=PageState.FAILED)
    archive.frontier.add("cq", [Candidate("http://h/4", PageKind.NOTICE)], None)
    state = archive.runs.portal_state("cq")
    assert state.last_run is not None
    assert state.last_run.id == crawl.run_id
    assert (state.articles, state.withdrawn) == (2, 1)
    assert state.pages == {"done": 1, "failed": 1, "gone": 1, "pending": 1}


def test_a_portal_never_crawled_has_nothing(archive: Archive) -> None:
    state = archive.runs.portal_state("cq")
    assert (state.last_run, state.articles, state.withdrawn, state.pages) == (None, 0, 0, {})
