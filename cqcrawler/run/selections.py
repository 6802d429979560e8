"""Whether the selectors of a portal's file find what they must, over the pages of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cqcrawler.models import (
    UNMATCHED,
    Failed,
    ListingForm,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
)
from cqcrawler.platforms.list_api import API, answering, named
from cqcrawler.portals import Portal
from cqcrawler.reading.page.selectors import IN_ROW, matches_nothing
from cqcrawler.run.scope import Scope

# Fewer notices than this say nothing about a portal.
_FEW = 3
IN_ROWS = tuple(f"listing.{key}" for key in IN_ROW)
# These need not stand on every page, but on one at least.
_SOMEWHERE_IN_LISTINGS = ("listing.exclude ", "listing.next")
_SOMEWHERE_IN_NOTICES = "notice.exclude "


@dataclass
class Selections:
    """What selectors found on the pages that were read.

    `faults` are those that found nothing on a page where they must, `link` names that of a list of
    JSON whose rows came; `fallen_back` counts the notices that were read in part as any page, since
    a selector found nothing there.
    """

    portal: Portal
    faults: list[str] = field(default_factory=list)
    link: str = ""
    fallen_back: int = 0
    _pages: Counter[str] = field(default_factory=Counter)
    _missed: Counter[str] = field(default_factory=Counter)

    def add(self, result: PageResult) -> None:
        """Take note of a page."""
        visit, sign = result.visit, f"{UNMATCHED}: "
        match result:
            case ReadListing():
                self._add_listing(result)
            case ReadNotice():
                self._pages["notice"] += 1
                self._missed.update(result.article.unmatched)
                missed = result.article.unmatched
                self.fallen_back += any(
                    not name.startswith(_SOMEWHERE_IN_NOTICES) for name in missed
                )
            case Rejected() if result.reason == UNMATCHED and (
                visit.continues is None or result.detail.startswith(f"{self._file}: {API}")
            ):
                self.faults.append(f"{result.detail} on {visit.url}")
            case Failed() if result.error.startswith(sign):
                self.faults.append(f"{result.error.removeprefix(sign)} on {visit.url}")

    def _add_listing(self, result: ReadListing) -> None:
        visit, listing = result.visit, result.listing
        if listing.form is ListingForm.PAGE:
            self._pages["listing"] += 1
            self._missed.update(listing.unmatched)
        if listing.rows and (api := answering(visit.url, self.portal.overrides.apis)):
            self.link = self.link or f"{self._file}: {named(api, 'link')}"
        required = self.portal.starts_with(visit.url, visit.continues)
        for name in listing.unmatched:
            if listing.form is ListingForm.ANSWER or (name in IN_ROWS and required):
                self.faults.append(f"{self._said(name)} on {visit.url}")

    def problem(self, scope: Scope) -> str:
        """Say which selector finds nothing where it must, or nowhere in a run that read enough
        pages to tell; empty if none does."""
        return next(iter(self.faults), None) or next(self._nowhere(scope), "")

    def _nowhere(self, scope: Scope) -> Iterator[str]:
        listings, notices = self._pages["listing"], self._pages["notice"]
        for name, count in self._missed.items():
            if name.startswith(_SOMEWHERE_IN_LISTINGS):
                if scope.whole and count == listings:
                    yield f"{self._said(name)} on any of {listings} pages of listings"
            elif name.startswith(_SOMEWHERE_IN_NOTICES):
                if scope.full and count == notices >= _FEW:
                    yield f"{self._said(name)} on any of {notices} notices"
            elif name.startswith("notice.") and count >= _FEW and 2 * count > notices:
                yield f"{self._said(name)} on {count} of {notices} notices"

    def note(self) -> str:
        """Say how many notices were read in part as any page; empty if none was."""
        if not self.fallen_back:
            return ""
        return f"on {self.fallen_back} notices a selector of {self._file} matches nothing"

    def _said(self, name: str) -> str:
        return matches_nothing(self._file, name)

    @property
    def _file(self) -> str:
        return self.portal.overrides.file
