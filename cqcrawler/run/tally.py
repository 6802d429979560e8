"""What a portal's run has come to so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cqcrawler.archive import Change
from cqcrawler.models import PageKind, PageResult, PageState

# What the error of a page begins with that is a challenge, a login or a refusal.
BLOCKED = "blocked: "
ROBOTS = "forbidden by robots.txt"


@dataclass
class Tally:
    """Counts and failures of one run, fed page by page.

    `counts` has `listing_pages` and `detail_pages` (pages that answered), `read` (those that
    could be read), `new`, `changed`, `unchanged`, `withdrawn`, `failed`, `gone`, `excluded`,
    `rejected` (rows of listings that are no notices) and `rows`. `bad_starts` and
    `bad_listings` map start pages and other listing pages that could not be read to the reason.
    """

    starts: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)
    bad_starts: dict[str, str] = field(default_factory=dict)
    bad_listings: dict[str, str] = field(default_factory=dict)
    starts_answered: int = 0
    blocked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    declared: DeclaredTotals = field(default_factory=lambda: DeclaredTotals())

    @property
    def notices(self) -> int:
        """The pages that read as notices, or have not changed since they did."""
        return self.counts["new"] + self.counts["changed"] + self.counts["unchanged"]

    @property
    def pages(self) -> int:
        """The pages that answered."""
        return self.counts["listing_pages"] + self.counts["detail_pages"]

    def add(self, result: PageResult, change: Change) -> None:
        """Count one page and what it changed in the archive."""
        if result.status is not None:
            is_listing = result.kind is PageKind.LISTING
            self.counts["listing_pages" if is_listing else "detail_pages"] += 1
            self.starts_answered += result.url in self.starts
        if change is not Change.NONE:
            self.counts[change.value] += 1
        if result.state in (PageState.FAILED, PageState.GONE, PageState.EXCLUDED):
            self.counts[result.state.value] += 1
        if result.state in (PageState.DONE, PageState.REJECTED):
            self.counts["read"] += 1
        if result.reject is not None and result.kind is PageKind.NOTICE:
            self.counts["rejected"] += 1
        if result.listing is not None:
            self.counts["rows"] += len(result.listing.rows)
            self.declared.add(result)
        self._note_failure(result)

    def _note_failure(self, result: PageResult) -> None:
        if result.state in (PageState.DONE, PageState.PENDING):
            return
        reject = result.reject.reason if result.reject else result.state.value
        error = result.error or reject
        if result.state is PageState.FAILED:
            (self.blocked if error.startswith(BLOCKED) else self.failed).append(
                f"{result.url}: {error}"
            )
        if result.url in self.starts:
            self.bad_starts[result.url] = error
        elif result.kind is PageKind.LISTING and result.state is PageState.FAILED:
            self.bad_listings[result.url] = error


class DeclaredTotals:
    """How many notices each listing says it has, against the rows that its pages showed."""

    def __init__(self) -> None:
        self._first_page: dict[str, str] = {}
        self._declared: dict[str, int] = {}
        self._rows: dict[str, set[int]] = {}

    def add(self, result: PageResult) -> None:
        """Take note of one page of a listing."""
        assert result.listing is not None
        first = self._first_page.setdefault(result.url, result.url)
        for page in result.candidates:
            if page.kind is PageKind.LISTING:
                self._first_page.setdefault(page.url, first)
        # Hashes, as a portal may list a hundred thousand rows.
        self._rows.setdefault(first, set()).update(hash(row.url) for row in result.listing.rows)
        if result.listing.declared_total is not None:
            self._declared[first] = max(self._declared.get(first, 0), result.listing.declared_total)

    @property
    def total(self) -> int | None:
        """The sum over all listings that declare a number, None if none does."""
        return sum(self._declared.values()) if self._declared else None

    def shortfall(self) -> str | None:
        """Say which listing showed fewer rows than it declares, None if none did."""
        for url, declared in self._declared.items():
            seen = len(self._rows[url])
            if seen < declared:
                return f"{url} declares {declared} notices, {seen} were listed"
        return None
