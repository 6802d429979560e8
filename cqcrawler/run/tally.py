"""What a portal's run has come to so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from statistics import median

from cqcrawler.archive import Change
from cqcrawler.models import (
    FROM_ROW,
    Article,
    Excluded,
    Failed,
    Gone,
    PageKind,
    PageResult,
    PageState,
    ReadListing,
    ReadNotice,
    Rejected,
    Visit,
)
from cqcrawler.run.usual import SHORT_BODY

# What the error of a page begins with that is a challenge, a login or a refusal.
BLOCKED = "blocked: "
ROBOTS = "forbidden by robots.txt"
# The reason of a reject that was a listing before.
NO_ROWS = "no rows any more"


@dataclass
class Tally:
    """Counts and failures of one run, fed page by page.

    `emptied` are listings that had rows before, `samples` an address for each sign of a redesign
    (see `usual.SIGNS`), `bodies` the lengths of the texts read.

    `counts` has `listing_pages` and `detail_pages` (pages that answered), `read` (those that
    could be read), `new`, `changed`, `unchanged`, `withdrawn`, `failed`, `gone`, `excluded`,
    `rejected` (rows of listings that are no notices), `lists` (pages that are listings), `rows`,
    `seen` (different rows of the listings that declare how many they have), `articles` (notices
    that were read, not only found unchanged) and the signs among them. `bad_starts` and
    `bad_listings` map start pages and other listing pages that could not be read to the reason.
    """

    starts: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)
    bad_starts: dict[str, str] = field(default_factory=dict)
    bad_listings: dict[str, str] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    bodies: list[int] = field(default_factory=list)
    _shortest: int = 0
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
        visit = result.visit
        if visit.status is not None:
            is_listing = visit.kind is PageKind.LISTING
            self.counts["listing_pages" if is_listing else "detail_pages"] += 1
            self.starts_answered += visit.url in self.starts
        if change is not Change.NONE:
            self.counts[change.value] += 1
        match result:
            case ReadNotice():
                self._note_article(visit.url, result.article)
            case ReadListing():
                self._note_listing(result)
            case Rejected():
                self._note_reject(visit, result.reason)
            case Failed() | Gone() | Excluded():
                self._note_failure(result)
        self.counts["read"] += result.state in (PageState.DONE, PageState.REJECTED)

    def note_usual_body(self, chars: float) -> None:
        """Count the texts that are far shorter than usual; where nothing is, than each other."""
        if self.bodies:
            self.counts["body_median"] = round(median(self.bodies))
            least = (chars or self.counts["body_median"]) / SHORT_BODY
            self.counts["short_body"] = sum(0 < body < least for body in self.bodies)

    def forgive(self, urls: Collection[str]) -> None:
        """Take listings without rows for what they are, as a person said."""
        for url in set(self.emptied) & {*urls}:
            self.emptied.remove(url)
            self.bad_starts.pop(url, None)

    def _note_article(self, url: str, article: Article) -> None:
        date = article.provenance.get("published")
        signs = {
            "no_region": not article.region,
            "no_date": not article.published or (date is not None and date.origin == FROM_ROW),
            "no_body": not article.body,
        }
        self.counts["articles"] += 1
        self.bodies.append(len(article.body))
        if article.body and (not self._shortest or len(article.body) < self._shortest):
            self._shortest = len(article.body)
            self.samples["short_body"] = url
        for sign, shows in signs.items():
            self.counts[sign] += shows
            if shows:
                self.samples.setdefault(sign, url)

    def _note_listing(self, result: ReadListing) -> None:
        self.counts["lists"] += 1
        self.counts["rows"] += len(result.listing.rows)
        self.declared.add(result)
        if self.declared.total is not None:
            self.counts["seen"] = self.declared.seen

    def _note_reject(self, visit: Visit, reason: str) -> None:
        if visit.kind is PageKind.NOTICE:
            self.counts["rejected"] += 1
            self.samples.setdefault("misread", visit.url)
        if reason == NO_ROWS:
            self.counts["lists"] += 1
            # The last pages of a listing may become empty.
            if visit.continues is None:
                self.emptied.append(visit.url)
        if visit.url in self.starts:
            self.bad_starts[visit.url] = reason

    def _note_failure(self, result: Failed | Gone | Excluded) -> None:
        visit, error = result.visit, result.error
        self.counts[result.state.value] += 1
        failed = isinstance(result, Failed)
        if failed:
            blocked = error.startswith(BLOCKED)
            (self.blocked if blocked else self.failed).append(f"{visit.url}: {error}")
        if visit.url in self.starts:
            self.bad_starts[visit.url] = error
        elif visit.kind is PageKind.LISTING and failed:
            self.bad_listings[visit.url] = error


class DeclaredTotals:
    """How many notices each listing says it has, against the rows that its pages showed."""

    def __init__(self) -> None:
        self._declared: dict[str, int] = {}
        self._rows: dict[str, set[int]] = {}

    def add(self, result: ReadListing) -> None:
        """Take note of one page of a listing."""
        first = result.visit.continues or result.visit.url
        # Hashes rather than addresses, as a portal may list a hundred thousand rows.
        self._rows.setdefault(first, set()).update(hash(row.url) for row in result.listing.rows)
        if result.listing.declared_total is not None:
            self._declared[first] = max(self._declared.get(first, 0), result.listing.declared_total)

    @property
    def total(self) -> int | None:
        """The sum over all listings that declare a number, None if none does."""
        return sum(self._declared.values()) if self._declared else None

    @property
    def seen(self) -> int:
        """How many rows those listings showed."""
        return sum(len(self._rows[url]) for url in self._declared)

    def shortfall(self, unread: Collection[str] = ()) -> str | None:
        """Say which listing showed fewer rows than it declares, None if none did.

        Listings that were not to be read to their end (`unread`) do not count.
        """
        for url, declared in self._declared.items():
            seen = len(self._rows[url])
            if seen < declared and url not in unread:
                return f"{url} declares {declared} notices, {seen} were listed"
        return None
