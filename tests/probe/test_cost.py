"""What crawls take, from a page or two of a list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cqcrawler.models import Link
from cqcrawler.probe.cost import Pace, cost_of
from cqcrawler.probe.report import Further, ListFound, Rows

AT = datetime(2026, 9, 30, 20, tzinfo=UTC)  # the first of October in Beijing
PACE = Pace(5.0, "Crawl-delay")


def listing(rows: int = 20, pages: int = 24, total: int | None = None, every: int = 1) -> ListFound:
    newest = date(2026, 9, 30)
    shown = tuple(
        Link(f"http://h/{n}.html", "x", (newest - timedelta(days=every * n)).isoformat())
        for n in range(rows)
    )
    others = tuple(f"http://h/index_{n}.html" for n in range(1, pages + 1))
    return ListFound(Rows(shown, dated=rows), pages=others, declared_total=total)


def test_pages_and_notices_are_asked_for_one_by_one() -> None:
    cost = cost_of(listing(), PACE, AT)
    assert (cost.pages, cost.notices) == (25, 500)
    assert cost.first_crawl_s == 525 * 5


def test_a_declared_total_is_believed() -> None:
    assert cost_of(listing(total=487), PACE, AT).notices == 487


def test_a_later_crawl_reads_two_pages_and_looks_at_a_month_again() -> None:
    cost = cost_of(listing(), PACE, AT)
    assert cost.new_a_day == 1.0
    assert cost.later_requests == 2 + 31


def test_a_list_that_has_gone_quiet_has_little_new() -> None:
    cost = cost_of(listing(), PACE, AT + timedelta(days=380))
    assert cost.new_a_day == 20 / 400
    assert cost.later_requests == 2 + 2


def test_what_is_not_known_is_not_made_up() -> None:
    undated = ListFound(Rows((Link("http://h/1", "x"), Link("http://h/2", "y"))))
    assert cost_of(undated, PACE, AT).new_a_day is None
    assert cost_of(listing(), PACE, None).later_requests is None
    nothing = cost_of(ListFound(Rows()), PACE, AT)
    assert (nothing.notices, nothing.first_crawl_s) == (None, None)


def test_rows_of_a_further_page_stand_for_those_of_a_page_without_any() -> None:
    pages = ("http://h/api?page=1", "http://h/api?page=2")
    shell = ListFound(Rows(), is_shell=True, pages=pages, further=Further(pages[0], 15, 15))
    cost = cost_of(shell, PACE, AT)
    assert (cost.pages, cost.notices) == (3, 30)
