"""What a portal's run has come to so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from cqcrawler.archive import Change
from cqcrawler.archive.articles.withdrawal import GoneNotices, by_no_chance
from cqcrawler.models import (
    EMPTIED,
    FROM_ROW,
    STRANGE,
    UNDATED,
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
)
from cqcrawler.run.listings import Listings
from cqcrawler.run.selections import Selections
from cqcrawler.run.usual import SHORT_BODY

# What the error of a page begins with that is a challenge, a login or a refusal.
BLOCKED = "blocked: "
ROBOTS = "forbidden by robots.txt"


@dataclass
class Tally:
    """Counts and failures of one run, fed page by page.

    `expects_lists` says that the start pages are to be listings, `listings` is what those showed,
    `emptied` are listings that had rows before, `samples` an address for each sign of a redesign
    (see `usual.SIGNS`) and for other counts, `bodies` the lengths of the texts read, `selections`
    what the selectors of the portal's file found.

    `counts` has `listing_pages` and `detail_pages` (pages that answered), `read` (those that
    could be read), `new`, `changed`, `unchanged`, `withdrawn`, `failed`, `gone`, `excluded`,
    `rejected` (rows of listings that are no notices), of them `strange` (they show another page's
    text, and a listing shows them) and `cut_short`, `unreadable` (known notices that many at once
    could not be read), `lists` (pages that are listings), `rows`, of them `rows_gone`
    (`fresh_gone` are new) and `rows_excluded`, `row_lists` (rows that lead to lists, which notices
    may have been taken for), `elsewhere` (rows that lead to other sites or to
    files), `gone_together` (notices that may have been withdrawn), `seen` (different rows of the
    listings that declare how many they have), `undated` (notices of sections whose pages have no
    dates), `feeds` (feeds and sitemaps beside the listings), `feeds_unread` of them, `unlisted`
    (pages that only these name, and that are gone or no notices), `left_out` (addresses in sitemaps
    that were not asked for), `files` (those of notices that are there), `files_failed` (those that
    could not be had), `files_waiting`, `articles` (notices that were read, not only found
    unchanged), `pending` (pages left to a later run, where something ended this one early) and the
    signs among them. `bad_starts` and `bad_listings` map start pages and other
    listing pages that could not be read to the reason, `bad_feeds` what stands beside them.
    """

    starts: frozenset[str]
    expects_lists: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    bad_starts: dict[str, str] = field(default_factory=dict)
    bad_listings: dict[str, str] = field(default_factory=dict)
    bad_feeds: dict[str, str] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    bodies: list[int] = field(default_factory=list)
    _shortest: int = 0
    starts_answered: int = 0
    blocked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    lost_files: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    listings: Listings = field(default_factory=Listings)
    selections: Selections | None = None

    @property
    def notices(self) -> int:
        """The pages that read as notices, or have not changed since they did."""
        return self.counts["new"] + self.looked_at

    @property
    def pages(self) -> int:
        """The pages that answered."""
        return self.counts["listing_pages"] + self.counts["detail_pages"]

    def add(self, result: PageResult, change: Change, *, listed: bool = True) -> None:
        """Count one page and what it changed in the archive.

        `listed` is whether a page or a listing led to it, not a feed or sitemap alone: these may
        name what is long gone, or never was a notice.
        """
        visit = result.visit
        if visit.kind is PageKind.FILE:
            self._note_file(result)
            return
        if visit.status is not None:
            is_listing = visit.kind is PageKind.LISTING
            self.counts["listing_pages" if is_listing else "detail_pages"] += 1
            self.starts_answered += visit.url in self.starts
        if visit.is_beside:
            self._note_feed(result)
            return
        if not (listed or result.state is PageState.DONE or isinstance(result, Failed)):
            self.counts["unlisted"] += 1
            self.samples.setdefault("unlisted", visit.url)
            return
        if change is not Change.NONE:
            self.counts[change.value] += 1
        self._note(result)
        self.listings.add(result)
        if self.selections:
            self.selections.add(result)
        self.counts["read"] += result.state in (PageState.DONE, PageState.REJECTED)

    def _note(self, result: PageResult) -> None:
        match result:
            case ReadNotice():
                self._note_article(result.visit.url, result.article)
            case ReadListing():
                self._note_listing(result)
            case Rejected():
                self._note_reject(result)
            case Failed() | Gone() | Excluded():
                self._note_failure(result)

    def note_usual_body(self, chars: float) -> None:
        """Count the texts that are far shorter than usual; where nothing is, than each other."""
        if self.bodies:
            self.counts["body_median"] = round(median(self.bodies))
            least = (chars or self.counts["body_median"]) / SHORT_BODY
            self.counts["short_body"] = sum(0 < body < least for body in self.bodies)

    def note_listings(self) -> None:
        """Count what the listings showed in all, once they are read."""
        self.counts["elsewhere"] = len(self.listings.elsewhere)
        # An old page that no listing shows any more may show what it likes.
        self.counts["strange"] = sum(map(self.listings.shows, self.strange))
        lists = [url for url in self.lists if self.listings.shows(url)]
        self.counts["row_lists"] = len(lists)
        if lists:
            self.samples["row_lists"] = lists[0]
        if self.listings.declared_total is not None:
            self.counts["seen"] = self.listings.seen

    def note_gone(self, gone: GoneNotices) -> None:
        """Count what was withdrawn, and what is gone without that."""
        self.counts["withdrawn"] = gone.withdrawn
        self.counts["rows_gone"] = gone.listed
        self.counts["fresh_gone"] = gone.fresh
        self.counts["gone_together"] = gone.together

    def note_cut_short(self, urls: Sequence[str]) -> None:
        """Count the pages of which only the beginning came."""
        self.counts["cut_short"] = len(urls)
        if urls:
            self.samples["cut_short"] = urls[0]

    def note_unreadable(self, urls: Sequence[str]) -> None:
        """Count the known notices that could not be read, if too many for chance."""
        if by_no_chance(len(urls), self.looked_at + len(urls)):
            self.counts["unreadable"] = len(urls)
            self.samples["unreadable"] = urls[0]

    @property
    def looked_at(self) -> int:
        """The notices known before that were there."""
        return self.counts["changed"] + self.counts["unchanged"] + self.counts["returned"]

    @property
    def rows_read(self) -> int:
        """How many of the rows that the listings showed stand in the archive."""
        signs = ("rows_gone", "rows_excluded", "rejected", "row_lists")
        lost = sum(self.counts[name] for name in signs)
        return max(self.notices, self.listings.rows - len(self.listings.elsewhere) - lost)

    def forgive(self, urls: Collection[str]) -> None:
        """Take listings without rows for what they are, as a person said."""
        for url in set(self.emptied) & {*urls}:
            self.emptied.remove(url)
            self.bad_starts.pop(url, None)

    def notes(self) -> Iterator[str]:
        """Say what is no fault of the run, and is not to be passed over."""
        for url, why in islice(self.bad_feeds.items(), 1):
            unread, where = self.counts["feeds_unread"], url.partition("#")[0]
            yield f"{unread} of {self.counts['feeds']} feeds and sitemaps unread, {where}: {why}"
        if count := self.counts["unlisted"]:
            yield (
                f"{count} pages that only a feed or sitemap names are gone or no notices, "
                f"such as {self.samples['unlisted']}"
            )

    def _note_file(self, result: PageResult) -> None:
        """Take note of a file that a notice offers; one on another site is left alone."""
        self.counts["files"] += result.state is PageState.DONE
        if isinstance(result, Failed | Gone | Rejected):
            self.counts["files_failed"] += 1
            self.lost_files.append(f"{result.visit.url}: {why_nothing(result)}")

    def _note_feed(self, result: PageResult) -> None:
        """Take note of a feed or sitemap beside the listings: it is none of them."""
        self.counts["feeds"] += 1
        cut = result.listing.beyond if isinstance(result, ReadListing) else ""
        if why := cut or why_nothing(result):
            self.counts["feeds_unread"] += 1
            self.bad_feeds[result.visit.url] = why

    def _note_article(self, url: str, article: Article) -> None:
        date = article.provenance.get("published")
        origin = date.origin if date else ""
        self.counts["undated"] += origin == UNDATED
        signs = {
            "no_region": not article.region,
            "no_date": origin == FROM_ROW or (not article.published and origin != UNDATED),
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
        if result.visit.continues is None and result.visit.url not in self.starts:
            self.lists.append(result.visit.url)
        if result.elsewhere:
            self.samples.setdefault("elsewhere", result.elsewhere[0])

    def _note_reject(self, rejected: Rejected) -> None:
        visit, reason = rejected.visit, rejected.reason
        if visit.kind is PageKind.NOTICE:
            sign = "strange" if reason == STRANGE else "misread"
            self.counts["rejected"] += 1
            if reason == STRANGE:
                self.strange.append(visit.url)
            self.samples.setdefault(sign, visit.url)
            self.samples.setdefault("rejected", visit.url)
        if reason == EMPTIED:
            self.counts["lists"] += 1
            # The last pages of a listing may become empty.
            if visit.continues is None:
                self.emptied.append(visit.url)
        if visit.url in self.starts:
            self.bad_starts[visit.url] = why_nothing(rejected)

    def _note_failure(self, result: Failed | Gone | Excluded) -> None:
        visit, error = result.visit, result.error
        self.counts[result.state.value] += 1
        failed = isinstance(result, Failed)
        if visit.kind is PageKind.NOTICE and not failed:
            self.counts["rows_excluded"] += isinstance(result, Excluded)
            self.samples.setdefault(f"rows_{result.state.value}", f"{visit.url}: {error}")
        if failed:
            blocked = error.startswith(BLOCKED)
            (self.blocked if blocked else self.failed).append(f"{visit.url}: {error}")
        if visit.url in self.starts:
            self.bad_starts[visit.url] = error
        elif visit.kind is PageKind.LISTING and failed:
            self.bad_listings[visit.url] = error


def why_nothing(result: PageResult) -> str:
    """Say why a page gave nothing; empty for one that did."""
    match result:
        case Failed(error=error) | Gone(error=error) | Excluded(error=error):
            return error.removeprefix(BLOCKED)
        case Rejected(reason=reason, detail=detail):
            return ": ".join(filter(None, (reason, detail)))
    return ""
