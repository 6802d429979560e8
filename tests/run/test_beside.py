"""Feeds and sitemaps beside the listings: when they are read, and which of them."""

from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.models import Candidate, FeedKind, Listing, ListingForm, PageKind
from cqcrawler.run.beside import MOST_BESIDE, Beside
from cqcrawler.run.scope import Scope

INDEX = "http://h/index.xml#beside:"
WHOLE = Scope()
READ = "2026-09-30T08:00:00Z"


class Frontier:
    def __init__(self):
        self.reopened, self.left = [], []

    def reopen(self, portal, url):
        self.reopened.append(url)

    def leave_read(self, url):
        self.left.append(url)


@pytest.fixture
def frontier():
    return Frontier()


@pytest.fixture
def beside(frontier, result):
    """What is beside the listings, with an index that names sitemaps and when they were changed."""

    def make(scope=WHOLE, **changed):
        made = Beside(frontier, "p", scope)
        parts = [Candidate(url, PageKind.LISTING, changed=day) for url, day in changed.items()]
        listing = Listing(INDEX, form=ListingForm.SHELL, feed=FeedKind.SITEMAP)
        made.learn(result(INDEX, PageKind.LISTING, listing=listing, candidates=tuple(parts)))
        return made

    return make


def test_every_sitemap_of_an_index_may_have_news(beside, frontier):
    beside(a=None, b="2026-09-30")
    assert frontier.reopened == ["a", "b"]


def test_indexes_that_name_each_other_are_read_once(beside, frontier, result):
    made = beside(other=None)
    parts = tuple(Candidate(url, PageKind.LISTING) for url in (INDEX, "a", "other"))
    listing = Listing("other", form=ListingForm.SHELL, feed=FeedKind.SITEMAP)
    made.learn(result("other", PageKind.LISTING, listing=listing, candidates=parts))
    assert frontier.reopened == ["other", "a"]


@pytest.mark.parametrize(
    ("changed", "read", "scope", "left_out"),
    [
        (None, READ, Scope(), False),
        ("2026-09-29", READ, Scope(), True),
        ("2026-09-30", READ, Scope(), False),  # maybe later that day
        ("2026-09-30T07:59:59Z", READ, Scope(), True),
        ("2026-09-30T08:00:00Z", READ, Scope(), False),
        ("2026-09-29", None, Scope(), False),
        ("2026-09-29", READ, Scope(full=True), False),
        ("2026-09-29", None, Scope(since=date(2026, 9, 30)), True),
        ("2026-09-30", None, Scope(since=date(2026, 9, 30)), False),
    ],
)
def test_a_sitemap_that_has_not_changed_is_left_alone(beside, page, changed, read, scope, left_out):
    held = page("a", PageKind.LISTING, fetched_at=read)
    assert beside(scope, a=changed).leaves_out(held) is left_out


def test_those_read_longest_ago_come_first_and_the_others_wait(beside, page, frontier):
    made = beside()
    made.hold(page("late", PageKind.LISTING, fetched_at=READ))
    for number in range(MOST_BESIDE):
        made.hold(page(f"{number}", PageKind.UNKNOWN))
    given = [made.next().url for _ in range(MOST_BESIDE)]
    assert "late" not in given
    assert (made.next(), made.left, frontier.left) == (None, 1, ["late"])
    assert not made.has_next()
