"""Which notices are due for another look: those of late, older ones ever more rarely."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.connection import transaction
from cqcrawler.archive.frontier import revisits
from cqcrawler.archive.frontier.revisits import LONGEST_DAYS
from cqcrawler.models import PageKind, PageState

VALIDATED = {"etag": '"1"'}


def due(archive: Archive, at: datetime, **options: Any) -> set[str]:
    """The pages, without `http://h/`, that a run which begins at this time looks at."""
    archive.frontier.begin("cq", [], at, **options)
    found = {page.url.removeprefix("http://h/") for page in archive.frontier.take("cq", 10_000)}
    with transaction(archive._db):
        archive._db.execute("UPDATE pages SET taken = 0, state = 'done'")
    return found


def test_notices_of_late_are_due_in_every_run(crawl: Any, archive: Archive) -> None:
    today = crawl.at
    crawl.at = today - timedelta(days=40)
    for name in ("old", "edited", "gone"):
        crawl.notice(f"http://h/{name}", published="2025-05-01")
    crawl.notice("http://h/late", published="2025-06-30")
    crawl.save("http://h/long-gone", state=PageState.GONE)
    crawl.at = today - timedelta(days=20)
    crawl.notice("http://h/edited", body="改过", published="2025-05-01")
    crawl.save("http://h/gone", state=PageState.GONE)
    crawl.notice("http://h/new", published="2025-05-01")
    crawl.save("http://h/empty", reason="no text")
    crawl.save("http://h/contact", kind=PageKind.UNKNOWN, state=PageState.REJECTED)
    crawl.at = today
    crawl.save("http://h/old", status=304)
    crawl.save("http://h/long-gone", state=PageState.GONE)
    archive.frontier.begin("cq", [], today)
    found = {page.url for page in archive.frontier.take("cq", 100)}
    assert found == {f"http://h/{name}" for name in ("late", "edited", "gone", "new", "empty")}


@pytest.mark.parametrize("state", [PageState.DONE, PageState.GONE])
def test_the_time_between_two_looks_doubles(crawl: Any, archive: Archive, state: PageState) -> None:
    crawl.notice(page=VALIDATED)
    crawl.save(state=state)
    looks = _looks(crawl, archive, range(1, 1500), state=state)
    assert looks[:30] == list(range(1, 31))
    assert looks[30:] == [60, 120, 240, 480, 480 + LONGEST_DAYS, 480 + 2 * LONGEST_DAYS]


def test_what_cannot_be_read_is_looked_at_ever_more_rarely(crawl: Any, archive: Archive) -> None:
    crawl.notice(page=VALIDATED)
    crawl.at += timedelta(days=500)
    crawl.save(state=PageState.REJECTED)
    looks = _looks(crawl, archive, range(1, 600), state=PageState.REJECTED)
    assert looks == [1, 3, 7, 15, 31, 63, 127, 255, 511]


def _looks(crawl: Any, archive: Archive, days: range, state: PageState) -> list[int]:
    """Come every day; return on which ones the page is looked at, and found as it is."""
    first, looks = crawl.at, []
    for day in days:
        crawl.at = first + timedelta(days=day)
        with transaction(archive._db):
            revisits.make_due(archive._db, "cq", crawl.at, 10)
        if archive.frontier.pending_count("cq"):
            looks.append(day)
            crawl.save(state=state, status=304)
    return looks


def test_an_edit_is_news_again(crawl: Any, archive: Archive) -> None:
    crawl.notice(page=VALIDATED)
    crawl.at += timedelta(days=500)
    crawl.notice(body="改过", page=VALIDATED)
    assert due(archive, crawl.at + timedelta(days=1)) == {"1"}


def test_those_looked_at_longest_ago_come_first(crawl: Any, archive: Archive) -> None:
    for hour, name in enumerate("cab"):
        crawl.at += timedelta(hours=hour)
        crawl.notice(f"http://h/{name}", page=VALIDATED)
    assert due(archive, crawl.at, revisits=2) == {"a", "c"}
    assert due(archive, crawl.at, revisits=0) == set()


def test_pages_without_validators_have_a_tenth_of_the_budget(crawl: Any, archive: Archive) -> None:
    for number in range(20):
        crawl.at += timedelta(minutes=1)
        crawl.notice(f"http://h/bare{number}")
    for number in range(20):
        crawl.at += timedelta(minutes=1)
        crawl.notice(f"http://h/{number}", page={"last_modified": "Mon"})
    found = due(archive, crawl.at, revisits=20)
    assert found == {"bare0", "bare1", *map(str, range(18))}
    assert len(due(archive, crawl.at, revisits=100)) == 30


def test_a_run_may_look_at_everything(crawl: Any, archive: Archive) -> None:
    for number in range(20):
        crawl.notice(f"http://h/{number}")
    crawl.save("http://h/gone", state=PageState.GONE)
    crawl.save("http://h/list", kind=PageKind.LISTING)
    everything = {*map(str, range(20)), "gone", "list"}
    assert due(archive, crawl.at + timedelta(days=40), revisits=None) == everything


def test_a_clock_that_was_ahead_stops_nothing(crawl: Any, archive: Archive) -> None:
    crawl.notice(page=VALIDATED)
    crawl.at += timedelta(days=4000)
    crawl.save(status=304)
    assert due(archive, crawl.at - timedelta(days=3000)) == {"1"}


def test_no_text_is_read_to_find_out(crawl: Any, archive: Archive) -> None:
    statements: list[str] = []
    archive._db.set_trace_callback(statements.append)
    revisits.make_due(archive._db, "cq", crawl.at, 10)
    plan = str(archive._db.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchall())
    assert "pages_by_check (portal=?)" in plan
    assert "COVERING INDEX articles_ages (url=?)" in plan
