"""Where a listing ends whose pager does not: at pages that only repeat what was shown before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cqcrawler.models import Candidate, ListingForm, PageKind, PageResult, ReadListing

# One page may repeat others because its notices moved on while we read.
_MOST = 3
# Pages that say where rows are, and lead to each other: one page, and its scripts.
_MOST_SHELLS = 10

# Returns the addresses of those rows that a listing showed as they are in an earlier run.
Known = Callable[[str, Iterable[Candidate]], set[str]]


class Repeats:
    """What the listings of a run have shown so far.

    A calendar always has a next month, and some systems answer every page number. Such a
    listing has `ended`, by its first page, when of three pages, each named by none but the one
    before, all showed nothing but rows that were met in this run. A run that does not read all
    pages has not met all rows: there, rows `known` from earlier runs count as well.
    """

    def __init__(self, known: Known | None = None) -> None:
        self.ended: set[str] = set()
        self._known = known
        self._met: dict[str, set[int]] = {}
        self._before: dict[str, int] = {}  # How many repeats in a row lead to a page, at least.
        self._shells: dict[str, int] = {}  # How many pages in a row that have no rows themselves.

    def cut(self, result: PageResult) -> PageResult:
        """Take note of a page; return it without the pages that would go on for ever."""
        if not isinstance(result, ReadListing):
            return result
        url, listing = result.visit.url, result.visit.continues or result.visit.url
        rows = [page for page in result.candidates if page.kind is PageKind.NOTICE]
        is_shell = result.listing.form is ListingForm.SHELL
        shells = self._shells.get(url, 0) + 1 if is_shell else 0
        repeats = 0
        if result.visit.continues and not is_shell and self._repeats(listing, rows):
            repeats = self._before.get(url, 0) + 1
        # Hashes rather than addresses, as a portal may list a hundred thousand rows.
        self._met.setdefault(listing, set()).update(hash(row.url) for row in rows)
        if repeats < _MOST and shells < _MOST_SHELLS:
            for page in _further(result):
                self._before[page.url] = min(repeats, self._before.get(page.url, repeats))
                if shells:
                    self._shells[page.url] = shells
            return result
        self.ended.add(listing)
        return replace(result, candidates=tuple(rows))

    def _repeats(self, listing: str, rows: Iterable[Candidate]) -> bool:
        met = self._met.get(listing, set())
        unmet = [row for row in rows if hash(row.url) not in met]
        if unmet and self._known:
            return len(self._known(listing, unmet)) == len(unmet)
        return not unmet


def _further(result: ReadListing) -> Iterable[Candidate]:
    return (page for page in result.candidates if page.kind is PageKind.LISTING)
