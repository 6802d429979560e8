"""What the listings of a run showed, page by page: whether all was there that they named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from cqcrawler.models import (
    NO_ROWS,
    Excluded,
    Failed,
    FeedKind,
    Gone,
    ListingForm,
    PageKind,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
)
from cqcrawler.reading.addresses import postback_number
from cqcrawler.reading.page.ending import BREAKS_OFF

# A listing of which so many pages in a row are gone, or show nothing of their own, is asked for
# no more of them.
_MOST_FRUITLESS = 3


class _Shown(NamedTuple):
    """The rows of a page: how many, and a hash of all."""

    rows: int
    digest: int

    @classmethod
    def of(cls, result: ReadListing) -> Self:
        rows = _hashes(result)
        return cls(len(rows), hash(rows))


@dataclass
class _Pages:
    """The pages of one listing.

    `named` has the further pages that its pagers name, in their order, each with the page that
    names it, None where several do; `shown` what each page showed that was read, `fullest` the
    most rows of one. Rows are hashes rather than addresses, as a portal may list a hundred
    thousand. Of an index of sitemaps each page is a part of its own.
    """

    first: str
    named: dict[str, str | None] = field(default_factory=dict)
    shown: dict[str, _Shown] = field(default_factory=dict)
    fullest: int = 0
    rows: set[int] = field(default_factory=set)
    missing: dict[str, str] = field(default_factory=dict)
    beyond: dict[str, str] = field(default_factory=dict)
    declared: int | None = None
    fruitless: int = 0
    is_index: bool = False

    def is_owed(self, result: PageResult) -> bool:
        """Whether pagers name a page that has to be there.

        The link to a next page may stand on the last one as well, where it leads to nothing or to
        that page again. So what a single page names, which is not the first, is not owed if that
        is not full or if it just shows the same rows.
        """
        url = result.visit.url
        if url not in self.named:
            return False
        namer = self.named[url]
        if namer in (None, self.first) or not self.is_last(url):
            return True
        before = self.shown[namer]
        if isinstance(result, ReadListing) and _Shown.of(result) == before:
            return False
        return before.rows >= self.fullest

    def is_last(self, url: str) -> bool:
        """Whether the pagers name no page after this one."""
        return next(reversed(self.named), None) == url

    def lacks(self) -> list[str]:
        """Return the named pages that cannot be had; that the last one alone is gone is no lack,
        unless it was to have all the rows, or what is behind it would come to be known by it only.
        """
        missing = [url for url in self.missing if url in self.named]
        alone = len(missing) == 1 and self.is_last(missing[0])
        is_end = alone and self.rows and postback_number(missing[0]) is None and not self.is_index
        return [] if is_end else missing

    def stuck(self, *, unread: bool) -> tuple[str, str] | None:
        """Return the page behind which nobody can follow, and why; one that breaks off hides rows
        of its own, so it counts in a listing left `unread`, too."""
        found = (
            (url, why)
            for url, why in self.beyond.items()
            if why == BREAKS_OFF or self.is_index or (not unread and self._ends_with(url))
        )
        return next(found, None)

    def _ends_with(self, url: str) -> bool:
        return self.is_last(url) or not self.named

    def is_part_of(self, other: Self) -> bool:
        """Whether this is another listing under one more address: its rows and pages are of that
        one, and it declares as many notices."""
        return (
            self.declared == other.declared
            and self.rows <= other.rows
            and all(url in other.named or url == other.first for url in self.named)
        )


class Listings:
    """The listings of a run, by their first pages; what stands beside them promises nothing."""

    def __init__(self) -> None:
        self._listings: dict[str, _Pages] = {}
        self.elsewhere: set[int] = set()  # Hashes of rows that lead to other sites or to files.

    @property
    def rows(self) -> int:
        """How many different rows there were."""
        return len(set().union(*(pages.rows for pages in self._listings.values())))

    def shows(self, url: str) -> bool:
        """Whether one of the listings showed a row that leads to a page other than itself."""
        shown = (pages for first, pages in self._listings.items() if first != url)
        return any(hash(url) in pages.rows for pages in shown)

    def judge(self, result: PageResult) -> PageResult:
        """Return what a page of a listing came to, as a failure if it was to have rows of its own
        and has none. So it is asked for again."""
        pages, visit = self._pages(result), result.visit
        if pages is None or visit.continues is None or not pages.is_owed(result):
            return result
        if isinstance(result, Rejected):
            return Failed(visit, f"{result.reason}: {result.detail}")
        if isinstance(result, ReadNotice):
            return Failed(visit, f"{NO_ROWS}: {result.article.title}")
        if isinstance(result, ReadListing) and not self._own(result, pages):
            return Failed(visit, "shows only rows of other pages")
        return result

    def add(self, result: PageResult) -> None:
        """Take note of a page of a listing that was judged."""
        pages, url = self._pages(result), result.visit.url
        if pages is None:
            return
        if isinstance(result, Gone | Excluded):
            pages.missing[url] = result.error
        if not isinstance(result, ReadListing) or not self._own(result, pages):
            may_pass = isinstance(result, Failed) and result.transient
            pages.fruitless += 0 if may_pass or result.visit.continues is None else 1
            return
        pages.fruitless = 0
        self._note_rows(result, pages)

    def _note_rows(self, result: ReadListing, pages: _Pages) -> None:
        url, listing = result.visit.url, result.listing
        pages.is_index |= listing.feed is FeedKind.SITEMAP and listing.form is ListingForm.SHELL
        pages.rows.update(_hashes(result))
        self.elsewhere.update(map(hash, result.elsewhere))
        pages.shown[url] = shown = _Shown.of(result)
        pages.fullest = max(pages.fullest, shown.rows)
        behind = {*listing.earlier_urls, pages.first}
        # Each page of a long listing may name all others.
        for further in listing.next_urls:
            if further not in behind and pages.named.setdefault(further, url) != url:
                pages.named[further] = None
        if listing.beyond:
            pages.beyond[url] = listing.beyond
        if listing.declared_total is not None:
            pages.declared = max(pages.declared or 0, listing.declared_total)

    def has_ended(self, first: str) -> bool:
        """Whether a listing is to be asked for no further pages: the latest were fruitless."""
        pages = self._listings.get(first)
        return pages is not None and pages.fruitless >= _MOST_FRUITLESS

    def _declaring(self) -> list[_Pages]:
        """Return the listings that declare a number of notices, each under the address at which
        it showed most: menus lead to `/zsdt/` as well as to `/zsdt/index.html`."""
        kept: list[_Pages] = []
        for pages in sorted(self._listings.values(), key=lambda each: -len(each.rows)):
            if pages.declared is not None and not any(map(pages.is_part_of, kept)):
                kept.append(pages)
        return kept

    @property
    def declared_total(self) -> int | None:
        """The sum over all listings that declare a number, None if none does."""
        declared = [pages.declared or 0 for pages in self._declaring()]
        return sum(declared) if declared else None

    @property
    def seen(self) -> int:
        """How many rows those listings showed."""
        return sum(len(pages.rows) for pages in self._declaring())

    def lacks(self) -> Iterator[str]:
        """Say of which listings pages are missing that their pagers name."""
        for first, pages in self._listings.items():
            if lacks := pages.lacks():
                yield (
                    f"{len(lacks)} of {len(pages.named)} further pages of {first} cannot be had, "
                    f"such as {lacks[0]}: {pages.missing[lacks[0]]}"
                )

    def stuck(self, unread: Collection[str]) -> Iterator[str]:
        """Say which listings go on where nobody can follow; of those left `unread` by decision,
        only the ones with a page that breaks off."""
        for first, pages in self._listings.items():
            if found := pages.stuck(unread=first in unread):
                yield f"{found[0]} goes on where we cannot follow: {found[1]}"

    def without_rows(self, starts: Collection[str]) -> Iterator[str]:
        """Say which of the pages to start from have no rows, and no page that was to have them."""
        for first, pages in self._listings.items():
            is_read = pages.shown and pages.named.keys() <= pages.shown.keys()
            if first in starts and is_read and not pages.rows:
                yield f"{first} lists no notices"

    def shortfalls(self, unread: Collection[str]) -> Iterator[str]:
        """Say which listings show fewer rows than they declare; not those left `unread`."""
        for pages in self._declaring():
            declared, seen = pages.declared or 0, len(pages.rows)
            if pages.first not in unread and seen < declared:
                yield f"{pages.first} declares {declared} notices, {seen} were listed"

    def _pages(self, result: PageResult) -> _Pages | None:
        visit = result.visit
        if visit.is_beside or (visit.kind is not PageKind.LISTING and visit.continues is None):
            return None
        first = visit.continues or visit.url
        return self._listings.setdefault(first, _Pages(first))

    @staticmethod
    def _own(result: ReadListing, pages: _Pages) -> bool:
        """Whether a page shows rows that no page before it showed, or where rows are to be had, or
        that there are none."""
        listing = result.listing
        if listing.form is ListingForm.SHELL or (listing.declared_total == 0 and not pages.rows):
            return True
        return not pages.rows.issuperset(_hashes(result))


def _hashes(result: ReadListing) -> frozenset[int]:
    return frozenset(hash(row.url) for row in result.listing.rows)
